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
    found: RoundTable, results: Mapping[str, models.Result], words: Words, made: date
) -> str:
    """One document; `results` has the run of each side by name, with the current package."""
    sections: list[Section] = []
    first = found.pairs[0]
    if len(found.pairs) == 1:
        lead, rest = deliberation.answer(
            first.deliberation, (first.a, first.b), results[first.a], words
        )
        top = [blocks.answer(lead, rest)]
    else:
        top = [_sides(found, results, words)]
    for pair in found.pairs:
        names, result = (pair.a, pair.b), results[pair.a]
        heading = words("deliberate.document.pair", a=pair.a, b=pair.b)
        if len(found.pairs) > 1:
            lead, rest = deliberation.answer(pair.deliberation, names, result, words)
            sections.append((heading, [blocks.answer(lead, rest)]))
        else:
            heading = words("deliberate.section.differ")
        if pair.deliberation.rows:
            sections += _pair(pair.deliberation, names, result, words, heading)
    sections.append((words("deliberate.section.sign"), _record(found, results, words)))
    a, b = found.sides[0].name, found.sides[-1].name
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
    found: Deliberation, names: tuple[str, str], result: models.Result, words: Words, heading: str
) -> list[Section]:
    head, rows = deliberation.table(found, names, result.model.assumptions, words)
    caption = words("deliberate.table.caption")
    how = render(
        "sentences",
        sentences=deliberation.how(found, names, result, words),
        kind="sentences",
    )
    return [
        (heading, [blocks.table(caption, head, rows, sums=1)]),
        (words("deliberate.section.read"), [render("brief_small", block=how)]),
    ]


def _sides(found: RoundTable, results: Mapping[str, models.Result], words: Words) -> Markup:
    names = ("side", "base_case", "package", "chooses")
    rows = [
        (
            seat.name,
            millions(seat.base_case, words.lang),
            millions(seat.incremental, words.lang, 1, plus=True),
            deliberation.choice_name(seat.decision, results[seat.name], words),
        )
        for seat in found.sides
    ]
    head = [words(f"deliberate.document.{name}") for name in names]
    return blocks.table(words("deliberate.document.sides"), head, rows, words_in=(3,))


def _record(found: RoundTable, results: Mapping[str, models.Result], words: Words) -> list[Markup]:
    """A line to sign, what each side calculated with, and who made this."""
    lines = []
    draws = found.pairs[0].deliberation.stamp.options.draws
    for seat in found.sides:
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
