"""The data dictionary: every assumption with its doubt, its source, what it feeds and moves."""

from __future__ import annotations

import models
from dashboard.reference.markdown import Document, Section, bullets, code, escape, exact, grid
from dashboard.reference.names import (
    formula,
    heading,
    item,
    lever,
    listed,
    measure,
    parameter,
    source,
)
from dashboard.wording import notes
from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import level_text, millions
from dashboard.wording.units import measured
from models.analysis.uncertainty.sensitivity import feeds
from models.analysis.uncertainty.swing import swing, swings
from models.engine.options import Options
from models.engine.run import catalogue_of
from models.tables.assumptions import VOCABULARY, Assumption, Assumptions
from models.tables.levers import Lever

NAME = "assumptions"
MOST = 15  # guesses in the table at the top
WHOLE = 20e6  # EUR; from here on an amount has no decimals
UNUSED = "context"


def document(assumptions: Assumptions, words: Words) -> Document:
    known_swings = swings(assumptions, {}, Options())
    fed = feeds(assumptions)
    sections = [_most(assumptions, known_swings, words)]
    for group in VOCABULARY["group"]:
        rows = [row for row in assumptions.values() if row.group == group]
        parts = [words(f"reference.group.{group}_text")]
        for row in rows:
            parts += [
                f"### {escape(heading(row, words))}",
                _row(row, assumptions, fed, known_swings, words),
            ]
        sections.append(Section(words(f"reference.group.{group}"), "\n\n".join(parts)))
    sections.append(_misfits(assumptions, words))
    lead = words(
        "reference.assumptions.lead", used=len(assumptions.used), shown=len(assumptions.shown)
    )
    return Document(NAME, words("reference.assumptions.title"), lead, tuple(sections))


def _most(assumptions: Assumptions, swings: dict, words: Words) -> Section:
    """Guesses by how far they move today's total, the largest first."""
    weak = [name for name in swings if assumptions[name].quality == "red"]
    weak.sort(key=lambda name: (-swings[name].size, name))
    head = [words(f"reference.assumptions.{name}") for name in ("row", "value", "moves")]
    rows = [
        (
            parameter(assumptions[name], words),
            escape(_value(assumptions[name], words)),
            escape(_movement(swings[name].today, words)),
        )
        for name in weak[:MOST]
    ]
    text = words("reference.assumptions.most_text", most=len(rows), all=len(weak))
    return Section(words("reference.assumptions.most"), f"{text}\n\n{grid(head, rows)}")


def _misfits(assumptions: Assumptions, words: Words) -> Section:
    """Rows whose draws cannot have both the stated mean and the stated interval."""
    say = _labels(words)
    misfits = models.run(draws=1, assumptions=assumptions).misfits
    rows = []
    for misfit in misfits:
        row = assumptions[misfit["parameter"]]
        ends = (
            words("reference.assumptions.ends", low=low, high=high)
            for low, high in (
                [measured(end, row.unit, words, named=False) for end in misfit[kind]]
                for kind in ("stated", "fitted")
            )
        )
        rows.append((parameter(row, words), escape(measured(row.base, row.unit, words)), *ends))
    head = [say(name) for name in ("row", "base", "stated", "drawn")]
    text = words("reference.assumptions.misfit_text", n=len(rows))
    return Section(words("reference.assumptions.misfit"), f"{text}\n\n{grid(head, rows)}")


def _row(row: Assumption, assumptions: Assumptions, fed: dict, swings: dict, words: Words) -> str:
    say = _labels(words)
    quality = words(f"reference.quality.{row.quality}")
    origin = words(f"reference.provenance.{row.provenance}")
    cited = source(row.source, assumptions, words)
    entries = [
        (say("cell"), _cells(row, words)),
        (say("quality"), f"{escape(quality)} {escape(origin)}"),
        (say("source"), f"{cited}. {escape(row.source_detail)}"),
        (say("note"), escape(notes.of_assumption(row, words)[0])),
    ]
    if row.group != UNUSED:
        entries += _feeds(row, assumptions, fed[row.parameter], words)
        entries.append((say("moves"), _moves(row, assumptions, fed, swings, words)))
    return f"{escape(_value(row, words))}\n\n{bullets(entries)}"


def _labels(words: Words):
    return lambda name: words(f"reference.assumptions.{name}")


def _value(row: Assumption, words: Words) -> str:
    """The value as a reader says it, with its range and the year of its prices."""
    text = measured(row.base, row.unit, words)
    if row.low != row.high:
        low, high = (measured(end, row.unit, words, named=False) for end in (row.low, row.high))
        text = words("reference.assumptions.ranged", value=text, low=low, high=high)
    if row.price_year:
        text += words("reference.assumptions.prices", year=row.price_year)
    return text


def _cells(row: Assumption, words: Words) -> str:
    """The same as the file has it, to the last decimal."""
    numbers = [exact(value, words.lang) for value in (row.base, row.low, row.high)]
    key = "cells" if row.low != row.high else "cells_fixed"
    return words(
        f"reference.assumptions.{key}",
        base=numbers[0],
        low=numbers[1],
        high=numbers[2],
        unit=code(row.unit),
        distribution=code(row.distribution),
    )


def _feeds(row: Assumption, assumptions: Assumptions, fed: dict, words: Words):
    levers = catalogue_of(assumptions)
    kinds = (
        ("cost_items", lambda name: escape(item(name, words))),
        ("health", lambda name: escape(measure(name, words))),
        ("levers", lambda name: lever(levers[name], words)),
        ("formulas", formula),
    )
    return [
        (words(f"reference.assumptions.{kind}"), listed(map(write, fed[kind])))
        for kind, write in kinds
    ]


def _moves(row: Assumption, assumptions: Assumptions, fed: dict, swings: dict, words: Words) -> str:
    """How far today's total moves over the range; else what each of its policies saves."""
    if row.low == row.high:
        return words("reference.assumptions.fixed")
    if row.parameter in swings:
        amounts = _movement(swings[row.parameter].today, words)
        return escape(words("reference.assumptions.moves_today", amounts=amounts))
    catalogue = catalogue_of(assumptions)
    sentences = []
    for name in fed[row.parameter]["levers"]:
        chosen = catalogue[name]
        level = far_end(chosen)
        ends = swing(assumptions, row.parameter, {name: level}, Options()).package
        if any(ends):
            at = level_text(chosen, level, words.lang)
            amounts = _movement(ends, words)
            key = "reference.assumptions.moves_lever"
            sentences.append(words(key, lever=words.of(chosen), level=at, amounts=amounts))
    return escape(" ".join(sentences) or words("reference.assumptions.moves_nothing"))


def far_end(lever: Lever) -> float:
    """The end of the slider on the side on which the policy is at work."""
    return lever.max if lever.programme_when == "above" else lever.min


def _movement(ends: tuple[float, float], words: Words) -> str:
    decimals = 0 if max(map(abs, ends)) >= WHOLE else 1
    low, high = (millions(end, words.lang, decimals, plus=True) for end in ends)
    return words("reference.assumptions.ends", low=low, high=high)
