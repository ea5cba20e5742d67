"""Backcast: the model run for earlier years, beside the totals published for them.

For each year there are two sets of inputs. `general` describes the country: people, work, all sick
leave, all disability benefits, wages, prices and the law; nothing about back pain. `counted` adds
the counts of absence and benefits for back pain. Those mostly come from the same studies as the
published totals, so that set only tests how the model turns a count into money. All other
assumptions are today's. Amounts are in euros of the year itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated

import numpy as np

from models.analysis.answer import Answer, about
from models.analysis.history.inputs import (
    GENERAL,
    SETS,
    TODAY,
    HistoricalInput,
    PublishedFigure,
    historical_inputs,
    published_figures,
    years,
)
from models.analysis.history.records import inflation
from models.caching import cached
from models.engine.record import INLINE, Named, Quantity, Record
from models.engine.result import Result
from models.engine.run import run, run_like
from models.errors import UsageError
from models.formulas.absence_curve import mean_weeks
from models.formulas.payers import add


@dataclass(frozen=True)
class AmountToday(Record):
    """Our answer and the published figure in prices of `price_year`; None for what is no money."""

    mean: float
    p2_5: float
    p97_5: float
    published: float
    price_year: int | None


@dataclass(frozen=True)
class BackcastRow(Record):
    """Our answer for a year beside what was published, EUR of that year or persons.

    `ratio` is our mean over the published figure; `verdict` says where our answer lies.
    """

    year: int
    set: str
    outcome: str
    ours: Annotated[Quantity, INLINE]
    published: float
    price_year: int | None
    today: AmountToday
    source: str
    provenance: str
    ratio: float
    verdict: str


@dataclass(frozen=True)
class Change(Record):
    """Change of the total between two years of publication, as a share of the earlier one."""

    first_year: Annotated[int, Named("from")]
    last_year: Annotated[int, Named("to")]
    set: str
    ours: Annotated[Quantity, INLINE]
    published: float
    verdict: str


@dataclass(frozen=True)
class Backcast(Answer):
    """Earlier years and the changes between them, as the model has them and as published."""

    rows: tuple[BackcastRow, ...]
    changes: tuple[Change, ...]


@cached(most=2)
def backcast(result: Result) -> Backcast:
    """The model's answer for each year and set of inputs beside what was published.

    `rows`: year, set, outcome, unit, mean, p2_5 and p97_5 of our answer, `published` with its
    source, `ratio` (our mean / published) and `verdict`: `inside` our interval, else `too_low` or
    `too_high`, which says where our answer lies; `today` has the amounts in prices of the model, by
    consumer prices. `changes`: the same for the change of the total from one year of publication
    to the next. Uses the assumptions, draws, seed and anchor of `result`; levers, valuation and
    presenteeism of it are left out of account, since the studies count no presenteeism and name
    their own valuation. Not counted: ageing, other use of care, and prices of care that moved
    otherwise than consumer prices.
    """
    human = run_like(result, {}, valuation="human_capital", presenteeism=False)
    rows, totals = [], {}
    for year in years():
        for name in SETS:
            answer = Year(human, year, name).outcomes()
            totals[name, year] = answer["total"]
            for figure in published_figures():
                if figure.year == year and figure.outcome in answer:
                    rows.append(_compared(figure, name, answer[figure.outcome], human.price_year))
    return Backcast(**about(human), rows=tuple(rows), changes=_changes(totals))


class Year:
    """A year as one set of inputs describes it."""

    def __init__(self, today: Result, year: int, name: str):
        self.today, self.year = today, year
        size, seed = today.options.draws, today.options.seed
        known = (GENERAL,) if name == GENERAL else SETS
        self.now = {r.quantity: r.draws(size, seed) for r in historical_inputs() if r.set == TODAY}
        self.inputs = {r.quantity: r for r in historical_inputs() if _holds(r, year, known)}
        self.then = {name: row.draws(size, seed) for name, row in self.inputs.items()}
        self.deflator = inflation(today.price_year, year)

    def outcomes(self) -> dict[str, np.ndarray]:
        """Outcome -> draws, EUR of the year or persons; those that these inputs allow."""
        parts = {
            "care": self.items("care") * self.relative("population") * self.deflator,
            "sick_leave": self.sick_leave(self.today, self.share_of_curve()),
            "disability": self.disability(),
        }
        outcomes = parts | {
            "work": parts["sick_leave"] + parts["disability"],
            "total": add(parts.values()),
        }
        if "friction_days" in self.inputs:
            outcomes["work_friction"] = self.sick_leave(self.under_friction(), 1.0)
        counted = {"spell_price": "absence_spells", "benefit_price": "back_benefits"}
        for name, count in counted.items():
            if count in self.then:
                part = "sick_leave" if name == "spell_price" else "disability"
                outcomes[name] = parts[part] / self.then[count]
        spells = self.spells()
        return outcomes if spells is None else outcomes | {"inflow": spells * self.still_absent()}

    def items(self, category: str) -> np.ndarray:
        """Today's cost of a category, EUR in prices of today."""
        items = self.today.catalogue.cost_items
        ledger = self.today.base.ledger
        return add(v for (item, _), v in ledger.items() if items[item]["category"] == category)

    def item(self, result: Result, name: str) -> np.ndarray:
        return add(v for (item, _), v in result.base.ledger.items() if item == name)

    def relative(self, *names: str) -> np.ndarray:
        """The product of some quantities, relative to today."""
        ratios = [self.then[name] / self.now[name] for name in names]
        return np.prod(ratios, axis=0)

    @property
    def hour(self) -> np.ndarray:
        """The price of an hour of that year, EUR in prices of today."""
        price_year = self.inputs["price_hour"].price_year
        if price_year is None:
            raise UsageError("inputs.csv: price_hour has no price year; fill in its price_year")
        return self.then["price_hour"] * inflation(price_year, self.today.price_year)

    def share_of_curve(self) -> np.ndarray:
        """Weeks absent within the years of continued wage of the time / those of today's curve."""
        curve = self.today.model.curve
        return mean_weeks(curve, self.then["wage_weeks"]) / mean_weeks(curve)

    def still_absent(self) -> np.ndarray:
        """Share of spells that reach the end of continued wage as the law then was."""
        return self.today.model.curve.at(int(self.inputs["wage_weeks"].base))

    def sick_leave(self, valued: Result, acute_share) -> np.ndarray:
        """Sick leave in EUR of the year: today's cost by the numbers and the wage of the year."""
        absence, p = self.today.model.today.absence, self.today.model.p
        acute = self.item(valued, "sick_leave_acute") * acute_share
        chronic = self.item(valued, "sick_leave_chronic")
        if "absence_spells" in self.then:  # all absence is in the count, that of the chronic too
            cost = acute / absence.spells * self.then["absence_spells"]
        elif "absence_days" in self.then:
            weeks = absence.spell_weeks * acute_share + absence.chronic_weeks
            cost = (acute + chronic) / weeks * self.then["absence_days"] / p["days_week"]
        else:
            cost = (acute + chronic) * self.relative("employee_years", "absence_rate")
        return cost * self.hour / p["price_hour"] * self.deflator

    def disability(self) -> np.ndarray:
        """Lost output of people on a benefit, EUR of the year; it follows the level of wages."""
        cost, p = self.item(self.today, "disability"), self.today.model.p
        level = self.hour / self.today.model.assumptions["price_hour"].base
        if "back_benefits" in self.then:
            return cost / p["sl_wia_stock"] * self.then["back_benefits"] * level * self.deflator
        return cost * self.relative("benefits_all") * level * self.deflator

    def spells(self) -> np.ndarray | None:
        """Spells of absence of the year; None where days were counted."""
        if "absence_days" in self.then:
            return None
        spells = self.today.model.today.absence.spells
        return self.then.get(
            "absence_spells", spells * self.relative("employee_years", "absence_rate")
        )

    def under_friction(self) -> Result:
        """Today under friction cost, with the friction period of the year."""
        row, used = self.inputs["friction_days"], self.today.model.assumptions
        options = {**vars(self.today.options), "valuation": "friction"}
        edited = used.with_values({"price_friction": (row.base, row.low, row.high)})
        return run(assumptions=edited, **options)


