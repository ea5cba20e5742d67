"""Edits of assumptions: typed rows, rows put back, and tables as Dutch Excel saves them.

A typed cell is read by the same code as a cell of an upload.
"""

from __future__ import annotations

import csv
import dataclasses
import io
from collections.abc import Iterable, Mapping

from models.errors import DataError, Findings
from models.tables.assumptions import Assumptions
from models.tables.catalogue_columns import TABLES
from models.tables.cell_values import parse_number
from models.tables.checks.assumption_rows import check_together
from models.tables.checks.catalogue import check_catalogue
from models.tables.csv_writer import MARK, SEPARATOR, records_text
from models.tables.rows import COLUMNS, NUMBERS, OPTIONAL, Assumption, cell, read_row, scan

ALL = (*COLUMNS, *OPTIONAL)
ORIGIN = ("source", "source_detail", "provenance", "quality")
READER, UNJUDGED = (
    "reader",
    "unjudged",
)  # provenance and quality of a number that the reader entered


@dataclasses.dataclass(frozen=True)
class Origin:
    """Source and quality of a number, by keys; `detail`: of the source, or the reader's reason."""

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
    """Source and quality of a row; of a number that a reader changed the reader, with the reason.

    The old source does not support the new number, and its note is about the old one.
    """
    if is_own(row):
        return Origin(READER, UNJUDGED, READER, row.reason, "")
    return Origin(row.provenance, row.quality, row.source, row.source_detail, row.note)


def as_typed(value: float, decimal: str = ".") -> str:
    """A number in all its digits with the decimal mark `decimal`, without thousands separator."""
    return cell(value).replace(".", decimal)


def typed(used: Assumptions, name: str, cells: Mapping[str, str], decimal: str) -> Assumption:
    """The row of an assumption with typed cells in place of its own; `used` does not change.

    `decimal` is the mark of the reader's language. `DataError` with all that is wrong in the cells;
    a finding names the column.
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
    """A typed number with another decimal mark; other text is returned unchanged."""
    try:
        return as_typed(parse_number(text, decimal=was), decimal)
    except DataError:
        return text


def with_rows(used: Assumptions, rows: Iterable[Assumption]) -> Assumptions:
    """The assumptions with these rows in place of their own; `DataError` if they conflict."""
    new = {**used, **{row.parameter: row for row in rows}}
    findings = Findings()
    check_together(new, findings)
    check_catalogue(used.catalogue, new, set(new), used.sources, findings)
    findings.check()
    return Assumptions(new.values(), used.sources, used.catalogue)


def dutch(tables: Mapping[str, bytes]) -> dict[str, bytes]:
    """Tables as a Dutch Excel opens and saves them: `;`, decimal comma, CRLF, UTF-8 with a mark.

    Read back they give the same hash: only columns of numbers are written differently.
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
    """UTF-8; half of a character pair, as browsers can send it, becomes text that is refused."""
    return text.encode("utf-8", "backslashreplace")
