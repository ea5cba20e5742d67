"""What differs between two texts of results, number by number, in one line each."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from models.bundles.readme import plain, words
from models.engine.scenario_file import depth, kind
from models.errors import shown

LAST_BITS = 1e-9  # relative difference below which two machines may round differently
LISTED = 3  # differing rows of a file that are listed one by one
MAX_DEPTH = 6
LABELS = ("scenario", "view", "year", "cost_item", "payer", "kind", "measure")

Pair = tuple[str, object, object]  # place, what the bundle says, what this run gives


@dataclass(frozen=True)
class Difference:
    """A value in a bundle (`was`) that differs from that of running it again (`now`)."""

    code: str
    file: str
    key: str = ""
    was: object = ""
    now: object = ""
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def by(self) -> float:
        """`was` less `now`; 0 where they are not numbers."""
        return self.was - self.now if is_number(self.was) and is_number(self.now) else 0.0

    @property
    def size(self) -> float:
        """Absolute difference; infinite where a number is not finite."""
        return abs(self.by) if math.isfinite(self.by) else math.inf

    @property
    def relative(self) -> float:
        """Absolute difference as a share of the larger of the two numbers."""
        largest = max(abs(self.was), abs(self.now))
        return self.size / largest if math.isfinite(largest) and largest else self.size

    def message(self, lang: str = "en") -> str:
        """One line: file, place in it, the value in the bundle and the value of this run."""
        place = ", ".join(shown(part, 160) for part in (self.file, self.key) if part)
        values = {"was": self.was, "now": self.now, "by": self.size, **self.values}
        filled = {key: shown(_say(key, value, lang), 300) for key, value in values.items()}
        return f"{place}: {words(lang)['differs'][self.code].format(**filled)}"


def read_results(data: bytes, file: str) -> object:
    """The value of a JSON text or the rows of a table; None when it is neither."""
    try:
        text = data.decode("utf-8")
        if file.endswith(".csv"):
            rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
            sound = rows and not any(None in row or None in row.values() for row in rows)
            return (
                [{n: _number(n, cell) for n, cell in row.items()} for row in rows]
                if sound
                else None
            )
        return json.loads(text, parse_int=float) if depth(text) <= MAX_DEPTH else None
    except (ValueError, csv.Error):
        return None


def compare_results(
    file: str, was: bytes, now: bytes, same_environment: bool
) -> tuple[list[Difference], int]:
    """(differences, number of numbers compared) between results of a bundle and of this run."""
    read = read_results(was, file)
    if read is None:
        return [Difference("unreadable", file, now=file.rpartition(".")[2].upper())], 0
    again = read if was == now else read_results(now, file)
    compared, changed = _numbers_in_both(read, again), _changed(read, again)
    if not changed and was != now:
        return [Difference("form", file)], compared
    numbers = [
        Difference("number", file, *change) for change in changed if is_number(change[1], change[2])
    ]
    other_values = [change for change in changed if not is_number(change[1], change[2])]
    return _words(file, other_values) + _numbers(file, numbers, same_environment), compared


def _words(file: str, pairs: list[Pair]) -> list[Difference]:
    """Differences that are not numbers; the same change in many rows is listed once."""
    groups: dict[Pair, list[str]] = {}
    for key, was, now in pairs:
        column = key.rpartition("].")[2]
        groups.setdefault((column, short(was), short(now)), []).append(key)
    differences = []
    for (column, was, now), keys in groups.items():
        key = keys[0] if len(keys) == 1 else f"{column} ({len(keys)} x)"
        differences.append(Difference("value", file, key, was, now))
    if len(differences) > LISTED:
        more = {"n": len(differences) - LISTED}
        differences = [*differences[:LISTED], Difference("more_words", file, values=more)]
    return differences


def _numbers(file: str, numbers: list[Difference], same_environment: bool) -> list[Difference]:
    """Differing numbers as lines: those outside rows (the headline), then the largest in rows.

    The rest is counted in one line. Rounding of last bits is one line too, given only where nothing
    else differs.
    """
    if numbers and all(number.relative <= LAST_BITS for number in numbers):
        values = {"n": len(numbers), "by": f"{max(number.relative for number in numbers):.1g}"}
        return [
            Difference("rounding_here" if same_environment else "rounding", file, values=values)
        ]
    numbers = sorted(numbers, key=lambda number: -number.size)
    head = [number for number in numbers if "[" not in number.key]
    rest = [number for number in numbers if "[" in number.key]
    differences = head + rest[:LISTED]
    if more := rest[LISTED:]:
        differences.append(Difference("more", file, values={"n": len(more), "by": more[0].size}))
    return differences


def _changed(was: object, now: object, path: str = "") -> list[Pair]:
    """Every pair of values at the same place in two structures that are not the same."""
    if was == now:
        return []
    if isinstance(was, dict) and isinstance(now, dict):
        keys = [*now, *(key for key in was if key not in now)]
        parts = [(was.get(k, "-"), now.get(k, "-"), f"{path}.{k}".lstrip(".")) for k in keys]
    elif isinstance(was, list) and isinstance(now, list):
        if len(was) != len(now):
            return [(f"{path} rows".strip(), f"{len(was)}", f"{len(now)}")]
        parts = [
            (a, b, f"{path}[{_label(b) or number}]")
            for number, (a, b) in enumerate(zip(was, now, strict=True), start=1)
            if a != b
        ]
    else:
        return [(path, was, now)]
    return [pair for part in parts for pair in _changed(*part)]


def _numbers_in_both(was: object, now: object) -> int:
    """How many numbers stand at the same place in two structures, the same or not."""
    if isinstance(was, dict) and isinstance(now, dict):
        return sum(_numbers_in_both(value, now[key]) for key, value in was.items() if key in now)
    if isinstance(was, list) and isinstance(now, list):
        return sum(map(_numbers_in_both, was, now)) if len(was) == len(now) else 0
    return int(is_number(was) and is_number(now))


def _label(row: object) -> str:
    if not isinstance(row, dict):
        return ""
    values = (row.get(name) for name in LABELS)
    return " ".join(f"{value:g}" if is_number(value) else str(value) for value in values if value)


def _number(column: str, text: str) -> object:
    if column in LABELS:
        return text
    try:
        return float(text)
    except ValueError:
        return text


def is_number(*values: object) -> bool:
    """Whether all are numbers; true and false do not count as numbers."""
    return all(type(value) in (float, int) for value in values)


def short(value: object) -> str:
    """A value for a message: a hash is cut short, an empty value is a dash."""
    if isinstance(value, str):
        return value[:12] if len(value) == 64 else value
    return "-" if value is None else kind(value)


def _say(key: str, value: object, lang: str) -> str:
    if isinstance(value, tuple):
        return str(value[0 if lang == "en" else 1])
    if key == "by" and isinstance(value, float) and math.isfinite(value):
        return plain(value, lang, ",.0f" if value >= 1000 else ".6g")
    return repr(value) if isinstance(value, float) else str(value)
