"""The options of a run: one record each, which command line, link, scenario file and page read.

An option is a field of `Options`; its record says what it may be and what it means.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, TypedDict

from models.errors import UsageError
from models.formulas.lever_effects import OVERLAPS
from models.formulas.work import VALUATIONS
from models.version import VERSION

ANCHORS = ("evidence", "total", "sick_leave", "none")
CALENDARS = ("plan", "law", "none")
MAX_DRAWS = 100_000
MAX_YEARS = 10
MAX_SEED = 2**63 - 1


@dataclass(frozen=True)
class Choice:
    """One of several words."""

    allowed: tuple[str, ...]
    meaning: str

    def check(self, name: str, value: object) -> None:
        if value not in self.allowed:
            listed = ", ".join(self.allowed)
            raise UsageError(f"{name} {value!r} is unknown; allowed: {listed}")


@dataclass(frozen=True)
class WholeNumber:
    """A whole number from `low` to `high`; a page offers the narrower range `offered`."""

    low: int
    high: int
    offered: tuple[int, int]
    meaning: str

    def check(self, name: str, value: object) -> None:
        if isinstance(value, bool) or not (
            isinstance(value, int) and self.low <= value <= self.high
        ):
            raise UsageError(
                f"{name} {value!r} is out of range; allowed: a whole number "
                f"from {self.low} to {self.high}"
            )


@dataclass(frozen=True)
class Switch:
    """On or off."""

    meaning: str

    def check(self, name: str, value: object) -> None:
        if not isinstance(value, bool):
            raise UsageError(f"{name} {value!r}: write true or false")


def _option(default: Any, kind: Choice | WholeNumber | Switch) -> Any:
    return field(default=default, metadata={"kind": kind})


@dataclass(frozen=True)
class Options:
    """The settings of a run beside levers and assumptions; UsageError for a value not allowed."""

    draws: int = _option(
        10_000, WholeNumber(1, MAX_DRAWS, (1_000, 20_000), "joint draws of all assumptions")
    )
    seed: int = _option(
        1, WholeNumber(0, MAX_SEED, (0, 999_999_999), "the same seed gives the same draws")
    )
    anchor: str = _option("evidence", Choice(ANCHORS, "what the base case is calibrated to"))
    valuation: str = _option(
        "human_capital", Choice(VALUATIONS, "how lost work is valued: in full, or until replaced")
    )
    overlap: str = _option("independent", Choice(OVERLAPS, "how effects on one assumption combine"))
    years: int = _option(5, WholeNumber(1, MAX_YEARS, (1, MAX_YEARS), "years of the budget"))
    recalibrate: bool = _option(False, Switch("calibrate again after an edited assumption"))
    presenteeism: bool = _option(False, Switch("count output lost while at work"))
    calendar: str = _option(
        "plan", Choice(CALENDARS, "values that differ by year: law and plans, law, or as in force")
    )

    def __post_init__(self) -> None:
        for name, kind in KINDS.items():
            kind.check(name, getattr(self, name))


class RunOptions(TypedDict, total=False):
    """The fields of `Options` as keyword arguments: what an editor completes in `run(...)`."""

    draws: int
    seed: int
    anchor: str
    valuation: str
    overlap: str
    years: int
    recalibrate: bool
    presenteeism: bool
    calendar: str


KINDS: dict[str, Choice | WholeNumber | Switch] = {
    option.name: option.metadata["kind"] for option in fields(Options)
}
DEFAULTS: dict[str, Any] = {option.name: option.default for option in fields(Options)}
CHOICES = {name: kind for name, kind in KINDS.items() if isinstance(kind, Choice)}
NUMBERS = {name: kind for name, kind in KINDS.items() if isinstance(kind, WholeNumber)}
SWITCHES = {name: kind for name, kind in KINDS.items() if isinstance(kind, Switch)}


def scenario_id(levels: Mapping[str, float], assumptions_hash: str, options: Options) -> str:
    """Short hash of levels, options, assumptions and model version, by which a run is named."""
    content = {
        "levels": dict(levels),
        "hash": assumptions_hash,
        "version": VERSION,
        **vars(options),
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:12]
