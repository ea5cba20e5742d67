"""The lever catalogue: each policy in words, its slider, its programme and what it acts on."""

from __future__ import annotations

from functools import partial

import models
from dashboard.reference.markdown import Document, Section, bullets, code, escape, grid
from dashboard.reference.names import identifier, listed
from dashboard.wording.catalogue import Words
from dashboard.wording.levers import PARTS, part_text, tried_text
from dashboard.wording.numbers import level_text
from dashboard.wording.row_texts import item_name, payer_name
from dashboard.wording.units import measured
from models.engine.result import cost_items
from models.engine.run import catalogue_of
from models.formulas.lever_effects import CURVE
from models.paths import DATA
from models.tables.assumptions import Assumptions
from models.tables.levers import Effect, Lever

NAME = "levers"
CONFLICTS = ("lever", "side", "other", "other_side", "key")


def document(assumptions: Assumptions, words: Words) -> Document:
    catalogue = catalogue_of(assumptions)
    sections = tuple(
        Section(escape(words.of(lever)), _lever(lever, assumptions, words))
        for lever in catalogue.values()
    )
    lead = words("reference.levers.lead", levers=len(catalogue))
    return Document(NAME, words("reference.levers.title"), lead, sections)


def _lever(lever: Lever, assumptions: Assumptions, words: Words) -> str:
    alone = partial(models.run, {lever.id: lever.max}, assumptions=assumptions)
    texts = {part: part_text(lever, part, words, alone) for part in PARTS}
    parts = [(words(f"lever.part_{part}"), escape(text)) for part, text in texts.items()]
    head = [words(f"reference.levers.{name}") for name in ("parameter", "operation", "effect")]
    effects = [_effect(effect, lever, assumptions, words) for effect in lever.effects]
    return "\n\n".join(
        (
            code(lever.id),
            bullets(parts),
            bullets(_slider(lever, assumptions, words)),
            grid(head, effects),
            "\n".join(f"- {escape(text)}" for text in _conflicts(lever, assumptions, words)),
        )
    ).strip()


def _slider(lever: Lever, assumptions: Assumptions, words: Words) -> list[tuple[str, str]]:
    def at(level: float) -> str:
        return level_text(lever, level, words.lang)

    def say(name: str, **fields: object) -> str:
        return words(f"reference.levers.{name}", **fields)

    def named(names) -> str:
        return listed(identifier(assumptions[name], words) for name in names)

    today = escape(at(lever.today))
    if lever.today_from:
        today = say("today_from", today=today, names=named(lever.today_from))
    effect = say("expected", sign=say(lever.expected_sign), measure=_outcome(lever, words))
    return [
        (say("slider"), say("range", low=at(lever.min), high=at(lever.max), step=at(lever.step))),
        (say("today"), today),
        (say("tried"), escape(tried_text(lever, words))),
        (say("ramp"), say("years", years=lever.ramp_years)),
        (say("programme"), _programme(lever, assumptions, words)),
        (say("sign"), effect),
        (say("breakeven"), named([lever.breakeven_parameter])),
        (say("source"), named([lever.source])),
    ]


def _outcome(lever: Lever, words: Words) -> str:
    """What a rise of the level must do to one measure, in words."""
    name = lever.expected_measure
    if f"health.{name}" in words:
        label = words(f"health.{name}")
    else:
        label = _label(name, words)
    return words(f"reference.levers.{lever.expected_direction}", measure=escape(label))


def _label(name: str, words: Words) -> str:
    """The label of a cost item or a payer."""
    return item_name(words)(name) if name in cost_items() else payer_name(words)(name)


def _programme(lever: Lever, assumptions: Assumptions, words: Words) -> str:
    """Programme cost, with the rows it is made of and who pays."""

    def valued(name: str) -> str:
        row = assumptions[name]
        return f"{identifier(row, words)} ({escape(measured(row.base, row.unit, words))})"

    parts = []
    if lever.programme_fixed:
        parts.append(words("reference.levers.fixed", row=valued(lever.programme_fixed)))
    if lever.programme_unit:
        rows = " × ".join(map(valued, lever.programme_unit))
        people = words(f"reference.levers.{lever.programme_population}")
        parts.append(words("reference.levers.each", rows=rows, people=people))
    if not parts:
        return words("reference.levers.no_programme")
    side = words(f"reference.levers.{lever.programme_when}")
    payer = escape(payer_name(words)(lever.programme_payer))
    return " ".join((*parts, words("reference.levers.paid", side=side, payer=payer)))


def _effect(effect: Effect, lever: Lever, assumptions: Assumptions, words: Words) -> tuple:
    if effect.parameter == CURVE:
        acts_on = words("reference.levers.curve", week=f"{effect.from_week:g}")
    else:
        acts_on = identifier(assumptions[effect.parameter], words)
    strength = ""
    if effect.effect:
        row = assumptions[effect.effect]
        low, high = (measured(end, row.unit, words, named=False) for end in (row.low, row.high))
        value = words("reference.assumptions.ranged", value=measured(row.base, row.unit, words),
                      low=low, high=high)  # fmt: skip
        strength = f"{identifier(row, words)}: {escape(value)}"
    kind = effect.operation
    if kind == "set":
        kind = "set_level" if lever.today == 0 else "set_rate"
    return acts_on, words(f"reference.levers.{kind}"), strength


def _conflicts(lever: Lever, assumptions: Assumptions, words: Words) -> list[str]:
    catalogue = catalogue_of(assumptions)
    rows = models.read_table(
        DATA / "lever_conflicts.csv", name="lever_conflicts.csv", required=CONFLICTS
    )
    return [
        words(
            f"warning.{row['key']}",
            lever=words.of(catalogue[row["lever"]]),
            other=words.of(catalogue[row["other"]]),
        )
        for row in rows
        if lever.id in (row["lever"], row["other"])
    ]