def _holds(row: HistoricalInput, year: int, known: Iterable[str]) -> bool:
    return row.year == year and row.set in known


def _compared(
    figure: PublishedFigure, inputs: str, draws: np.ndarray, price_year: int
) -> BackcastRow:
    """Our draws of a year beside its published figure."""
    ours = Quantity.of(draws, figure.unit)
    money = figure.exchange is not None
    now = inflation(figure.year, price_year) if money else 1.0
    return BackcastRow(
        year=figure.year,
        set=inputs,
        outcome=figure.outcome,
        ours=ours,
        published=figure.amount,
        price_year=figure.year if money else None,
        today=AmountToday(
            mean=ours.mean * now,
            p2_5=ours.p2_5 * now,
            p97_5=ours.p97_5 * now,
            published=figure.amount * now,
            price_year=price_year if money else None,
        ),
        source=figure.source,
        provenance=figure.provenance,
        ratio=ours.mean / figure.amount,
        verdict=verdict(ours, figure.amount),
    )


def verdict(ours: Quantity, published: float) -> str:
    """Where our 95% interval lies: the published figure `inside` it, or `too_low`, `too_high`."""
    if ours.p97_5 < published:
        return "too_low"
    return "too_high" if ours.p2_5 > published else "inside"


def _changes(totals: dict[tuple[str, int], np.ndarray]) -> tuple[Change, ...]:
    """The change of the total (draws by set and year) between years of publication."""
    published = {f.year: f.amount for f in published_figures() if f.outcome == "total"}
    rows = []
    for inputs in SETS:
        for first, last in pairwise(years()):
            ours = Quantity.of(totals[inputs, last] / totals[inputs, first] - 1, "share")
            change = published[last] / published[first] - 1
            rows.append(Change(first, last, inputs, ours, change, verdict(ours, change)))
    return tuple(rows)
