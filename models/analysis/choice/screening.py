"""Screening for the best packages: every combination of levels, estimated on few draws.

Cost and health of a combination are estimated as the sum of its levers alone and of what each pair
does together beyond that. Combinations that could be best are then run in full by `frontier`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import numpy as np

from models.analysis.choice.conditions import SLACK, Conditions, paid, relaxing
from models.analysis.choice.options import HEALTH
from models.engine.model import model
from models.engine.outcome import YearOutcome
from models.engine.result import Result
from models.tables.assumptions import Assumptions
from models.tables.catalogue_columns import SIDES
from models.tables.levers import Lever

SCREEN = 1_000  # draws on which combinations are screened
MOST = 250_000  # combinations; beyond, the levers that matter least stay at today
NEAR = 6  # screened packages run in full at each price of health

ANY = Conditions()
Levels = dict[str, float]  # lever -> level in its unit; a lever that is not named stands at today
Price = Callable[[YearOutcome], np.ndarray]  # money that a perspective counts, EUR a year, (draws,)


def ladder(lever: Lever, outside_research: bool = False) -> list[float]:
    """Levels beside today that the search tries, nearest first; none for a what-if.

    The end of the trial range in the direction of the policy, rounded to a step of the slider,
    towards today; without a trial range the strongest level. `outside_research` adds the strongest
    level of every lever, what-ifs included.
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


