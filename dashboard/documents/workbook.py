"""Every table of a scenario as an Excel workbook: numbers as numbers, each with unit and source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from io import BytesIO

import pandas as pd
import xlsxwriter

import models
from dashboard.charts.style import CARE, SAVES
from dashboard.wording import origin, row_texts, sentences
from dashboard.wording.catalogue import Words
from dashboard.wording.direction import as_shown, direction
from dashboard.wording.numbers import level_text
from models.engine.summary import SCENARIOS, STATISTICS

FIRST = 4  # row of the first figure, counted from nought
WIDEST = 60  # characters of a column
MONEY, NUMBER, SHARE = "#,##0;−#,##0;0", "#,##0.##", "0.0%"


class Workbook:
    """Sheets of one scenario; text is written as text, whatever it begins with."""

    def __init__(self, result: models.Result, words: Words, link: str, made: date):
        self.result, self.words, self.link, self.made = result, words, link, made
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
                "created": datetime(made.year, made.month, made.day, tzinfo=UTC),
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


def workbook(result: models.Result, words: Words, link: str, made: date) -> bytes:
    """The workbook of a scenario; the same bytes for the same result, words, link and day."""
    book = Workbook(result, words, link, made)
    _about(book)
    _levers(book)
    _by(book, "items", "cost_item", row_texts.item_name(words, result.catalogue), CARE)
    _by(book, "payers", "payer", row_texts.payer_name(words, result.catalogue), SAVES)
    for scenario in SCENARIOS:
        _matrix(book, scenario)
    _perspectives(book)
    _years(book)
    _cash(book)
    _health(book)
    _ledger(book)
    _assumptions(book)
    _sources(book)
    return book.close()


def _about(book: Workbook) -> None:
    result, words = book.result, book.words
    lead, rest = sentences.simulator_answer(result, words)
    rows = [(words("workbook.answer"), " ".join([lead, *rest]))]
    rows += [(label, f"{value} ({note})") for label, value, note in _figures(result, words)]
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


def _figures(result: models.Result, words: Words):
    return sentences.simulator_figures(result, words)


def _footer(result: models.Result) -> dict:
    return {
        "year": result.price_year,
        "draws": result.options.draws,
        "hash": result.assumptions_hash[:12],
        "scenario": result.scenario_id,
    }


def _levers(book: Workbook) -> None:
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
    book.sheet("levers", _heads(words, "lever", "id", "level", "today", "min", "max", "said",
               "unit", "source"), rows, note=words("workbook.levers_note"))  # fmt: skip


def _heads(words: Words, *names: str) -> list[str]:
    return [words(f"workbook.head.{name}") for name in names]


def _unit(unit: str, words: Words) -> str:
    """A unit in the reader's words where the texts have them, else as in the files."""
    key = f"unit.{unit}"
    return words(key) if key in words else unit


def _statistics(words: Words) -> list[str]:
    return [words(f"workbook.head.{name}") for name in STATISTICS]


def _by(book: Workbook, sheet: str, by: str, name: Callable[[str], str], colour: str) -> None:
    """Base case, scenario and difference of every cost item or payer, with percentiles."""
    result, words = book.result, book.words
    frames = {scenario: result.summary(scenario, by) for scenario in SCENARIOS}
    order = frames["base_case"]["mean"].sort_values(ascending=False).index
    rows = [
        (name(key), key, *(frames[s].loc[key, "mean"] for s in SCENARIOS),
         *(frames["incremental"].loc[key, p] for p in STATISTICS[1:]))
        for key in order
    ]  # fmt: skip
    heads = [words(f"table.{'item' if by == 'cost_item' else 'payer'}"), *_heads(words, "id")]
    heads += [words(f"workbook.head.{s}") for s in SCENARIOS] + _statistics(words)[1:]
    made = book.sheet(sheet, heads, rows, ["number"] * 2 + ["money"] * 9)
    book.bars(made, words(f"workbook.chart.{sheet}"), len(rows), 2, colour)


def _matrix(book: Workbook, scenario: str) -> None:
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


def _perspectives(book: Workbook) -> None:
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
    heads = [words("table.perspective"), *_statistics(words)]
    heads += [words("table.chance"), words("table.leaves_out")]
    book.sheet("perspectives", heads, rows, ["number", *["money"] * 6, "share", "number"])


def _years(book: Workbook) -> None:
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
        "years", heads + _statistics(words), rows, ["number"] * 3 + ["money"] * 6, note
    )
    years = result.options.years
    book.bars(sheet, words("workbook.chart.years"), years, 3, SAVES, "column")


def _cash(book: Workbook) -> None:
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
    heads = [*_heads(words, "scenario_name"), words("table.year"), words("cash.flow")]
    heads += [words("cash.payer"), words("cash.kind"), *_statistics(words)]
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
    heads = [*_heads(words, "scenario_name"), words("table.year"), words("table.measure")]
    heads += [*_heads(words, "unit"), *_statistics(words)]
    book.sheet("premium", heads, rows, ["number"] * 10, words("cash.rule"))


def _health(book: Workbook) -> None:
    words = book.words
    rows = []
    for row in book.result.health().to_dict("records"):
        measure, figures = as_shown(row["measure"], row)
        scenario = words(f"workbook.head.{row['scenario']}")
        unit = _unit(row["unit"], words)
        rows.append((words(f"health.{measure}"), scenario, unit, *(figures[n] for n in STATISTICS)))
    heads = [words("table.measure"), *_heads(words, "scenario_name", "unit")]
    note = words("workbook.health_note")
    book.sheet("health", heads + _statistics(words), rows, note=note)


def _ledger(book: Workbook) -> None:
    """The tidy table itself, as the command line writes it."""
    frame = book.result.table
    keep = ["scenario", "view", "year", "cost_item", "payer", "kind", "measure", "unit"]
    rows = [tuple(row) for row in frame[[*keep, *STATISTICS]].itertuples(index=False)]
    note = book.words("workbook.ledger_note")
    book.sheet("ledger", [*keep, *STATISTICS], rows, note=note)


def _assumptions(book: Workbook) -> None:
    words = book.words
    rows = [
        (
            words.of(row), name, row.base, row.low, row.high, _unit(row.unit, words),
            row.price_year or "", row.group, row.distribution, came.provenance, came.quality,
            came.source, came.detail, "" if origin.is_own(row) else row.note,
        )
        for name, row in book.result.model.assumptions.items()
        for came in [origin.origin(row, words)]
    ]  # fmt: skip
    heads = _heads(words, "assumption", "id", "base", "low", "high", "unit", "price_year", "group",
                   "distribution", "provenance", "quality", "source", "source_detail",
                   "note")  # fmt: skip
    book.sheet("assumptions", heads, rows, note=words("workbook.assumptions_note"))


def _sources(book: Workbook) -> None:
    sources = book.result.model.assumptions.sources
    heads = list(next(iter(sources.values())))
    rows = [tuple(row[name] for name in heads) for row in sources.values()]
    book.sheet("sources", heads, rows, note=book.words("workbook.sources_note"))
