"""Read a table of text from outside: CSV as people and spreadsheets write it.

Understood: UTF-8 with or without a byte order mark, Windows-1252; LF, CRLF, CR; comma with decimal
point, or semicolon with decimal comma (Dutch Excel); columns in any order; spaces round a cell;
empty rows at the end. Everything else is refused, with file, row, column and remedy. A table is
read as text first; `parse_number` converts second, with a grammar of its own.
"""

from __future__ import annotations

import csv
import dataclasses
import difflib
import io
import itertools
import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from models.errors import DataError, Findings, finding
from models.paths import project_path

MAX_NUMBER = 1e13
MIN_NUMBER = 1e-12
SIZES = {"smallest": f"{MIN_NUMBER:g}", "largest": f"{MAX_NUMBER:g}"}  # as messages say them

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
# an accent of MS-DOS or of an old Macintosh, read as Windows-1252: a sign within a word
_OTHER_CODE = re.compile("[a-z]{1,9}[‚ƒ„ˆ‰Š‹ŒŽ‘”•Ÿ][a-z]{1,9}")
_UTF8_PAIR = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}")
_SPACES = " \u00a0\u202f"
_MAX_COLUMNS = 100

_POINT = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:e[+-]?[0-9]{1,3})?")
_COMMA = re.compile(r"-?(?:0|[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[1-9][0-9]*)(?:,[0-9]+)?")
_ANY_COMMA = re.compile(r"-?[0-9.]*[0-9],[0-9][0-9,.]*")
_ANY_POINT = re.compile(r"-?[0-9]*\.[0-9.]*")
_ROUNDED = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]*)?[eE][+-]?[0-9]+")
_MONTH = r"(?:jan|feb|mrt|maa|mar|apr|mei|may|jun|jul|aug|sep|okt|oct|nov|dec)[a-z]*\.?"
_DAMAGE = re.compile(
    rf"#.*|[0-9]{{1,4}}[-/ ]{_MONTH}(?:[-/ ][0-9]{{2,4}})?|{_MONTH}[-/ ][0-9]{{1,4}}"
    r"|[0-9]{1,4}[-/][0-9]{1,2}(?:[-/][0-9]{1,4})?|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
    r"|true|false|waar|onwaar",
    re.IGNORECASE,
)
_NOT_AVAILABLE = frozenset(
    "na n/a n.a. n.v.t. nvt nb n.b. geen missing nan null none nil leeg empty onbekend unknown "
    "- -- ? . inf -inf +inf infinity -infinity oneindig #".split()
)
# also after a separator: a Dutch Excel splits at ; what another program splits at ,
_FORMULA = re.compile(
    r"[=+\-@\uff1d\uff0b\uff0d\uff20]"
    r"|.*[;|]\s*[\"']?[=+\-@\uff1d\uff0b\uff0d\uff20]"
    r"|.*,\s*[\"']?[=@\uff1d\uff20]"
)
_MARKUP = re.compile(r"[<>\[\]{}$`\\]|://|&#?\w+;|javascript:|\bdata:", re.IGNORECASE)
# a note may say "<1%" or "P=0.003" and name a web page; nothing in it may be rendered
_MARKUP_IN_PROSE = re.compile(
    r"<[a-z/!?]|\]\(|[%$]\{|`|\$[^$]*\$|(?<!http)(?<!https)://|&#?\w+;|javascript:|\bdata:\w+/",
    re.IGNORECASE,
)

# letters of other scripts that look like a Latin one
_ALIKE = str.maketrans("аеорсухіјѕԁһӏοανικρτυ０１", "aeopcyxijsdhloavikptu01")

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
) -> tuple[list[dict], Findings]:
    """The sound rows and the findings about the others: for a caller with more to check."""
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
    while not cut and len(grid) > 1 and not any(cell.strip(_SPACES) for cell in grid[-1]):
        grid.pop()
    if len(grid) == 1:
        findings.add("rows_none", file=file, found="0")
    if len(grid) - 1 > max_rows:
        found = f"{'> ' if cut else ''}{len(grid) - 1}"
        findings.add("rows_many", file=file, found=found, limit=max_rows)
        return [], findings
    decimal = "," if separator == ";" else "."
    rows = []
    for number_, cells in enumerate(grid[1:], start=2):
        cells = [cell.strip(_SPACES) for cell in cells]
        if _sound(cells, header, file, number_, max_cell, findings):
            row = dict(zip(header, cells, strict=True))
            row.update({column: row.get(column, "") for column in optional})
            rows.append(row | {"__row__": number_, "__file__": file, "__decimal__": decimal})
    return rows, findings


