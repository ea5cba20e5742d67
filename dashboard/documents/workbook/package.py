"""Sheets about the package: what it is, its levers, and its effect by item, payer and view."""

from __future__ import annotations

from collections.abc import Callable

import models
from dashboard.documents.workbook.book import Workbook, column_heads, statistic_heads
from dashboard.wording import origin, row_texts, sentences
from dashboard.wording.direction import direction
from dashboard.wording.numbers import level_text
from models.engine.summary import SCENARIOS, STATISTICS


def about(book: Workbook, name: str = "") -> None:
    """The answer in words, under the reader's name for it if any, and what made the file."""
    result, words = book.result, book.words
    lead, rest = sentences.simulator_answer(result, words)
    rows = [(words("workbook.name"), name)] if name else []
    rows += [(words("workbook.answer"), " ".join([lead, *rest]))]
    rows += [
        (label, f"{value} ({note})")
        for label, value, note in sentences.simulator_figures(result, words)
    ]
    rows += [
        (words("workbook.package"), sentences.package(result, words)),
        (words("workbook.command"), result.command),
        (words("workbook.link"), book.link),
        *((words("workbook.link"), lost) for lost in [origin.not_carried(result, words)] if lost),
        (words("workbook.scenario_id"), result.scenario_id),
        (words("workbook.assumptions_hash"), result.assumptions_hash),
        (words("workbook.version"), models.VERSION),
        (words("workbook.made"), book.made.isoformat()),
        (words("workbook.licence"), origin.source(result, words)),
        *((words("brief.changed"), text) for text in origin.edits(result, words)),
        (words("workbook.caution"), words("app.footer", **_footer(result))),
    ]
    book.sheet("about", [words("workbook.what"), words("workbook.value")], rows)


def _footer(result: models.Result) -> dict:
    return {
        "year": result.price_year,
        "draws": result.options.draws,
        "hash": result.assumptions_hash[:12],
        "scenario": result.scenario_id,
    }


def levers(book: Workbook) -> None:
    """Every lever with its level in the package, today's level and the ends of its slider."""
    result, words = book.result, book.words
    rows = [
        (
            words.of(lever),
            lever.id,
            result.levels.get(name, lever.today),
            lever.today,
            lever.min,
            lever.max,
            level_text(lever, result.levels.get(name, lever.today), words.lang),
            words.lever(lever, "unit"),
            lever.source,
        )
        for name, lever in result.levers.items()
    ]
    book.sheet("levers", column_heads(words, "lever", "id", "level", "today", "min", "max", "said",
               "unit", "source"), rows, note=words("workbook.levers_note"))  # fmt: skip


def breakdown(book: Workbook, sheet: str, by: str, name: Callable[[str], str], colour: str) -> None:
    """Base case, scenario and difference of every cost item or payer, with percentiles."""
    result, words = book.result, book.words
    frames = {scenario: result.summary(scenario, by) for scenario in SCENARIOS}
    order = frames["base_case"]["mean"].sort_values(ascending=False).index
    rows = [
        (name(key), key, *(frames[s].loc[key, "mean"] for s in SCENARIOS),
         *(frames["incremental"].loc[key, p] for p in STATISTICS[1:]))
        for key in order
    ]  # fmt: skip
    heads = [words(f"table.{'item' if by == 'cost_item' else 'payer'}"), *column_heads(words, "id")]
    heads += [words(f"workbook.head.{s}") for s in SCENARIOS] + statistic_heads(words)[1:]
    table = book.sheet(sheet, heads, rows, ["number"] * 2 + ["money"] * 9)
    book.bars(table, words(f"workbook.chart.{sheet}"), len(rows), 2, colour)


def matrix(book: Workbook, scenario: str) -> None:
    """Mean EUR a year of each cost item (down) and payer (across) in one scenario."""
    result, words = book.result, book.words
    frame = result.matrix(scenario)
    names = {"total": words("table.total")}
    item, payer = (
        row_texts.item_name(words, result.catalogue),
        row_texts.payer_name(words, result.catalogue),
    )
    payers = [names.get(key) or payer(key) for key in frame.columns]
    rows = [
        (names.get(key) or item(key), *row)
        for key, row in zip(frame.index, frame.to_numpy(), strict=True)
    ]
    kinds = ["number", *["money"] * len(payers)]
    book.sheet(f"matrix_{scenario}", [words("table.item"), *payers], rows, kinds)


def perspectives(book: Workbook) -> None:
    """The difference as each party sees it, with the chance that it saves and what is left out."""
    words, named = book.words, row_texts.labels("perspectives", book.result.catalogue)
    rows = [
        (
            words.of(named[key]),
            *(row[name] for name in STATISTICS),
            row["probability_saving"] if direction(row)["changed"] else None,
            words.of(named[key], "leaves_out"),
        )
        for key, row in book.result.perspectives().iterrows()
    ]
    heads = [words("table.perspective"), *statistic_heads(words)]
    heads += [words("table.chance"), words("table.leaves_out")]
    book.sheet("perspectives", heads, rows, ["number", *["money"] * 6, "share", "number"])
