"""Edits of assumptions: a row as somebody types it, rows put back, tables as Dutch Excel has them.

A typed cell goes through the very same reader as a cell of an upload.
"""

from __future__ import annotations

import csv
import dataclasses
import io
from collections.abc import Iterable, Mapping

from models.errors import DataError, Findings
from models.tables.assumption_checks import check_together
from models.tables.assumptions import Assumptions
from models.tables.catalogue_checks import check_catalogue
from models.tables.catalogue_columns import TABLES
from models.tables.cell_values import parse_number
from models.tables.csv_writer import MARK, SEPARATOR, records_text
from models.tables.rows import COLUMNS, NUMBERS, OPTIONAL, Assumption, cell, read_row, scan

ALL = (*COLUMNS, *OPTIONAL)
ORIGIN = ("source", "source_detail", "provenance", "quality")
READER, UNJUDGED = "reader", "unjudged"  # provenance and quality of a number of the reader's own


@dataclasses.dataclass(frozen=True)
class Origin:
    """Where a number comes from, by keys; `detail` is the source's, or the reader's reason."""

    provenance: str
    quality: str
    source: str
    detail: str
    note: str


def is_own(row: Assumption) -> bool:
    """Whether a reader changed the number and gave it no source of its own."""
    known = Assumptions.default().get(row.parameter)
    if known is None or (row.base, row.low, row.high) == (known.base, known.low, known.high):
        return False
    return all(getattr(row, name) == getattr(known, name) for name in ORIGIN)


def origin_of(row: Assumption) -> Origin:
    """The row's own origin; of a number that a reader changed the reader, with the reason.

    The old source does not vouch for the new number, and its note is about the old one.
    """
    if is_own(row):
        return Origin(READER, UNJUDGED, READER, row.reason, "")
    return Origin(row.provenance, row.quality, row.source, row.source_detail, row.note)


def as_typed(value: float, decimal: str = ".") -> str:
    """A number as a reader may type it: all its digits, no separator of thousands."""
    return cell(value).replace(".", decimal)


def typed(used: Assumptions, name: str, cells: Mapping[str, str], decimal: str) -> Assumption:
    """The row of an assumption with cells as somebody typed them; nothing is kept of it.

    `DataError` with all that is wrong in them; a finding names the column.
    """
    row = used[name]
    texts = {column: cell(getattr(row, column)) for column in ALL}
    texts |= {column: as_typed(getattr(row, column), decimal) for column in NUMBERS}
    separator = ";" if decimal == "," else ","
    data = _encoded(records_text(ALL, [{**texts, **cells}], separator))
    findings = Findings()
    rows = [
        read_row(raw, used.sources, findings)
        for raw in scan(("", data), COLUMNS, findings, OPTIONAL)
    ]
    nowhere = {"file": "", "row": None, "key": name}
    Findings(dataclasses.replace(problem, **nowhere) for problem in findings).check()
    return rows[0]


def rewritten(text: str, was: str, decimal: str) -> str:
    """A typed number with another decimal mark; a text that is no number stays as it is."""
    try:
        return as_typed(parse_number(text, decimal=was), decimal)
    except DataError:
        return text


def with_rows(used: Assumptions, rows: Iterable[Assumption]) -> Assumptions:
    """The assumptions with these rows in place of their own; `DataError` if they cannot be."""
    new = {**used, **{row.parameter: row for row in rows}}
    findings = Findings()
    check_together(new, findings)
    check_catalogue(used.catalogue, new, set(new), used.sources, findings)
    findings.check()
    return Assumptions(new.values(), used.sources, used.catalogue)


def dutch(tables: Mapping[str, bytes]) -> dict[str, bytes]:
    """Tables as a Dutch Excel opens and saves them: `;`, decimal comma, CRLF, UTF-8 with a mark.

    Read back they give the same hash: only the columns of numbers are written otherwise.
    """
    return {name: _dutch(name, data) for name, data in tables.items()}


def _dutch(name: str, data: bytes) -> bytes:
    rows = list(csv.DictReader(io.StringIO(data.decode(), newline="")))
    columns = list(rows[0])
    known = TABLES.get(name.removesuffix(".csv"), ())
    numbers = {column.name for column in known if column.kind == "number"} & set(columns)
    for row in rows:
        for column in numbers or set(NUMBERS) & set(columns):
            row[column] = row[column].replace(".", ",")
    return _encoded(MARK["nl"] + records_text(columns, rows, SEPARATOR["nl"], "\r\n"))


def _encoded(text: str) -> bytes:
    """UTF-8; half a character, as a browser can send it, is written out and refused when read."""
    return text.encode("utf-8", "backslashreplace")
