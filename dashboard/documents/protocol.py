"""The record of a deliberation as one HTML document for A4: where sides differ, and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from markupsafe import Markup

import models
from dashboard.address.link import HASH
from dashboard.templates import blocks, render
from dashboard.wording import about, deliberation
from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import millions, number
from models.analysis.evidence.deliberation import Deliberation
from models.analysis.evidence.round_table import RoundTable

Section = tuple[str, list[Markup]]


def protocol(
    comparison: RoundTable, results: Mapping[str, models.Result], words: Words, made: date
) -> str:
    """One document; `results` has the run of each side by name, with the current package."""
    sections: list[Section] = []
    first = comparison.pairs[0]
    if len(comparison.pairs) == 1:
        lead, rest = deliberation.answer(
            first.deliberation, (first.a, first.b), results[first.a], words
        )
        top = [blocks.answer(lead, rest)]
    else:
        top = [sides_table(comparison, results, words)]
    for pair in comparison.pairs:
        names, result = (pair.a, pair.b), results[pair.a]
        heading = words("deliberate.document.pair", a=pair.a, b=pair.b)
        if len(comparison.pairs) > 1:
            lead, rest = deliberation.answer(pair.deliberation, names, result, words)
            sections.append((heading, [blocks.answer(lead, rest)]))
        else:
            heading = words("deliberate.section.differ")
        if pair.deliberation.rows:
            sections += _pair(pair.deliberation, names, result, words, heading)
    sections.append((words("deliberate.section.sign"), _record(comparison, results, words)))
    a, b = comparison.sides[0].name, comparison.sides[-1].name
    document = render(
        "protocol",
        lang=words.lang,
        product=words("app.title"),
        date=made.isoformat(),
        question=words("deliberate.document.title", a=a, b=b),
        answer=top,
        sections=sections,
    )
    return f"{document}\n"


def _pair(
    comparison: Deliberation,
    names: tuple[str, str],
    result: models.Result,
    words: Words,
    heading: str,
) -> list[Section]:
    head, rows = deliberation.table(comparison, names, result.model.assumptions, words)
    caption = words("deliberate.table.caption")
    how = render(
        "sentences",
        sentences=deliberation.how(comparison, names, result, words),
        kind="sentences",
    )
    return [
        (heading, [blocks.table(caption, head, rows, sums=1)]),
        (words("deliberate.section.read"), [render("brief_small", block=how)]),
    ]


def sides_table(
    comparison: RoundTable, results: Mapping[str, models.Result], words: Words
) -> Markup:
    """A row a side: its total, its package, and what it would choose."""
    names = ("side", "base_case", "package", "chooses")
    rows = [
        (
            seat.name,
            millions(seat.base_case, words.lang),
            millions(seat.incremental, words.lang, 1, plus=True),
            deliberation.choice_name(seat.decision, results[seat.name], words),
        )
        for seat in comparison.sides
    ]
    head = [words(f"deliberate.document.{name}") for name in names]
    return blocks.table(words("deliberate.document.sides"), head, rows, words_in=(3,))


def _record(
    comparison: RoundTable, results: Mapping[str, models.Result], words: Words
) -> list[Markup]:
    """A line to sign, what each side calculated with, and who made this."""
    lines = []
    draws = comparison.pairs[0].deliberation.stamp.options.draws
    for seat in comparison.sides:
        lines.append(
            words(
                "chart.mark",
                scenario=f"{seat.name}, {results[seat.name].scenario_id}",
                hash=seat.assumptions_hash[:HASH],
                draws=number(draws, words.lang),
                version=models.VERSION,
            )
        )
    lines.append(about.identity(words))
    made = render("sentences", sentences=lines, kind="sentences")
    return [
        blocks.paragraph(words("deliberate.how.settle")),
        render("brief_small", block=made),
    ]