class Screen:
    """Mean cost and health of every combination, from single levers and pairs on fewer draws.

    `moves` are the (lever, level) pairs tried, `on` tells which move is made in which combination,
    shape (combinations, moves); `cost` is EUR a year and `health` QALYs a year gained, both
    against today and of shape (combinations,). `left_out` names levers that were dropped because
    there were too many combinations, `runs` how often the model was run.
    """

    def __init__(
        self,
        result: Result,
        price: Price,
        value: float,
        outside_research: bool,
        progress: Callable[[float], None],
        conditions: Conditions = ANY,
    ):
        """`value` is EUR a QALY: it only decides which levers are dropped first.

        Only combinations that meet the `conditions`, as far as estimates tell, are kept.
        """
        self.held, limits = dict(conditions.held), conditions.limits(result)
        self.options = replace(result.options, draws=min(SCREEN, result.options.draws))
        m = model(result.model.assumptions, Assumptions.default(), self.options)
        now, self.runs = price(m.base).mean(), 0
        before = {name: paid(m.base, name).mean() for name in limits}

        def effect(levels: Levels) -> np.ndarray:
            """Cost and health against today, and the extra cost of each payer with a limit."""
            state = m.steady({**self.held, **levels}, result.levers, self.options.overlap)
            self.runs += 1
            gained = (m.base.health[HEALTH] - state.health[HEALTH]).mean()
            more = (paid(state, name).mean() - before[name] for name in limits)
            return np.array([price(state).mean() - now, gained, *more])

        fixed = {*self.held, *conditions.without}
        ladders = {
            name: ladder(lever, outside_research)
            for name, lever in result.levers.items()
            if name not in fixed
        }
        ladders = {name: steps for name, steps in ladders.items() if steps}
        start = effect({})
        self.moves = [(name, level) for name, steps in ladders.items() for level in steps]
        alone = np.array([effect(dict([move])) - start for move in self.moves])
        alone = alone.reshape(len(self.moves), len(start))
        self.left_out: list[str] = []
        while np.prod([len(steps) + 1 for steps in ladders.values()]) > MOST:
            size = {
                name: max(
                    np.abs(alone[i, :2]) @ (1, value)
                    for i, move in enumerate(self.moves)
                    if move[0] == name
                )
                for name in ladders
            }
            least = min(set(size) - set(conditions.must), key=size.__getitem__)
            self.left_out.append(least)
            del ladders[least]
        remaining = [i for i, move in enumerate(self.moves) if move[0] in ladders]
        self.moves, alone = [self.moves[i] for i in remaining], alone[remaining]
        self.ladders = ladders
        together = np.zeros((len(self.moves), len(self.moves), len(start)))
        pairs = [p for p in combinations(range(len(self.moves)), 2)
                 if self.moves[p[0]][0] != self.moves[p[1]][0]]  # fmt: skip
        for done, (i, j) in enumerate(pairs, 1):
            both = effect(dict([self.moves[i], self.moves[j]]))
            together[i, j] = both - start - alone[i] - alone[j]
            progress(done / len(pairs))
        self.on = self._combinations(result)
        self.cost, self.health, *more = (
            start[k] + self.on @ alone[:, k] + ((self.on @ together[:, :, k]) * self.on).sum(axis=1)
            for k in range(len(start))
        )
        met = self._met(conditions.must, dict(zip(limits, more, strict=True)), limits)
        self._keep(met)

    def _combinations(self, result: Result) -> np.ndarray:
        """Which move is made in which combination, (combinations, moves).

        Combinations that lever_conflicts.csv rules out are not among them.
        """
        sizes = [len(steps) + 1 for steps in self.ladders.values()]
        if not sizes:
            return np.zeros((1, 0))
        step = np.stack(np.unravel_index(np.arange(np.prod(sizes)), sizes), axis=1)
        on = np.zeros((len(step), len(self.moves)))
        column = 0
        for i, steps in enumerate(self.ladders.values()):
            for k in range(len(steps)):
                on[:, column] = step[:, i] == k + 1
                column += 1
        conflict = np.zeros(len(step), dtype=bool)
        for row in result.catalogue["lever_conflicts"]:
            first, second = (self._side(on, result, row[name]) for name in ("lever", "other"))
            conflict |= (first == SIDES[row["side"]]) & (second == SIDES[row["other_side"]])
        return on[~conflict]

    def _met(self, must: tuple[str, ...], more: dict, limits: dict) -> dict[str, np.ndarray]:
        """Condition in words -> which combinations meet it, by the estimates."""
        met = {}
        for name in must:
            columns = [i for i, move in enumerate(self.moves) if move[0] == name]
            inside = self.on[:, columns].any(axis=1) | (name in self.held)
            met[f"{name} in it"] = inside
        return met | {
            f"{name} at most {limit:,.0f} EUR more": more[name] <= limit + SLACK
            for name, limit in limits.items()
        }

    def _keep(self, met: dict[str, np.ndarray]) -> None:
        """Drop combinations that do not meet every condition; UsageError where none is left."""
        if not met:
            return
        allowed = np.logical_and.reduce(list(met.values()))
        if not allowed.any():
            raise relaxing(met)
        self.on, self.cost, self.health = self.on[allowed], self.cost[allowed], self.health[allowed]

    def _side(self, on: np.ndarray, result: Result, lever: str) -> np.ndarray:
        """On which side of today a lever stands in every combination: -1, 0 or 1."""
        sides = [
            np.sign(level - result.levers[name].today) if name == lever else 0.0
            for name, level in self.moves
        ]
        level = self.held.get(lever)
        held = 0.0 if level is None else np.sign(level - result.levers[lever].today)
        return on @ np.array(sides) + held

    def levels(self, row: int) -> Levels:
        """The levels of a combination."""
        moved = zip(self.moves, self.on[row], strict=True)
        return self.held | {name: level for (name, level), made in moved if made}

    def promising(self, budget: float | None) -> list[int]:
        """Rows near the frontier at any price of health, and near the best for the budget."""
        rows = set(np.flatnonzero(~self.on.any(axis=1))[:1].tolist())  # today, or what is held
        corner = hull(self.cost, self.health)
        rise = np.diff(self.cost[corner]) / np.diff(self.health[corner])
        ends = [0.0, *rise, 2 * rise[-1] if len(rise) else 1.0]
        for low, high in zip(ends, ends[1:], strict=False):
            benefit = (low + high) / 2 * self.health - self.cost
            rows |= set(np.argsort(-benefit, kind="stable")[:NEAR].tolist())
        rows |= set(corner)
        if budget is not None:
            rows |= set(healthiest(self.cost, self.health, budget)[: 4 * NEAR])
        return sorted(rows)


def healthiest(cost: np.ndarray, health: np.ndarray, budget: float) -> list[int]:
    """Rows within a budget, most health first; of equal health the cheapest."""
    order = np.lexsort((cost, -np.round(health, 6)))
    return order[cost[order] <= budget].tolist()


def hull(cost: np.ndarray, health: np.ndarray) -> list[int]:
    """Rows that are best for some price of health from zero up, cheapest first.

    The cheapest (of those the healthiest), then each time the one whose extra health costs least.
    """
    order = np.lexsort((-health, cost))
    corner: list[int] = []
    for row in order:
        if corner and health[row] <= health[corner[-1]]:
            continue
        while len(corner) > 1:
            a, b = corner[-2], corner[-1]
            first = (cost[b] - cost[a]) * (health[row] - health[b])
            if first < (cost[row] - cost[b]) * (health[b] - health[a]):
                break
            corner.pop()
        corner.append(int(row))
    return corner
