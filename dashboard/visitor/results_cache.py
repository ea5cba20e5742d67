"""Results, and tables and charts made from them, for all visitors in one cache bounded in bytes.

An answer depends on its key alone: assumptions, options, levels, and which table or chart is asked
for. Visitors with equal assumptions share answers; visitors who ask for the same at the same time
wait for one calculation. When the cache is full, the answer used longest ago is removed. Answers
from edited assumptions are removed once the last visitor with those assumptions has left.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from operator import attrgetter
from sys import getsizeof
from threading import Condition
from typing import Any
from weakref import WeakSet

from cachetools import LRUCache, cached

import models
from dashboard.visitor.turns import TURNS
from models.analysis.uncertainty.swing import swings
from models.engine.model import Options

MAX_BYTES = 400 * 2**20  # room for some 40 results at the usual number of draws, 8 at the largest
NUMBER = 8  # bytes of one draw

# Costly tables of a result, by name; `arguments` in the key holds the arguments of the table.
TABLES: dict[str, Callable] = {
    "budget": lambda result: (
        result.budget(),
        result.budget_sum(),
        result.budget_so_far(),
        result.break_even_year,
    ),
    "budget_programme": lambda result: result.budget_programme(),
    "budget_by_perspective": lambda result: result.budget_by_perspective(),
    "attribution": models.attribute,
    "targets": models.targets,
    "verdicts": models.verdicts,
    "swings": lambda result: swings(result.model.assumptions, result.levels, result.options),
    "variance_shares": models.variance_shares,
    "tornado": models.tornado,
    "knowing": models.value_of_information,
    "decision": models.decide,
    "frontier": models.frontier,
    "rank": models.rank,
    "sheet": models.sheet,
    "breakeven": lambda result, lever, parameter: models.breakeven(
        lever, parameter, result.levels, None, result.model.assumptions, **vars(result.options)
    ),
}


@dataclass(frozen=True)
class Key:
    """Everything that an answer depends on."""

    assumptions: models.Assumptions
    options: Options
    levels: tuple[tuple[str, float], ...]
    name: str = "result"
    arguments: tuple[Hashable, ...] = ()


@dataclass(frozen=True, eq=False)
class Answer:
    """A cached value, and about how many bytes it takes."""

    value: Any
    bytes: int


@dataclass(frozen=True, eq=False)
class Holder:
    """Marks that a visitor uses these assumptions; stored in the session, and removed with it."""

    assumptions: models.Assumptions

    def __post_init__(self) -> None:
        _HOLDERS.add(self)


class Answers(LRUCache):
    """The cache: removes the answer used longest ago; only used under the lock of `work_out`."""

    def __init__(self, most: int = MAX_BYTES):
        super().__init__(most, getsizeof=attrgetter("bytes"))

    def __setitem__(self, key: Key, answer: Answer) -> None:
        self._let_go_of_the_departed(key.assumptions)
        super().__setitem__(key, answer)

    def popitem(self) -> tuple[Key, Answer]:
        key, answer = super().popitem()
        self._forget_draws(key.assumptions)
        return key, answer

    def _let_go_of_the_departed(self, wanted: models.Assumptions) -> None:
        held = {models.load_assumptions(), wanted, *(h.assumptions for h in list(_HOLDERS))}
        for key in [key for key in self if key.assumptions not in held]:
            del self[key]
            self._forget_draws(key.assumptions)

    def _forget_draws(self, used: models.Assumptions) -> None:
        """Drop the draws kept on edited assumptions, once no answer made from them is left."""
        if used is not models.load_assumptions():
            if not any(key.assumptions is used for key in self):
                used.memory.clear()


_HOLDERS: WeakSet[Holder] = WeakSet()
ANSWERS = Answers()


@cached(ANSWERS, key=lambda key, make: key, condition=Condition())
def work_out(key: Key, make: Callable[[], Any]) -> Answer:
    """The answer to a key: from the cache, else made by `make` and stored."""
    value = make()
    return Answer(value, _bytes(value))


def _bytes(value: Any) -> int:
    """Estimated bytes of an answer: of a result its draws, of a table everything it refers to."""
    if not isinstance(value, models.Result):
        return _hanging(value, set())
    base = value.base
    arrays = len(value.model.p) + 3 * (len(base.ledger) + len(base.health))
    arrays += value.options.years * (len(value.catalogue["payers"]) + 2)  # once they are asked for
    return NUMBER * value.options.draws * arrays


def _hanging(value: Any, seen: set[int]) -> int:
    """Bytes of a value and of everything it refers to, each object counted once."""
    if id(value) in seen:
        return 0
    seen.add(id(value))
    if hasattr(value, "to_plotly_json"):  # what stands behind a figure is the same for all figures
        value = value.to_plotly_json()
    size = getsizeof(value)
    if isinstance(value, Mapping):
        return size + sum(_hanging(part, seen) for pair in value.items() for part in pair)
    if isinstance(value, tuple | list | set | frozenset):
        return size + sum(_hanging(part, seen) for part in value)
    return size + sum(_hanging(part, seen) for part in getattr(value, "__dict__", {}).values())


def result_of(
    assumptions: models.Assumptions, options: Options, levels: Mapping[str, float]
) -> models.Result:
    """The result of these levels and options."""
    usual = Options()
    as_usual = (options.draws, options.seed) == (usual.draws, usual.seed)
    quick = as_usual and assumptions is models.load_assumptions()

    def make() -> models.Result:
        with nullcontext() if quick else TURNS.taken():
            return models.run(dict(levels), None, assumptions, **vars(options))

    return work_out(Key(assumptions, options, tuple(sorted(levels.items()))), make).value


def table_of(name: str, result: models.Result, *arguments: Hashable) -> Any:
    """One of TABLES for a result."""
    return made_of(name, result, lambda: TABLES[name](result, *arguments), *arguments)


def made_of(name: str, result: models.Result, make: Callable[[], Any], *arguments: Hashable) -> Any:
    """Anything else made from a result by `make`: cached under `name` and its `arguments`."""

    def in_turn() -> Any:
        with TURNS.taken():
            return make()

    levels = tuple(sorted(result.levels.items()))
    return work_out(
        Key(result.model.assumptions, result.options, levels, name, arguments), in_turn
    ).value
