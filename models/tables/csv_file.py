"""Read a CSV table from outside, as people and spreadsheets write it.

Understood: UTF-8 with or without a byte order mark, Windows-1252; LF, CRLF, CR; comma with decimal
point, or semicolon with decimal comma (Dutch Excel); columns in any order; spaces round a cell;
empty rows at the end. Everything else is refused, with file, row, column and remedy. Every cell is
read as text first; `parse_number` then converts the numbers.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
import unicodedata
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from models.errors import DataError, Findings, finding
from models.paths import project_path
from models.similar_names import hint, skeleton
from models.tables.cell_values import INVISIBLE, SPACES

_MAGIC = (
    (b"PK\x03\x04", "xlsx / zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0", "xls"),
    (b"%PDF", "pdf"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x28\xb5\x2f\xfd", "zstandard"),
    (b"Rar!", "rar"),
    (b"{\\rtf", "rtf"),
    (b"PAR1", "parquet"),
    (b"SQLite format 3", "sqlite"),
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"\x7fELF", "program"),
    (b"MZ\x90", "program"),
)
_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
# MS-DOS or old Macintosh text read as Windows-1252: its accents become signs within a word
_OTHER_CODE = re.compile("[a-z]{1,9}[‚ƒ„ˆ‰Š‹ŒŽ‘”•Ÿ][a-z]{1,9}")
_UTF8_PAIR = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}")
_MAX_COLUMNS = 100


Row = dict[str, str]


def read_table(
    source: str | Path | bytes,
    *,
    name: str | None = None,
    required: Sequence[str],
    optional: Sequence[str] = (),
    max_bytes: int = 2_000_000,
    max_rows: int = 5000,
    max_cell: int = 2000,
) -> list[dict]:
    """Rows of the table as dicts of text by column, or `DataError` with all that is wrong.

    Each row also holds `__row__` (its number in the file, the header being 1), `__file__` and
    `__decimal__` ('.' or ','), which `number` needs.
    """
    rows, findings = scan_table(
        source,
        name=name,
        required=required,
        optional=optional,
        max_bytes=max_bytes,
        max_rows=max_rows,
        max_cell=max_cell,
    )
    findings.check()
    return rows


def scan_table(
    source: str | Path | bytes,
    *,
    name: str | None = None,
    required: Sequence[str],
    optional: Sequence[str] = (),
    max_bytes: int = 2_000_000,
    max_rows: int = 5000,
    max_cell: int = 2000,
    absent: str | None = "",
) -> tuple[list[dict], Findings]:
    """The rows in order, and the findings about the others, for a caller that has more to check.

    Arguments and rows as in `read_table`; nothing is raised. An optional column
    that the table lacks holds `absent`.
    """
    findings = Findings()
    file = name or (Path(source).name if isinstance(source, (str, Path)) else "upload")
    try:
        text = _decode(read_bytes(source, file, max_bytes), file)
        grid, separator = _grid(text, file, required, max_rows)
        header = _header(grid[0], file, required, optional)
    except DataError as error:
        findings.extend(error.findings)
        return [], findings
    cut = len(grid) > 4 * max_rows
    while not cut and len(grid) > 1 and not any(cell.strip(SPACES) for cell in grid[-1]):
        grid.pop()
    if len(grid) == 1:
        findings.add("rows_none", file=file, found="0")
    if len(grid) - 1 > max_rows:
        count = f"{'> ' if cut else ''}{len(grid) - 1}"
        findings.add("rows_many", file=file, found=count, limit=max_rows)
        return [], findings
    decimal = "," if separator == ";" else "."
    rows: list[dict] = []
    for number_, cells in enumerate(grid[1:], start=2):
        cells = [cell.strip(SPACES) for cell in cells]
        if _sound(cells, header, file, number_, max_cell, findings):
            row: dict[str, Any] = dict(zip(header, cells, strict=True))
            row.update({column: row.get(column, absent) for column in optional})
            rows.append(row | {"__row__": number_, "__file__": file, "__decimal__": decimal})
    return rows, findings


def read_bytes(source: str | Path | bytes, file: str, max_bytes: int) -> bytes:
    """The bytes of a regular file or an upload; `DataError` if missing, empty or too large."""
    if isinstance(source, (bytes, bytearray, memoryview)):
        data = bytes(source)
    else:
        path = Path(source)
        try:
            if not path.is_file():
                raise DataError([finding("file_missing", file=file, found=project_path(path))])
            with path.open("rb") as stream:
                data = stream.read(max_bytes + 1)
        except (OSError, ValueError) as error:
            if isinstance(error, DataError):
                raise
            raise DataError(
                [finding("file_missing", file=file, found=project_path(path))]
            ) from error
    if len(data) > max_bytes:
        raise DataError(
            [finding("file_large", file=file, found=f"> {max_bytes} bytes", limit=max_bytes)]
        )
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise DataError([finding("file_empty", file=file, found=f"{len(data)} bytes")])
    return data


def _decode(data: bytes, file: str) -> str:
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise DataError([finding("file_format", file=file, found=kind)])
    for mark, kind in _MARKS:
        if data.startswith(mark):
            raise DataError([finding("encoding_utf16", file=file, found=kind)])
    if data[:200].count(0) > len(data[:200]) // 4:
        raise DataError([finding("encoding_utf16", file=file, found="UTF-16")])
    try:
        return data.decode("utf-8").lstrip(
            "\ufeff"
        )  # all marks: two programs may each have added one
    except UnicodeDecodeError:
        pass
    if data.startswith(b"\xef\xbb\xbf") or _UTF8_PAIR.search(data):
        raise DataError([finding("encoding_mixed", file=file, found="UTF-8 + Windows-1252")])
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        byte = f"byte 0x{data[error.start]:02x}"
        raise DataError([finding("encoding_unknown", file=file, found=byte)]) from error
    if match := _OTHER_CODE.search(text):
        raise DataError([finding("encoding_unknown", file=file, found=match[0])])
    return text


def _grid(
    text: str, file: str, required: Sequence[str], max_rows: int
) -> tuple[list[list[str]], str]:
    """The records, split by the separator of the header row; reading stops beyond `max_rows`."""
    first = re.split(r"[\r\n]", text, maxsplit=1)[0]
    if first.strip(SPACES + '"').lower().startswith("sep="):
        raise DataError([finding("separator_line", file=file, row=1, found=first)])
    if above := _rows_above(text, required):
        raise DataError([finding("header_later", file=file, row=1, found=first, n=above)])
    outside = re.sub(r'"[^"]*"', "", first)
    separator = max(",;\t|", key=outside.count)
    if separator in "\t|" or (not outside.count(separator) and len(required) > 1):
        raise DataError([finding("separator", file=file, row=1, found=first)])
    records: list[list[str]] = []
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        records.extend(itertools.islice(reader, 4 * max_rows + 1))
    except csv.Error as error:
        row = len(records) + 1
        if "field larger" in str(error):
            limit = csv.field_size_limit()
            raise DataError(
                [finding("cell_long", file=file, row=row, found=f"> {limit}", limit=limit)]
            ) from error
        raise DataError([finding("quotes", file=file, row=row, found=error)]) from error
    return records, separator


def _rows_above(text: str, required: Sequence[str]) -> int:
    """Number of rows above the header, where the header is among the first ten rows; else 0."""
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text[:20_000], maxsplit=10)[:10]):
        cells = re.split(r'[,;|\t\s"]+', line)
        if 2 * sum(name in cells for name in required) > len(required):
            return number
    return 0


def _header(
    cells: list[str], file: str, required: Sequence[str], optional: Sequence[str]
) -> list[str]:
    known = (*required, *optional)
    names = [cell.strip(SPACES) for cell in cells]
    listed = ", ".join(known)
    findings = Findings()
    if len(names) > _MAX_COLUMNS:
        findings.add("row_ragged", file=file, row=1, found=len(names), limit=len(known))
        findings.check()
    for number, name in enumerate(names):
        if not name:
            findings.add("column_unnamed", file=file, row=1, column=str(number + 1), found="")
        elif name in names[:number]:
            findings.add("column_twice", file=file, row=1, column=name, found=name)
        elif name not in known:
            near = hint(name, known)
            findings.add("column_unknown", file=file, row=1, found=name, names=listed, nearest=near)
    missing = [name for name in required if name not in names]
    seen = set(
        map(skeleton, names)
    )  # names in capitals or between quotes get a finding that lists them
    if 2 * sum(skeleton(name) not in seen for name in missing) > len(required):
        findings.clear()
        findings.add("header_other", file=file, row=1, found=", ".join(names), names=listed)
    elif missing:
        column, present = ", ".join(missing), ", ".join(names)
        findings.add("column_missing", file=file, row=1, column=column, found=present, names=listed)
    findings.check()
    return names


def _sound(
    cells: list[str],
    header: Collection[str],
    file: str,
    row: int,
    max_cell: int,
    findings: Findings,
) -> bool:
    """Whether the row has the right cells, each short and free of invisible characters."""
    place = {"file": file, "row": row}
    if not any(cells):
        findings.add("row_empty", **place, found="")
        return False
    if len(cells) != len(header):
        findings.add("row_ragged", **place, found=len(cells), limit=len(header), key=cells[0])
        return False
    before = len(findings)
    for column, cell in zip(header, cells, strict=True):
        place["column"] = column
        place["key"] = cells[0] if column != next(iter(header)) else ""
        if len(cell) > max_cell:
            findings.add("cell_long", **place, found=cell, limit=max_cell)
        elif "\ufffd" in cell:
            findings.add("text_lost", **place, found=cell)
        elif not cell.isascii() or not cell.isprintable():
            bad = next((c for c in cell if unicodedata.category(c) in INVISIBLE), None)
            if bad is not None:
                findings.add("cell_control", **place, found=f"{bad} in {cell}")
    return len(findings) == before
