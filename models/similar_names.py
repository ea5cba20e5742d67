"""Known names that are similar to an unknown one, for error messages."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Mapping
from typing import TypeVar

from models.errors import UnknownName

T = TypeVar("T")

# letters of other scripts that look like a Latin one
_ALIKE = str.maketrans("аеорсухіјѕԁһӏοανικρτυ０１", "aeopcyxijsdhloavikptu01")


def nearest(name: str, known: Iterable[str], n: int = 3, likeness: float = 0.0) -> list[str]:
    """The known names most like `name`, best first; those that contain it before the others."""
    by_skeleton: dict[str, str] = {}
    for other in known:
        by_skeleton.setdefault(skeleton(other), other)
    wanted = skeleton(name)[:100]
    close = difflib.get_close_matches(wanted, list(by_skeleton), n=n, cutoff=max(likeness, 0.01))
    if len(wanted) > 2:
        holding = [other for other in by_skeleton if wanted in other and other not in close[:1]]
        close = [*close[:1], *holding, *close[1:]] if _alike(wanted, close) else [*holding, *close]
    return [by_skeleton[other] for other in dict.fromkeys(close)][:n]


def _alike(wanted: str, close: list[str]) -> bool:
    """Whether the first of `close` is so similar to `wanted` that it is probably meant."""
    return bool(close) and difflib.SequenceMatcher(None, wanted, close[0]).ratio() >= 0.6


def hint(name: str, known: Iterable[str]) -> tuple[str, str]:
    """': perhaps x, y' in both languages, or nothing."""
    close = ", ".join(nearest(name, known, likeness=0.6))
    return (f": perhaps {close}", f": misschien {close}") if close else ("", "")


def skeleton(name: str) -> str:
    """A form of the name without accents, case, punctuation and look-alike letters."""
    plain = unicodedata.normalize("NFKD", name).casefold().translate(_ALIKE)
    return "".join(char for char in plain if char.isalnum()).replace("l", "1").replace("o", "0")


def named(name: str, known: Mapping[str, T], what: str) -> T:
    """What `known` has under the name; UnknownName, with the nearest names, when nothing."""
    if name in known:
        return known[name]
    near = ", ".join(nearest(str(name), known))
    raise UnknownName(f"unknown {what} {name!r}; nearest: {near}")
