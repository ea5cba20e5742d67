"""Which runs a sweep consists of: names with their values, every combination a run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import prod
from typing import Any

import numpy as np

from models.caching import cached_property
from models.engine.options import DEFAULTS, KINDS, Options, Switch, WholeNumber
from models.engine.run import catalogue_of, scenario_levels, scenarios_of
from models.errors import DataError, UsageError, shown
from models.similar_names import nearest
from models.tables.assumptions import Assumptions
from models.tables.cell_values import parse_number
from models.tables.levers import check_levels
from models.version import VERSION

MAX_VALUES = 101  # of one name in a grid
MAX_LISTED = 1_000  # of one name in a list
MAX_RUNS = 1_000  # of a table in memory
MOST_RUNS = 1_000_000  # of a Parquet file
SCENARIO, TODAY = "scenario", "today"  # a named package may be swept; `today` is none of them
SAMPLE = "sample"
FORM = "write NAME=FROM:TO:STEP or NAME=A,B,C, as in LEVER=0:1:0.5"


@dataclass(frozen=True)
class Span:
    """The range of a name in which samples fall, in its unit."""

    low: float
    high: float


Axis = tuple[Any, ...] | Span


@dataclass(frozen=True)
class Point:
    """What one run is asked: values by swept name, and the call of `run` that they make."""

    values: Mapping[str, Any]
    levels: Mapping[str, float]
    edits: Mapping[str, float]
    options: Mapping[str, Any]


@dataclass(frozen=True)
class Plan:
    """A sweep, before anything is calculated.

    `axes`: name of a lever, an assumption, `scenario` or an option -> its values, or the span that
    `samples` points share (a Latin hypercube: uniform over each span, from the seed of the run).
    `levels`, `scenario` and `options` hold for every run that does not move them; `assumptions` are
    those with every edit made. Without axes every lever at its lowest, today's and highest level.
    """

    assumptions: Assumptions
    axes: Mapping[str, Axis] = field(default_factory=dict)
    levels: Mapping[str, float] = field(default_factory=dict)
    scenario: str | dict | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    samples: int = 0

    def __post_init__(self) -> None:
        spans = [name for name, axis in self.axes.items() if isinstance(axis, Span)]
        if bool(spans) != bool(self.samples):
            raise UsageError(
                "--samples N goes with at least one --sweep NAME=FROM:TO, and the other way round"
            )
        for name in self.axes:
            if name in self.options or (name == SCENARIO and self.scenario is not None):
                raise UsageError(f"{name} is swept and also given; give it once")
            if name in self.levels:
                raise UsageError(f"{name} is swept and also --set; give it once")
        self._check()

    def _check(self) -> None:
        """Refuse a name or value that cannot be, before hours have gone by."""
        unknown = sorted(set(self.options) - set(DEFAULTS))
        if unknown:
            raise UsageError(f"unknown option: {', '.join(unknown)}")
        catalogue = catalogue_of(self.assumptions)
        check_levels(self.start, catalogue)
        for name, axis in self.axes.items():
            values = (axis.low, axis.high) if isinstance(axis, Span) else axis
            if not values:
                raise UsageError(f"{name} is swept without values")
            if name not in (SCENARIO, *KINDS, *self.assumptions, *catalogue):
                raise UsageError(f"unknown lever or parameter {shown(name)!r} is swept")
            for value in values:
                if name in catalogue:
                    check_levels({name: value}, catalogue)
                elif name in self.assumptions:
                    self.assumptions.with_values({name: value})

    @cached_property
    def names(self) -> list[str]:
        """Swept names, in the order in which they were given."""
        return list(self.axes) or list(catalogue_of(self.assumptions))

    @cached_property
    def size(self) -> int:
        """Number of runs."""
        if not self.axes:
            return len(self._singles)
        return prod(len(axis) for axis in self.axes.values() if not isinstance(axis, Span)) * max(
            1, self.samples
        )

    @cached_property
    def start(self) -> dict[str, float]:
        """Levels of the levers that no axis moves."""
        return scenario_levels(self.scenario, self.assumptions) | dict(self.levels)

    @cached_property
    def today(self) -> dict[str, Any]:
        """Name -> value from which `moved` counts: given, else today's or the default."""
        catalogue = catalogue_of(self.assumptions)
        values: dict[str, Any] = {SCENARIO: TODAY, **DEFAULTS}
        values |= {name: row.base for name, row in self.assumptions.items()}
        return values | {n: self.start.get(n, lever.today) for n, lever in catalogue.items()}

    def point(self, number: int) -> Point:
        """The run with this number, from 1."""
        values = self._values(number - 1)
        catalogue, moved = catalogue_of(self.assumptions), dict(values)
        options = dict(self.options) | {n: moved.pop(n) for n in values if n in KINDS}
        package = moved.pop(SCENARIO, TODAY)
        levels = self.start if package == TODAY else scenario_levels(package, self.assumptions)
        levels = {**levels, **self.levels}
        levels |= {n: value for n, value in moved.items() if n in catalogue}
        edits = {n: value for n, value in moved.items() if n not in catalogue}
        return Point(values, levels, edits, options)

    def _values(self, index: int) -> dict[str, Any]:
        if not self.axes:
            return self._singles[index]
        values: dict[str, Any] = {}
        for name, length in reversed(self._wheels):
            index, place = divmod(index, length)
            if name != SAMPLE:
                values[name] = self.axes[name][place]  # type: ignore[index]
                continue
            row = self._sampled[place]
            values |= {n: float(row[i]) for i, n in enumerate(self._spans)}
        return {name: values[name] for name in self.axes}

    @cached_property
    def _wheels(self) -> list[tuple[str, int]]:
        """Axes from slow to fast, with their lengths: levers last, for they are cheap to move."""
        catalogue = catalogue_of(self.assumptions)
        lengths = {n: len(a) for n, a in self.axes.items() if not isinstance(a, Span)}
        if self.samples:
            lengths[SAMPLE] = self.samples

        def cost(name: str) -> int:
            if name in KINDS:
                return 0
            within = self._spans if name == SAMPLE else [name]
            return 2 if all(n in catalogue or n == SCENARIO for n in within) else 1

        return sorted(lengths.items(), key=lambda wheel: cost(wheel[0]))

    @cached_property
    def _spans(self) -> dict[str, Span]:
        return {name: axis for name, axis in self.axes.items() if isinstance(axis, Span)}

    @cached_property
    def _sampled(self) -> np.ndarray:
        """Samples of the spans in their units, (samples, spans)."""
        from scipy.stats import qmc  # takes half a second to load, and only samples need it

        seed = Options(**self.options).seed
        design = qmc.LatinHypercube(len(self._spans), rng=np.random.default_rng(seed))
        low = np.array([span.low for span in self._spans.values()])
        high = np.array([span.high for span in self._spans.values()])
        return low + (high - low) * design.random(self.samples)

    @cached_property
    def _singles(self) -> list[dict[str, float]]:
        """Today, then every lever alone at its lowest, today's and highest level."""
        catalogue = catalogue_of(self.assumptions)
        levels = {name: self.today[name] for name in catalogue}
        return [levels] + [
            {**levels, name: level}
            for name, lever in catalogue.items()
            for level in sorted({lever.min, lever.today, lever.max})
            if level != levels[name]
        ]

    @property
    def id(self) -> str:
        """Short hash of all that decides the figures; made where the runs are calculated too."""
        axes = {n: vars(a) if isinstance(a, Span) else list(a) for n, a in self.axes.items()}
        content = {
            "axes": list(axes.items()),
            "levels": dict(self.levels),
            "scenario": self.scenario,
            "options": vars(Options(**self.options)),
            "samples": self.samples,
            "assumptions": self.assumptions.hash,
            "version": VERSION,
        }
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:12]


