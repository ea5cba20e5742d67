"""Best package for a budget: the most health for the money, over combinations of levers.

Every lever stands at today or as far as research went: at the end of its trial range, or, where its
level only says how many a rule or programme reaches, of its slider; what-ifs stay at today. Outside
research the strongest levels and what-ifs are tried too. All combinations are screened by effects
of levers and pairs on fewer draws; what could be best is run on all. The frontier is the
packages that are best for some price of health: each next one buys QALYs at a higher price. A best
of many is chosen by the estimates that also price it: it looks better than it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import combinations

import numpy as np

from models.analysis.choice.options import HEALTH, POPULATION, reference_value
from models.caching import cached
from models.engine.budget import seen_from
from models.engine.cash import flows
from models.engine.document import SCHEMA
from models.engine.model import model
from models.engine.result import Result
from models.engine.state import State
from models.engine.summary import quantity
from models.errors import UsageError, shown
from models.formulas.payers import add
from models.tables.assumptions import Assumptions
from models.tables.catalogue_columns import SIDES
from models.tables.levers import Lever

SCREEN = 1_000  # draws on which combinations are screened
MOST = 250_000  # combinations; beyond, the levers that matter least stay at today
NEAR = 6  # screened packages run in full at each price of health
MAX_BUDGET = 1e12

Levels = dict[str, float]


def ladder(lever: Lever, outside_research: bool = False) -> list[float]:
    """Levels beside today that the search tries, nearest first; none for a what-if.

    How far trials went, in the direction of the lever's programme, is rounded to a step of the
    slider, towards today. Without a trial range it is the strongest level. `outside_research` adds
    the strongest level of every lever.
    """
    if lever.what_if and not outside_research:
        return []
    below = lever.programme_when == "below"
    strongest, tried = (lever.min, lever.trial_low) if below else (lever.max, lever.trial_high)
    levels = [strongest] if outside_research or tried is None else []
    if tried is not None:
        tried = lever.on_step(tried)
        inside = tried < lever.today if below else tried > lever.today
        if inside and tried not in levels:
            levels.insert(0, tried)
    return [level for level in levels if level != lever.today]


@cached(most=3)
def frontier(
    result: Result,
    budget: float | None = None,
    perspective: str = "society",
    reference: float | None = None,
    outside_research: bool = False,
    progress: Callable[[float], None] = lambda part: None,
) -> dict:
    """Packages on the frontier, cheapest first, and the best one for a budget.

    Money is EUR a year in force, more or less than today, as the perspective counts it; health is
    QALYs a year gained. `sure` is the share of draws in which, with the package's own mean cost as
    the budget, it is the package of the frontier that gives most health for no more money.
    `best` has the most QALYs on average of all packages run whose mean cost is within `budget`.
    `outside_research` also tries what-ifs and levels further than research went; see `ladder`.
    `progress` is told the part done. The levels of the scenario play no part.
    """
    value = reference_value(result, reference)
    counts = {row["id"]: row for row in result.catalogue["perspectives"]}
    if perspective not in counts:
        known = ", ".join(counts)
        raise UsageError(f"unknown perspective {shown(perspective)!r}; known: {known}")
    if budget is not None and not abs(budget) <= MAX_BUDGET:
        raise UsageError(f"budget {budget!r} is out of range; allowed: up to {MAX_BUDGET:g} EUR")

    def price(state: State) -> np.ndarray:
        money = partial(flows, result.model.assumptions, state)
        return add(seen_from(counts[perspective], result.catalogue, state.ledger, money))

    screen = _Screen(result, price, value, outside_research, lambda part: progress(part / 2))
    chosen = screen.promising(budget)
    m, overlap = result.model, result.options.overlap
    cost, health = np.empty((2, len(chosen), result.options.draws))
    now = price(m.base)
    for i, row in enumerate(chosen):
        state = m.steady(screen.levels(row), result.levers, overlap)
        cost[i], health[i] = price(state) - now, m.base.health[HEALTH] - state.health[HEALTH]
        progress(0.5 + (i + 1) / len(chosen) / 2)
    means = cost.mean(axis=1), health.mean(axis=1)
    best_of = hull(*means)
    packages = _packages(result, screen, chosen, best_of, cost, health, value)
    return {
        "schema": SCHEMA,
        "assumptions_hash": result.assumptions_hash,
        "draws": result.options.draws,
        "seed": result.options.seed,
        "valuation": result.options.valuation,
        "price_year": result.price_year,
        "population": POPULATION,
        "perspective": perspective,
        "reference_value": value,
        "outside_research": outside_research,
        "combinations": int(screen.on.shape[0]),
        "levers": list(screen.ladders),
        "left_out": screen.left_out,
        "what_ifs_left_out": [] if outside_research else _what_ifs(result),
        "screening": {
            "draws": screen.options.draws,
            "runs": screen.runs,
            "run_in_full": len(chosen),
            "largest_error_cost": float(np.abs(screen.cost[chosen] - means[0]).max()),
            "largest_error_qaly": float(np.abs(screen.health[chosen] - means[1]).max()),
        },
        "packages": packages,
        "budget": budget,
        "best": _best(screen, chosen, cost, health, budget),
    }


class _Screen:
    """Mean cost and health of every combination, from single levers and pairs on fewer draws."""

    def __init__(self, result: Result, price, value: float, outside_research: bool, progress):
        self.options = replace(result.options, draws=min(SCREEN, result.options.draws))
        m = model(result.model.assumptions, Assumptions.default(), self.options)
        now, self.runs = price(m.base).mean(), 0

        def effect(levels: Levels) -> np.ndarray:
            state = m.steady(levels, result.levers, self.options.overlap)
            self.runs += 1
            gained = (m.base.health[HEALTH] - state.health[HEALTH]).mean()
            return np.array([price(state).mean() - now, gained])

        ladders = {name: ladder(one, outside_research) for name, one in result.levers.items()}
        ladders = {name: steps for name, steps in ladders.items() if steps}
        self.moves = [(name, level) for name, steps in ladders.items() for level in steps]
        alone = np.array([effect(dict([move])) for move in self.moves])
        self.left_out: list[str] = []
        while np.prod([len(steps) + 1 for steps in ladders.values()]) > MOST:
            size = {
                name: max(
                    np.abs(alone[i]) @ (1, value)
                    for i, move in enumerate(self.moves)
                    if move[0] == name
                )
                for name in ladders
            }
            least = min(size, key=size.__getitem__)
            self.left_out.append(least)
            del ladders[least]
        kept = [i for i, move in enumerate(self.moves) if move[0] in ladders]
        self.moves, alone = [self.moves[i] for i in kept], alone[kept]
        self.ladders = ladders
        together = np.zeros((len(self.moves), len(self.moves), 2))
        pairs = [p for p in combinations(range(len(self.moves)), 2)
                 if self.moves[p[0]][0] != self.moves[p[1]][0]]  # fmt: skip
        for done, (i, j) in enumerate(pairs, 1):
            both = effect(dict([self.moves[i], self.moves[j]]))
            together[i, j] = both - alone[i] - alone[j]
            progress(done / len(pairs))
        self.on = self._combinations(result)
        self.cost, self.health = (
            self.on @ alone[:, k] + ((self.on @ together[:, :, k]) * self.on).sum(axis=1)
            for k in (0, 1)
        )

    def _combinations(self, result: Result) -> np.ndarray:
        """Which move is made in which combination, (combinations, moves); odd ones left out."""
        sizes = [len(steps) + 1 for steps in self.ladders.values()]
        step = np.stack(np.unravel_index(np.arange(np.prod(sizes)), sizes), axis=1)
        on = np.zeros((len(step), len(self.moves)))
        column = 0
        for i, steps in enumerate(self.ladders.values()):
            for k in range(len(steps)):
                on[:, column] = step[:, i] == k + 1
                column += 1
        odd = np.zeros(len(step), dtype=bool)
        for row in result.catalogue["lever_conflicts"]:
            one, other = (self._side(on, result, row[name]) for name in ("lever", "other"))
            odd |= (one == SIDES[row["side"]]) & (other == SIDES[row["other_side"]])
        return on[~odd]

    def _side(self, on: np.ndarray, result: Result, lever: str) -> np.ndarray:
        """On which side of today a lever stands in every combination: -1, 0 or 1."""
        sides = [
            np.sign(level - result.levers[name].today) if name == lever else 0.0
            for name, level in self.moves
        ]
        return on @ np.array(sides)

    def levels(self, row: int) -> Levels:
        return {name: level for (name, level), made in zip(self.moves, self.on[row], strict=True)
                if made}  # fmt: skip

    def promising(self, budget: float | None) -> list[int]:
        """Rows near the frontier at any price of health, and near the best for the budget."""
        found = {int(np.flatnonzero(~self.on.any(axis=1))[0])}  # today
        corner = hull(self.cost, self.health)
        rise = np.diff(self.cost[corner]) / np.diff(self.health[corner])
        ends = [0.0, *rise, 2 * rise[-1] if len(rise) else 1.0]
        for low, high in zip(ends, ends[1:], strict=False):
            benefit = (low + high) / 2 * self.health - self.cost
            found |= set(np.argsort(-benefit, kind="stable")[:NEAR].tolist())
        found |= set(corner)
        if budget is not None:
            found |= set(healthiest(self.cost, self.health, budget)[: 4 * NEAR])
        return sorted(found)


def healthiest(cost: np.ndarray, health: np.ndarray, budget: float) -> list[int]:
    """Rows within a budget, most health first; of equal health the cheapest."""
    order = np.lexsort((cost, -np.round(health, 6)))
    return order[cost[order] <= budget].tolist()


def hull(cost: np.ndarray, health: np.ndarray) -> list[int]:
    """Rows that are best for some price of health from nil up, cheapest first.

    The cheapest (of those the healthiest), then each time the one whose extra health costs least.
    """
    order = np.lexsort((-health, cost))
    found: list[int] = []
    for row in order:
        if found and health[row] <= health[found[-1]]:
            continue
        while len(found) > 1:
            a, b = found[-2], found[-1]
            first = (cost[b] - cost[a]) * (health[row] - health[b])
            if first < (cost[row] - cost[b]) * (health[b] - health[a]):
                break
            found.pop()
        found.append(int(row))
    return found


def _packages(result, screen, chosen, best_of, cost, health, value) -> list[dict]:
    cost, health = cost[best_of], health[best_of]
    spent, gained = cost.mean(axis=1), health.mean(axis=1)
    favourite = np.argmax(value * health - cost, axis=0)
    found = []
    for i, row in enumerate(best_of):
        most = np.argmax(np.where(cost <= spent[i], health, -np.inf), axis=0)
        levels = screen.levels(chosen[row])
        extra = None
        if i:
            extra = float((spent[i] - spent[i - 1]) / (gained[i] - gained[i - 1]))
        found.append({
            "levels": levels,
            "beyond_evidence": _beyond(result, levels),
            "cost": quantity(cost[i]),
            "qaly": quantity(health[i], "QALY/year"),
            "price_of_next_qaly": extra,
            "sure": float(np.mean((most == i) & (cost[i] <= spent[i]))),
            "best_at_reference_value": float(np.mean(favourite == i)),
        })  # fmt: skip
    return found


def _beyond(result: Result, levels: Levels) -> list[str]:
    """Levers that stand further than research went, and what-ifs."""
    return [name for name, level in levels.items() if level not in ladder(result.levers[name])]


def _what_ifs(result: Result) -> list[str]:
    """Levers that are searched only when asked."""
    return [name for name, lever in result.levers.items() if lever.what_if]


def _best(screen, chosen, cost, health, budget) -> dict | None:
    if budget is None:
        return None
    within = healthiest(cost.mean(axis=1), health.mean(axis=1), budget)
    if not within:
        return None
    row = within[0]
    return {
        "levels": screen.levels(chosen[row]),
        "cost": quantity(cost[row]),
        "qaly": quantity(health[row], "QALY/year"),
        "probability_within_budget": float(np.mean(cost[row] <= budget)),
    }
