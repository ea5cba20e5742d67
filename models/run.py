"""The run: reads as the methods section, one stage a line."""

from __future__ import annotations

import hashlib
import json
import shlex
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import pandas as pd

from models import care, draws as drawing, health, levers as levering, payers, people, work
from models.assumptions import Assumptions
from models.errors import UsageError
from models.results import STATISTICS, add, quantity, rows, summarise
from models.tables import read_table

VERSION = "0.1.0"
SCHEMA = 1
ANCHORS = ("total", "sick_leave", "none")
SCENARIOS = ("base_case", "scenario", "incremental")
MAX_DRAWS = 100_000
MAX_YEARS = 10
STEADY = "steady_state"
BUDGET = "budget_impact"


@dataclass(frozen=True)
class Options:
    """What a run is asked for beside levers and assumptions."""

    draws: int = 10_000
    seed: int = 1
    anchor: str = "total"
    valuation: str = "human_capital"
    overlap: str = "independent"
    years: int = 5
    recalibrate: bool = False
    presenteeism: bool = False

    def __post_init__(self):
        for name, allowed in (("anchor", ANCHORS), ("valuation", work.VALUATIONS), ("overlap", levering.OVERLAPS)):
            if getattr(self, name) not in allowed:
                raise UsageError(f"{name} {getattr(self, name)!r} is unknown; allowed: {', '.join(allowed)}")
        for name, low, high in (("draws", 1, MAX_DRAWS), ("seed", 0, 2**63 - 1), ("years", 1, MAX_YEARS)):
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
                raise UsageError(f"{name} {value!r} is out of range; allowed: a whole number from {low} to {high}")


@dataclass(frozen=True)
class State:
    """One year (or the steady state) of one scenario: EUR by (item, payer), and health."""

    ledger: dict
    transfers: dict
    health: dict
    factor_care: float | np.ndarray = 1.0

    @cached_property
    def total(self) -> np.ndarray:
        return add(self.ledger.values())


