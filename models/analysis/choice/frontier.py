"""Best package for a budget: the most health for the money, over combinations of levers.

Every lever is tried at today and as far as research went: at the end of its trial range or, where
its level only says how many people a rule or programme reaches, of its slider. What-ifs stay at
today. Asked to go outside research, the search also tries strongest levels and what-ifs. All
combinations are estimated on fewer draws (`screening`); those that could be best are run on all.
The frontier has the packages that are best for some price of health: each next one buys QALYs at a
higher price. The best of many looks better than it is: the same draws choose and value it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from models.analysis.choice.conditions import CENT, Conditions, paid, relaxing
from models.analysis.choice.options import HEALTH, POPULATION, reference_value
from models.analysis.choice.screening import ANY, Levels, Screen, healthiest, hull, ladder
from models.caching import cached
from models.engine.budget import seen_from
from models.engine.cash import flows
from models.engine.outcome import YearOutcome
from models.engine.output.document import SCHEMA
from models.engine.record import Quantity, Record
from models.engine.result import Result
from models.errors import UsageError, shown
from models.formulas.payers import add

MAX_BUDGET = 1e12


@dataclass(frozen=True)
class Package(Record):
    """A package on the frontier, in force against today.

    `cost` is EUR a year as the perspective counts it, `qaly` QALYs a year gained.
    `price_of_next_qaly` is EUR a QALY against the package before it, None for the first.
    `beyond_evidence` names levers that stand further than research went, and what-ifs. `sure` is
    the share of draws in which, with this package's mean cost as the budget, no package of the
    frontier gives more health for no more money; `best_at_reference_value` the share in which it
    is the best of the frontier at the reference value of a QALY.
    """

    levels: Mapping[str, float]
    beyond_evidence: tuple[str, ...]
    cost: Quantity
    qaly: Quantity
    price_of_next_qaly: float | None
    sure: float
    best_at_reference_value: float


@dataclass(frozen=True)
class BestPackage(Record):
    """The package with most QALYs on average among those whose mean cost is within the budget."""

    levels: Mapping[str, float]
    cost: Quantity
    qaly: Quantity
    probability_within_budget: float


@dataclass(frozen=True)
class Screening(Record):
    """How packages were screened: draws, runs of the model, packages that were run in full.

    The errors are the largest differences between estimate and full run: EUR and QALYs a year.
    """

    draws: int
    runs: int
    run_in_full: int
    largest_error_cost: float
    largest_error_qaly: float


@dataclass(frozen=True)
class Frontier(Record):
    """Packages on the frontier, cheapest first, and the best one for a budget.

    `reference_value` is EUR a QALY, `budget` EUR a year. `levers` were searched; `left_out` were
    not, because there would be too many combinations, `what_ifs_left_out` because nothing outside
    research was asked for. `best` is None without a budget, or where nothing is within it.
    """

    schema: int
    assumptions_hash: str
    draws: int
    seed: int
    valuation: str
    price_year: int
    population: str
    perspective: str
    reference_value: float
    outside_research: bool
    combinations: int
    levers: tuple[str, ...]
    left_out: tuple[str, ...]
    conditions: Conditions
    what_ifs_left_out: tuple[str, ...]
    screening: Screening
    packages: tuple[Package, ...]
    budget: float | None
    best: BestPackage | None


@cached(most=3)
def frontier(
    result: Result,
    budget: float | None = None,
    perspective: str = "society",
    reference: float | None = None,
    outside_research: bool = False,
    progress: Callable[[float], None] = lambda part: None,
    conditions: Conditions = ANY,
) -> Frontier:
    """Packages on the frontier, cheapest first, and the best one for a budget.

    Money is EUR a year in force, more or less than today, as the perspective counts it; health is
    QALYs a year gained; `reference` is EUR a QALY (None: mac_wtp). `outside_research` also tries
    what-ifs and levels further than research went; see `ladder`. `progress` is called with the
    share that is done. The levels of the scenario play no part, unless the `conditions` hold them;
    only packages that meet the conditions, by their means over all draws, are compared.
    Raises UsageError for an unknown perspective, a budget beyond EUR 1e12, or conditions that
    nothing meets: it says which to relax.
    """
    value = reference_value(result, reference)
    perspectives = {row["id"]: row for row in result.catalogue["perspectives"]}
    if perspective not in perspectives:
        known = ", ".join(perspectives)
        raise UsageError(f"unknown perspective {shown(perspective)!r}; known: {known}")
    if budget is not None and not abs(budget) <= MAX_BUDGET:
        raise UsageError(f"budget {budget!r} is out of range; allowed: up to {MAX_BUDGET:g} EUR")

    def price(state: YearOutcome) -> np.ndarray:
        money = partial(flows, result.model.assumptions, state)
        return add(seen_from(perspectives[perspective], result.catalogue, state.ledger, money))

    conditions.check(result)
    limits = conditions.limits(result)
    screen = Screen(
        result, price, value, outside_research, lambda part: progress(part / 2), conditions
    )
    chosen = screen.promising(budget)
    m, overlap = result.model, result.options.overlap
    cost, health = np.empty((2, len(chosen), result.options.draws))
    now = price(m.base)
    met = {f"{name} at most {limit:,.0f} EUR more": np.ones(len(chosen), bool)
           for name, limit in limits.items()}  # fmt: skip
    for i, row in enumerate(chosen):
        state = m.steady(screen.levels(row), result.levers, overlap)
        cost[i], health[i] = price(state) - now, m.base.health[HEALTH] - state.health[HEALTH]
        for (name, limit), rows in zip(limits.items(), met.values(), strict=True):
            rows[i] = np.mean(paid(state, name) - paid(m.base, name)) <= limit + CENT
        progress(0.5 + (i + 1) / len(chosen) / 2)
    if met:
        allowed = np.logical_and.reduce(list(met.values()))
        if not allowed.any():
            raise relaxing(met)
        chosen, cost, health = list(np.array(chosen)[allowed]), cost[allowed], health[allowed]
    means = cost.mean(axis=1), health.mean(axis=1)
    levels = [screen.levels(row) for row in chosen]
    what_ifs = tuple(name for name, lever in result.levers.items() if lever.what_if)
    return Frontier(
        schema=SCHEMA,
        assumptions_hash=result.assumptions_hash,
        draws=result.options.draws,
        seed=result.options.seed,
        valuation=result.options.valuation,
        price_year=result.price_year,
        population=POPULATION,
        perspective=perspective,
        reference_value=value,
        outside_research=outside_research,
        combinations=int(screen.on.shape[0]),
        levers=tuple(screen.ladders),
        left_out=tuple(screen.left_out),
        conditions=conditions,
        what_ifs_left_out=() if outside_research else what_ifs,
        screening=Screening(
            draws=screen.options.draws,
            runs=screen.runs,
            run_in_full=len(chosen),
            largest_error_cost=float(np.abs(screen.cost[chosen] - means[0]).max()),
            largest_error_qaly=float(np.abs(screen.health[chosen] - means[1]).max()),
        ),
        packages=tuple(_packages(result, levels, hull(*means), cost, health, value)),
        budget=budget,
        best=None if budget is None else _best(levels, cost, health, budget),
    )


def _packages(
    result: Result,
    levels: Sequence[Levels],
    best_of: Sequence[int],
    cost: np.ndarray,
    health: np.ndarray,
    value: float,
) -> list[Package]:
    """The rows `best_of` of the packages that were run, as records; `cost` is (packages, draws)."""
    cost, health = cost[best_of], health[best_of]
    spent, gained = cost.mean(axis=1), health.mean(axis=1)
    favourite = np.argmax(value * health - cost, axis=0)
    packages = []
    for i, row in enumerate(best_of):
        most = np.argmax(np.where(cost <= spent[i], health, -np.inf), axis=0)
        extra = None
        if i:
            extra = float((spent[i] - spent[i - 1]) / (gained[i] - gained[i - 1]))
        package = Package(
            levels=levels[row],
            beyond_evidence=_beyond(result, levels[row]),
            cost=Quantity.of(cost[i]),
            qaly=Quantity.of(health[i], "QALY/year"),
            price_of_next_qaly=extra,
            sure=float(np.mean((most == i) & (cost[i] <= spent[i]))),
            best_at_reference_value=float(np.mean(favourite == i)),
        )
        packages.append(package)
    return packages


def _beyond(result: Result, levels: Levels) -> tuple[str, ...]:
    """Levers that stand further than research went, and what-ifs."""
    return tuple(name for name, level in levels.items() if level not in ladder(result.levers[name]))


def _best(
    levels: Sequence[Levels], cost: np.ndarray, health: np.ndarray, budget: float
) -> BestPackage | None:
    """The package with most health whose mean cost is within the budget; None where none is."""
    within = healthiest(cost.mean(axis=1), health.mean(axis=1), budget)
    if not within:
        return None
    row = within[0]
    return BestPackage(
        levels=levels[row],
        cost=Quantity.of(cost[row]),
        qaly=Quantity.of(health[row], "QALY/year"),
        probability_within_budget=float(np.mean(cost[row] <= budget)),
    )
