"""What can be wrong, said so that a person can mend it.

A `Finding` is one line: file, row, column, what was found, what is allowed, what to do, in
English or Dutch. `DataError` carries all findings of a check (exit 1), `UsageError` is a wrong
request (exit 2).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from models.sentences import SENTENCES

MAX_FINDINGS = 20
_SHOWN = 60

_WORDS = {
    "en": ("row", "column", "found", "allowed", "do", "and {n} more", "nothing"),
    "nl": ("rij", "kolom", "gevonden", "toegestaan", "doe", "en nog {n}", "niets"),
}

Words = str | tuple[str, str]


def shown(text: object, limit: int = _SHOWN) -> str:
    """`text` on one line, short, with invisible characters made visible."""
    kept = []
    for char in str(text)[: limit + 1]:
        plain = unicodedata.category(char)[0] not in "CZ" or char == " "
        kept.append(char if plain else f"\\u{ord(char):04x}")
    return "".join(kept[:limit]) + ("..." if len(kept) > limit else "")


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, and what to do about it.

    `allowed` and `remedy` are one text, or a pair (English, Dutch). `row` is the row of the file
    as a spreadsheet counts it, the header being 1; `key` names what the row is about; `code` is the
    kind of error, a key of `SENTENCES`.
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
        row, column, found, allowed, do, _, nothing = _WORDS[lang]
        place = [shown(self.file)] if self.file else []
        key = shown(self.key)
        if self.row is not None:
            place.append(f"{row} {self.row}" + (f" ({key})" if key else ""))
        elif key:
            place.append(key)
        if self.column:
            place.append(f"{column} {shown(self.column)}")
        said = "; ".join(
            (
                f'{found} "{shown(self.found)}"' if self.found else f"{found} {nothing}",
                f"{allowed}: {_say(self.allowed, lang)}",
                f"{do}: {_say(self.remedy, lang)}",
            )
        )
        return f"{', '.join(place)}: {said}" if place else said


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
    english, dutch = SENTENCES[code]
    filled = {"column": column, **values}
    pairs = [
        (
            english[i].format(**{k: _say(v, "en") for k, v in filled.items()}),
            dutch[i].format(**{k: _say(v, "nl") for k, v in filled.items()}),
        )
        for i in (0, 1)
    ]
    return Finding(file, row, column, str(found), pairs[0], pairs[1], key, code)


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
    """Wrong data. `str()` is one line a finding; 20 are said, the rest is counted."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(self.text())

    def lines(self, lang: str = "en") -> list[str]:
        """The findings as lines, at most 20, then how many more there are."""
        said = [one.message(lang) for one in self.findings[:MAX_FINDINGS]]
        more = len(self.findings) - len(said)
        return said + ([_WORDS[lang][5].format(n=more)] if more else [])

    def text(self, lang: str = "en") -> str:
        """All lines as one text."""
        return "\n".join(self.lines(lang))

    def __reduce__(self) -> tuple[type[DataError], tuple[tuple[Finding, ...]]]:
        return DataError, (self.findings,)


class UsageError(ValueError):
    """A wrong request: an unknown name, a level out of range."""


def _say(words: object, lang: str) -> str:
    if isinstance(words, tuple):
        return str(words[0 if lang == "en" else 1])
    return str(words)
