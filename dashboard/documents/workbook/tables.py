"""Sheets that hold whole tables: the ledger of the run, its assumptions and their sources."""

from __future__ import annotations

from dashboard.documents.workbook.book import Workbook, column_heads, unit_text
from dashboard.wording import origin
from models.engine.summary import STATISTICS


def ledger(book: Workbook) -> None:
    """The tidy table itself, as the command line writes it."""
    frame = book.result.table
    keep = ["scenario", "view", "year", "cost_item", "payer", "kind", "measure", "unit"]
    rows = [tuple(row) for row in frame[[*keep, *STATISTICS]].itertuples(index=False)]
    note = book.words("workbook.ledger_note")
    book.sheet("ledger", [*keep, *STATISTICS], rows, note=note)


def assumptions(book: Workbook) -> None:
    """Every assumption of the run with its range, source and how sure it is."""
    words = book.words
    rows = [
        (
            words.of(row), name, row.base, row.low, row.high, unit_text(row.unit, words),
            row.price_year or "", row.group, row.distribution, came.provenance, came.quality,
            came.source, came.detail, "" if origin.is_own(row) else row.note,
        )
        for name, row in book.result.model.assumptions.items()
        for came in [origin.origin(row, words)]
    ]  # fmt: skip
    heads = column_heads(
        words, "assumption", "id", "base", "low", "high", "unit", "price_year", "group",
        "distribution", "provenance", "quality", "source", "source_detail", "note",
    )  # fmt: skip
    book.sheet("assumptions", heads, rows, note=words("workbook.assumptions_note"))


def sources(book: Workbook) -> None:
    """The list of sources, as the file has it."""
    sources = book.result.model.assumptions.sources
    heads = list(next(iter(sources.values())))
    rows = [tuple(row[name] for name in heads) for row in sources.values()]
    book.sheet("sources", heads, rows, note=book.words("workbook.sources_note"))
