"""Every table of a scenario as an Excel workbook: numbers as numbers, each with unit and source."""

from __future__ import annotations

from datetime import date

import models
from dashboard.charts.style import CARE, SAVES
from dashboard.documents.workbook import package, tables, years
from dashboard.documents.workbook.book import FIRST, Workbook
from dashboard.wording import row_texts
from dashboard.wording.catalogue import Words
from models.engine.summary import SCENARIOS

__all__ = ["FIRST", "workbook"]


def workbook(result: models.Result, words: Words, link: str, day: date, name: str = "") -> bytes:
    """The workbook of a scenario; the same bytes for the same result, words, link, day and name."""
    book = Workbook(result, words, link, day)
    package.about(book, name)
    package.levers(book)
    item = row_texts.item_name(words, result.catalogue)
    payer = row_texts.payer_name(words, result.catalogue)
    package.breakdown(book, "items", "cost_item", item, CARE)
    package.breakdown(book, "payers", "payer", payer, SAVES)
    for scenario in SCENARIOS:
        package.matrix(book, scenario)
    package.perspectives(book)
    years.years(book)
    years.cash(book)
    years.health(book)
    tables.ledger(book)
    tables.assumptions(book)
    tables.sources(book)
    return book.close()
