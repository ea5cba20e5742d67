"""Writes every CSV file of the project.

Two kinds. Tables for programs (`records_text`, `frame_text`): comma, decimal point, LF, texts
unchanged, so that what is read back is the same. Tables for a reader's spreadsheet (`reader_text`):
separator and decimal mark of the language, CRLF, and no cell that a spreadsheet would run as a
formula.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

SEPARATOR = {"nl": ";", "en": ","}
DECIMAL = {"nl": ",", "en": "."}
MARK = {"nl": "\ufeff", "en": ""}  # Dutch Excel reads UTF-8 only after this mark
# A cell that starts with one of these is a formula in a spreadsheet. A spreadsheet with another
# separator than ours starts a cell inside our text, so the text after any separator counts too.
_FORMULA = re.compile(r"(^|[;,|])([\s\"']*)(?=[=+\-@＝＋－＠−])")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


def harmless(text: str) -> str:
    """Text that no spreadsheet reads as a formula, wherever it starts a cell; on one line."""
    return _FORMULA.sub(r"\1\2'", _CONTROL.sub(" ", text))


def csv_text(rows: Iterable[Iterable[object]], separator: str = ",", end: str = "\n") -> str:
    """Rows of cells as CSV text; each row ends in `end`, and a cell is quoted where it must be."""
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=separator, lineterminator=end).writerows(rows)
    return stream.getvalue()


def records_text(
    columns: Sequence[str],
    records: Iterable[Mapping[str, Any]],
    separator: str = ",",
    end: str = "\n",
) -> str:
    """Records as CSV text with a header row of `columns`; KeyError for a record that lacks one."""
    rows = ([record[name] for name in columns] for record in records)
    return csv_text([columns, *rows], separator, end)


def frame_text(frame: pd.DataFrame) -> str:
    """A frame as CSV text without its index, numbers in full: read back they are equal."""
    return frame.to_csv(index=False, lineterminator="\n")


def shortest(number: float) -> str:
    """A number in the fewest digits that give it back; a whole number without decimals."""
    return repr(float(number)).removesuffix(".0")


def reader_cell(value: object, lang: str, write: Callable[[float], str] = shortest) -> str:
    """A cell for a reader's spreadsheet: decimal mark of `lang`, empty for a missing value.

    `write` turns a float into digits with a point. Texts are made `harmless`.
    """
    if value is None or value is pd.NA or value != value:
        return ""
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, bool):
        return str(value).lower()
    number = write(value) if isinstance(value, float) else str(value)
    return number.replace(".", DECIMAL[lang])


def reader_text(
    rows: Iterable[Iterable[object]],
    lang: str,
    write: Callable[[float], str] = shortest,
    end: str = "\r\n",
) -> str:
    """Rows as CSV text for a spreadsheet in `lang`; the caller puts `MARK` before it."""
    cells = ([reader_cell(value, lang, write) for value in row] for row in rows)
    return csv_text(cells, SEPARATOR[lang], end)