def parse_number(text: str, *, decimal: str = ".") -> float:
    """The number that `text` says, or `DataError`.

    ASCII digits only; no plus sign, underscore, hexadecimal, leading zeros, nan or inf. With a
    decimal point: `1234.56`, `-0.5`, `1e-05` (as programs write it; `1.23E+05`, as Excel rounds
    it, is refused). With a decimal comma: `1234,56` and `1.234,56`; `1.234` is 1234 and `2.5` is
    refused, since a point that is read the wrong way is a silent factor of 1,000.
    """
    text = text.strip(_SPACES)
    grammar = _COMMA if decimal == "," else _POINT
    if len(text) > 60 or not grammar.fullmatch(text):
        raise DataError([_not_a_number(text, decimal)])
    if decimal == ",":
        text = text.replace(".", "").replace(",", ".")
    value = float(text) + 0.0
    if value != 0 and not MIN_NUMBER <= abs(value) <= MAX_NUMBER:
        raise DataError([_size(text)])
    return value


def number(row: dict, column: str, findings: Findings, key: str = "") -> float | None:
    """The number in a row of `read_table`; a wrong one is noted in `findings` and gives None."""
    try:
        return parse_number(row[column], decimal=row["__decimal__"])
    except DataError as error:
        place = {"file": row["__file__"], "row": row["__row__"], "column": column}
        findings.extend(dataclasses.replace(one, **place, key=key) for one in error.findings)
        return None


def check_text(
    row: dict,
    columns: Iterable[str],
    findings: Findings,
    *,
    key: str = "",
    label: bool = False,
    needed: bool = False,
) -> None:
    """Note text that is missing, that a spreadsheet would run or a page would render."""
    for column in columns:
        text = row[column]
        place = {"file": row["__file__"], "row": row["__row__"], "column": column}
        place |= {"found": text, "key": key}
        if needed and not text:
            findings.add("text_empty", **place)
        elif problem := text_problem(text, label=label):
            findings.add(problem, **place)


def text_problem(text: str, *, label: bool = False) -> str:
    """The kind of error in a text, or '': invisible characters, a formula, markup.

    A label is shown in charts and must be plain words; a note may also say "<1%".
    """
    if any(unicodedata.category(char) in _INVISIBLE for char in text):
        return "cell_control"
    if _FORMULA.match(text):
        return "text_formula"
    return "text_markup" if (_MARKUP if label else _MARKUP_IN_PROSE).search(text) else ""


def nearest(name: str, known: Iterable[str], n: int = 3, likeness: float = 0.0) -> list[str]:
    """The known names most like `name`, best first; those that hold it whole before the others."""
    by_skeleton: dict[str, str] = {}
    for one in known:
        by_skeleton.setdefault(skeleton(one), one)
    said = skeleton(name)[:100]
    close = difflib.get_close_matches(said, list(by_skeleton), n=n, cutoff=max(likeness, 0.01))
    if len(said) > 2:
        holding = [one for one in by_skeleton if said in one and one not in close[:1]]
        close = [*close[:1], *holding, *close[1:]] if _alike(said, close) else [*holding, *close]
    return [by_skeleton[one] for one in dict.fromkeys(close)][:n]


def _alike(said: str, close: list[str]) -> bool:
    """Whether the first of `close` is so like what was said that it is meant."""
    return bool(close) and difflib.SequenceMatcher(None, said, close[0]).ratio() >= 0.6


def hint(name: str, known: Iterable[str]) -> tuple[str, str]:
    """': perhaps x, y' in both languages, or nothing."""
    close = ", ".join(nearest(name, known, likeness=0.6))
    return (f": perhaps {close}", f": misschien {close}") if close else ("", "")


