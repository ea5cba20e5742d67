"""Errors with a sentence that says what is wrong and what to do about it.

A `Finding` is one line: file, row, column, what was found, what is allowed, what to do, in
English or Dutch. `DataError` carries all findings of a check (exit 1), `UsageError` is a wrong
request (exit 2).
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from models.paths import PACKAGE

MAX_FINDINGS = 20
_SHOWN = 60

Words = str | tuple[str, str]


@cache
def messages(lang: str) -> dict[str, dict[str, str]]:
    """Kind of error -> what is allowed and the remedy; `words` are those around them.

    They stand beside the code and not among the texts of the page, so that there is a message even
    when those texts cannot be read.
    """
    return tomllib.loads((PACKAGE / "messages" / f"{lang}.toml").read_text(encoding="utf-8"))


def shown(text: object, limit: int = _SHOWN) -> str:
    """`text` on one line, short, with invisible characters made visible."""
    characters = []
    for char in str(text)[: limit + 1]:
        visible = unicodedata.category(char)[0] not in "CZ" or char == " "
        characters.append(char if visible else f"\\u{ord(char):04x}")
    return "".join(characters[:limit]) + ("..." if len(characters) > limit else "")


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, and what to do about it.

    `allowed` and `remedy` are one text, or a pair (English, Dutch). `row` is the row of the file
    as a spreadsheet counts it, the header being 1; `key` names what the row is about; `code` is the
    kind of error, a table of `models/messages/en.toml`.
    """

    file: str
    row: int | None
    column: str | None
    found: str
    allowed: Words
    remedy: Words
    key: str = ""
    code: str = ""

    def message(self, lang: str = "en") -> str:
        """One line: FILE, row 7 (gp_price), column base: found "x"; allowed: ...; do: ..."""
        words = messages(lang)["words"]
        place = [shown(self.file)] if self.file else []
        key = shown(self.key)
        if self.row is not None:
            place.append(f"{words['row']} {self.row}" + (f" ({key})" if key else ""))
        elif key:
            place.append(key)
        if self.column:
            place.append(f"{words['column']} {shown(self.column)}")
        found = f'"{shown(self.found)}"' if self.found else words["nothing"]
        problem = "; ".join(
            (
                f"{words['found']} {found}",
                f"{words['allowed']}: {_in_language(self.allowed, lang)}",
                f"{words['remedy']}: {_in_language(self.remedy, lang)}",
            )
        )
        return f"{', '.join(place)}: {problem}" if place else problem


def finding(
    code: str,
    *,
    file: str = "",
    row: int | None = None,
    column: str | None = None,
    found: object = "",
    key: str = "",
    **values: object,
) -> Finding:
    """A `Finding` with the sentences that belong to `code`, `values` filled in."""
    filled = {"column": column, **values}

    def sentence(part: str) -> tuple[str, str]:
        english, dutch = (
            messages(lang)[code][part].format(
                **{name: _in_language(value, lang) for name, value in filled.items()}
            )
            for lang in ("en", "nl")
        )
        return english, dutch

    allowed, remedy = sentence("allowed"), sentence("remedy")
    return Finding(file, row, column, str(found), allowed, remedy, key, code)


class Findings(list[Finding]):
    """All findings of a check; `check()` raises them together."""

    def add(self, code: str, **place: object) -> None:
        """Note a finding by its code; see `finding`."""
        self.append(finding(code, **place))

    def check(self) -> None:
        """Raise `DataError` when anything was found."""
        if self:
            raise DataError(self)


class DataError(ValueError):
    """Wrong data. `str()` is one line a finding; 20 are listed, the rest is counted."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(self.text())

    def lines(self, lang: str = "en") -> list[str]:
        """The findings as lines, at most 20, then how many more there are."""
        lines = [finding.message(lang) for finding in self.findings[:MAX_FINDINGS]]
        more = len(self.findings) - len(lines)
        return lines + ([messages(lang)["words"]["more"].format(n=more)] if more else [])

    def text(self, lang: str = "en") -> str:
        """All lines as one text."""
        return "\n".join(self.lines(lang))

    def __reduce__(self) -> tuple[type[DataError], tuple[tuple[Finding, ...]]]:
        return DataError, (self.findings,)


class UsageError(ValueError):
    """A wrong request: an unknown name, a level out of range."""


class UnknownName(UsageError, KeyError):
    """A name that is not there: a wrong request, and what a mapping raises."""

    __str__ = Exception.__str__


def _in_language(text: object, lang: str) -> str:
    """One language of a pair (English, Dutch); any other value as it is."""
    if isinstance(text, tuple):
        return str(text[0 if lang == "en" else 1])
    return str(text)
