"""The standard pictures of a choice: plane, acceptability, frontier and expected loss.

The options are those of the value of information: today, the named packages, the scenario.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from models.analysis.answer import Answer, about
from models.analysis.choice.options import POPULATION, choices, reference_value
from models.caching import cached
from models.engine.record import Quantity, Record
from models.engine.result import SOCIETY, Result
from models.engine.run import run_like
from models.errors import UsageError
from models.similar_names import nearest

HIGHEST = 100_000.0  # EUR/QALY: the end of the pictures, above the highest Dutch reference value
STEPS = 20
QUADRANTS = ("better_saves", "better_saves_not", "not_better_saves", "not_better_saves_not")


@dataclass(frozen=True)
class Choice(Record):
    """An option against today: EUR and QALYs a year in force.

    `quadrants`: share of draws in each quarter of the cost-effectiveness plane: more health than
    today or not, money saved or not.
    """

    option: str
    levels: Mapping[str, float]
    cost: Quantity
    qaly: Quantity
    quadrants: Mapping[str, float]


@dataclass(frozen=True)
class AtValue(Record):
    """What holds at one value of a QALY, `reference_value` in EUR.

    `chance_best`: share of draws in which an option has the highest net benefit; draws in which
    options tie are shared between them. `expected_loss`: what choosing it costs on average against
    the best option of each draw, EUR a year. `preferred`: the highest mean net benefit, which need
    not be the option with the highest chance. `evpi`: the loss of the preferred option, which is
    what knowing everything is worth.
    """

    reference_value: float
    preferred: str
    chance_preferred: float
    evpi: float
    chance_best: Mapping[str, float]
    expected_loss: Mapping[str, float]


@dataclass(frozen=True)
class Decision(Answer):
    """The options, and which to prefer at each value of a QALY, counted from one perspective.

    Money is what that perspective pays; health is that of all patients, whoever pays. The draws
    themselves: `draws`.
    """

    perspective: str
    population: str
    reference_value: float
    options: tuple[Choice, ...]
    values: tuple[AtValue, ...]


def decide(result: Result, perspective: str = SOCIETY, value: float | None = None) -> Decision:
    """Plane, acceptability, frontier and expected loss of a run, from 0 to 100,000 EUR a QALY.

    `value`: EUR a QALY that is in force (default `mac_wtp`); it is among the values. UsageError
    for an unknown perspective or an impossible value.
    """
    at = reference_value(result, value)
    names, spent, gained = draws(result, perspective)
    levels = choices(result).levels
    options = tuple(
        Choice(
            name, levels[name], Quantity.of(cost), Quantity.of(health, "QALY/year"),
            _quadrants(cost, health),
        )
        for name, cost, health in zip(names, spent, gained, strict=True)
    )  # fmt: skip
    grid = sorted({*np.linspace(0, HIGHEST, STEPS + 1).tolist(), at})
    values = tuple(_at(each, names, spent, gained) for each in grid)
    return Decision(**about(result), perspective=perspective, population=POPULATION,
                    reference_value=at, options=options, values=values)  # fmt: skip


@cached(most=2)
def draws(result: Result, perspective: str) -> tuple[tuple[str, ...], np.ndarray, np.ndarray]:
    """Options with money (EUR a year) and QALYs gained against today, (options, draws)."""
    known = [row["id"] for row in result.catalogue["perspectives"]]
    if perspective not in known:
        near = ", ".join(nearest(perspective, known))
        raise UsageError(f"unknown perspective {perspective!r}; nearest: {near}")
    among = choices(result)
    if perspective == SOCIETY:
        spent = among.cost - among.cost[0]
    else:
        spent = np.stack(
            [run_like(result, levels).change_draws(perspective) for levels in among.levels.values()]
        )
    return tuple(among.levels), spent, among.health - among.health[0]


def _at(value: float, names: tuple[str, ...], spent: np.ndarray, gained: np.ndarray) -> AtValue:
    benefit = value * gained - spent
    best = benefit.max(axis=0)
    leads = benefit == best
    chance = (leads / leads.sum(axis=0)).mean(axis=1)
    loss = (best - benefit).mean(axis=1)
    preferred = int(np.argmin(loss))
    return AtValue(
        value, names[preferred], float(chance[preferred]), float(loss[preferred]),
        dict(zip(names, chance.tolist(), strict=True)),
        dict(zip(names, loss.tolist(), strict=True)),
    )  # fmt: skip


def _quadrants(cost: np.ndarray, health: np.ndarray) -> dict[str, float]:
    better, saves = health > 0, cost < 0
    shares = (better & saves, better & ~saves, ~better & saves, ~better & ~saves)
    return {name: float(share.mean()) for name, share in zip(QUADRANTS, shares, strict=True)}


def decision_frame(answer: Decision) -> pd.DataFrame:
    """One row a value and option: chance to be best, expected loss in EUR a year, preferred."""
    return pd.DataFrame(
        {
            "perspective": answer.perspective,
            "reference_value": at.reference_value,
            "option": option,
            "chance_best": chance,
            "expected_loss": at.expected_loss[option],
            "preferred": option == at.preferred,
            "unit": "EUR/year",
        }
        for at in answer.values
        for option, chance in at.chance_best.items()
    )