class Model:
    """Assumptions drawn once, with the calibration and the base case kept for every scenario."""

    def __init__(self, assumptions: Assumptions, published: Assumptions, n: int, seed: int,
                 anchor: str, valuation: str, recalibrate: bool, presenteeism: bool, point: bool = False):
        self.assumptions, self.valuation, self.presenteeism = assumptions, valuation, presenteeism
        self.p = _inputs(assumptions, n, seed, point)
        changed_anchor = assumptions["tot_article"] != published["tot_article"]
        source = self.p if recalibrate or changed_anchor else _inputs(published, n, seed, point)
        self.shares_table = _payer_shares()
        self.curve = work.curve(self.p)
        self.factor, self.anchor_draws = self._calibrate(source, anchor)
        self._prepare()

    # -- stages -------------------------------------------------------------------------------

    def _calibrate(self, p: dict, anchor: str):
        """Factor on sick-leave volume, solved per draw under human capital with presenteeism off."""
        ones = np.ones_like(p["tot_article"])
        if anchor == "none":
            return ones, p["tot_article"]
        costs = self._uncalibrated(p)
        sick = costs["sick_leave_acute"] + costs["sick_leave_chronic"]
        other = add(costs.values()) - sick if anchor == "total" else 0.0
        factor = people.ratio(p["tot_article"] - other, sick)
        return np.maximum(factor, p["cal_floor"]), p["tot_article"]

    def _uncalibrated(self, p: dict) -> dict:
        """Bottom-up base case with factor 1, human capital: cost item -> EUR a year."""
        groups = people.groups(p)
        ones = np.ones_like(p["tot_article"])
        use = care.physiotherapy_use(p)
        v = care.volumes(p, p, groups, ones, ones, use, use)
        a = work.absence(p, p, groups, ones, ones, work.curve(p), ones, ones)
        return care.care_costs(p, p, v, v, ones) | work.work_costs(p, a, ones, "human_capital", False)

    def _prepare(self):
        p = self.p
        self.groups = people.groups(p)
        self.exit = people.chronic_exit(p, self.groups)
        self.wia_exit = work.disability_exit(p)
        self.ones = np.ones_like(p["tot_article"])
        self.use = care.physiotherapy_use(p)
        self.volumes = care.volumes(p, p, self.groups, self.ones, self.ones, self.use, self.use)
        self.absence = work.absence(p, p, self.groups, self.ones, self.ones, self.curve, self.factor, self.ones)
        self.shares = payers.shares(self.shares_table, p)
        self.populations = self._populations(p)
        self.base = self.state(p, self.curve, {}, {}, self.ones, self.ones, self.ones)

    def _populations(self, p: dict) -> dict:
        users = self.volumes.opioid_users
        share = p["use_opioid_weak"] + p["use_opioid_strong"]
        return {
            "recovered": self.groups.episodes,
            "care_patients": self.groups.episodes,
            "absent_week_6": self.absence.spells * self.curve.at(6),
            "opioid_users_per_share": people.ratio(users, share),
        }

    def changed(self, levels: dict, levers: dict, overlap: str):
        """Parameters and curve under these levels."""
        return levering.apply(self.p, self.curve, levels, levers, overlap)

    def absence_of(self, p, c, episodes, chronic, v) -> work.Absence:
        """Sick leave, with the relative days that extra physiotherapy and fewer pictures cause."""
        patients = self.groups.episodes * episodes
        extra = people.ratio(v.extra_physiotherapy_patients, patients)
        pictures = (p["use_xray"] + p["use_mri_gp"]) - (self.p["use_xray"] + self.p["use_mri_gp"])
        pictured = pictures * people.ratio(self.groups.acute, self.groups.episodes)
        relative = (1 + extra * (p["eff_early_physio_absence"] - 1)) * (
            1 + pictured * (p["eff_imaging_absence_rct"] - 1))
        return work.absence(p, self.p, self.groups, episodes, chronic, c, self.factor, relative)

    def state(self, p, c, levels, levers, episodes, chronic, disability) -> State:
        """Everything of one year, for given relative episodes, chronic stock and disability stock."""
        use = self.use if p is self.p else care.physiotherapy_use(p)
        v = care.volumes(p, self.p, self.groups, episodes, chronic, use, self.use)
        a = self.absence_of(p, c, episodes, chronic, v)
        seen = self.groups.acute + self.groups.chronic
        mix = people.ratio(self.groups.acute * episodes + self.groups.chronic * chronic, seen)
        costs = care.care_costs(p, self.p, v, self.volumes, mix)
        costs |= work.work_costs(p, a, disability, self.valuation, self.presenteeism)
        programme = levering.programme_costs(p, levels, levers, self.populations, payers.PAYERS)
        return State(
            payers.ledger(costs, self.shares, use, programme),
            payers.transfer_ledger(work.transfers(p, a, disability)),
            health.health(p, self.groups, episodes, chronic, v, self.volumes, work.sick_days(p, a)),
        )

    def steady(self, levels: dict, levers: dict, overlap: str) -> State:
        """In force: fixed point of the recursions at full ramp."""
        if not levels:
            return self.base
        p, c = self.changed(levels, levers, overlap)
        episodes = people.steady_episodes(self.p["course_recurrence"], p["course_recurrence"])
        disability = self._inflow(p, c, episodes, episodes)
        return self.state(p, c, levels, levers, episodes, episodes, disability)

    def _inflow(self, p, c, episodes, chronic):
        use = self.use if p is self.p else care.physiotherapy_use(p)
        v = care.volumes(p, self.p, self.groups, episodes, chronic, use, self.use)
        a = self.absence_of(p, c, episodes, chronic, v)
        return work.disability_inflow(p, a, self.absence)

    def years(self, levels: dict, levers: dict, overlap: str, years: int) -> list[State]:
        """Budget impact: one state a year in prices of the base year, before growth."""
        if not levels:
            return [self.base] * years
        delay = int(self.p["wia_delay_years"].flat[0])
        episodes, chronic, disability = self.ones, self.ones, self.ones
        inflows, states = [], []
        for year in range(1, years + 1):
            ramped = {
                n: levers[n].today + min(year / levers[n].ramp_years, 1.0) * (level - levers[n].today)
                for n, level in levels.items()
            }
            p, c = self.changed(ramped, levers, overlap)
            episodes = people.next_episodes(self.p["course_recurrence"], p["course_recurrence"], episodes)
            chronic = people.next_stock(chronic, self.exit, episodes)
            inflow = inflows[year - 1 - delay] if year - 1 >= delay else self.ones
            disability = people.next_stock(disability, self.wia_exit, inflow)
            inflows.append(self._inflow(p, c, episodes, chronic))
            states.append(self.state(p, c, ramped, levers, episodes, chronic, disability))
        return states

    def growth(self, year_number: int) -> dict[str, np.ndarray]:
        """Index of nominal cost in budget year 1, 2, ... by kind of item: care ages, work does not."""
        p = self.p
        passed = p["first_year"] + year_number - 1 - p["price_base_year"]
        ageing = (1 + p["mac_ageing_index"]) ** (passed / p["mac_ageing_years"])
        return {
            "care": ageing * (1 + p["mac_price_growth"]) ** passed,
            "work": (1 + p["mac_wage_growth"]) ** passed,
        }


