"""Broken and benign versions of a table, made from the published one.

BROKEN: name -> (how to break `prices.csv`, the code of the finding, the column it must name).
BENIGN: name -> another way to write the same table, which must give the same assumptions.
The cell that is broken is that of ROW, unless the case says otherwise.
Texts of a single wrong cell stand in `broken_cells`.
"""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.support.broken_cells import IN_DUTCH, LABELS, NOTES, NUMBERS, WORDS

FOLDER = Path(__file__).parents[2] / "data" / "assumptions"
TABLE = "prices.csv"
ROW = "price_gp"
PUBLISHED = (FOLDER / TABLE).read_bytes()

Break = Callable[[bytes], bytes]


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


def written(grid: list[list[str]], delimiter: str = ",", end: str = "\n") -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter, lineterminator=end).writerows(grid)
    return stream.getvalue().encode()


def cell(column: str, value: str, parameter: str = ROW) -> Break:
    """Another text in one cell."""

    def change(data: bytes) -> bytes:
        grid = rows(data)
        place = grid[0].index(column)
        for row in grid[1:]:
            if row[0] == parameter:
                row[place] = value
        return written(grid)

    return change


def grid(change: Callable[[list[list[str]]], object]) -> Break:
    """Rows and columns moved, by a function that changes the grid in place."""

    def apply(data: bytes) -> bytes:
        table = rows(data)
        change(table)
        return written(table)

    return apply


def replaced(old: bytes, new: bytes) -> Break:
    def apply(data: bytes) -> bytes:
        assert old in data
        return data.replace(old, new, 1)

    return apply


def dutch(data: bytes, parameter: str = "", **cells: str) -> list[list[str]]:
    """The table as a Dutch spreadsheet holds it: decimal commas; `cells` are put in one row."""
    table = rows(data)
    numbers = [table[0].index(name) for name in ("base", "low", "high")]
    for row in table[1:]:
        for place in numbers:
            row[place] = row[place].replace(".", ",")
        if row[0] == parameter:
            for column, text in cells.items():
                row[table[0].index(column)] = text
    return table


def in_dutch(column: str, value: str, parameter: str = ROW) -> Break:
    return lambda data: written(dutch(data, parameter, **{column: value}), ";", "\r\n")


