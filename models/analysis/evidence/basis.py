"""What today's cost rests on: published figures, our own estimates, or guesses.

Every amount is worked out from several numbers. Each number gets the part of the amount that it
moves: when it falls by 1% and the amount by e%, its weight is |e|, and the amount is divided by
weight over the kinds of evidence behind its numbers. This is a way of counting, not a measure of
error: a guess may be right, and a published figure has a range as well.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass

import numpy as np

from models.caching import cached
from models.engine.inputs import Parameters
from models.engine.model import Model
from models.engine.record import Interval, Record
from models.engine.result import Result
from models.tables.edits import READER, origin_of
from models.tables.rows import Assumption

STEP = 0.01  # of a number, downwards, so that no share passes 1
PUBLISHED, ESTIMATE, GUESS, UNEXPLAINED = "published", "estimate", "guess", "unexplained"
KINDS = (PUBLISHED, ESTIMATE, GUESS, READER, UNEXPLAINED)
OF_PROVENANCE = {
    "published": PUBLISHED,
    "article": ESTIMATE,
    "recalled": ESTIMATE,
    "derived": ESTIMATE,
    "expert_guess": GUESS,
    READER: READER,
}


@dataclass(frozen=True)
class ItemBasis(Record):
    """A cost item: its mean, EUR a year, and the share of it, 0 to 1, by kind of evidence.

    `published` was seen in a source. `estimate` was worked out by us, or is known from a
    newspaper or from memory only. `guess` has no source. `reader` was changed by the reader.
    `unexplained` is sick leave that the calibration adds to what the numbers give, so that the
    total or the sick leave meets a published one; nil under calibration by evidence.
    """

    item: str
    amount: float
    published: float
    estimate: float
    guess: float
    reader: float
    unexplained: float


@dataclass(frozen=True)
class Basis(Record):
    """Today's cost by kind of evidence: its total, EUR a year, of each item, and of the total."""

    total: Interval
    items: tuple[ItemBasis, ...]

    def share(self, kind: str) -> float:
        """The share of the total, 0 to 1, that rests on a kind of evidence."""
        whole = sum(row.amount for row in self.items)
        return sum(row.amount * getattr(row, kind) for row in self.items) / whole if whole else 0.0


@cached(most=1)
def basis(result: Result) -> Basis:
    """Today's cost by the evidence behind it, from the means over draws of all assumptions.

    Counted are the numbers with a range, and those without one that have a source; a number of
    ours without a range is a definition (five working days a week) and is left out, as is one
    that moves no amount today. An item with no number to count is an estimate.
    """
    model = result.model
    names = [name for name, row in model.assumptions.items() if _counts(row)]
    moved = _moved(model, names)
    amounts: dict[str, np.ndarray] = {}
    for (item, _), amount in result.base.ledger.items():
        amounts[item] = amounts.get(item, 0.0) + amount
    total = result.headline["base_case_total"]
    rows = {name: model.assumptions[name] for name in names}
    return Basis(
        Interval(total["mean"], total["p2_5"], total["p97_5"]),
        tuple(
            ItemBasis(item, float(amount.mean()), **_shares(moved[item], rows))
            for item, amount in amounts.items()
            if amount.mean() > 0
        ),
    )


def _counts(row: Assumption) -> bool:
    drawn = row.low != row.high
    return row.group != "context" and (drawn or origin_of(row).provenance != "derived")


def _moved(model: Model, names: list[str]) -> dict[str, np.ndarray]:
    """Cost items of today, EUR a year, (numbers + 2,): as they are, with no calibration factor,
    and with each number in turn lowered."""
    size = len(names) + 2
    values = {name: np.full(size, float(np.mean(draws))) for name, draws in model.p.items()}
    for place, name in enumerate(names, start=2):
        values[name][place] *= 1 - STEP
    twin = copy.copy(model)
    twin.p = Parameters(values)
    twin.factor = np.full(size, float(np.mean(model.factor)))
    twin.factor[1] = 1.0
    twin.settle()
    costs: dict[str, np.ndarray] = {}
    for (item, _), amount in twin.base.ledger.items():
        costs[item] = costs.get(item, 0.0) + np.broadcast_to(amount, size)
    return costs


def _shares(costs: np.ndarray, rows: dict[str, Assumption]) -> dict[str, float]:
    moved = 1 - costs[1:] / costs[0] if costs[0] > 0 else np.zeros(costs.size - 1)
    unexplained = max(0.0, float(moved[0]))
    weights = dict.fromkeys(KINDS, 0.0)
    for weight, row in zip(abs(moved[1:]), rows.values(), strict=True):
        weights[OF_PROVENANCE[origin_of(row).provenance]] += float(weight)
    whole = sum(weights.values())
    if whole == 0:
        weights[ESTIMATE] = whole = 1.0
    shares = {kind: (1 - unexplained) * weight / whole for kind, weight in weights.items()}
    return shares | {UNEXPLAINED: unexplained}