@lru_cache(maxsize=1)
def _payer_shares() -> dict:
    table: dict[str, dict[str, str]] = {}
    for row in read_table(levering.DATA / "payer_shares.csv", name="payer_shares.csv",
                          required=("cost_item", "payer", "share")):
        table.setdefault(row["cost_item"], {})[row["payer"]] = row["share"]
    return table


@lru_cache(maxsize=1)
def _item_index() -> dict[str, str]:
    columns = ("id", "kind", "category", "index", "label_en", "label_nl", "note_en", "note_nl")
    items = read_table(levering.DATA / "cost_items.csv", name="cost_items.csv", required=columns)
    return {row["id"]: row["index"] for row in items}


@lru_cache(maxsize=4)
def _inputs(assumptions: Assumptions, n: int, seed: int, point: bool) -> dict:
    values = drawing.base_values(assumptions) if point else drawing.draw(assumptions, n, seed)
    for array in values.values():
        array.flags.writeable = False
    return values


@lru_cache(maxsize=4)
def model(assumptions: Assumptions, published: Assumptions, n: int, seed: int, anchor: str,
          valuation: str, recalibrate: bool, presenteeism: bool, point: bool = False) -> Model:
    """The drawn and calibrated model, kept so that a lever move costs the scenario alone."""
    return Model(assumptions, published, n, seed, anchor, valuation, recalibrate, presenteeism, point)


