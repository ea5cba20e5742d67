"""What a package costs and saves year by year: the budget impact of a result.

Two views that never mix: nominal and undiscounted, for a budget holder; at constant prices and
discounted, for the guideline.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache, partial
from itertools import accumulate

import numpy as np
import pandas as pd

from models.caching import cached_property
from models.engine.by_year import schedule
from models.engine.cash import Cash
from models.engine.model import Model, model
from models.engine.options import MAX_YEARS, Options
from models.engine.outcome import YearOutcome
from models.engine.summary import rows
from models.formulas import health as healthy
from models.formulas.payers import add
from models.tables.assumptions import Assumptions
from models.tables.catalogue import Catalogue
from models.tables.catalogue_columns import PROGRAMME
from models.tables.levers import Lever

NOMINAL, CONSTANT = "nominal", "constant_prices"
VIEWS = (NOMINAL, CONSTANT)  # nominal: growth, no discounting; constant: discounting, no growth
QALY = "qaly_loss"
IN_YEARS = (QALY, "sick_days")  # measures of health shown by year
SETTLED = 1e-3  # share of the effect in force; five years this close to it count as settled
FEW = 200  # draws used to find in which year the effect in force is reached
LONG_RUN = 100  # years searched for 90% of the effect in force
IN_ROWS = "column unit"  # the unit differs by row and stands in that column


def seen_from(
    perspective: Mapping[str, str], catalogue: Catalogue, ledger: dict, flows: Callable[[], dict]
) -> list:
    """The amounts that a row of perspectives.csv adds up, EUR a year, a list of arrays (draws,).

    They come from the resource `ledger`, (cost item, payer) -> draws, or from the cash flows,
    (flow, payer) -> draws, where the column `cash` of the row names payers. `flows` returns those
    cash flows; it is only called where they are needed.
    """
    payers, kinds, money = (
        set(perspective[name].replace("+", " ").split())
        for name in ("payers", "categories", "cash")
    )
    if money:
        return [amount for (_, payer), amount in flows().items() if payer in money]
    return [
        amount
        for (item, payer), amount in ledger.items()
        if payers & {"*", payer} and kinds & {"*", catalogue.cost_items[item]["category"]}
    ]


def sums(draws: Mapping, name: Callable) -> dict[str, np.ndarray]:
    """Draws by (cost item, payer), added up over all keys to which `name` gives the same name."""
    sums: dict[str, np.ndarray] = {}
    for key, amount in draws.items():
        sums[name(key)] = sums[name(key)] + amount if name(key) in sums else amount
    return sums


class BudgetImpact:
    """The part of a result by calendar year; `Result` adds the figures in force.

    `incremental` is scenario less base case in force, EUR a year, (draws,).
    """

    model: Model
    options: Options
    base: YearOutcome
    levels: dict[str, float]
    levers: dict[str, Lever]
    catalogue: Catalogue
    incremental: np.ndarray
    cash: Cash
    described: Callable[..., pd.DataFrame]

    @property
    def first_year(self) -> int:
        """The calendar year of budget year 1."""
        return int(self.model.p["first_year"].flat[0])

    def _years(self, years: int):
        """(year 1, 2, ..., base case, scenario), an iterator, to hold one year in memory."""
        overlap = self.options.overlap
        pairs = self.model.years_beside_today(self.levels, self.levers, overlap, years)
        return ((year, *pair) for year, pair in enumerate(pairs, 1))

    def _changes(
        self, year: int, base: YearOutcome, state: YearOutcome
    ) -> dict[tuple[str, str], dict[str, np.ndarray]]:
        """(cost item, payer) -> view -> scenario less base case in this year, EUR, (draws,)."""
        growth, parts = self.model.growth(year), {}
        for key, amount in state.ledger.items():
            change = amount - base.ledger[key]
            if key[0] == PROGRAMME:
                nominal = state.programme_in(growth, key[1], change)
            else:
                nominal = change * growth[self.catalogue.cost_items[key[0]]["index"]]
            parts[key] = {NOMINAL: nominal, CONSTANT: change}
        return parts

    @cached_property
    def _years_drawn(self) -> tuple[dict[tuple[str, int, str], np.ndarray], list[float], dict]:
        """Three things about the years: draws of cost, nominal mean cost, and draws of health.

        First (view, year 1, 2, ..., payer) -> incremental cost in EUR, (draws,), for the years
        shown; `payer` is also `total`, and `programme`, which the payers include already. Then
        the mean nominal incremental cost of each year, EUR: of the years shown and, up to the
        tenth, of later ones as long as no year has brought the cumulative cost to 0 or below.
        Last (measure, year) -> change in health, (draws,), for the years shown.
        """
        shown = self.options.years
        draws: dict[tuple[str, int, str], np.ndarray] = {}
        means: list[float] = []
        health: dict[tuple[str, int], np.ndarray] = {}
        for year, base, state in self._years(MAX_YEARS if self.levels else shown):
            if year > shown and min(accumulate(means)) <= 0:
                break
            changes = self._changes(year, base, state)
            if year > shown:
                means.append(sum(float(np.mean(views[NOMINAL])) for views in changes.values()))
                continue
            for view in VIEWS:
                by_payer = sums(
                    {key: views[view] for key, views in changes.items()}, lambda key: key[1]
                )
                by_payer["total"] = add(by_payer.values())
                by_payer[PROGRAMME] = add(
                    views[view] for (item, _), views in changes.items() if item == PROGRAMME
                )
                draws |= {(view, year, payer): amount for payer, amount in by_payer.items()}
            means.append(float(draws[NOMINAL, year, "total"].mean()))
            for name in IN_YEARS:
                health[name, year] = state.health[name] - base.health[name]
        return draws, means, health

    @cached_property
    def discounts(self) -> dict[int, np.ndarray]:
        """Year 1, 2, ... -> discount factor that a cost is divided by, (draws,); 1 in year 1."""
        rate = 1 + self.model.p["mac_disc_cost"]
        return {year: rate ** (year - 1) for year in range(1, self.options.years + 1)}

    def _in_view(self, view: str, year: int, amount: np.ndarray) -> np.ndarray:
        """The amount of a year discounted in the view of constant prices; unchanged if nominal."""
        return amount / self.discounts[year] if view == CONSTANT else amount

    def _budget_rows(self, drawn: dict, by: str) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Two frames with statistics: each year (EUR a year), and the sum of the years (EUR).

        `drawn` has draws by (view, year 1, 2, ..., name); `by` is the column for the name.
        """
        labels, arrays = [], []
        sums: dict[tuple[str, str], np.ndarray] = {}
        for (view, year, name), amount in drawn.items():
            shown = self._in_view(view, year, amount)
            label = {"view": view, "discounted": view == CONSTANT, by: name}
            labels.append({"year": self.first_year + year - 1, **label})
            arrays.append(shown)
            sums[view, name] = sums[view, name] + shown if (view, name) in sums else shown
        added = [{"view": v, "discounted": v == CONSTANT, by: name} for v, name in sums]
        return (
            self.described(rows(labels, arrays), nominal=True),
            self.described(rows(added, list(sums.values())), "EUR", nominal=True),
        )

    @cached_property
    def _budget(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        drawn = self._years_drawn[0]
        payers = {key: amount for key, amount in drawn.items() if key[2] != PROGRAMME}
        return self._budget_rows(payers, "payer")

    def budget(self) -> pd.DataFrame:
        """Incremental cost by calendar year and payer, EUR, in two views that never mix.

        `nominal`: with growth of prices, wages and the number of patients, not discounted, as a
        budget holder asks. `constant_prices`: at the prices and for the people of the price year,
        discounted (`discounted` is True there; the first year is not), as the guideline asks.
        `payer` is also `total`, to which the payers add up.
        """
        return self._budget[0]

    def values_by_year(self) -> list[dict]:
        """The assumptions that have other values by year, with those values; see `schedule`."""
        return schedule(self.model, self.options.years)

    def budget_sum(self) -> pd.DataFrame:
        """The years of `budget` added up per payer and view, EUR."""
        return self._budget[1]

    def budget_programme(self) -> pd.DataFrame:
        """Cost of the programmes by calendar year, EUR; the payers of `budget` hold it already."""
        drawn = {key: amount for key, amount in self._years_drawn[0].items() if key[2] == PROGRAMME}
        return self._budget_rows(drawn, "cost_item")[0]

    def budget_constant_prices(self) -> pd.DataFrame:
        """As the view `constant_prices` of `budget`, before discounting, EUR of the price year."""
        labels, arrays = [], []
        for (view, year, payer), amount in self._years_drawn[0].items():
            if view == CONSTANT and payer != PROGRAMME:
                labels.append({"year": self.first_year + year - 1, "payer": payer})
                arrays.append(amount)
        return self.described(rows(labels, arrays))

    def budget_health(self) -> pd.DataFrame:
        """Change in QALY loss and in sick days by calendar year.

        QALYs as they are and discounted at `mac_disc_effect`; the first year is not.
        """
        rate = 1 + self.model.p["mac_disc_effect"]
        labels, arrays = [], []
        for (name, year), change in self._years_drawn[2].items():
            for discounted in (False, True) if name == QALY else (False,):
                labels.append({
                    "year": self.first_year + year - 1, "measure": name,
                    "unit": healthy.MEASURES[name], "discounted": discounted,
                })  # fmt: skip
                arrays.append(change / rate ** (year - 1) if discounted else change)
        return self.described(rows(labels, arrays), IN_ROWS)

    def budget_so_far(self) -> pd.DataFrame:
        """All payers together, added up from the first year to each calendar year, EUR."""
        labels, arrays = [], []
        for view in VIEWS:
            so_far = np.zeros_like(self.incremental)
            for year in range(1, self.options.years + 1):
                amount = self._years_drawn[0][view, year, "total"]
                so_far = so_far + self._in_view(view, year, amount)
                label = {"view": view, "discounted": view == CONSTANT}
                labels.append({"year": self.first_year + year - 1, **label})
                arrays.append(so_far)
        return rows(labels, arrays)

    def budget_by_perspective(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """As `budget` (EUR a year) and `budget_sum` (EUR), by perspective instead of payer.

        What each one counts, transfers included, and leaves out stands in perspectives.csv; they
        overlap and do not add up.
        """
        drawn: dict[tuple[str, int, str], np.ndarray] = {}
        for year, base, state in self._years(self.options.years):
            changes = self._changes(year, base, state)
            for view in VIEWS:
                ledger = {key: views[view] for key, views in changes.items()}
                flows = cache(partial(self.cash.changes_of, year, base, state, view == NOMINAL))
                for row in self.catalogue["perspectives"]:
                    parts = seen_from(row, self.catalogue, ledger, flows)
                    drawn[view, year, row["id"]] = add(parts)
        return self._budget_rows(drawn, "perspective")

    @cached_property
    def break_even_year(self) -> int | None:
        """First calendar year in which the mean nominal cost so far is at most 0, or None.

        None too when nothing is changed. Looked for within ten years, whatever the horizon shown.
        """
        if not self.levels:
            return None
        for year, so_far in enumerate(accumulate(self._years_drawn[1]), self.first_year):
            if so_far <= 0:
                return year
        return None

    @cached_property
    def years_to_force(self) -> int | None:
        """Years until the mean difference stays within 10% of the difference in force.

        None without levers, or where it is not within 10% after LONG_RUN years. From FEW draws,
        with every year at the values in force.
        """
        m, levels = self._few, self.levels
        if not levels:
            return None
        overlap = self.options.overlap
        goal = float(np.mean(m.steady(levels, self.levers, overlap).total - m.base.total))
        last, settled = None, 0  # settled: years in a row within SETTLED, levers at full effect
        ramp = max(self.levers[name].ramp_years for name in levels)
        for year, state in enumerate(m.years(levels, self.levers, overlap, LONG_RUN), 1):
            away = abs(float(np.mean(state.total - m.base.total)) - goal)
            last = (last or year) if away <= 0.1 * abs(goal) else None
            settled = settled + 1 if year >= ramp and away <= SETTLED * abs(goal) else 0
            if settled == 5:
                break
        return last

    @cached_property
    def _few(self) -> Model:
        """The model on the first FEW draws, without values by year; for `years_to_force`."""
        m, few = self.model, min(self.options.draws, FEW)
        options = replace(self.options, draws=few, calendar="none")
        return model(m.assumptions, Assumptions.default(), options)
