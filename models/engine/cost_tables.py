"""The tables of a result: cost by item and payer, health and the absence curve, from draws."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import islice
from operator import itemgetter

import numpy as np
import pandas as pd

from models.caching import cached, cached_property
from models.engine.budget import IN_ROWS, BudgetImpact, sums
from models.engine.cash import work_transfers
from models.engine.outcome import YearOutcome
from models.engine.summary import (
    BUDGET,
    SCENARIOS,
    STATISTICS,
    STEADY,
    choose,
    rows,
    statistics_of,
)
from models.formulas import health as healthy
from models.formulas import lever_effects
from models.similar_names import named
from models.tables.catalogue_columns import PROGRAMME
from models.version import VERSION


class CostTables(BudgetImpact):
    """The part of a result that sums the draws of today and scenario into tables.

    `models.engine.result.Result` extends it with the headline, the perspectives and the
    calibration. Amounts are EUR a year in force, or nominal EUR of a year of the budget impact.
    """

    scenario: YearOutcome
    assumptions_hash: str
    scenario_id: str

    @property
    def price_year(self) -> int:
        """The year whose prices all amounts in force are in."""
        return int(self.model.p["price_base_year"].flat[0])

    def entries(self, view: str = STEADY, year: int | None = None, kind: str = "resource") -> dict:
        """(cost item, payer) -> draws of (base case, scenario), EUR a year.

        In force, or nominal in budget year 1, 2, ... `kind` is `resource` or `transfer`.
        """
        if view == STEADY:
            return self._pairs(None, self.base, self.scenario, kind)
        if year is None:
            raise ValueError("a year of the budget impact has a number: 1, 2, ...")
        number, base, scenario = next(islice(self._years(year), year - 1, None))
        return self._pairs(number, base, scenario, kind)

    def _pairs(
        self, year: int | None, base: YearOutcome, scenario: YearOutcome, kind: str = "resource"
    ) -> dict:
        growth = None if year is None else self.model.growth(year)
        if kind == "transfer":
            used = self.model.assumptions
            first, second = (work_transfers(used, state) for state in (base, scenario))
        else:
            first, second = base.ledger, scenario.ledger
        zero = np.zeros_like(self.base.total)
        pairs = {}
        for key in sorted(first.keys() | second.keys()):
            pair = first.get(key, zero), second.get(key, zero)
            if growth is not None and key[0] == PROGRAMME:
                payer = key[1]
                pair = (
                    base.programme_in(growth, payer, zero),
                    scenario.programme_in(growth, payer, zero),
                )
            elif growth is not None:
                index = growth[self.catalogue.cost_items[key[0]]["index"]]
                pair = pair[0] * index, pair[1] * index
            pairs[key] = pair
        return pairs

    def summary(
        self,
        scenario: str = "scenario",
        by: str = "cost_item",
        view: str = STEADY,
        year: int | None = None,
        kind: str = "resource",
    ) -> pd.DataFrame:
        """Mean and percentiles per cost item, category, payer or in total, EUR a year."""
        statistics = self.statistics(scenario, by, view, year, kind)
        frame = pd.DataFrame.from_dict(statistics, orient="index", columns=STATISTICS)
        return self.described(frame.rename_axis(by), nominal=year is not None)

    @cached(12)
    def statistics(
        self,
        scenario: str = "scenario",
        by: str = "cost_item",
        view: str = STEADY,
        year: int | None = None,
        kind: str = "resource",
    ) -> dict[str, dict[str, float]]:
        """The rows of `summary` by name, EUR a year; cached, so callers must not change it."""
        if (scenario, by, view, kind) == ("incremental", "payer", STEADY, "resource"):
            return statistics_of(self.payer_changes)
        chosen = _chosen(self.entries(view, year, kind), scenario)
        return statistics_of(sums(chosen, self._name(by)))

    @cached_property
    def payer_changes(self) -> dict[str, np.ndarray]:
        """Payer -> scenario less base case in force, EUR a year, (draws,)."""
        return sums(_chosen(self.entries(), "incremental"), self._name("payer"))

    def _name(self, by: str) -> Callable[[tuple[str, str]], str]:
        """What a (cost item, payer) is called in a table by `by`."""
        names: dict[str, Callable[[tuple[str, str]], str]] = {
            "cost_item": itemgetter(0),
            "category": lambda key: self.catalogue.cost_items[key[0]]["category"],
            "payer": itemgetter(1),
            "total": lambda key: "total",
        }
        return named(by, names, "grouping")

    @cached(4)
    def means(self, scenario: str = "scenario", by: str = "cost_item") -> dict[str, float]:
        """Mean per cost item, category or payer in force, and `total`, EUR a year; cached."""
        means: dict[str, float] = {}
        name = self._name(by)
        for key, pair in self.entries().items():
            means[name(key)] = means.get(name(key), 0.0) + float(choose(pair, scenario).mean())
        return means | {"total": sum(means.values())}

    def matrix(
        self, scenario: str = "scenario", kind: str = "resource", year: int | None = None
    ) -> pd.DataFrame:
        """Means of cost item (rows) by payer (columns), EUR a year, with totals.

        In force, or nominal in calendar year `year` of the budget impact.
        """
        if year is None:
            pairs = self.entries(kind=kind)
        else:
            pairs = self.entries(BUDGET, year - self.first_year + 1, kind)
        items, payers = (sorted({key[i] for key in pairs}) for i in (0, 1))
        cells = np.zeros((len(items) + 1, len(payers) + 1))
        for (item, payer), pair in pairs.items():
            mean = choose(pair, scenario).mean()
            cells[items.index(item), payers.index(payer)] = mean
        cells[-1] = cells.sum(axis=0)
        cells[:, -1] = cells.sum(axis=1)
        return self.described(pd.DataFrame(cells, [*items, "total"], [*payers, "total"]))

    @cached_property
    def table(self) -> pd.DataFrame:
        """The tidy table of every scenario, view, year, cost item and payer, with provenance."""
        parts = [self._cost_rows(None, self.base, self.scenario)]
        parts += [self._cost_rows(*year) for year in self._years(self.options.years)]
        health = self.health().assign(
            view=STEADY, year=None, cost_item="", payer="", kind="health"
        )[list(parts[0].columns)]
        frame = pd.concat([part.astype({"year": "Int64"}) for part in (*parts, health)])
        frame = frame.reset_index(drop=True).assign(
            valuation=self.options.valuation,
            price_year=self.price_year,
            draws=self.options.draws,
            seed=self.options.seed,
            anchor=self.options.anchor,
            model_version=VERSION,
            assumptions_hash=self.assumptions_hash,
            scenario_id=self.scenario_id,
        )
        return self.described(frame, IN_ROWS)

    def _cost_rows(self, year: int | None, base: YearOutcome, state: YearOutcome) -> pd.DataFrame:
        labels, arrays = [], []
        view, calendar = (STEADY, None) if year is None else (BUDGET, self.first_year + year - 1)
        for kind in ("resource", "transfer"):
            for (item, payer), pair in self._pairs(year, base, state, kind).items():
                label = {
                    "view": view, "year": calendar, "cost_item": item, "payer": payer,
                    "kind": kind, "measure": "cost", "unit": "EUR/year",
                }  # fmt: skip
                labels += [{"scenario": scenario, **label} for scenario in SCENARIOS]
                arrays += [choose(pair, scenario) for scenario in SCENARIOS]
        return rows(labels, arrays)

    def health(
        self,
        measures: tuple[str, ...] = tuple(healthy.MEASURES),
        scenarios: tuple[str, ...] = SCENARIOS,
    ) -> pd.DataFrame:
        """Health measures (all, or these) of base case, scenario and difference, in force."""
        labels, arrays = [], []
        for name in measures:
            unit = healthy.MEASURES[name]
            pair = self.base.health[name], self.scenario.health[name]
            for scenario in scenarios:
                labels.append({"scenario": scenario, "measure": name, "unit": unit})
                arrays.append(choose(pair, scenario))
        return self.described(rows(labels, arrays), IN_ROWS)

    @cached(2)
    def health_changes(self, measures: tuple[str, ...]) -> dict[str, dict[str, float]]:
        """Mean and percentiles of the change in these measures, in their units a year; cached."""
        before, after = self.base.health, self.scenario.health
        return statistics_of({name: after[name] - before[name] for name in measures})

    def sick_leave_curve(self) -> pd.DataFrame:
        """Share of spells still absent at each week known: base case and scenario, with range."""
        m = self.model
        overlap = self.options.overlap
        _, curve = lever_effects.apply(m.p, m.curve, self.levels, self.levers, overlap)
        labels, arrays = [], []
        for scenario, c in (("base_case", m.curve), ("scenario", curve)):
            labels += [{"scenario": scenario, "week": week, "unit": "share"} for week in c.weeks]
            arrays += list(c.shares)
        return self.described(rows(labels, arrays), "share", week="weeks")


def _chosen(pairs: Mapping, scenario: str) -> dict[tuple[str, str], np.ndarray]:
    return {key: choose(pair, scenario) for key, pair in pairs.items()}
