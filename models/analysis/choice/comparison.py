"""Comparison: several packages on the same draws, so that chance does not tell them apart."""

from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter

import numpy as np

from models.engine.budget import sums
from models.engine.result import SOCIETY, Result

TODAY = "today"


def chance_cheapest(results: Mapping[str, Result], perspective: str = SOCIETY) -> dict[str, float]:
    """Share of draws in which each package, or `today`, costs least; ties are shared equally.

    All results must rest on the same assumptions, options, draws and seed: ValueError otherwise.
    """
    bases = {(run.assumptions_hash, run.options) for run in results.values()}
    if len(bases) > 1:
        raise ValueError("packages can be compared only on the same assumptions and options")
    rows = [result.change_draws(perspective) for result in results.values()]
    if not rows:
        return {}
    stack = np.vstack([np.zeros_like(rows[0]), *rows])
    least = stack == stack.min(axis=0)
    shares = (least / least.sum(axis=0)).mean(axis=1)
    return dict(zip((TODAY, *results), map(float, shares), strict=True))


def chance_largest_payer(result: Result) -> dict[str, float]:
    """Share of draws in which each payer bears most of today's cost; ties are shared equally."""
    draws = sums(result.base.ledger, itemgetter(1))
    stack = np.vstack(list(draws.values()))
    largest = stack == stack.max(axis=0)
    return dict(zip(draws, map(float, (largest / largest.sum(axis=0)).mean(axis=1)), strict=True))
