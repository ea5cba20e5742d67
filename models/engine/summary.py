"""Statistics of draws: totals are made from draws, then summarised."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from models.caching import step
from models.errors import UsageError
from models.similar_names import named

if TYPE_CHECKING:
    from models.engine.result import Result

SCENARIOS = ("base_case", "scenario", "incremental")
STEADY, BUDGET = "steady_state", "budget_impact"
PERCENTILES = {"p2_5": 2.5, "p10": 10, "p50": 50, "p90": 90, "p97_5": 97.5}
STATISTICS = ("mean", *PERCENTILES)
SMALLEST = 0.005  # EUR a year: a difference of less than half a cent is rounding


def summarise(stack: np.ndarray) -> np.ndarray:
    """Mean and percentiles of each row of (outcomes, draws), shape (outcomes, 6).

    Percentiles interpolate linearly between the sorted draws, as np.percentile does.
    """
    step()
    stack = np.atleast_2d(stack)
    n = stack.shape[1]
    ranks = np.array(list(PERCENTILES.values())) / 100 * (n - 1)
    below = np.floor(ranks).astype(int)
    above = np.minimum(below + 1, n - 1)
    ordered = np.sort(stack, axis=1)  # seven times as fast as np.partition at ten places
    low, high = ordered[:, below], ordered[:, above]
    quantiles = low + (high - low) * (ranks - below)
    means = stack.mean(axis=1)
    if not np.isfinite(means).all():
        raise UsageError(
            "with these assumptions a result is not a finite number; undo the last edit"
        )
    return np.column_stack([means, quantiles])


def quantity(draws: np.ndarray, unit: str = "EUR/year") -> dict:
    """One outcome, (draws,), as {mean, p2_5, p97_5, unit}."""
    row = summarise(draws)[0]
    return {"mean": float(row[0]), "p2_5": float(row[1]), "p97_5": float(row[5]), "unit": unit}


def standard_errors(result: Result) -> dict[str, float]:
    """Simulation error of the mean of each total, EUR a year: spread over draws / root of draws.

    Not in it: the doubt about the assumptions, which is the interval.
    """
    states = (result.base.total, result.scenario.total, result.incremental)
    return {
        f"{name}_total": float(np.std(draws) / np.sqrt(draws.size))
        for name, draws in zip(SCENARIOS, states, strict=True)
    }


def summary_of(draws: np.ndarray) -> dict[str, float]:
    """Mean and percentiles of the draws of one outcome, by name."""
    return dict(zip(STATISTICS, map(float, summarise(draws)[0]), strict=True))


def rows(labels: list[dict], draws: list[np.ndarray]) -> pd.DataFrame:
    """A frame of labels with the statistics of the draws beside them."""
    if not labels:
        return pd.DataFrame()
    size = draws[0].shape[0]
    block = max(1, 2_000_000 // size)
    parts = [summarise(np.stack(draws[i : i + block])) for i in range(0, len(draws), block)]
    columns = {name: [label[name] for label in labels] for name in labels[0]}
    return pd.DataFrame(columns | dict(zip(STATISTICS, np.concatenate(parts).T, strict=True)))


def choose(pair, scenario: str) -> np.ndarray:
    """Draws of the base case, the scenario or the difference from a (base, scenario) pair."""
    if scenario == "incremental":
        return pair[1] - pair[0]
    return pair[named(scenario, {"base_case": 0, "scenario": 1, "incremental": 2}, "scenario")]


def statistics_of(sums: Mapping[str, np.ndarray]) -> dict[str, dict[str, float]]:
    """Mean and percentiles of the draws under each name."""
    if not sums:
        return {}
    values = summarise(np.stack(list(sums.values()))).tolist()
    return {
        name: dict(zip(STATISTICS, row, strict=True))
        for name, row in zip(sums, values, strict=True)
    }


def share_saving(change: np.ndarray) -> float:
    """Share of draws, 0 to 1, in which a difference with today (draws,) in EUR saves money."""
    return float(np.mean(change < -SMALLEST))


def chance_of_saving(change: np.ndarray) -> float | None:
    """The share that `share_saving` gives; None where no draw differs by half a cent or more."""
    return share_saving(change) if differs(change) else None


def differs(change: np.ndarray) -> bool:
    """Whether any draw of a difference with today in EUR is half a cent or more."""
    return bool((np.abs(change) >= SMALLEST).any())
