"""What a policy does to the total at every price of its programme, and where that is nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from models.analysis.choice.breakeven import PayingPrice, paying_price
from models.engine.record import Record
from models.engine.result import Result
from models.engine.run import run_like
from models.engine.summary import quantity

POINTS = 25  # prices on the line
AHEAD = 2.0  # the line ends at so many times the paying price, or the price in use if more


@dataclass(frozen=True)
class PayingLine(Record):
    """The difference that a policy makes to its package by price, EUR a year in force.

    `prices` are in the unit of `price`; `changes` has for each the mean, p2_5 and p97_5, below 0
    where the policy saves. `ends` are the 2.5% and 97.5% points of the price at which a draw costs
    and saves nothing; at or below 0 no price does it.
    """

    price: PayingPrice
    prices: tuple[float, ...]
    changes: tuple[Mapping[str, float], ...]
    ends: tuple[float, float]


def paying_line(result: Result, lever: str) -> PayingLine | None:
    """The line of a lever of this package; None without a programme with a price in EUR.

    With P the programme's cost and D the difference it makes, both by draw, the difference at price
    x is D + P (x / base - 1): another price has the same relative spread as the price in use. Not
    counted: that another price may change who takes part. Raises KeyError for a lever that the
    package does not move.
    """
    price = paying_price(result, lever)
    if price is None:
        return None
    without = run_like(result, {n: v for n, v in result.levels.items() if n != lever})
    programme = _programme(result) - _programme(without)
    difference = result.scenario.total - without.scenario.total
    prices = np.linspace(0.0, AHEAD * max(price.value or 0.0, price.base), POINTS)
    changes = [quantity(difference + programme * (x / price.base - 1)) for x in prices]
    positive = np.where(programme > 0, programme, np.nan)
    nil = price.base * (positive - difference) / positive
    low, high = np.nanpercentile(nil, (2.5, 97.5))
    return PayingLine(price, tuple(prices.tolist()), tuple(changes), (float(low), float(high)))


def _programme(result: Result) -> np.ndarray:
    """Cost of all programmes, EUR a year in force, (draws,)."""
    return np.sum(list(result.scenario.programme.values()) or [0.0], axis=0)