def zipped(data: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/workbook.xml", data)
    return stream.getvalue()


def _capitals(data: bytes, change: Callable = str.upper) -> tuple[bytes, bytes]:
    header = data.partition(b"\n")[0]
    return header, ",".join(map(change, header.decode().split(","))).encode()


def _second_column(table: list[list[str]], name: str) -> None:
    for number, row in enumerate(table):
        row.append(name if number == 0 else "1")


BROKEN: dict[str, tuple[Break, str, str | None]] = {}


def _add(name: str, how: Break, code: str, column: str | None = None) -> None:
    assert name not in BROKEN, name
    BROKEN[name] = how, code, column


for _code, _texts in NUMBERS.items():
    for _text in _texts:
        _add(f"base {_text[:20]!r}", cell("base", _text), _code, "base")
for _code, _texts in IN_DUTCH.items():
    for _text in _texts:
        _add(f"Dutch base {_text!r}", in_dutch("base", _text), _code, "base")
for _code, _texts in LABELS.items():
    for _text in _texts:
        _add(f"label_nl {_text[:24]!r}", cell("label_nl", _text), _code, "label_nl")
for _code, _texts in NOTES.items():
    for _text in _texts:
        _add(f"note {_text!r}", cell("note", _text), _code, "note")
for _column, _texts in WORDS.items():
    for _text in _texts:
        if _text.strip() == _text:
            _add(f"{_column} {_text!r}", cell(_column, _text), "vocabulary", _column)

for _name, _how, _code, _column in (
    ("unit other", cell("unit", "kEUR/consult"), "unit_changed", "unit"),
    ("unit case", cell("unit", "eur/consult"), "unit_changed", "unit"),
    ("unit alike", cell("unit", "EUR/сonsult"), "unit_changed", "unit"),
    ("year other", cell("price_year", "2022"), "year_changed", "price_year"),
    ("year gone", cell("price_year", ""), "year_changed", "price_year"),
    ("year form", cell("price_year", "24"), "year_form", "price_year"),
    ("year as number", cell("price_year", "2024.0"), "year_form", "price_year"),
    ("group other", cell("group", "care"), "group_changed", "group"),
    ("group context", cell("group", "context"), "group_changed", "group"),
    ("low above base", cell("low", "40"), "order", "low"),
    ("high below base", cell("high", "30"), "order", "low"),
    ("negative price", cell("low", "-1"), "range", "low"),
    ("no spread", lambda d: cell("low", "33.12")(cell("high", "33.12")(d)), "spread", "low"),
    ("gamma from 0", cell("low", "0"), "positive", "low"),
    ("source unknown", cell("source", "no_such_source"), "source_unknown", "source"),
    ("source a link", cell("source", "https://a.nl"), "source_link", "source"),
    ("source empty", cell("source", ""), "id_form", "source"),
    ("source a formula", cell("source", "=1+1"), "id_form", "source"),
    (
        "red without note",
        lambda d: cell("note", "")(cell("quality", "red")(d)),
        "note_needed",
        "note",
    ),
    ("id unknown", cell("parameter", "price_dentist"), "id_unknown", "parameter"),
    ("id Cyrillic", cell("parameter", "priсe_gp"), "id_form", "parameter"),
    ("id in capitals", cell("parameter", "PRICE_GP"), "id_alike", "parameter"),
    ("id without underscore", cell("parameter", "pricegp"), "id_alike", "parameter"),
    ("id empty", cell("parameter", ""), "id_form", "parameter"),
    ("id with a space", cell("parameter", "price gp"), "id_form", "parameter"),
    ("id a formula", cell("parameter", "=1+1"), "id_form", "parameter"),
    ("id zero width", cell("parameter", "price\u200b_gp"), "cell_control", "parameter"),
    ("id twice", grid(lambda t: t.append(list(t[1]))), "id_twice", "parameter"),
    ("row short", grid(lambda t: t[1].pop()), "row_ragged", None),
    ("row long", grid(lambda t: t[1].append("x")), "row_ragged", None),
    ("row very long", grid(lambda t: t[1].extend("x" * 50_000)), "row_ragged", None),
    ("empty row inside", grid(lambda t: t.insert(2, [""] * 16)), "row_empty", None),
    ("column gone", grid(lambda t: [row.pop(3) for row in t]), "column_missing", "base"),
    ("column renamed", replaced(b",base,", b",value,"), "column_missing", "base"),
    ("column in capitals", replaced(b",base,", b",BASE,"), "column_missing", "base"),
    ("column twice", grid(lambda t: _second_column(t, "base")), "column_twice", "base"),
    ("column added", grid(lambda t: _second_column(t, "opinion")), "column_unknown", None),
    ("column unnamed", grid(lambda t: _second_column(t, "")), "column_unnamed", "17"),
    ("no header", lambda d: d.partition(b"\n")[2], "header_other", None),
    ("header alone", lambda d: d.partition(b"\n")[0] + b"\n", "rows_none", None),
    ("another table", lambda d: b"a,b\n1,2\n", "header_other", None),
    ("sep line", lambda d: b"sep=,\n" + d, "separator_line", None),
    ("title above", lambda d: b"Prices 2024\n" + d, "header_later", None),
    ("title with a comma above", lambda d: b"Prices, 2024\n\n" + d, "header_later", None),
    ("empty rows above", lambda d: b"\r\n\r\n" + _dutch_excel(d), "header_later", None),
    ("header in capitals", lambda d: d.replace(*_capitals(d)), "column_unknown", None),
    (
        "header between quotes",
        lambda d: d.replace(*_capitals(d, "'{}'".format)),
        "column_unknown",
        None,
    ),
    (
        "MS-DOS",
        lambda d: _dutch_excel(d).decode("cp1252").encode("cp850"),
        "encoding_unknown",
        None,
    ),
    (
        "Macintosh",
        lambda d: in_dutch("note", "geïnd")(d).decode().encode("mac_roman"),
        "encoding_unknown",
        None,
    ),
    ("a guess in green", cell("provenance", "expert_guess"), "green_guess", "quality"),
    ("a green row without a source", cell("source", "expert_guess"), "green_guess", "quality"),
    ("the newspaper in green", cell("provenance", "article"), "green_newspaper", "quality"),
    ("green by the newspaper", cell("source", "article_2025"), "green_newspaper", "quality"),
    ("tabs", lambda d: written(rows(d), "\t"), "separator", None),
    ("bars", lambda d: written(rows(d), "|"), "separator", None),
    ("quote never closed", replaced(b"price_mri,", b'price_mri,"'), "quotes", None),
    ("quote inside", replaced(b"price_mri,", b'"price"_mri,'), "quotes", None),
    ("empty", lambda d: b"", "file_empty", None),
    ("a mark only", lambda d: b"\xef\xbb\xbf", "file_empty", None),
    ("blank", lambda d: b" \r\n \n", "file_empty", None),
    ("nulls only", lambda d: b"\x00" * 500, "file_empty", None),
    ("nulls inside", replaced(b"price_mri", b"price\x00mri"), "cell_control", "parameter"),
    ("UTF-16", lambda d: d.decode().encode("utf-16"), "encoding_utf16", None),
    ("UTF-16 big", lambda d: d.decode().encode("utf-16-be"), "encoding_utf16", None),
    ("UTF-32", lambda d: d.decode().encode("utf-32"), "encoding_utf16", None),
    ("EBCDIC", lambda d: d.decode().encode("cp500", "replace"), "encoding_mixed", None),
    ("two encodings", lambda d: d + "ë".encode() + b"\xeb", "encoding_mixed", None),
    ("no encoding", lambda d: b"a\x81\n" + d.decode().encode("cp1252"), "encoding_unknown", None),
    ("gzip", lambda d: gzip.compress(d), "file_format", None),
    ("xlsx", zipped, "file_format", None),
    ("xls", lambda d: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "file_format", None),
    ("pdf", lambda d: b"%PDF-1.7\n", "file_format", None),
    ("png", lambda d: b"\x89PNG\r\n\x1a\n" + d, "file_format", None),
    ("html", lambda d: b"<html><table><tr><td>1</td></tr></table></html>", "separator", None),
    ("json", lambda d: b'{"price_gp": 33.12, "price_mri": 200}', "header_other", None),
    ("noise", lambda d: bytes(range(256)) * 20, "encoding_unknown", None),
    ("a big cell", cell("note", "x" * 200_000), "cell_long", None),
    ("too many rows", grid(lambda t: t.extend([t[1]] * 1500)), "rows_many", None),
    ("too many bytes", lambda d: d + b" " * 3_000_000, "file_large", None),
    ("too many columns", lambda d: b"," * 100_000 + b"\n" + d, "row_ragged", None),
):
    _add(_name, _how, _code, _column)  # fmt: skip


def _dutch_excel(data: bytes) -> bytes:
    return written(dutch(data), ";", "\r\n").decode().encode("cp1252")


def _reordered(table: list[list[str]]) -> None:
    for row in table:
        row.reverse()
    table[1:] = table[:0:-1]


BENIGN: dict[str, Break] = {
    "as it is": lambda d: d,
    "byte order mark": lambda d: b"\xef\xbb\xbf" + d,
    "byte order mark twice": lambda d: b"\xef\xbb\xbf" * 2 + d,
    "CRLF": lambda d: d.replace(b"\n", b"\r\n"),
    "CR": lambda d: d.replace(b"\n", b"\r"),
    "no newline at the end": lambda d: d.rstrip(b"\n"),
    "blank lines at the end": lambda d: d + b"\n\n\n",
    "empty rows at the end": lambda d: d + b"," * 15 + b"\n" + b"," * 15 + b"\n",
    "other order": grid(_reordered),
    "semicolons, decimal commas": lambda d: written(dutch(d), ";"),
    "Dutch Excel": _dutch_excel,
    "Dutch Excel, UTF-8": lambda d: b"\xef\xbb\xbf" + written(dutch(d), ";", "\r\n"),
    "Dutch thousands": in_dutch("base", "7.500", "price_rehab_traject"),
    "Windows-1252": lambda d: d.decode().encode("cp1252"),
    "all quoted": lambda d: b"".join(
        b",".join(b'"' + c.replace('"', '""').encode() + b'"' for c in row) + b"\n"
        for row in rows(d)
    ),
    "spaces round cells": grid(
        lambda t: [row.__setitem__(3, f" {row[3]} ") for row in t[1:]] and None
    ),
    "spaces round headers": replaced(b",base,", b", base ,"),
    "no-break spaces": grid(lambda t: t[1].__setitem__(3, "\u00a0" + t[1][3])),
    "exponent of a program": cell("base", "3.312e1"),
    "interval as a percentage": lambda d: d.replace(b"95%", b"95.00%"),
    "interval as LibreOffice saves it": lambda d: written(
        [[c.replace("95%", "95,00%") for c in row] for row in dutch(d)], ";"
    ),
    "zeros at the end": cell("base", "33.1200"),
}