class Result:
    """What a run found: headline at once, the rest when asked for."""

    def __init__(self, m: Model, levels: dict, levers: dict, options: Options, command: str):
        self.model, self.levels, self.levers, self.options = m, levels, levers, options
        self.command = command
        self.assumptions_hash = m.assumptions.hash
        self.base = m.base
        self.scenario = m.steady(levels, levers, options.overlap)
        self.incremental = self.scenario.total - self.base.total

    @cached_property
    def scenario_id(self) -> str:
        """Short hash of levels, options and assumptions."""
        asked = {"levels": self.levels, "hash": self.assumptions_hash, "version": VERSION,
                 **{k: getattr(self.options, k) for k in Options.__dataclass_fields__}}
        return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()[:12]

    @cached_property
    def headline(self) -> dict:
        return {
            "base_case_total": quantity(self.base.total),
            "scenario_total": quantity(self.scenario.total),
            "incremental_total": quantity(self.incremental),
            "probability_saving": float(np.mean(self.incremental < 0)),
        }

    def states(self, view: str = STEADY, year: int | None = None) -> tuple[State, State]:
        """Base case and scenario of a view; year counts from 1 in the budget impact."""
        if view == STEADY:
            return self.base, self.scenario
        return self.base, self._years[year - 1]

    @cached_property
    def _years(self) -> list[State]:
        return self.model.years(self.levels, self.levers, self.options.overlap, self.options.years)

    @property
    def first_year(self) -> int:
        return int(self.model.p["first_year"].flat[0])

    def _entries(self, view: str, year: int | None, kind: str) -> list[dict]:
        """(item, payer) -> (base, scenario) draws, in nominal euros for the budget impact."""
        base, scenario = self.states(view, year)
        index = _item_index()
        growth = None if view == STEADY else self.model.growth(year)
        first, second = (base.ledger, scenario.ledger) if kind == "resource" else (base.transfers, scenario.transfers)
        zero = np.zeros_like(self.base.total)
        entries = {}
        for key in sorted(first.keys() | second.keys()):
            pair = first.get(key, zero), second.get(key, zero)
            if growth is not None:
                pair = tuple(a * growth[index[key[0]]] for a in pair)
            entries[key] = pair
        return entries

    def summary(self, scenario: str = "scenario", by: str = "cost_item", view: str = STEADY,
                year: int | None = None, kind: str = "resource") -> pd.DataFrame:
        """Mean and percentiles per cost item, payer or in total, EUR a year, summed per draw first."""
        pick = {"cost_item": 0, "payer": 1}
        sums: dict[str, np.ndarray] = {}
        for key, pair in self._entries(view, year, kind).items():
            name = key[pick[by]] if by in pick else "total"
            amount = _choose(pair, scenario)
            sums[name] = sums[name] + amount if name in sums else amount
        return rows([{by: name} for name in sums], list(sums.values())).set_index(by)

    @cached_property
    def table(self) -> pd.DataFrame:
        """The tidy table of every cost item, payer, year and scenario, with provenance."""
        labels, arrays = [], []
        views = [(STEADY, None)] + [(BUDGET, y) for y in range(1, self.options.years + 1)]
        for view, year in views:
            calendar = None if year is None else self.first_year + year - 1
            for kind in ("resource", "transfer"):
                for (item, payer), pair in self._entries(view, year, kind).items():
                    for scenario in SCENARIOS:
                        labels.append({"scenario": scenario, "view": view, "year": calendar, "cost_item": item,
                                       "payer": payer, "kind": kind, "measure": "cost", "unit": "EUR/year"})
                        arrays.append(_choose(pair, scenario))
        for name, unit in health.MEASURES.items():
            pair = self.base.health[name], self.scenario.health[name]
            for scenario in SCENARIOS:
                labels.append({"scenario": scenario, "view": STEADY, "year": None, "cost_item": "", "payer": "",
                               "kind": "health", "measure": name, "unit": unit})
                arrays.append(_choose(pair, scenario))
        frame = rows(labels, arrays)
        frame["year"] = frame["year"].astype("Int64")
        return frame.assign(
            valuation=self.options.valuation, price_year=int(self.model.p["price_base_year"].flat[0]),
            draws=self.options.draws, seed=self.options.seed, anchor=self.options.anchor,
            model_version=VERSION, assumptions_hash=self.assumptions_hash, scenario_id=self.scenario_id)

    def health(self) -> pd.DataFrame:
        """Health measures of base case, scenario and difference, in force."""
        labels, arrays = [], []
        for name, unit in health.MEASURES.items():
            pair = self.base.health[name], self.scenario.health[name]
            for scenario in SCENARIOS:
                labels.append({"scenario": scenario, "measure": name, "unit": unit})
                arrays.append(_choose(pair, scenario))
        return rows(labels, arrays)

    def budget(self) -> pd.DataFrame:
        """Incremental cost by calendar year and payer, nominal and discounted; payer `total` too."""
        labels, arrays = [], []
        rate = self.model.p["mac_disc_cost"]
        for year in range(1, self.options.years + 1):
            sums: dict[str, np.ndarray] = {}
            for (_, payer), pair in self._entries(BUDGET, year, "resource").items():
                sums[payer] = sums.get(payer, 0) + _choose(pair, "incremental")
            sums["total"] = add(sums.values())
            for payer, amount in sums.items():
                for discounted in (False, True):
                    labels.append({"year": self.first_year + year - 1, "payer": payer, "discounted": discounted})
                    arrays.append(amount / (1 + rate) ** (year - 1) if discounted else amount)
        return rows(labels, arrays)

    @cached_property
    def probability_saving_by_payer(self) -> dict[str, float]:
        sums: dict[str, np.ndarray] = {}
        for (_, payer), pair in self._entries(STEADY, None, "resource").items():
            sums[payer] = sums.get(payer, 0) + _choose(pair, "incremental")
        return {payer: float(np.mean(amount < 0)) for payer, amount in sums.items()}

    @cached_property
    def calibration(self) -> dict:
        """Factor on sick-leave volume: mean and interval over draws, point value, warning."""
        mean, low, *_, high = summarise(self.model.factor)[0][[0, 1, 5]]
        point = float(point_model(self).factor[0])
        a = self.model.assumptions
        warning = not a["cal_warn_low"].base <= point <= a["cal_warn_high"].base
        return {"factor": float(mean), "p2_5": float(low), "p97_5": float(high), "point": point, "warning": warning}

    def to_json(self) -> str:
        """The object of the command line, one line of JSON."""
        frame = self.table
        keep = ["scenario", "view", "year", "cost_item", "payer", "kind", *STATISTICS]
        ledger = [_plain(row) for row in frame[frame["kind"] != "health"][keep].to_dict("records")]
        measures = frame[frame["kind"] == "health"][["scenario", "measure", "unit", *STATISTICS]]
        options = self.options
        return json.dumps({
            "schema": SCHEMA, "scenario_id": self.scenario_id, "assumptions_hash": self.assumptions_hash,
            "model_version": VERSION, "draws": options.draws, "seed": options.seed, "anchor": options.anchor,
            "valuation": options.valuation, "overlap": options.overlap, "years": options.years,
            "levers": self.levels, "headline": self.headline, "calibration": self.calibration,
            "ledger": ledger, "health": [_plain(row) for row in measures.to_dict("records")],
        }, ensure_ascii=False)


