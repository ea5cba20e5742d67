"""Which assumptions make two sides choose differently, and what it is worth to settle them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

from models.analysis.choice.options import uncertain
from models.analysis.choice.shapley import EXACT
from models.analysis.evidence.sides import Side
from models.analysis.uncertainty.worth import Worth, evppi
from models.engine.record import Record

LOOKED_AT = 24  # rows tried one by one where there are many, those with the largest shares
IN_PAIRS = 8  # of these, how many are also tried in twos and threes


@dataclass(frozen=True)
class KnowledgeWorth(Record):
    """Worth of knowing the dividing rows exactly to one side, within its own ranges, EUR a year."""

    evppi: float
    standard_error: float


@dataclass(frozen=True)
class Settling(Record):
    """What research on the dividing rows is worth for this choice, EUR a year in force.

    `settled`: the gain of someone who gives each side a chance of one half, from learning which
    side is right about these rows: half the smaller of the two losses of choosing wrongly.
    `everything`: the same for all rows in which the sides differ.
    `a` and `b`: the worth of knowing these rows exactly to each side by itself.
    """

    settled: float
    everything: float
    a: KnowledgeWorth
    b: KnowledgeWorth


def smallest(
    names: Sequence[str], advantage: Callable[[Sequence[str]], float]
) -> tuple[tuple[str, ...], bool]:
    """The smallest set of rows that, taken over from the other side, changes the choice of a side.

    Also whether it is proven that no smaller set does. `advantage` gives, for a set of rows taken
    over, the mean net benefit of the other side's choice over one's own, EUR a year; the choice
    changes where it is above 0. Up to EXACT rows every set is tried. Beyond that single rows in the
    order of `names`, then twos and threes of those with the largest effect, then rows added in the
    order of their effect alone, leaving out again those not needed: perhaps not the smallest set.
    """
    if len(names) <= EXACT:
        for size in range(1, len(names) + 1):
            turning = [some for some in combinations(names, size) if advantage(some) > 0]
            if turning:
                return max(turning, key=advantage), True
        return tuple(names), True
    alone = {name: advantage((name,)) for name in names[:LOOKED_AT]}
    best = sorted(alone, key=lambda name: -alone[name])
    if alone[best[0]] > 0:
        return (best[0],), True
    for size in (2, 3):
        for some in combinations(best[:IN_PAIRS], size):
            if advantage(some) > 0:
                return some, False
    order = [*best, *(name for name in names if name not in alone)]
    chosen: list[str] = []
    for name in order:
        chosen.append(name)
        if advantage(chosen) > 0:
            break
    for name in list(chosen):
        fewer = [other for other in chosen if other != name]
        if fewer and advantage(fewer) > 0:
            chosen = fewer
    return tuple(chosen), False


def settling(
    a: Side, b: Side, dividing: Sequence[str], turned: float, choices: tuple[str, str]
) -> Settling:
    """What research is worth where `a` and `b` would choose otherwise.

    `dividing` are the rows that turn `a`; `turned` is the mean net benefit of the second choice
    over the first once `a` has taken them over.
    """
    own = a.advantage(*choices)
    return Settling(
        settled=half_smaller(own, turned),
        everything=half_smaller(own, b.advantage(*choices)),
        a=KnowledgeWorth(*_knowing(a, dividing)),
        b=KnowledgeWorth(*_knowing(b, dividing)),
    )


def half_smaller(first: float, second: float) -> float:
    """Worth of learning which of two equally likely views holds, EUR a year.

    `first` and `second` are the advantage of one option over the other in each view. Knowing the
    view brings (max(first, 0) + max(second, 0)) / 2, not knowing it max((first + second) / 2, 0):
    nothing where both views choose alike, else half the smaller of the two losses.
    """
    knowing = (max(first, 0.0) + max(second, 0.0)) / 2
    return knowing - max((first + second) / 2, 0.0)


def _knowing(side: Side, rows: Sequence[str]) -> Worth:
    """Worth to a side of knowing these rows exactly; 0 where it has no range around them."""
    drawn = uncertain(side.result())
    doubted = {name: drawn[name] for name in rows if name in drawn}
    return evppi(side.benefit(side.offered()), doubted) if doubted else Worth(0.0, 0.0)
