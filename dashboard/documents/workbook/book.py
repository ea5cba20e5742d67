"""The workbook under way: how a sheet, a cell and a native chart are written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from io import BytesIO

import pandas as pd
import xlsxwriter

import models
from dashboard.wording.catalogue import Words
from models.engine.summary import STATISTICS

FIRST = 4  # row of the first figure, counted from zero
WIDEST = 60  # characters of a column
MONEY, NUMBER, SHARE = "#,##0;−#,##0;0", "#,##0.##", "0.0%"


class Workbook:
    """Sheets of one scenario; text is written as text, whatever it begins with."""

    def __init__(self, result: models.Result, words: Words, link: str, day: date):
        self.result, self.words, self.link, self.made = result, words, link, day
        self.file = BytesIO()
        self.book = xlsxwriter.Workbook(
            self.file,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "nan_inf_to_errors": False,
            },
        )
        self.book.set_properties(
            {
                "title": words("app.title"),
                "comments": f"{result.scenario_id} {result.assumptions_hash}",
                "created": datetime(day.year, day.month, day.day, tzinfo=UTC),
            }
        )
        self.formats = {
            name: self.book.add_format({"num_format": code, "valign": "top"})
            for name, code in (("money", MONEY), ("number", NUMBER), ("share", SHARE))
        }
        self.wrapped = self.book.add_format({"text_wrap": True, "valign": "top"})
        self.head = self.book.add_format({"bold": True, "text_wrap": True, "bottom": 1})
        self.title = self.book.add_format({"bold": True, "font_size": 14})

    def sheet(
        self,
        name: str,
        heads: Sequence[str],
        rows: Sequence[Sequence],
        kinds: Sequence[str] = (),
        note: str = "",
    ):
        """One table: its title and note, its heads in row 4, its rows beneath; returns the sheet.

        `kinds` says per column how a number is shown: money, number or share.
        """
        words = self.words
        sheet = self.book.add_worksheet(words(f"workbook.sheet.{name}"))
        sheet.write_string(0, 0, words(f"workbook.title.{name}"), self.title)
        sheet.write_string(1, 0, note or words("workbook.mean", year=self.result.price_year))
        for column, head in enumerate(heads):
            sheet.write_string(FIRST - 1, column, head, self.head)
            longest = max([len(head), *(len(str(row[column])) for row in rows)], default=10)
            sheet.set_column(column, column, min(WIDEST, max(11, longest + 2)))
        for number, row in enumerate(rows, FIRST):
            for column, value in enumerate(row):
                kind = kinds[column] if column < len(kinds) else "number"
                self._cell(sheet, number, column, value, kind)
        sheet.freeze_panes(FIRST, 1)
        if rows:
            sheet.autofilter(FIRST - 1, 0, FIRST - 1 + len(rows), len(heads) - 1)
        return sheet

    def _cell(self, sheet, row: int, column: int, value, kind: str) -> None:
        if isinstance(value, bool) or isinstance(value, str):
            sheet.write_string(row, column, str(value), self.wrapped)
        elif value is not None and not pd.isna(value):
            sheet.write_number(row, column, float(value), self.formats[kind])

    def bars(self, sheet, title: str, rows: int, values: int, colour: str, kind: str = "bar"):
        """A native chart of one column of a sheet, beside the table."""
        name = sheet.get_name()
        chart = self.book.add_chart({"type": kind})
        last = FIRST + rows - 1
        chart.add_series(
            {
                "name": title,
                "categories": [name, FIRST, 0, last, 0],
                "values": [name, FIRST, values, last, values],
                "fill": {"color": colour},
                "gap": 60,
            }
        )
        chart.set_title({"name": title, "name_font": {"size": 12}})
        chart.set_legend({"none": True})
        money = {"num_format": "#,##0", "name": self.words("workbook.eur_a_year")}
        if kind == "bar":
            chart.set_y_axis({"reverse": True})
        chart.set_x_axis(money if kind == "bar" else {"label_position": "low"})
        if kind != "bar":
            chart.set_y_axis(money)
        chart.set_size({"width": 760, "height": 120 + 26 * rows})
        sheet.insert_chart(FIRST - 1, values + 6, chart)

    def close(self) -> bytes:
        self.book.close()
        return self.file.getvalue()


def column_heads(words: Words, *names: str) -> list[str]:
    return [words(f"workbook.head.{name}") for name in names]


def unit_text(unit: str, words: Words) -> str:
    """A unit in the reader's words where the texts have them, else as in the files."""
    key = f"unit.{unit}"
    return words(key) if key in words else unit


def statistic_heads(words: Words) -> list[str]:
    return [words(f"workbook.head.{name}") for name in STATISTICS]
