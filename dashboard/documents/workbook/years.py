"""Sheets by year and of health: the budget impact, cash and premiums, and health."""

from __future__ import annotations

import pandas as pd

from dashboard.charts.style import SAVES
from dashboard.documents.workbook.book import Workbook, column_heads, statistic_heads, unit_text
from dashboard.wording import row_texts
from dashboard.wording.direction import as_shown
from models.engine.summary import STATISTICS


def years(book: Workbook) -> None:
    """The budget impact by year and payer, the total first, in every price view."""
    result, words = book.result, book.words
    payer = row_texts.payer_name(words, result.catalogue)
    frame = result.budget()
    frame = frame[frame["payer"] == "total"].sort_values(["discounted", "year"])
    other = result.budget()
    frame = pd.concat([frame, other[other["payer"] != "total"]])
    rows = [
        (
            str(row["year"]),
            words("table.total") if row["payer"] == "total" else payer(row["payer"]),
            row_texts.view_name(row["discounted"], result, words),
            *(row[name] for name in STATISTICS),
        )
        for row in frame.to_dict("records")
    ]
    heads = [words("table.year"), words("table.payer"), words("workbook.head.prices")]
    note = words("workbook.years_note")
    sheet = book.sheet(
        "years", heads + statistic_heads(words), rows, ["number"] * 3 + ["money"] * 6, note
    )
    years = result.options.years
    book.bars(sheet, words("workbook.chart.years"), years, 3, SAVES, "column")


def cash(book: Workbook) -> None:
    """The cash ledger and the premiums that follow, in force and by year, as the model has them."""
    words, ledger = book.words, book.result.cash
    kinds = ["number"] * 5 + ["money"] * 6
    rows = [
        (
            words(f"workbook.head.{row['scenario']}"),
            words("cash.in_force") if row["year"] is None else str(row["year"]),
            words(f"cash.flows.{row['flow']}"),
            words(f"cash.payers.{row['payer']}"),
            row["kind"],
            *(row[name] for name in STATISTICS),
        )
        for row in ledger.records()
    ]
    heads = [*column_heads(words, "scenario_name"), words("table.year"), words("cash.flow")]
    heads += [words("cash.payer"), words("cash.kind"), *statistic_heads(words)]
    book.sheet("cash", heads, rows, kinds, words("workbook.cash_note"))
    rows = [
        (
            words(f"workbook.head.{row['scenario']}"),
            words("cash.in_force") if row["year"] is None else str(row["year"]),
            words(f"cash.measures.{row['measure']}"),
            row["unit"],
            *(row[name] for name in STATISTICS),
        )
        for row in ledger.premium_records()
    ]
    heads = [*column_heads(words, "scenario_name"), words("table.year"), words("table.measure")]
    heads += [*column_heads(words, "unit"), *statistic_heads(words)]
    book.sheet("premium", heads, rows, ["number"] * 10, words("cash.rule"))


def health(book: Workbook) -> None:
    """Every measure of health in each scenario; a loss is shown as a gain where rules say so."""
    words = book.words
    rows = []
    for row in book.result.health().to_dict("records"):
        measure, figures = as_shown(row["measure"], row)
        scenario = words(f"workbook.head.{row['scenario']}")
        unit = unit_text(row["unit"], words)
        rows.append((words(f"health.{measure}"), scenario, unit, *(figures[n] for n in STATISTICS)))
    heads = [words("table.measure"), *column_heads(words, "scenario_name", "unit")]
    note = words("workbook.health_note")
    book.sheet("health", heads + statistic_heads(words), rows, note=note)