def grid(specs: Sequence[str], assumptions: Assumptions, samples: int = 0) -> dict[str, Any]:
    """Values by name from texts NAME=FROM:TO:STEP and NAME=A,B,C, or with `samples` also the span
    of NAME=FROM:TO; UsageError names what is wrong.
    """
    known = {SCENARIO: None, **KINDS, **assumptions, **catalogue_of(assumptions)}
    axes: dict[str, Any] = {}
    for spec in specs:
        name, sign, text = spec.partition("=")
        flag = f"--sweep {shown(spec)!r}"
        if not sign or not name or not text:
            raise UsageError(f"{flag}: {FORM}")
        if name not in known:
            near = ", ".join(nearest(name, known)) or "see `levers`"
            raise UsageError(f"{flag}: unknown lever or parameter {shown(name)!r}; nearest: {near}")
        if name in axes:
            raise UsageError(f"--sweep {shown(name)} is given twice; give it once")
        words = name == SCENARIO or name in KINDS and not isinstance(KINDS[name], WholeNumber)
        axis = _words(name, text, flag, assumptions) if words else _numbers(text, flag, samples)
        if name in KINDS:
            axis = [_option(name, value, flag) for value in axis]
        axes[name] = axis
    return axes


def _numbers(text: str, flag: str, samples: int) -> Any:
    parts = text.split(":")
    several = len(parts) == 1
    if not several and len(parts) != 3 and not (samples and len(parts) == 2):
        hint = "" if len(parts) != 2 else "; FROM:TO alone goes with --samples N"
        raise UsageError(f"{flag}: {FORM}{hint}")
    try:
        numbers = [parse_number(part) for part in (text.split(",") if several else parts)]
    except DataError:
        raise UsageError(
            f"{flag}: FROM, TO, STEP and A,B,C are numbers, as in 0:0.1:0.05"
        ) from None
    if several:
        return _once(numbers, flag)
    if len(parts) == 2:
        if numbers[1] <= numbers[0]:
            raise UsageError(f"{flag}: FROM is below TO")
        return Span(*numbers)
    start, stop, step = numbers
    if step <= 0 or stop < start:
        raise UsageError(f"{flag}: FROM is at most TO, and STEP is above 0")
    number = int(np.floor((stop - start) / step + 1e-9)) + 1
    if number > MAX_VALUES:
        raise UsageError(f"{flag}: {number} values; at most {MAX_VALUES}, so take a larger step")
    return [round(start + i * step, 12) for i in range(number)]


def _words(name: str, text: str, flag: str, assumptions: Assumptions) -> list[str]:
    """Values of a package or option that is named by a word."""
    values = _once(text.split(","), flag)
    if name == SCENARIO:
        known = [TODAY, *scenarios_of(assumptions)]
        for value in values:
            if value not in known:
                near = ", ".join(nearest(value, known) or known)
                raise UsageError(f"{flag}: unknown scenario {shown(value)!r}; nearest: {near}")
    return values


def _option(name: str, value: Any, flag: str) -> Any:
    """A value of an option; UsageError where it is not one."""
    kind = KINDS[name]
    if isinstance(kind, Switch):
        value = {"true": True, "false": False}.get(value, value)
    if isinstance(kind, WholeNumber) and value == int(value):
        value = int(value)
    try:
        kind.check(name, value)
    except UsageError as error:
        raise UsageError(f"{flag}: {error}") from None
    return value


def _once(values: list, flag: str) -> list:
    if len(values) > MAX_LISTED:
        raise UsageError(f"{flag}: {len(values)} values; at most {MAX_LISTED}")
    for value in values:
        if values.count(value) > 1:
            raise UsageError(f"{flag}: {shown(value)} is listed twice; list it once")
    return values
