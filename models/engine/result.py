"""Result of a run: totals per draw, then summarised into one tidy table.

Long: one class, which all pages and commands read. Calendar years are in budget.py,
the JSON in document.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import islice
from operator import itemgetter

import numpy as np
import pandas as pd

from models.caching import cached, cached_property
from models.engine.budget import IN_ROWS, BudgetImpact, seen_from, sums
from models.engine.cash import Cash, work_transfers
from models.engine.document import document
from models.engine.model import Model, model
from models.engine.options import Options, scenario_id
from models.engine.outcome import YearOutcome
from models.engine.record import to_json
from models.engine.summary import (
    BUDGET,
    SCENARIOS,
    STATISTICS,
    STEADY,
    chance_of_saving,
    choose,
    differs,
    quantity,
    rows,
    statistics_of,
    summarise,
)
from models.formulas import health as healthy
from models.formulas import lever_effects
from models.formulas.distributions import misfits
from models.formulas.payers import add
from models.tables.assumptions import Assumptions
from models.tables.catalogue import Catalogue
from models.tables.catalogue_columns import PROGRAMME
from models.version import VERSION

SOCIETY = "society"  # the perspective of the headline
NOT_MEASURED = ("year", "price_year", "draws", "seed")


def cost_items() -> dict[str, Mapping[str, str]]:
    """The published cost items by id; those of a run are `result.catalogue.cost_items`."""
    return Catalogue.published().cost_items


def perspective_rows() -> tuple[Mapping[str, str], ...]:
    """Published perspectives: which payers and categories, or whose money, each one adds up."""
    return Catalogue.published()["perspectives"]


class Result(BudgetImpact):
    """Result of a run: the headline is calculated at once, other tables at their first use.

    Amounts are EUR a year at prices of the price year; those by calendar year are nominal unless
    stated otherwise. Every figure is a mean over draws with percentiles, from sums per draw.
    """

    def __init__(
        self,
        m: Model,
        levels: dict,
        levers: dict,
        options: Options,
        command: Callable[..., str] | None = None,
        python: Callable[..., str] | None = None,
    ):
        self.model, self.levels, self.levers, self.options = m, levels, levers, options
        self._command, self._python = command, python  # (levels, assumptions, options) -> text
        self.catalogue = m.assumptions.catalogue
        self.memory: dict = {}  # see `caching.cached`
        self.assumptions_hash = m.assumptions.hash
        self.base = m.base
        self.scenario = m.steady(levels, levers, options.overlap)
        self.incremental = self.scenario.total - self.base.total

    def __repr__(self) -> str:
        total, change = (self.headline[f"{name}_total"]["mean"] for name in SCENARIOS[::2])
        figures = f"base case {total / 1e6:,.0f}, change {change / 1e6:,.1f} EUR million a year"
        return f"<Result {self.scenario_id}: {figures}; {self.options.draws} draws>"

    @cached_property
    def command(self) -> str:
        """The shell command that gives the same numbers."""
        return self._written(self._command)

    @cached_property
    def python(self) -> str:
        """The lines of Python that give the same numbers."""
        return self._written(self._python)

    def _written(self, write: Callable[..., str] | None) -> str:
        return write(self.levels, self.model.assumptions, self.options) if write else ""

    @cached_property
    def scenario_id(self) -> str:
        """Short hash of levels, options, assumptions and model version."""
        return scenario_id(self.levels, self.assumptions_hash, self.options)

    @property
    def price_year(self) -> int:
        """The year whose prices all amounts in force are in."""
        return int(self.model.p["price_base_year"].flat[0])

    @cached_property
    def headline(self) -> dict:
        """Totals of base case, scenario and difference, EUR a year, and the probability of saving,
        which is None where nothing changes."""
        return {
            "base_case_total": quantity(self.base.total),
            "scenario_total": quantity(self.scenario.total),
            "incremental_total": quantity(self.incremental),
            "probability_saving": chance_of_saving(self.incremental),
        }

    @cached_property
    def changes(self) -> bool:
        """Whether any draw differs from today by half a cent or more."""
        return differs(self.incremental)

    @cached_property
    def other_valuation(self) -> dict:
        """The same headline under the other valuation, so that both totals are in view."""
        m, o = self.model, self.options
        other = "friction" if o.valuation == "human_capital" else "human_capital"
        options = Options(**{**vars(o), "valuation": other})
        twin = model(m.assumptions, Assumptions.default(), options)
        return {"valuation": other, **Result(twin, self.levels, self.levers, options).headline}

    def described(
        self, frame: pd.DataFrame, unit: str = "EUR/year", nominal: bool = False, **others: str
    ) -> pd.DataFrame:
        """The frame with units and provenance (hashes, options) added in `frame.attrs`.

        `unit` is that of its statistics, `others` those of further columns. Nominal amounts have no
        price year.
        """
        numbers = frame.select_dtypes("number").columns
        numbers = [name for name in numbers if name not in NOT_MEASURED]
        frame.attrs = {
            "units": {name: others.get(name, unit) for name in numbers},
            "price_year": None if nominal else self.price_year,
            "scenario_id": self.scenario_id,
            "assumptions_hash": self.assumptions_hash,
            "model_version": VERSION,
            "draws": self.options.draws,
            "seed": self.options.seed,
        }
        return frame

    @cached_property
    def cash(self) -> Cash:
        """The cash ledger: money by flow and payer, calculated at first use."""
        return Cash(self.model, self.scenario, self.levels, self.levers, self.options)

    @cached_property
    def cash_alone(self) -> dict[str, Cash]:
        """The cash ledger of each chosen lever without the others, in the order of the levels."""
        overlap = self.options.overlap
        alone = {name: {name: level} for name, level in self.levels.items()}
        return {
            name: Cash(
                self.model, self.model.steady(levels, self.levers, overlap), levels, self.levers,
                self.options,
            )
            for name, levels in alone.items()
        }  # fmt: skip

    # -- ledger -------------------------------------------------------------------------------

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
            return statistics_of(self._payer_changes)
        chosen = _chosen(self.entries(view, year, kind), scenario)
        return statistics_of(sums(chosen, self._name(by)))

    def _name(self, by: str) -> Callable[[tuple[str, str]], str]:
        """What a (cost item, payer) is called in a table by `by`."""
        names: dict[str, Callable[[tuple[str, str]], str]] = {
            "cost_item": itemgetter(0),
            "category": lambda key: self.catalogue.cost_items[key[0]]["category"],
            "payer": itemgetter(1),
            "total": lambda key: "total",
        }
        return names[by]

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

    # -- perspectives --------------------------------------------------------------------------

    def _perspective_draws(self, only: str = "") -> dict[str, tuple[np.ndarray, np.ndarray]]:
        entries = self.entries()
        draws = {}
        for row in self.catalogue["perspectives"]:
            if only not in ("", row["id"]):
                continue
            parts = seen_from(row, self.catalogue, entries, lambda: self.cash.pairs)
            draws[row["id"]] = add(p[0] for p in parts), add(p[1] for p in parts)
        return draws

    def seen_by(self, perspective: str = SOCIETY) -> dict:
        """The headline counted from one perspective; from `society` it is `headline` itself."""
        if perspective == SOCIETY:
            return self.headline
        before, after = self._perspective_draws(perspective)[perspective]
        return {
            "base_case_total": quantity(before),
            "scenario_total": quantity(after),
            "incremental_total": quantity(after - before),
            "probability_saving": chance_of_saving(after - before),
        }

    def change_draws(self, perspective: str = SOCIETY) -> np.ndarray:
        """Scenario less base case counted from one perspective, EUR a year, (draws,)."""
        if perspective == SOCIETY:
            return self.incremental
        before, after = self._perspective_draws(perspective)[perspective]
        return after - before

    def perspectives(self, scenario: str = "incremental") -> pd.DataFrame:
        """EUR a year in force per perspective, and the probability that it saves.

        The probability is not a number where the perspective sees no difference.
        """
        pairs = self._perspective_draws()
        chosen = [choose(pair, scenario) for pair in pairs.values()]
        frame = rows([{"perspective": name} for name in pairs], chosen)
        saves = [chance_of_saving(after - before) for before, after in pairs.values()]
        frame = frame.assign(probability_saving=np.array(saves, float)).set_index("perspective")
        return self.described(frame, probability_saving="probability")

    @cached_property
    def probability_saving_by_payer(self) -> dict[str, float | None]:
        """Share of draws in which each payer pays less than today, in force; None where it pays
        the same."""
        return {payer: chance_of_saving(change) for payer, change in self._payer_changes.items()}

    @cached_property
    def _payer_changes(self) -> dict[str, np.ndarray]:
        """Payer -> scenario less base case in force, EUR a year, (draws,)."""
        return sums(_chosen(self.entries(), "incremental"), self._name("payer"))

    # -- calibration --------------------------------------------------------------------------

    @cached_property
    def point(self) -> Model:
        """The same model on one draw of base values: the point estimate."""
        m = self.model
        return model(m.assumptions, Assumptions.default(), self.options, point=True)

    @cached_property
    def calibration(self) -> dict:
        """Factor on sick-leave volume: mean and interval over draws, point value, warning.

        `draws_outside` is the share of draws in which the factor is not credible; the warning
        depends on it. Under `evidence` the factor is 1, and the possible problem is that too few
        prior draws agree with the targets: `effective_draws` of `prior_draws`. Both are None under
        the other anchors.
        """
        mean, low, *_, high = summarise(self.model.factor)[0]
        point = float(self.point.factor[0])
        a = self.model.assumptions
        factor = self.model.factor
        credible = (factor >= a["cal_warn_low"].base) & (factor <= a["cal_warn_high"].base)
        outside = float(np.mean(~credible))
        effective, pool = self.model.effective_draws
        few = effective is not None and effective < a["cal_warn_effective"].base
        return {
            "factor": float(mean),
            "p2_5": float(low),
            "p97_5": float(high),
            "point": point,
            "draws_outside": outside,
            "effective_draws": effective,
            "prior_draws": pool,
            "warning": bool(few or outside > a["warn_draws"].base),
        }

    @cached_property
    def misfits(self) -> list[dict]:
        """Assumptions whose stated mean and 95% interval no distribution of theirs can have."""
        return misfits(self.model.assumptions)

    def to_json(self) -> str:
        """The object of the command line, one line of JSON."""
        return to_json(document(self))


def _chosen(pairs: Mapping, scenario: str) -> dict[tuple[str, str], np.ndarray]:
    return {key: choose(pair, scenario) for key, pair in pairs.items()}
