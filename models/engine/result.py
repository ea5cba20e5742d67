"""Result of a run: the headline, the perspectives and the calibration, as means over draws.

All pages and commands read this one class. Its tables are in cost_tables.py, its calendar years in
budget.py, its JSON in document.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from models.caching import cached_property
from models.engine.budget import seen_from
from models.engine.cash import Cash
from models.engine.cost_tables import CostTables
from models.engine.model import Model, model
from models.engine.options import Options, scenario_id
from models.engine.output.document import document, draws_frame, html_table, one_line
from models.engine.record import to_json
from models.engine.summary import (
    chance_of_saving,
    choose,
    differs,
    quantity,
    rows,
    summarise,
)
from models.formulas.distributions import misfits
from models.formulas.payers import add
from models.tables.assumptions import Assumptions
from models.tables.catalogue import Catalogue
from models.version import VERSION

SOCIETY = "society"  # the perspective of the headline
NOT_MEASURED = ("year", "price_year", "draws", "seed")


def cost_items() -> dict[str, Mapping[str, str]]:
    """The published cost items by id; those of a run are `result.catalogue.cost_items`."""
    return Catalogue.published().cost_items


def perspective_rows() -> tuple[Mapping[str, str], ...]:
    """Published perspectives: which payers and categories, or whose money, each one adds up."""
    return Catalogue.published()["perspectives"]


class Result(CostTables):
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

    __repr__, _repr_html_, draws = one_line, html_table, draws_frame

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
        return {payer: chance_of_saving(change) for payer, change in self.payer_changes.items()}

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
