"""The options that a reader chooses between, with the money and the health of each, per draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from models.engine.result import Result
from models.engine.run import scenarios_of
from models.errors import UsageError
from models.tables.levers import check_levels

TODAY, SCENARIO = "today", "scenario"
HEALTH = "qaly_loss"
POPULATION = "everyone with low back pain who seeks care in the Netherlands"
MAX_REFERENCE_VALUE = 1e6


@dataclass(frozen=True)
class Choices:
    """Options with their levels; money and health have shape (options, draws), today first."""

    levels: dict[str, dict[str, float]]
    cost: np.ndarray  # EUR a year to society, in force
    health: np.ndarray  # QALY a year, in force; below 0, because it is health lost

    def net_benefit(self, reference_value: float) -> np.ndarray:
        """EUR a year: money saved plus reference value times QALYs gained, against today."""
        saved, gained = self.cost[0] - self.cost, self.health - self.health[0]
        return saved + reference_value * gained


def choices(result: Result) -> Choices:
    """Today, the named packages, and the scenario where it is none of these; on common draws.

    Not counted in health: what research may find (`research_expected_qaly`), a guess without a
    year.
    """
    named = scenarios_of(result.model.assumptions)
    options: dict[str, Mapping[str, float]] = {TODAY: {}} | {
        name: check_levels(row["levels"], result.levers) for name, row in named.items()
    }
    if result.levels not in options.values():
        options[SCENARIO] = result.levels
    return of_levels(result, options)


def of_levels(result: Result, options: Mapping[str, Mapping[str, float]]) -> Choices:
    """Money and health of each option, by name, on the draws of a result."""
    m, overlap = result.model, result.options.overlap
    states = [m.steady(dict(levels), result.levers, overlap) for levels in options.values()]
    return Choices(
        {name: dict(levels) for name, levels in options.items()},
        np.stack([state.total for state in states]),
        -np.stack([state.health[HEALTH] for state in states]),
    )


def reference_value(result: Result, asked: float | None = None) -> float:
    """EUR for a QALY: as asked, else the assumption `mac_wtp`; UsageError when it cannot be."""
    if asked is None:
        return float(result.model.assumptions["mac_wtp"].base)
    if isinstance(asked, bool) or not 0 <= asked <= MAX_REFERENCE_VALUE:
        raise UsageError(
            f"reference value {asked!r} is out of range; "
            f"allowed: 0 to {MAX_REFERENCE_VALUE:g} EUR/QALY"
        )
    return float(asked)


def uncertain(result: Result) -> dict[str, np.ndarray]:
    """Parameter -> draws, of every assumption that is drawn and not fixed."""
    a, p = result.model.assumptions, result.model.p
    return {name: p[name] for name in a if name in p and np.ptp(p[name]) > 0}
