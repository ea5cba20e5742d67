"""The cash ledger of a run: money by flow and payer, and premiums; in force and by year.

Computed at first use. It shows who pays whom (premiums, benefits, taxes), beside the resource cost
of the headline, and is never added to it: most of it is transfers.

Long: the rules, the flows and the premiums of one ledger are read together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from models.caching import cached_property
from models.engine.model import Model
from models.engine.options import Options
from models.engine.outcome import YearOutcome
from models.engine.summary import BUDGET, SCENARIOS, STEADY, choose, quantity, rows
from models.formulas import cash
from models.formulas.cash import KINDS, LEDGER_PAYERS, TRANSFERS, Flows
from models.tables.assumptions import Assumptions
from models.tables.catalogue import Catalogue

LAW = "law"
ADULT, YEAR = "EUR/adult/year", "EUR/year"
MEASURES = {  # measure of the premium table -> its unit
    "premium_per_adult": ADULT,
    "average_deductible": ADULT,
    "employers_contribution": YEAR,
    "income_contribution": YEAR,
    "supplementary_premium": YEAR,
    "tax_lost": YEAR,
    "premium_lost": YEAR,
}
HOUSEHOLD = {  # what a household pays, in the parts that a sentence names
    "counter": ("deductible", "own_payment"),
    "premium": ("nominal_premium", "supplementary_premium", "income_contribution"),
    "income": (
        *("wage_missed", "wage_payment", "sickness_benefit", "disability_benefit", "tax_lost"),
    ),
}
Pairs = dict[tuple[str, str], tuple[np.ndarray, np.ndarray]]


@dataclass(frozen=True)
class Rules:
    """The legal rules that hold in one year, and the part of wages that benefits insure."""

    values: Mapping[str, float]  # rule -> value, in its unit of dated_rules.csv
    insured: np.ndarray  # share of wages below the maximum daily wage, (draws,)


def rules_in(
    catalogue: Catalogue, year: int, statuses: tuple[str, ...] = (LAW,)
) -> dict[str, Mapping[str, str]]:
    """Rule -> the row of dated_rules.csv that holds in a year: the last one before or in it.

    A rule that begins later holds from the start, as nothing older is known. Rows of another
    status (`law`, `plan`) than those named do not count.
    """
    known = [row for row in catalogue["dated_rules"] if row["status"] in statuses]
    known.sort(key=lambda row: float(row["year"]))
    rules: dict[str, Mapping[str, str]] = {}
    for row in known:
        if row["rule"] not in rules or float(row["year"]) <= year:
            rules[row["rule"]] = row
    return rules


def rules_of(assumptions: Assumptions, p: Mapping, year: int = 1) -> Rules:
    """The law of budget year 1, 2, ...; that of year 1 is also the law of "in force".

    `p` are the drawn parameters. The maximum daily wage is assumed to rise with wages after the
    year of its rule, so the insured share of wages is calculated once, for the rule's own year.
    """
    calendar = int(assumptions["first_year"].base) + year - 1
    rows = rules_in(assumptions.catalogue, calendar)
    maximum = rows["max_daily_wage"]
    passed = float(maximum["year"]) - p["price_base_year"]
    growth = (1 + p["mac_wage_growth"]) ** passed
    return Rules(
        {name: float(row["value"]) for name, row in rows.items()},
        cash.insured_share(p, float(maximum["value"]), growth),
    )


def work_flows(state: YearOutcome, rules: Rules) -> Flows:
    """Flows that follow absence, by (flow, payer), (draws,): EUR a year, prices of the price year.

    Wages paid on, benefits, and the contributions and taxes on them; formulas in
    models/formulas/cash.py.
    """
    leave = state.leave
    wages = cash.missed_wages(
        state.p, leave.spell_weeks, leave.first_year_weeks, leave.chronic_weeks, state.disability
    )
    return cash.work_flows(state.p, rules.values, wages, rules.insured)


def work_transfers(assumptions: Assumptions, state: YearOutcome) -> Flows:
    """Wages paid on and benefits, by (cost item, payer of the resource ledger), EUR a year."""
    transfers = work_flows(state, rules_of(assumptions, state.p))
    return {
        (flow, LEDGER_PAYERS[payer]): amount
        for (flow, payer), amount in transfers.items()
        if flow in TRANSFERS
    }


def flows(
    assumptions: Assumptions,
    state: YearOutcome,
    rules: Rules | None = None,
    ledger: Mapping | None = None,
    wages=None,
) -> Flows:
    """All flows of a state by (flow, payer), EUR a year, arrays (draws,).

    By default in force: the law of the first budget year, prices of the price year. For a budget
    year pass its `rules`, the resource `ledger` at the prices of that year, and `wages`, the wage
    index of that year (1 in the price year) by which flows of wages and benefits are multiplied.
    """
    rules = rules or rules_of(assumptions, state.p)
    amounts = work_flows(state, rules)
    if wages is not None:
        amounts = {key: amount * wages for key, amount in amounts.items()}
    items = assumptions.catalogue.cost_items
    return amounts | cash.care_flows(
        state.p,
        rules.values,
        state.ledger if ledger is None else ledger,
        lambda item: items[item]["category"] == "care",
    )


def premiums(p: Mapping, transfers: Flows) -> dict[str, np.ndarray]:
    """The measures of MEASURES from the flows of a state by (flow, payer), arrays (draws,).

    `p` are the parameters of the same year; units as in MEASURES.
    """
    zero = np.zeros_like(p["ins_premium_payers"])

    def amount(flow: str, payer: str) -> np.ndarray:
        return transfers.get((flow, payer), zero)

    employers = amount("income_contribution", "employer")
    return {
        "premium_per_adult": cash.per_adult(p, amount("nominal_premium", "household")),
        "average_deductible": cash.per_adult(p, amount("deductible", "household")),
        "employers_contribution": employers,
        "income_contribution": employers + amount("income_contribution", "household"),
        "supplementary_premium": amount("supplementary_premium", "household"),
        "tax_lost": amount("tax_lost", "state"),
        "premium_lost": amount("premium_lost", "uwv"),
    }


class Cash:
    """Money of base case, scenario and difference; by flow and payer, and as premiums.

    Amounts are EUR a year: in force at prices of the price year, by budget year nominal.
    """

    def __init__(
        self, m: Model, scenario: YearOutcome, levels: dict, levers: dict, options: Options
    ):
        self.model, self.scenario = m, scenario
        self.levels, self.levers, self.options = levels, levers, options

    def pairs_of(self, year: int | None, base: YearOutcome, scenario: YearOutcome) -> Pairs:
        """(flow, payer) -> draws of (base case, scenario), in force or in budget year 1, 2, ..."""
        before = self._flows(base, year)
        after = before if scenario is base else self._flows(scenario, year)
        zero = np.zeros_like(self.model.ones)
        keys = sorted(before.keys() | after.keys(), key=_order)
        return {key: (before.get(key, zero), after.get(key, zero)) for key in keys}

    def changes_of(
        self, year: int, base: YearOutcome, scenario: YearOutcome, nominal: bool
    ) -> Flows:
        """(flow, payer) -> scenario less base case in budget year 1, 2, ..., EUR, (draws,).

        `nominal`: in money of that year; otherwise at prices of the price year. Either way under
        the legal rules of that year.
        """
        before = self._flows(base, year, nominal)
        after = self._flows(scenario, year, nominal)
        zero = np.zeros_like(self.model.ones)
        keys = sorted(before.keys() | after.keys(), key=_order)
        return {key: after.get(key, zero) - before.get(key, zero) for key in keys}

    def _flows(self, state: YearOutcome, year: int | None, nominal: bool = True) -> Flows:
        m = self.model
        if year is None:
            return flows(m.assumptions, state)
        rules, wages = rules_of(m.assumptions, m.p, year), m.growth(year)["work"]
        if not nominal:
            return flows(m.assumptions, state, rules)
        return flows(m.assumptions, state, rules, m.ledger_in(state, year), wages)

    @cached_property
    def pairs(self) -> Pairs:
        """(flow, payer) -> draws of (base case, scenario) in force, EUR a year."""
        return self.pairs_of(None, self.model.base, self.scenario)

    @cached_property
    def premium_pairs(self) -> dict[str, tuple[np.ndarray, np.ndarray]]:
        """Measure of MEASURES -> draws of (base case, scenario) in force."""
        return self._premium_pairs(self.pairs, self.model.p)

    def _premium_pairs(self, pairs: Pairs, p: Mapping) -> dict[str, tuple[np.ndarray, np.ndarray]]:
        sides = [premiums(p, {key: pair[side] for key, pair in pairs.items()}) for side in (0, 1)]
        return {name: (sides[0][name], sides[1][name]) for name in MEASURES}

    def _years(self):
        """(calendar year or None, pairs, parameters): in force, then each budget year."""
        yield None, self.pairs, self.model.p
        first = int(self.model.assumptions["first_year"].base)
        overlap, years = self.options.overlap, self.options.years
        years_drawn = self.model.years_beside_today(self.levels, self.levers, overlap, years)
        for year, (base, state) in enumerate(years_drawn, 1):
            yield first + year - 1, self.pairs_of(year, base, state), self.model.in_year(year)[0]

    @cached_property
    def _frames(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        columns: list[list] = [[], [], [], []]
        for year, pairs, p in self._years():
            when = {"view": STEADY if year is None else BUDGET, "year": year}
            for (flow, payer), pair in pairs.items():
                label = when | {"flow": flow, "payer": payer, "kind": KINDS[flow], "unit": YEAR}
                _add(columns[0], columns[1], label, pair)
            for name, pair in self._premium_pairs(pairs, p).items():
                _add(columns[2], columns[3], when | {"measure": name, "unit": MEASURES[name]}, pair)
        return tuple(
            rows(labels, draws).astype({"year": "Int64"})
            for labels, draws in (columns[:2], columns[2:])
        )

    @property
    def table(self) -> pd.DataFrame:
        """Every flow and payer of every scenario, in force and by year, with statistics."""
        return self._frames[0]

    @property
    def premium(self) -> pd.DataFrame:
        """Every measure of MEASURES of every scenario, in force and by year, with statistics."""
        return self._frames[1]

    def records(self) -> list[dict]:
        """The rows of `table` as the command line writes them."""
        return _records(self.table)

    def premium_records(self) -> list[dict]:
        """The rows of `premium` as the command line writes them."""
        return _records(self.premium)

    def payers(self, scenario: str = "incremental") -> dict[str, np.ndarray]:
        """Cash payer -> payments less receipts in force, EUR a year, (draws,)."""
        chosen = {key: choose(pair, scenario) for key, pair in self.pairs.items()}
        return cash.by_payer(chosen)

    def matrix(self, scenario: str = "incremental", year: int | None = None) -> pd.DataFrame:
        """Means of flow (rows) by cash payer (columns) with the balance of each payer, EUR a year.

        In force, or nominal in a calendar year of the budget impact.
        """
        frame = self.table
        chosen = frame["year"].isna() if year is None else frame["year"] == year
        frame = frame[(frame["scenario"] == scenario) & chosen]
        wide = frame.pivot(index="flow", columns="payer", values="mean").fillna(0.0)
        order = [flow for flow in KINDS if flow in wide.index]
        wide = wide.reindex(order)[[name for name in cash.CASH_PAYERS if name in wide.columns]]
        wide.loc["total"] = wide.sum()
        return wide

    def households(self, scenario: str = "incremental") -> dict[str, dict]:
        """What households pay at the counter, in premiums and in missed income, and in total.

        In force; mean, 95% interval and unit of each. The parts belong together: what is not paid
        at the counter is paid through premiums.
        """
        chosen = {
            flow: choose(pair, scenario)
            for (flow, payer), pair in self.pairs.items()
            if payer == "household"
        }
        zero = np.zeros_like(self.model.ones)
        parts = {
            name: sum((chosen.get(flow, zero) for flow in names), zero)
            for name, names in HOUSEHOLD.items()
        }
        parts["total"] = sum(chosen.values(), zero)
        return {name: quantity(draws) for name, draws in parts.items()}

    def premiums_alone(self) -> dict[str, dict]:
        """Measure of MEASURES -> its change in force: mean, 95% interval and unit."""
        return {name: self.premium_quantity(name) for name in MEASURES}

    def premium_quantity(self, measure: str, scenario: str = "incremental") -> dict:
        """A measure in force: mean, 95% interval and unit."""
        return quantity(choose(self.premium_pairs[measure], scenario), MEASURES[measure])


def _order(key: tuple[str, str]) -> tuple[int, int]:
    return list(KINDS).index(key[0]), cash.CASH_PAYERS.index(key[1])


def _add(labels: list, draws: list, label: dict, pair) -> None:
    labels += [{"scenario": scenario, **label} for scenario in SCENARIOS]
    draws += [choose(pair, scenario) for scenario in SCENARIOS]


def _records(frame: pd.DataFrame) -> list[dict]:
    """Rows as plain values; the year of a row in force is None."""
    return [
        {**row, "year": None if pd.isna(row["year"]) else int(row["year"])}
        for row in frame.to_dict("records")
    ]
