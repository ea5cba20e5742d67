"""Levers and named packages as the tables describe them, and the check of chosen levels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from models.errors import UsageError
from models.similar_names import nearest

NOISE = 1e-9  # of a step of a slider
TEXTS = ("what", "unit", "who", "evidence", "not", "pays", "tried")  # of a lever's card


@dataclass(frozen=True)
class Effect:
    """One row of lever_effects.csv: an operation on one parameter."""

    lever: str
    parameter: str
    operation: str
    effect: str
    from_week: float | None
    note: str
    reach: str = ""  # parameter: share of those reached for whom the effect is new


@dataclass(frozen=True)
class Lever:
    """One row of levers.csv with its effects."""

    id: str
    group: str
    label_en: str
    label_nl: str
    unit: str
    min: float
    max: float
    step: float
    today: float
    today_from: tuple[str, ...]
    trial_low: float | None
    trial_high: float | None
    ramp_years: int
    programme_fixed: str
    programme_unit: tuple[str, ...]
    programme_population: str
    programme_when: str
    programme_payer: str
    expected_sign: str
    expected_measure: str
    expected_direction: str
    breakeven_parameter: str
    source: str
    what_if: bool = False  # no level but today's was tried in care: a thought experiment
    effects: tuple[Effect, ...] = ()
    texts: tuple[tuple[str, str], ...] = ()  # ("what_nl", ...), where the row brings its own words

    def text(self, part: str, lang: str) -> str:
        """A part of the lever's card in the words of its own row; empty where the row has none."""
        return dict(self.texts).get(f"{part}_{lang}", "")

    @property
    def from_week(self) -> float | None:
        """Week of absence at which the lever starts to act, for a lever on the absence curve."""
        return next((e.from_week for e in self.effects if e.from_week is not None), None)

    def reach(self, level: float) -> float:
        """Distance of `level` from today on the side that takes a programme, in `unit`; else 0.

        An expression without a branch, so that one recording for the browser holds on both sides of
        today.
        """
        if self.programme_when == "above":
            return np.maximum(level - self.today, 0.0)
        return np.maximum(self.today - level, 0.0)

    def on_step(self, level: float) -> float:
        """The step of the slider nearest to a level, on the side of today."""
        steps = (level - self.min) / self.step
        step = np.ceil(steps - NOISE) if level < self.today else np.floor(steps + NOISE)
        return round(self.min + float(step) * self.step, 12)

    def effort(self, level: float) -> float:
        """`reach` as a share of the widest reach that the slider allows, 0 to 1."""
        above = self.programme_when == "above"
        widest = self.max - self.today if above else self.today - self.min
        return self.reach(level) / (widest or 1.0)


def levers_of(
    rows: Sequence[Mapping], effect_rows: Sequence[Mapping], assumptions: Mapping
) -> dict[str, Lever]:
    """Levers by id from checked rows; of a lever that is an assumption today's level follows it."""
    effects: dict[str, list[Mapping]] = {}
    for row in effect_rows:
        effects.setdefault(row["lever"], []).append(row)
    return {row["id"]: lever_of(row, effects.get(row["id"], ()), assumptions) for row in rows}


def lever_of(row: Mapping, effects: Sequence[Mapping], assumptions: Mapping) -> Lever:
    """A checked row of levers.csv with those of lever_effects.csv that belong to it."""
    numbers = {name: float(row[name]) for name in ("min", "max", "step", "today")}
    trials = {name: float(row[name]) if row[name] else None for name in ("trial_low", "trial_high")}
    today_from = _listed(row["today_from"], "+")
    if today_from and all(name in assumptions for name in today_from):
        today = round(sum(assumptions[name].base for name in today_from), 12)
        # an edited assumption may lie outside the slider, which is then extended to it
        ends = {"min": min(numbers["min"], today), "max": max(numbers["max"], today)}
        numbers |= ends | {"today": today}
    words = (
        *("id", "group", "label_en", "label_nl", "unit", "programme_fixed"),
        *("programme_population", "programme_when", "programme_payer", "expected_sign"),
        *("expected_measure", "expected_direction", "breakeven_parameter", "source"),
    )
    texts = (f"{part}_{lang}" for part in TEXTS for lang in ("en", "nl"))
    return Lever(
        **{name: row[name] for name in words} | numbers | trials,
        today_from=today_from,
        what_if=bool(row.get("what_if")),
        ramp_years=int(float(row["ramp_years"])),
        programme_unit=_listed(row["programme_unit"], "*"),
        effects=tuple(
            Effect(
                *(effect[name] for name in ("lever", "parameter", "operation", "effect")),
                float(effect["from_week"]) if effect["from_week"] else None,
                effect["note"],
                effect.get("reach", ""),
            )
            for effect in effects
        ),
        texts=tuple((name, row[name]) for name in texts if row.get(name)),
    )


def _listed(text: str, sign: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(sign) if part.strip())


def check_levels(levels: dict[str, float], levers: dict[str, Lever]) -> dict[str, float]:
    """The levels without those at today's; UsageError names all that is unknown or out of range."""
    problems = []
    for name, level in levels.items():
        if name not in levers:
            problems.append(f"unknown lever {name!r}; nearest: {', '.join(nearest(name, levers))}")
            continue
        lever = levers[name]
        if isinstance(level, bool) or not isinstance(level, (int, float)) or not np.isfinite(level):
            problems.append(f"lever {name}: {level!r} is not a number")
        elif not lever.min <= level <= lever.max:
            problems.append(
                f"lever {name}: {level:g} is out of range; "
                f"allowed {lever.min:g} to {lever.max:g} {lever.unit}"
            )
    if problems:
        raise UsageError("\n".join(problems))
    return {n: float(levels[n]) for n in sorted(levels) if float(levels[n]) != levers[n].today}


def packages(scenarios: Sequence[Mapping], levels: Sequence[Mapping]) -> dict[str, dict]:
    """Named scenarios: id -> row of scenarios.csv plus `levels` (lever -> level)."""
    packages = {row["id"]: {**row, "levels": {}} for row in scenarios}
    for row in levels:
        packages[row["scenario"]]["levels"][row["lever"]] = float(row["level"])
    return packages
