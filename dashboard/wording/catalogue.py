"""The texts of a language: one TOML file for each subject, with the same keys in every language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from dashboard.languages import LANGUAGES
from models.errors import DataError, Finding
from models.paths import TEXT
from models.tables.levers import Lever

FOLDER = TEXT


class Words:
    """The texts of one language: `words("overview.title", amount="EUR 4,0 miljard")`."""

    def __init__(self, lang: str, folder: Path = FOLDER):
        if lang not in LANGUAGES:
            raise KeyError(f"no texts in {lang!r}; there are: {', '.join(LANGUAGES)}")
        self.lang = lang
        self._texts: dict[str, str] = {}
        for path in sorted((folder / lang).glob("*.toml")):
            self._texts |= _flat(_read(path))

    def __call__(self, key: str, /, **fields: object) -> str:
        """The text of a key with its fields filled in; KeyError names a missing key or field."""
        try:
            return self._texts[key].format(**fields)
        except KeyError as missing:
            raise KeyError(f"text {key!r} ({self.lang}): {missing} is missing") from None

    def raw(self, key: str) -> str:
        """The text of a key with its fields unfilled."""
        return self._texts[key]

    def __contains__(self, key: str) -> bool:
        return key in self._texts

    def keys(self, prefix: str = "") -> tuple[str, ...]:
        """All keys that start with `prefix`, in the order of the files."""
        return tuple(key for key in self._texts if key.startswith(prefix))

    def lever(self, lever: Lever, part: str, /, **fields: object) -> str:
        """A part of a lever's card: of its row, else of the catalogue, else empty."""
        own, key = lever.text(part, self.lang), f"lever.{lever.id}.{part}"
        return own or (self(key, **fields) if key in self else "")

    def of(self, row: object, field: str = "label") -> str:
        """What a table says in this language: `words.of(lever)` is its label_nl or label_en."""
        name = f"{field}_{self.lang}"
        return str(row[name] if isinstance(row, Mapping) else getattr(row, name))


_LOST = (
    ("the same keys in both languages", "dezelfde sleutels in beide talen"),
    ("put the file or the text back", "zet het bestand of de tekst terug"),
)


@lru_cache(maxsize=2 * len(LANGUAGES))
def words_in(lang: str, folder: Path = FOLDER) -> Words:
    """The texts of a language, read once; DataError lists what it lacks beside another language."""
    words = Words(lang, folder)
    for other in LANGUAGES:
        for path in sorted((folder / other).glob("*.toml")):
            lost = [key for key in _keys(path) if key not in words]
            if lost:
                raise DataError([Finding(f"{lang}/{path.name}", None, None, lost[0], *_LOST)])
    return words


def _keys(path: Path) -> tuple[str, ...]:
    """Keys of a file; empty when it cannot be read, which the reading of its language reports."""
    try:
        return tuple(_flat(_read(path)))
    except DataError:
        return ()


def _read(path: Path) -> dict:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        name = f"{path.parent.name}/{path.name}"
        allowed = ("a text file in TOML, UTF-8", "een tekstbestand in TOML, UTF-8")
        remedy = ("correct the file at that place", "verbeter het bestand op die plaats")
        raise DataError([Finding(name, None, None, str(error), allowed, remedy)]) from None


def _flat(table: dict, before: str = "") -> dict[str, str]:
    texts: dict[str, str] = {}
    for name, value in table.items():
        texts |= (
            _flat(value, f"{before}{name}.")
            if isinstance(value, dict)
            else {f"{before}{name}": str(value)}
        )
    return texts
