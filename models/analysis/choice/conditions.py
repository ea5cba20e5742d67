"""Conditions that a package must meet: fixed levels, levers in and out, and limits per payer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from models.engine.outcome import YearOutcome
from models.engine.record import Record
from models.engine.result import Result
from models.errors import UsageError, shown
from models.formulas.payers import add
from models.similar_names import nearest
from models.tables.levers import check_levels

CENT = 0.005  # EUR a year: less than half a cent is rounding
SLACK = 2e6  # EUR a year of room that estimates get; full runs must meet the limit itself


class Impossible(UsageError):
    """Conditions that no package meets; `names`: the payers or levers to look at."""

    def __init__(self, text: str, names: Sequence[str]) -> None:
        super().__init__(text)
        self.names = tuple(names)


@dataclass(frozen=True)
class Conditions(Record):
    """What every package of a search must meet; without conditions nothing is asked.

    `held`: (lever, level) pairs that are in every package, also in the one with nothing else.
    `must`: levers that must be moved. `without`: levers that stay at today. `payers`: (payer, EUR a
    year) how much more than today it may bear, in force; below 0: how much less it must bear.
    `worse_off`: the same limit for every payer that is not named.
    """

    held: tuple[tuple[str, float], ...] = ()
    must: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    payers: tuple[tuple[str, float], ...] = ()
    worse_off: float | None = None

    def check(self, result: Result) -> None:
        """UsageError for a name that is unknown, and for conditions that contradict each other."""
        check_levels(dict(self.held), result.levers)
        for kind, names, known in (
            ("lever", (*self.must, *self.without), result.levers),
            ("payer", tuple(name for name, _ in self.payers), payers_of(result)),
        ):
            for name in names:
                if name not in known:
                    near = ", ".join(nearest(name, known)) or ", ".join(known)
                    raise UsageError(f"unknown {kind} {shown(name)!r}; nearest: {near}")
        both = sorted({*self.must, *dict(self.held)} & set(self.without))
        if both:
            text = f"{', '.join(both)}: asked for and ruled out; leave one of the two"
            raise Impossible(text, both)

    def limits(self, result: Result) -> dict[str, float]:
        """How much more each payer may bear, EUR a year, by payer."""
        every = {} if self.worse_off is None else dict.fromkeys(payers_of(result), self.worse_off)
        return every | dict(self.payers)


def payers_of(result: Result) -> tuple[str, ...]:
    """The payers of the ledger, in the order of the table."""
    return tuple(row["id"] for row in result.catalogue["payers"])


def paid(state: YearOutcome, payer: str) -> np.ndarray:
    """What a payer bears, EUR a year, (draws,)."""
    amounts = [amount for (_, whose), amount in state.ledger.items() if whose == payer]
    return add(amounts) if amounts else np.zeros(1)


def relaxing(met: Mapping[str, np.ndarray]) -> Impossible:
    """Which conditions to relax, where no package meets all: `met` has (packages,) for each."""
    helps = []
    for name in met:
        others = [rows for other, rows in met.items() if other != name]
        if not others or np.logical_and.reduce(others).any():
            helps.append(name)
    text = " or ".join(helps) if helps else "more than one of " + ", ".join(met)
    text = f"no package meets all conditions; relax {text}"
    names = [name.split(" at most ")[0].removesuffix(" in it") for name in helps or met]
    return Impossible(text, names)