def skeleton(name: str) -> str:
    """What the eye reads: names that look alike have equal skeletons."""
    plain = unicodedata.normalize("NFKD", name).casefold().translate(_ALIKE)
    return "".join(char for char in plain if char.isalnum()).replace("l", "1").replace("o", "0")


def read_bytes(source: str | Path | bytes, file: str, max_bytes: int) -> bytes:
    """The bytes of a regular file or an upload; `DataError` when none, empty or too many."""
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
        return data.decode("utf-8").lstrip("\ufeff")  # twice, where two programs set a mark
    except UnicodeDecodeError:
        pass
    if data.startswith(b"\xef\xbb\xbf") or _UTF8_PAIR.search(data):
        raise DataError([finding("encoding_mixed", file=file, found="UTF-8 + Windows-1252")])
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        byte = f"byte 0x{data[error.start]:02x}"
        raise DataError([finding("encoding_unknown", file=file, found=byte)]) from error
    if other := _OTHER_CODE.search(text):
        raise DataError([finding("encoding_unknown", file=file, found=other[0])])
    return text


def _grid(
    text: str, file: str, required: Sequence[str], max_rows: int
) -> tuple[list[list[str]], str]:
    """The records, split by the separator of the header row; a few times too many are enough."""
    first = re.split(r"[\r\n]", text, maxsplit=1)[0]
    if first.strip(_SPACES + '"').lower().startswith("sep="):
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
    """How many rows stand above the header, when it is one of the first ten rows."""
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text[:20_000], maxsplit=10)[:10]):
        cells = re.split(r'[,;|\t\s"]+', line)
        if 2 * sum(name in cells for name in required) > len(required):
            return number
    return 0


def _header(
    cells: list[str], file: str, required: Sequence[str], optional: Sequence[str]
) -> list[str]:
    known = (*required, *optional)
    names = [cell.strip(_SPACES) for cell in cells]
    listed = ", ".join(known)
    findings = Findings()
    if len(names) > _MAX_COLUMNS:
        findings.add("row_ragged", file=file, row=1, found=len(names), limit=len(known))
        findings.check()
    for place, name in enumerate(names):
        if not name:
            findings.add("column_unnamed", file=file, row=1, column=str(place + 1), found="")
        elif name in names[:place]:
            findings.add("column_twice", file=file, row=1, column=name, found=name)
        elif name not in known:
            near = hint(name, known)
            findings.add("column_unknown", file=file, row=1, found=name, names=listed, nearest=near)
    missing = [name for name in required if name not in names]
    seen = set(map(skeleton, names))  # in capitals or between quotes: the names are said
    if 2 * sum(skeleton(name) not in seen for name in missing) > len(required):
        findings.clear()
        findings.add("header_other", file=file, row=1, found=", ".join(names), names=listed)
    elif missing:
        column, found = ", ".join(missing), ", ".join(names)
        findings.add("column_missing", file=file, row=1, column=column, found=found, names=listed)
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
            bad = next((c for c in cell if unicodedata.category(c) in _INVISIBLE), None)
            if bad is not None:
                findings.add("cell_control", **place, found=f"{bad} in {cell}")
    return len(findings) == before


_INVISIBLE = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))


def _not_a_number(text: str, decimal: str):
    example = "1234,56" if decimal == "," else "1234.56"
    if not text:
        return finding("number_empty")
    if text.casefold() in _NOT_AVAILABLE:
        return finding("number_word", found=text)
    if len(text) <= 60:
        if _DAMAGE.fullmatch(text):
            return finding("number_damage", found=text)
        if _ROUNDED.fullmatch(text):
            return finding("number_rounded", found=text)
        if decimal == "." and _ANY_COMMA.fullmatch(text):
            return finding("number_comma", found=text)
        if decimal == "," and _ANY_POINT.fullmatch(text):
            return finding("number_point", found=text)
        if text.endswith("%"):
            shares = "0,12" if decimal == "," else "0.12"
            return finding("number_percent", found=text, example=shares)
    return finding("number_form", found=text, example=example)


def _size(text: str):
    return finding("number_size", found=text, **SIZES)