def _plain(row: dict) -> dict:
    return {k: (None if v is pd.NA else int(v) if k == "year" and v is not None else v) for k, v in row.items()}


def _choose(pair, scenario: str) -> np.ndarray:
    return pair[1] - pair[0] if scenario == "incremental" else pair[SCENARIOS.index(scenario)]


def point_model(result: Result) -> Model:
    """The same model on one draw of base values: the point estimate."""
    m, o = result.model, result.options
    return model(m.assumptions, Assumptions.default(), 1, o.seed, o.anchor, o.valuation, o.recalibrate, o.presenteeism, True)


def run(levers: dict | None = None, scenario: str | dict | None = None, assumptions: Assumptions | None = None,
        set_assumptions: dict | None = None, **options) -> Result:
    """Base case and scenario on common draws.

    levers: lever id -> level. scenario: a name of scenarios.csv or {"levers": {...}}; levers win.
    assumptions: default the published ones; set_assumptions: parameter -> value on top of them.
    Options as in `Options`. Raises UsageError (wrong call) or DataError (wrong data).
    """
    unknown = set(options) - set(Options.__dataclass_fields__)
    if unknown:
        raise UsageError(f"unknown option: {', '.join(sorted(unknown))}")
    chosen = Options(**options)
    published = Assumptions.default()
    used = assumptions if assumptions is not None else published
    if set_assumptions:
        used = used.with_values(set_assumptions)
    catalogue = catalogue_of(used)
    levels = scenario_levels(scenario, catalogue) | dict(levers or {})
    levels = levering.check_levels(levels, catalogue)
    m = model(used, published, chosen.draws, chosen.seed, chosen.anchor, chosen.valuation,
              chosen.recalibrate, chosen.presenteeism)
    return Result(m, levels, catalogue, chosen, command(levels, set_assumptions, chosen))


@lru_cache(maxsize=8)
def catalogue_of(assumptions: Assumptions) -> dict:
    """Levers as these assumptions see them (today's rates follow the assumptions)."""
    return levering.load_levers(None, assumptions)


def scenario_levels(scenario, catalogue) -> dict:
    """Levels of a named or given scenario; UsageError with the names when unknown."""
    if scenario is None:
        return {}
    if isinstance(scenario, dict):
        return dict(scenario.get("levers", {}))
    named = levering.load_scenarios(None, catalogue)
    if scenario not in named:
        raise UsageError(f"unknown scenario {scenario!r}; known: {', '.join(named)}")
    return named[scenario]["levels"]


def command(levels: dict, set_assumptions: dict | None, options: Options) -> str:
    """The shell command that gives the same numbers."""
    words = ["python", "-m", "models", "run"]
    for name, level in levels.items():
        words += ["--set", f"{name}={level!r}"]
    for name, value in (set_assumptions or {}).items():
        words += ["--set-assumption", f"{name}={value!r}"]
    for name, spec in Options.__dataclass_fields__.items():
        value = getattr(options, name)
        if value != spec.default:
            words += [f"--{name.replace('_', '-')}"] + ([] if value is True else [str(value)])
    return shlex.join(words)
