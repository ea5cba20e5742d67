"""Results as named fields that cannot change, and the one way in which they become JSON.

A result of an analysis is a frozen dataclass below `Record`. Its JSON has the fields in the order
in which they are declared. `Annotated[X, INLINE]` writes the fields of X in the place of the field,
without nesting; `Annotated[X, Named("from")]` gives the field a JSON name that Python reserves.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any, Self, get_type_hints

import numpy as np

from models.engine.summary import summarise


@dataclass(frozen=True)
class Named:
    """Annotation of a field that has another name in the JSON."""

    name: str


INLINE = Named("")  # annotation of a field whose own fields stand in its place in the JSON


@cache
def _names(kind: type) -> dict[str, str]:
    """Field -> name in the JSON; "" for a field that is written inline."""
    hints = get_type_hints(kind, include_extras=True)
    names = {}
    for part in fields(kind):
        notes = getattr(hints[part.name], "__metadata__", ())
        names[part.name] = next((n.name for n in notes if isinstance(n, Named)), part.name)
    return names


@dataclass(frozen=True)
class Record:
    """Named fields that cannot change.

    `record["name"]` and `{**record}` give the values under their names in the JSON, so that a
    record can be used where a dict is expected.
    """

    def __post_init__(self) -> None:
        for part in fields(self):
            value = getattr(self, part.name)
            if isinstance(value, dict):
                object.__setattr__(self, part.name, MappingProxyType(value))

    def entries(self) -> Iterator[tuple[str, Any]]:
        """(name in the JSON, value), in the order of the JSON."""
        for own, name in _names(type(self)).items():  # type: ignore[arg-type]
            value = getattr(self, own)
            if name:
                yield name, value
            else:
                yield from _entries(value)

    def keys(self) -> list[str]:
        return [name for name, _ in self.entries()]

    def __getitem__(self, name: str) -> Any:
        for own, value in self.entries():
            if own == name:
                return value
        raise KeyError(name)


def _entries(value: Any) -> Iterator[tuple[str, Any]]:
    """The fields of a record or of another dataclass."""
    if isinstance(value, Record):
        yield from value.entries()
    else:
        yield from ((part.name, getattr(value, part.name)) for part in fields(value))


@dataclass(frozen=True)
class Interval(Record):
    """Mean and 95% interval of draws, in the unit that the field holding it states."""

    mean: float
    p2_5: float
    p97_5: float


@dataclass(frozen=True)
class Quantity(Interval):
    """A figure over draws: mean and 95% interval, in `unit`."""

    unit: str

    @classmethod
    def of(cls, draws: np.ndarray, unit: str = "EUR/year") -> Self:
        """Of draws (draws,) in `unit`; UsageError where their mean is not finite."""
        mean, low, *_, high = map(float, summarise(draws)[0])
        return cls(mean, low, high, unit)


def plain(value: Any) -> Any:
    """A result as JSON knows values: dicts, lists, texts, numbers, true, false and null."""
    if isinstance(value, Record) or (is_dataclass(value) and not isinstance(value, type)):
        return {name: plain(part) for name, part in _entries(value)}
    if isinstance(value, Mapping):
        return {name: plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    if isinstance(value, np.generic):
        return value.item()
    return value.isoformat() if isinstance(value, date) else value


def to_json(value: Any) -> str:
    """One JSON object on one line; ValueError for a number that is not finite."""
    return json.dumps(plain(value), ensure_ascii=False, allow_nan=False)
