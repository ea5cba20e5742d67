"""Attribution: what each lever of a package contributes, averaged over all orders (Shapley value).

The Shapley value of a lever is its mean marginal effect over all orders in which the levers could
be added. Up to EXACT levers every combination is run (2^n runs). Beyond that, orders are sampled,
each with its reverse, and the standard error is stated. In both cases the shares add up to the
total, in every draw, so that each share has an interval. Source: Shapley 1953, "A value for
n-person games".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import factorial

import numpy as np

from models.analysis.answer import Answer, about
from models.engine.record import Record
from models.engine.result import Result
from models.engine.summary import summarise
from models.formulas.draws import uniform

EXACT = 8  # levers up to which every combination is run
ORDERS = 24  # pairs of an order and its reverse beyond that

Effect = Callable[[Iterable[str]], np.ndarray]  # of a set of names, draws


@dataclass(frozen=True)
class Contribution(Record):
    """What one lever brings, EUR a year in force: without the others, and its Shapley value."""

    lever: str
    level: float  # in the lever's unit
    alone: float
    share: float
    p2_5: float
    p97_5: float
    standard_error: float  # of the share, from sampling orders; 0 when every one was run


@dataclass(frozen=True)
class Attribution(Answer):
    """A package split over its levers, EUR a year in force; the shares add up to `total`."""

    method: str  # exact or sampled
    runs: int
    total: float
    interaction: float
    parts: tuple[Contribution, ...]


@dataclass(frozen=True)
class Shares(Record):
    """Shapley values by name: draws (draws,) in the unit of the effect, and standard errors."""

    draws: Mapping[str, np.ndarray]
    standard_error: Mapping[str, float]


def attribute(result: Result) -> Attribution:
    """Contribution of each chosen lever to the mean difference, EUR a year in force.

    `alone` is the lever without the others, `share` its Shapley value with its 95% interval; the
    shares add up to `total`; `interaction` is the total less the sum of the levers alone.
    """
    names = sorted(result.levels)
    differences: dict[frozenset, np.ndarray] = {}  # levers -> difference with today, draws

    def effect(chosen) -> np.ndarray:
        key = frozenset(chosen)
        if key not in differences:
            levels = {name: result.levels[name] for name in names if name in key}
            total = result.model.steady(levels, result.levers, result.options.overlap).total
            differences[key] = total - result.base.total
        return differences[key]

    method = exact if len(names) <= EXACT else sampled
    shares = method(names, effect, result.options.seed)
    total = float(np.mean(effect(names)))
    alone = {name: float(np.mean(effect([name]))) for name in names}
    spread = {name: summarise(shares.draws[name])[0] for name in names}
    return Attribution(
        **about(result),
        method="exact" if method is exact else "sampled",
        runs=len(differences),
        total=total,
        interaction=total - sum(alone.values()),
        parts=tuple(
            Contribution(
                lever=name,
                level=result.levels[name],
                alone=alone[name],
                share=float(np.mean(shares.draws[name])),
                p2_5=float(spread[name][1]),
                p97_5=float(spread[name][5]),
                standard_error=shares.standard_error[name],
            )
            for name in names
        ),
    )


def exact(names: list[str], effect: Effect, seed: int) -> Shares:
    """Shares from every combination; the standard errors are 0."""
    n = len(names)
    shares: dict[str, np.ndarray] = {}
    for name in names:
        others = [other for other in names if other != name]
        shares[name] = np.asarray(sum(
            factorial(size) * factorial(n - size - 1) / factorial(n)
            * (effect((*chosen, name)) - effect(chosen))
            for size in range(n)
            for chosen in combinations(others, size)
        ))  # fmt: skip
    return Shares(shares, dict.fromkeys(names, 0.0))


def sampled(names: list[str], effect: Effect, seed: int, orders: int = ORDERS) -> Shares:
    """Shares from sampled orders with their reverse."""
    shares: list[np.ndarray] = [np.zeros(()) for _ in names]
    means = []
    for number in range(orders):
        order = np.argsort(uniform(f"order/{number}", len(names), seed))
        both = [_marginal([names[i] for i in turn], effect) for turn in (order, order[::-1])]
        changes = [(both[0][name] + both[1][name]) / 2 for name in names]
        shares = [so_far + more for so_far, more in zip(shares, changes, strict=True)]
        means.append([share.mean() for share in changes])
    errors = np.array(means).std(axis=0, ddof=1) / np.sqrt(orders)
    return Shares(
        {name: share / orders for name, share in zip(names, shares, strict=True)},
        dict(zip(names, map(float, errors), strict=True)),
    )


def _marginal(order, effect) -> dict[str, np.ndarray]:
    steps = [effect(order[:size]) for size in range(len(order) + 1)]
    return {
        name: after - before for name, before, after in zip(order, steps, steps[1:], strict=False)
    }
