"""The measure sheet as HTML: a piece of a page, or a document of its own for one A4."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from markupsafe import Markup

import models
from dashboard.templates import render
from dashboard.wording import about, measures, sentences
from dashboard.wording.catalogue import Words
from dashboard.wording.levers import PARTS, part_text
from models.analysis.choice.rank import RankedLever
from models.analysis.choice.sheet import Sheet
from models.engine.run import run_like

SHARES = 100
ROW = 120  # letters that take the room of a row with a bar
DENSITIES = ((1700, ""), (2100, " dense"))  # letters of its texts -> class
COMMAND = "python -m models sheet {lever} --set {lever}={level:g}"


def alone(result: models.Result, sheet: Sheet) -> models.Result:
    """The run that a sheet is about: its lever alone, under the options of `result`."""
    return run_like(result, {sheet["lever"]: sheet["level"]})


def body(sheet: Sheet, result: models.Result, words: Words, printed: bool = False) -> Markup:
    """The sheet within a page; `printed`: with its sources unfolded."""
    lever = result.levers[sheet["lever"]]
    lead, spread = measures.answer(result, words)
    most = partial(run_like, result, {lever.id: lever.max})
    texts = {part: part_text(lever, part, words, most) for part in PARTS}
    turns = measures.changes(sheet, words)
    ends = [end for change in turns for end in change["ends"]]
    low, high = min(0.0, *ends), max(0.0, *ends)
    mean = sheet["incremental"]["mean"]
    for change in turns:
        change["track"] = _turn(change["ends"], mean, low, high)
    dates = [fact.checked for fact in sheet.facts]
    household, plan = measures.household(sheet, words), measures.plan(sheet, result, words)
    return render(
        "measure_sheet",
        words=words,
        group=words(f"group.{sheet['group']}"),
        title=measures.title(sheet, words),
        lead=lead,
        spread=spread,
        level=measures.level(sheet, result, words),
        vitals=measures.vitals(sheet, words),
        years=measures.years(sheet, result, words),
        who=sentences.who_pays(result, words),
        policies=measures.policies(sheet, words),
        premium=measures.premium_rows(sheet, words),
        household=household,
        plan=plan,
        health=measures.health(sheet, words),
        what=texts["what"],
        unit=texts["unit"],
        grade=measures.grade(sheet, words),
        evidence=texts["evidence"],
        verdict=words("measure.verdict", verdict=measures.verdict(sheet, words)),
        changes=turns,
        facts=list(measures.facts(sheet, words)),
        references=measures.references(sheet, result.model.assumptions.sources),
        checked=max(dates) if dates else words("measure.no_fact"),
        command=COMMAND.format(**sheet),
        printed=printed,
        density=_density(sheet, texts, words, household, plan),
        leaves_out=texts["not"],
    )


def document(
    sheet: Sheet,
    result: models.Result,
    words: Words,
    day: date,
    back: str = "",
    font: str = "",
) -> str:
    """The sheet as one HTML file that asks nothing of the outside; the browser prints one A4.

    `back`: the address of the table of all measures, where the file stands beside one.
    `font`: the address of the typeface, where a site has it as a file; else it is inside.
    """
    return render(
        "measure_document",
        lang=words.lang,
        title=f"{measures.title(sheet, words)} · {words('app.title')}",
        body=body(sheet, result, words, printed=True),
        back=back,
        font=font,
        all=words("measures.back"),
        made=_made(result, words, day),
    )


def pages(
    sheets: Sequence[Sheet],
    ranked: Sequence[RankedLever],
    result: models.Result,
    words: Words,
    day: date,
    font: str,
) -> Iterator[tuple[str, bytes]]:
    """The files of a static site: the table of all measures, and a page for each sheet.

    `font`: the name of the typeface at the root of the site.
    """
    links = {sheet["lever"]: f"measures/{sheet['lever']}.html" for sheet in sheets}
    listed = render(
        "measure_document",
        lang=words.lang,
        title=f"{words('measures.title')} · {words('app.title')}",
        body=render(
            "measure_list",
            title=words("measures.title"),
            lead=words("measures.lead"),
            table=table(ranked, links, result, words),
        ),
        back="index.html",
        font=f"../{font}",
        all=words("export.site.start"),
        made=_made(result, words, day),
    )
    yield f"{words.lang}/measures.html", listed.encode()
    for sheet in sheets:
        page = document(
            sheet, alone(result, sheet), words, day, "../measures.html", f"../../{font}"
        )
        yield f"{words.lang}/{links[sheet['lever']]}", page.encode()


def _made(result: models.Result, words: Words, day: date) -> str:
    """Of what, when and with which numbers a file was made."""
    parts = (words("app.title"), day.isoformat(), sentences.footer(result, words))
    return " · ".join((*parts, about.identity(words)))


def table(
    ranked: Sequence[RankedLever], links: Mapping[str, str], result: models.Result, words: Words
) -> Markup:
    """All measures beside each other, from the rows of `models.rank`; each links to its sheet."""
    heads = ("lever", "amount", "premium", "qaly", "decides", "start", "evidence", "verdict")
    rows = [
        {
            "name": words.of(row),
            "link": links[row["lever"]],
            "cells": measures.table_cells(row, words),
        }
        for row in ranked
    ]
    return render(
        "measure_table",
        caption=words("measures.caption", year=result.price_year),
        head=[words(f"measures.column.{name}") for name in heads],
        wordy=(0, 4, 5, 6, 7),
        rows=rows,
    )


def _density(sheet: Sheet, of_card: Mapping[str, str], words: Words, *others: str) -> str:
    """How small the letters are on paper, so that a sheet with much to say fits on one A4."""
    texts = [words.of(fact, "text") for fact in sheet.facts]
    texts += [*(of_card[part] for part in ("what", "unit", "evidence", "not")), *others]
    letters = sum(map(len, texts)) + ROW * (len(sheet["changes"]) + len(sheet["policies"]))
    return next((name for most, name in DENSITIES if letters <= most), " denser")


def _turn(ends: Sequence[float], mean: float, low: float, high: float) -> Markup:
    """A bar from one end to the other, zero as a line and the answer of the sheet as a mark."""
    width = (high - low) or 1.0

    def at(amount: float) -> float:
        return round((amount - low) / width * SHARES, 2)

    first, last = sorted(map(at, ends))
    return render(
        "measure_turn", first=first, size=round(last - first, 2), nil=at(0), mean=at(mean)
    )
