"""Levers: what may be changed, checked, and how a level acts on the parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from pathlib import Path

import numpy as np

from models.errors import UsageError
from models.tables import nearest
from models.work import Curve, hazard_on_curve

DATA = Path(__file__).resolve().parent.parent / "data"
OPERATIONS = ("set", "scale", "reduce", "hazard")
OVERLAPS = ("independent", "best_only", "additive")
CURVE = "absence_curve"
POPULATIONS = ("episodes", "absent", "opioid_users")
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
    effects: tuple[Effect, ...] = ()
    texts: tuple[tuple[str, str], ...] = ()  # ("what_nl", ...), where the row brings its own words

    def text(self, part: str, lang: str) -> str:
        """The lever's own words for a part of its card; empty where its row has none."""
        return dict(self.texts).get(f"{part}_{lang}", "")

    @property
    def from_week(self) -> float | None:
        """Week of absence at which the lever starts to act, for a lever on the absence curve."""
        return next((e.from_week for e in self.effects if e.from_week is not None), None)

    def reach(self, level: float) -> float:
        """How far a level lies from today on the side that takes a programme, in `unit`; else 0.

        An expression without a branch, so that one trace holds for both sides of today.
        """
        if self.programme_when == "above":
            return np.maximum(level - self.today, 0.0)
        return np.maximum(self.today - level, 0.0)

    def effort(self, level: float) -> float:
        """`reach` as a share of the widest reach that the slider allows, 0 to 1."""
        above = self.programme_when == "above"
        widest = self.max - self.today if above else self.today - self.min
        return self.reach(level) / (widest or 1.0)


def levers_of(
    rows: Sequence[Mapping], effect_rows: Sequence[Mapping], assumptions: Mapping
) -> dict[str, Lever]:
    """Levers by id from checked rows; today's level of a lever that is a rate follows the rate."""
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
        # an edited assumption may lie outside the slider, which then reaches to it
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
        ramp_years=int(float(row["ramp_years"])),
        programme_unit=_listed(row["programme_unit"], "*"),
        effects=tuple(
            Effect(
                *(one[name] for name in ("lever", "parameter", "operation", "effect")),
                float(one["from_week"]) if one["from_week"] else None,
                one["note"],
            )
            for one in effects
        ),
        texts=tuple((name, row[name]) for name in texts if row.get(name)),
    )


def _listed(text: str, sign: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(sign) if part.strip())


def check_levels(levels: dict[str, float], levers: dict[str, Lever]) -> dict[str, float]:
    """Levels within range, those at today's level left out; UsageError names all that is wrong."""
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
    found = {row["id"]: {**row, "levels": {}} for row in scenarios}
    for row in levels:
        found[row["scenario"]]["levels"][row["lever"]] = float(row["level"])
    return found


def combine(factors: list[np.ndarray], overlap: str) -> np.ndarray:
    """Several effects on one parameter as one factor; the order never matters.

    independent: what remains multiplies. best_only: the largest move from 1, per draw.
    additive: moves add up, not below 0.
    """
    if len(factors) == 1:
        return factors[0]
    stack = np.sort(np.stack(np.broadcast_arrays(*factors)), axis=0)  # order-free to the bit
    if overlap == "independent":
        return np.prod(stack, axis=0)
    if overlap == "additive":
        return np.maximum(1 + np.sum(stack - 1, axis=0), 0)
    move = np.abs(np.log(np.maximum(stack, 1e-12)))
    return np.take_along_axis(stack, np.argmax(move, axis=0)[None], axis=0)[0]


def apply(
    p: dict, c: Curve, levels: dict[str, float], levers: dict[str, Lever], overlap: str
) -> tuple[dict, Curve]:
    """Parameters and absence curve under these levels; untouched ones are the same arrays.

    A level at today changes nothing, to the bit; `check_levels` leaves it out to save time.
    """
    factors: dict[str, list[np.ndarray]] = {}
    values: dict[str, float] = {}
    curves: list[list[np.ndarray]] = []
    for name, level in sorted(levels.items()):
        lever = levers[name]
        for effect in lever.effects:
            if effect.parameter == CURVE:
                curves.append(
                    hazard_on_curve(c, effect.from_week, level - lever.today, p[effect.effect])
                )
            elif effect.operation == "set" and lever.today == 0:
                values[effect.parameter] = 1 - (1 - values.get(effect.parameter, 0.0)) * (1 - level)
            else:
                factors.setdefault(effect.parameter, []).append(_factor(p, effect, lever, level))
    changed = dict(p)
    for name, value in values.items():
        changed[name] = np.full_like(p[name], value)
    for name, several in factors.items():
        changed[name] = p[name] * combine(several, overlap)
    if curves:
        shares = tuple(
            s * combine([relative[i] for relative in curves], overlap)
            for i, s in enumerate(c.shares)
        )
        c = Curve(c.weeks, shares)
    return changed, c


def _factor(p: dict, effect: Effect, lever: Lever, level: float) -> np.ndarray:
    reach = level - lever.today
    if effect.operation == "set":
        return level / lever.today
    strength = p[effect.effect]
    if effect.operation == "scale":
        return np.maximum(1 + reach * (strength - 1), 0)
    if effect.operation == "reduce":
        return np.maximum(1 - reach * strength, 0)
    risk = p[effect.parameter]
    treated = -np.expm1(strength * np.log1p(-np.minimum(risk, 1 - 1e-12)))
    return 1 - reach + reach * np.divide(treated, risk, out=np.ones_like(risk), where=risk > 0)


def ramped(levels: dict[str, float], levers: dict[str, Lever], year: int) -> dict[str, float]:
    """Levels reached in year 1, 2, ...: linear from today to the full level over the ramp."""
    return {
        name: levers[name].today
        + min(year / levers[name].ramp_years, 1.0) * (level - levers[name].today)
        for name, level in levels.items()
    }


def programme_costs(
    p: dict, levels: dict[str, float], levers: dict[str, Lever], participants, payers
) -> dict[str, np.ndarray]:
    """Programme cost by payer, EUR a year: fixed x effort + unit cost x participants.

    `participants(lever)` gives the people for one unit of the lever's level, persons a year.
    """
    costs = dict.fromkeys(payers, np.zeros_like(next(iter(p.values()))))
    for name, level in sorted(levels.items()):
        lever = levers[name]
        cost = costs[lever.programme_payer]
        if lever.programme_fixed:
            cost = cost + p[lever.programme_fixed] * lever.effort(level)
        if lever.programme_unit:
            unit = prod(p[parameter] for parameter in lever.programme_unit)
            cost = cost + unit * participants(lever) * lever.reach(level)
        costs[lever.programme_payer] = cost
    return costs
