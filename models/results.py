"""Results: totals are made from draws, then summarised into one tidy table."""

from __future__ import annotations

import numpy as np
import pandas as pd

PERCENTILES = {"p2_5": 2.5, "p10": 10, "p50": 50, "p90": 90, "p97_5": 97.5}
STATISTICS = ("mean", *PERCENTILES)


def summarise(stack: np.ndarray) -> np.ndarray:
    """Mean and percentiles of each row of (outcomes, draws), shape (outcomes, 6).

    Percentiles interpolate linearly between order statistics, from one partition for all.
    """
    stack = np.atleast_2d(stack)
    n = stack.shape[1]
    ranks = np.array(list(PERCENTILES.values())) / 100 * (n - 1)
    below = np.floor(ranks).astype(int)
    above = np.minimum(below + 1, n - 1)
    ordered = np.partition(stack, np.unique(np.concatenate([below, above])), axis=1)
    low, high = ordered[:, below], ordered[:, above]
    quantiles = low + (high - low) * (ranks - below)
    return np.column_stack([stack.mean(axis=1), quantiles])


def quantity(draws: np.ndarray, unit: str = "EUR/year") -> dict:
    """One outcome as the contract writes it: mean and 95% interval."""
    row = summarise(draws)[0]
    return {"mean": float(row[0]), "p2_5": float(row[1]), "p97_5": float(row[5]), "unit": unit}


def add(arrays) -> np.ndarray:
    """Sum of arrays in their order; one new array."""
    arrays = iter(arrays)
    total = next(arrays).copy()
    for array in arrays:
        total += array
    return total


def rows(labels: list[dict], draws: list[np.ndarray]) -> pd.DataFrame:
    """A frame of labels with the statistics of the draws beside them."""
    frame = pd.DataFrame(labels)
    if not labels:
        return frame
    size = draws[0].shape[0]
    block = max(1, 2_000_000 // size)
    parts = [summarise(np.stack(draws[i : i + block])) for i in range(0, len(draws), block)]
    return frame.join(pd.DataFrame(np.concatenate(parts), columns=list(STATISTICS)))
