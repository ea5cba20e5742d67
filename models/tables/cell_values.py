"""What may stand in a cell: numbers as people write them, and text without formulas or markup."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Iterable

from models.errors import DataError, Findings, finding

MAX_NUMBER = 1e13


MIN_NUMBER = 1e-12
SIZES = {"smallest": f"{MIN_NUMBER:g}", "largest": f"{MAX_NUMBER:g}"}  # for the messages


SPACES = " \u00a0\u202f"


_POINT = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:e[+-]?[0-9]{1,3})?")


_COMMA = re.compile(r"-?(?:0|[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[1-9][0-9]*)(?:,[0-9]+)?")


_ANY_COMMA = re.compile(r"-?[0-9.]*[0-9],[0-9][0-9,.]*")


_ANY_POINT = re.compile(r"-?[0-9]*\.[0-9.]*")


_ROUNDED = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]*)?[eE][+-]?[0-9]+")


MONTH = r"(?:jan|feb|mrt|maa|mar|apr|mei|may|jun|jul|aug|sep|okt|oct|nov|dec)[a-z]*\.?"
_DAMAGE = re.compile(
    rf"#.*|[0-9]{{1,4}}[-/ ]{MONTH}(?:[-/ ][0-9]{{2,4}})?|{MONTH}[-/ ][0-9]{{1,4}}"
    r"|[0-9]{1,4}[-/][0-9]{1,2}(?:[-/][0-9]{1,4})?|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
    r"|true|false|waar|onwaar",
    re.IGNORECASE,
)


_NOT_AVAILABLE = frozenset(
    "na n/a n.a. n.v.t. nvt nb n.b. geen missing nan null none nil leeg empty onbekend unknown "
    "- -- ? . inf -inf +inf infinity -infinity oneindig #".split()
)


# also after a separator: Dutch Excel splits at ; where other programs split at ,
_FORMULA = re.compile(
    r"[=+\-@\uff1d\uff0b\uff0d\uff20]"
    r"|.*[;|]\s*[\"']?[=+\-@\uff1d\uff0b\uff0d\uff20]"
    r"|.*,\s*[\"']?[=@\uff1d\uff20]"
)


_MARKUP = re.compile(r"[<>\[\]{}$`\\]|://|&#?\w+;|javascript:|\bdata:", re.IGNORECASE)


# a note may hold "<1%", "P=0.003" and a web address, but nothing that a page would render
_MARKUP_IN_PROSE = re.compile(
    r"<[a-z/!?]|\]\(|[%$]\{|`|\$[^$]*\$|(?<!http)(?<!https)://|&#?\w+;|javascript:|\bdata:\w+/",
    re.IGNORECASE,
)


def parse_number(text: str, *, decimal: str = ".") -> float:
    """The number that `text` holds; `DataError` when it is none.

    ASCII digits only; no plus sign, underscore, hexadecimal, leading zeros, nan or inf. With a
    decimal point: `1234.56`, `-0.5`, `1e-05` (as programs write it; `1.23E+05`, as Excel rounds it,
    is refused). With a decimal comma: `1234,56` and `1.234,56`; `1.234` is 1234 and `2.5` is
    refused, since a misread point is a silent factor of 1,000.
    """
    text = text.strip(SPACES)
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
    """The number in a cell of `read_table`; a wrong one goes to `findings` and gives None."""
    try:
        return parse_number(row[column], decimal=row["__decimal__"])
    except DataError as error:
        place = {"file": row["__file__"], "row": row["__row__"], "column": column}
        findings.extend(
            dataclasses.replace(problem, **place, key=key) for problem in error.findings
        )
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
    """Add a finding for missing text, and for text that a spreadsheet or page would run."""
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
    if not text.isprintable() and any(unicodedata.category(char) in INVISIBLE for char in text):
        return "cell_control"
    if _FORMULA.match(text):
        return "text_formula"
    return "text_markup" if (_MARKUP if label else _MARKUP_IN_PROSE).search(text) else ""


INVISIBLE = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))


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
