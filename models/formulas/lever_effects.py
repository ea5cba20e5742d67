"""How the level of a lever acts on the parameters, the absence curve and the programme cost.

A lever is anything with the attributes of `models.tables.levers.Lever`.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import prod

import numpy as np

from models.formulas.absence_curve import Curve, hazard_on_curve

OPERATIONS = ("set", "scale", "reduce", "hazard")
OVERLAPS = ("independent", "best_only", "additive")
CURVE = "absence_curve"
POPULATIONS = (
    *("episodes", "gp_patients", "recovered", "absent", "opioid_users", "long_term_opioid_users"),
)
WORKERS = ("absent",)  # populations of working age, which ageing leaves as they are


def combine(factors: list[np.ndarray], overlap: str) -> np.ndarray:
    """Several effects on one parameter as one factor (1 = no effect); the order never matters.

    independent: what remains multiplies. best_only: the largest move from 1, per draw. additive:
    moves add up, not below 0.
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
    p: dict, c: Curve, levels: dict[str, float], levers: Mapping, overlap: str
) -> tuple[dict, Curve]:
    """Parameters and absence curve under these levels; untouched ones are the same arrays.

    `p` and `c` are those of today, `levels` are lever -> level in the lever's unit, `overlap` as in
    `combine`. The operations are those of lever_effects.csv; docs/method.md has them one by one. A
    level at today changes nothing, to the bit; `check_levels` leaves it out to save time.
    """
    factors: dict[str, list[np.ndarray]] = {}
    values: dict[str, float] = {}
    curves: list[list[np.ndarray]] = []
    for name, level in sorted(levels.items()):
        lever = levers[name]
        for effect in lever.effects:
            if effect.parameter == CURVE:
                curves.append(
                    hazard_on_curve(
                        c, effect.from_week, _reach(p, effect, lever, level), p[effect.effect]
                    )
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


def _reach(p: dict, effect, lever, level: float):
    """Level less today's, times the share for whom it is new where the effect names one."""
    reach = level - lever.today
    return reach * p[effect.reach] if effect.reach else reach


def _factor(p: dict, effect, lever, level: float) -> np.ndarray:
    reach = _reach(p, effect, lever, level)
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


def ramped(levels: dict[str, float], levers: Mapping, year: int) -> dict[str, float]:
    """Levels reached in year 1, 2, ...: linear from today to the full level over the ramp."""
    return {
        name: levers[name].today
        + min(year / levers[name].ramp_years, 1.0) * (level - levers[name].today)
        for name, level in levels.items()
    }


def programme_costs(
    p: dict, levels: dict[str, float], levers: Mapping, participants
) -> dict[tuple[str, str], np.ndarray]:
    """Programme cost by (what it grows with over the years, payer), EUR a year, (draws,).

    Fixed cost x effort + unit cost x participants. Effort is the distance of a level from today as
    a share of the whole slider on that side. Levers that name the same fixed cost and payer share
    one programme, paid once, at the largest effort. A cost per patient grows with `care`; fixed
    costs and costs per worker grow with `prices`, as there are no more of them with age.
    `participants(lever)` gives the people for one unit of the lever's level, persons a year. Not
    counted: one-off costs of starting, and of making a law.
    """
    efforts: dict[tuple[str, str], float] = {}  # of (fixed cost, payer)
    costs: dict[tuple[str, str], np.ndarray] = {}

    def pay(grows_with: str, payer: str, amount: np.ndarray) -> None:
        key = grows_with, payer
        costs[key] = costs[key] + amount if key in costs else amount

    for name, level in sorted(levels.items()):
        lever = levers[name]
        if lever.programme_fixed:
            key = lever.programme_fixed, lever.programme_payer
            efforts[key] = np.maximum(efforts.get(key, 0.0), lever.effort(level))
        if lever.programme_unit:
            unit = prod(p[parameter] for parameter in lever.programme_unit)
            grows_with = "prices" if lever.programme_population in WORKERS else "care"
            amount = unit * participants(lever) * lever.reach(level)
            pay(grows_with, lever.programme_payer, amount)
    for (fixed, payer), effort in efforts.items():
        pay("prices", payer, p[fixed] * effort)
    return costs


def by_payer(programme: dict[tuple[str, str], np.ndarray], payers, zero) -> dict[str, np.ndarray]:
    """Programme cost of each payer, EUR a year; `zero` where there is none."""
    costs = dict.fromkeys(payers, zero)
    for (_, payer), amount in programme.items():
        costs[payer] = costs[payer] + amount
    return costs
