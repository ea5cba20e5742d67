"""Cross-model table: totals of other studies and countries beside ours, on one scale.

One price year and one currency: an amount is turned into euros by the purchasing power of the
year of the study, then brought to the price year of the model by Dutch consumer prices, and
divided by the people it is about. Studies count different things; each row says what.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from models.analysis.answer import Answer, about
from models.analysis.history.backcast import verdict
from models.analysis.history.inputs import PROVENANCE, TODAY, historical_inputs
from models.analysis.history.records import inflation, read_records
from models.caching import cached
from models.engine.record import Quantity, Record
from models.engine.result import Result
from models.engine.run import run_like
from models.errors import UsageError
from models.formulas.payers import add
from models.paths import DATA

COMPARED = (
    *("total", "care", "work_friction", "total_presenteeism", "work_presenteeism_friction"),
    *("saving_lever", "saving_lever_care"),
)
PER = ("inhabitant", "patient")


@dataclass(frozen=True)
class StudyFigure:
    """A row of history/cross_model.csv.

    `value` is in `currency`; `national_per_currency` turns that into the money of the country
    (1 where it is the same), `ppp` and `ppp_nl` are units of national and of Dutch money for an
    international dollar in the year of the prices; `persons` are those whom the value is about.
    """

    id: str
    country: str
    label_en: str
    label_nl: str
    compares_with: str
    lever: str
    level: float | None
    per: str
    year: int
    value: float
    currency: str
    national_per_currency: float
    ppp: float
    ppp_nl: float
    price_year: int
    persons: float
    source: str
    source_detail: str
    provenance: str
    definition_en: str
    definition_nl: str

    def each(self, price_year: int) -> float:
        """EUR a person a year in prices of `price_year`, Dutch purchasing power."""
        dutch = self.value * self.national_per_currency / self.ppp * self.ppp_nl
        return dutch * inflation(self.price_year, price_year) / self.persons


@lru_cache(maxsize=1)
def study_figures() -> tuple[StudyFigure, ...]:
    """The rows of data/history/cross_model.csv."""
    words = {"compares_with": COMPARED, "per": PER, "provenance": PROVENANCE}
    return read_records(DATA / "history" / "cross_model.csv", StudyFigure, words)


def inhabitants() -> float:
    """People in the country in the price year of the model (source `worldbank_population`)."""
    rows = historical_inputs()
    return next(r.base for r in rows if r.set == TODAY and r.quantity == "population")


def per_inhabitant(result: Result) -> Quantity:
    """Today's total per inhabitant of the country, EUR/inhabitant/year: mean and 95% interval.

    Everybody counts, with back pain or without (source `worldbank_population`).
    """
    return Quantity.of(result.base.total / inhabitants(), "EUR/inhabitant/year")


@dataclass(frozen=True)
class StudyRow(Record):
    """A figure of another study beside ours, EUR a person a year in prices of the model."""

    id: str
    country: str
    year: int
    per: str  # inhabitant or patient
    compares_with: str
    theirs: float
    ours: Quantity
    ratio: float  # our mean / theirs
    verdict: str
    source: str
    provenance: str


@dataclass(frozen=True)
class CrossModel(Answer):
    """Other studies and countries beside this model, on one scale."""

    rows: tuple[StudyRow, ...]


@cached(most=2)
def cross_model(result: Result) -> CrossModel:
    """Each figure of another study per person beside ours, EUR in prices of the model.

    `rows`: id, country, year, `per`, `theirs`, `ours` (mean and 95% interval), `ratio` (ours /
    theirs), `verdict` as in `backcast`, source and provenance. A saving is positive. Uses the
    assumptions, draws, seed and anchor of `result`, each row with the valuation it compares with.
    Not counted: differences between countries in age, work and price of care.
    """
    rows = []
    for figure in study_figures():
        people = inhabitants() if figure.per == "inhabitant" else result.model.groups.acute
        ours = Quantity.of(_ours(result, figure) / people, f"EUR/{figure.per}/year")
        theirs = figure.each(result.price_year)
        rows.append(
            StudyRow(
                id=figure.id,
                country=figure.country,
                year=figure.year,
                per=figure.per,
                compares_with=figure.compares_with,
                theirs=theirs,
                ours=ours,
                ratio=ours.mean / theirs,
                verdict=verdict(ours, theirs),
                source=figure.source,
                provenance=figure.provenance,
            )
        )
    return CrossModel(**about(result), rows=tuple(rows))


def _ours(result: Result, figure: StudyFigure) -> np.ndarray:
    """Our draws of what the figure is about, EUR a year for the country."""
    if figure.lever:
        if figure.level is None:
            raise UsageError(f"cross_model.csv: {figure.lever} has no level; fill in its level")
        pushed = run_like(result, {figure.lever: figure.level}, valuation="human_capital")
        category = "care" if figure.compares_with.endswith("_care") else ""
        return _sum(pushed, category, "base") - _sum(pushed, category, "scenario")
    valuation = "friction" if figure.compares_with.endswith("friction") else "human_capital"
    presenteeism = "presenteeism" in figure.compares_with
    today = run_like(result, {}, valuation=valuation, presenteeism=presenteeism)
    category = figure.compares_with.partition("_")[0]
    return _sum(today, "" if category == "total" else category, "base")


def _sum(result: Result, category: str, state: str) -> np.ndarray:
    """Cost of a category, or of all items where it is empty; a programme is care."""
    items = result.catalogue.cost_items
    ledger = getattr(result, state).ledger
    return add(
        amount for (item, _), amount in ledger.items() if category in ("", items[item]["category"])
    )
