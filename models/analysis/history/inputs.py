"""What was published about earlier years: inputs of the model then, and figures to compare with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from models.analysis.history.records import read_records
from models.formulas import draws as drawing
from models.formulas.distributions import fitted
from models.paths import DATA
from models.tables.cell_values import MAX_NUMBER

TODAY, GENERAL, COUNTED = "today", "general", "counted"
SETS = (GENERAL, COUNTED)
MONEY = ("total", "care", "work", "sick_leave", "disability", "work_friction")
PRICES = ("spell_price", "benefit_price")  # of one counted spell or benefit
OUTCOMES = (*MONEY, "inflow", *PRICES)
QUANTITIES = (
    *("population", "employee_years", "absence_rate", "benefits_all", "price_hour", "wage_weeks"),
    *("friction_days", "absence_spells", "absence_days", "back_benefits"),
)
PROVENANCE = ("article", "published", "recalled", "derived", "expert_guess")


@dataclass(frozen=True)
class HistoricalInput:
    """A row of history/inputs.csv: a number of a year with its range, in its own unit."""

    year: int
    set: str
    quantity: str
    base: float
    low: float
    high: float
    distribution: str
    unit: str
    price_year: int | None
    source: str
    source_detail: str
    provenance: str
    quality: str
    note_en: str
    note_nl: str

    support = (0.0, MAX_NUMBER)  # no input of history can be negative

    def draws(self, size: int, seed: int) -> np.ndarray:
        """Draws (size,), read-only, from the stream of this year and quantity; fixed ones: base."""
        return _drawn(self, size, seed)


@lru_cache(maxsize=64)
def _drawn(row: HistoricalInput, size: int, seed: int) -> np.ndarray:
    distribution = fitted(row)
    if distribution is None:
        values = np.full(size, row.base)
    else:
        stream = drawing.uniform(f"history/{row.year}/{row.quantity}", size, seed)
        values = distribution.at(stream)
    values.flags.writeable = False
    return values


@dataclass(frozen=True)
class PublishedFigure:
    """A row of history/published.csv; `exchange` is EUR a unit of `currency`."""

    year: int
    outcome: str
    label_en: str
    label_nl: str
    value: float
    currency: str
    exchange: float | None
    unit: str
    source: str
    source_detail: str
    provenance: str
    note_en: str
    note_nl: str

    @property
    def amount(self) -> float:
        """The figure in its unit: euros of the year for money, a count otherwise."""
        return self.value if self.exchange is None else self.value * self.exchange


@lru_cache(maxsize=1)
def historical_inputs() -> tuple[HistoricalInput, ...]:
    """The rows of data/history/inputs.csv."""
    words = {
        "set": (TODAY, *SETS),
        "quantity": QUANTITIES,
        "distribution": ("fixed", "gamma"),
        "provenance": PROVENANCE,
    }
    return read_records(DATA / "history" / "inputs.csv", HistoricalInput, words)


@lru_cache(maxsize=1)
def published_figures() -> tuple[PublishedFigure, ...]:
    """The rows of data/history/published.csv."""
    words = {"outcome": OUTCOMES, "currency": ("", "EUR", "USD"), "provenance": PROVENANCE}
    return read_records(DATA / "history" / "published.csv", PublishedFigure, words)


def years() -> list[int]:
    """The years that are backcast, ascending."""
    return sorted({row.year for row in historical_inputs() if row.set != TODAY})
