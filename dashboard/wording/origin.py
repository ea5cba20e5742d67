"""Whether a figure rests on published numbers or on some that the reader changed, and which.

The source of a number that a reader changed is the reader; the old source does not support it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import models
from dashboard.address.link import DEFAULTS, NUMBERS, fits, on_grid
from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import number
from dashboard.wording.package import lever_at
from dashboard.wording.units import measured
from models.engine.output.warnings import drawn_otherwise
from models.tables.edits import READER, is_own
from models.tables.rows import Assumption

NAMED = 5  # changes that are named in a line; the rest are counted


@dataclass(frozen=True)
class Origin:
    """Provenance, quality and source of a number, as a table for readers has them."""

    provenance: str
    quality: str
    source: str
    detail: str


def origin(row: Assumption, words: Words) -> Origin:
    """Provenance, quality, source and detail of a row: the reader and the reason when changed."""
    if not is_own(row):
        return Origin(row.provenance, row.quality, row.source, row.source_detail)
    known = models.load_assumptions()[row.parameter]
    was = words("origin.was", was=value(known, words))
    why = row.reason or words("origin.no_reason")
    return Origin(READER, words("origin.unjudged"), words("origin.reader"), f"{why} {was}")


def value(row: Assumption, words: Words) -> str:
    """Value, range and unit of an assumption: 42.79 (38 to 48) EUR an hour."""
    base = measured(row.base, row.unit, words)
    if row.low == row.high:
        return base
    low, high = (measured(end, row.unit, words, named=False) for end in (row.low, row.high))
    return words("origin.range", value=base, low=low, high=high)


def drawn(row: Assumption, words: Words) -> str:
    """The interval that is drawn, where no distribution with this mean has the stated interval."""
    for warning in drawn_otherwise({row.parameter: row}):
        ends = {
            name: measured(warning.values[name], row.unit, words, named=False)
            for name in ("low", "high", "drawn_low", "drawn_high")
        }
        return words("warning.interval_not_drawn", parameter=words.of(row), **ends)
    return ""


def changed(result: models.Result) -> tuple[str, ...]:
    """Assumptions that differ from the published: other numbers or words, new, or removed."""
    differences = result.model.assumptions.as_values(models.load_assumptions())
    return *differences.values, *differences.rows


def own_tables(result: models.Result) -> tuple[str, ...]:
    return result.model.assumptions.as_values(models.load_assumptions()).tables


def source(result: models.Result | None, words: Words, text: str = "") -> str:
    """A source line (`text`, or that of the model) with what a reader has changed."""
    text = text or words("chart.source")
    if result is None:
        return text
    names, tables = changed(result), own_tables(result)
    if not names and not tables:
        return text.replace(words("origin.published"), _counted(result, words))
    text = text.replace(words("origin.published"), words("origin.own"))
    return " ".join([text, *_changes(result, names, tables, words)])


def _counted(result: models.Result, words: Words) -> str:
    """The model as a source: its version, and how many of its numbers are our own estimates."""
    counted = counts(result.model.assumptions.used, words)
    return words(
        "origin.counted", version=models.VERSION, used=counted["used"], own=counted["guesses"]
    )


def counts(used: Sequence[Assumption], words: Words) -> dict[str, str]:
    """How many assumptions are in use; of those guesses, derived by us, and red.

    A number that the reader changed is used, and none of the others.
    """
    judged = [row for row in used if not is_own(row)]
    numbers = {
        "used": len(used),
        "guesses": sum(row.provenance == "expert_guess" for row in judged),
        "derived": sum(row.provenance == "derived" for row in judged),
        "red": sum(row.quality == "red" for row in judged),
    }
    return {name: number(value, words.lang) for name, value in numbers.items()}


def _changes(result, names, tables, words: Words) -> list[str]:
    lines = []
    if names:
        used, known = result.model.assumptions, models.load_assumptions()
        labels = [words.of(used.get(name) or known[name]) for name in names[:NAMED]]
        more = words("origin.more", n=len(names) - NAMED) if len(names) > NAMED else ""
        listed = "; ".join(labels) + more
        lines.append(words("origin.changed", n=number(len(names), words.lang), names=listed))
    if tables:
        lines.append(words("origin.tables", names=", ".join(tables)))
    return lines


def edits(result: models.Result, words: Words) -> list[str]:
    """A sentence for every change: old value, new value, reason."""
    used, known, lines = result.model.assumptions, models.load_assumptions(), []
    for name in changed(result):
        row, before = used.get(name), known.get(name)
        was = value(before, words) if before else "–"
        now = value(row, words) if row else "–"
        why = (row.reason if row else "") or words("origin.no_reason")
        lines.append(words("origin.edit", label=words.of(row or before), was=was, now=now, why=why))
    tables = own_tables(result)
    return [*lines, *([words("origin.tables", names=", ".join(tables))] if tables else [])]


def not_carried(result: models.Result, words: Words) -> str:
    """What a link to the page cannot restore of this result; empty when it restores all."""
    lost = []
    for name, level in result.levels.items():
        if on_grid(result.levers[name], level) is None:
            lost.append(lever_at(result.levers[name], level, words))
    for name, (low, high) in NUMBERS.items():
        value = getattr(result.options, name)
        if value != DEFAULTS[name] and not low <= value <= high:
            label = words(f"options.{name}.label")
            lost.append(f"{label}: {number(value, words.lang)}")
    differences = result.model.assumptions.as_values(models.load_assumptions())
    if differences.values and not fits(differences.values):
        n = number(len(differences.values), words.lang)
        lost.append(words("origin.edits", n=n))
    lost += [*differences.rows, *differences.tables]
    return words("origin.not_carried", what="; ".join(lost)) if lost else ""
