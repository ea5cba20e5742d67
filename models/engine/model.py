"""The model drawn and calibrated once; a scenario then costs only what its levers touch."""

from __future__ import annotations

from collections.abc import Mapping
from weakref import WeakValueDictionary

import numpy as np

from models.caching import cached, cached_property, step
from models.engine.by_year import Dated, dated_values
from models.engine.calibration import selection, weigh
from models.engine.inputs import Parameters, at_means, inputs
from models.engine.options import Options
from models.engine.outcome import Activity, YearOutcome
from models.formulas import absence_curve, care, health, lever_effects, payers, people, work
from models.formulas.base_case import base_case, costs_by_rows
from models.tables.assumptions import Assumptions


class Model:
    """Assumptions drawn once, with the calibration and the base case that all scenarios share.

    `p` maps parameter -> draws, (draws,); `point` makes one draw of base values instead.
    """

    def __init__(
        self,
        assumptions: Assumptions,
        published: Assumptions,
        options: Options,
        point: bool = False,
    ):
        """Draw all parameters and calibrate; `point`: one draw, the base values."""
        self.assumptions, self.options = assumptions, options
        size = options.draws, options.seed
        self.source = calibrated_on(assumptions, published, options)  # whose calibration is held
        if options.anchor != "evidence":
            self.p = inputs(assumptions, *size, point)
        elif point:
            self.p = at_means(assumptions, self.source, *size)
        else:
            self.p = inputs(assumptions, *size, False, selection(self.source, *size))
        self.items = assumptions.catalogue.made_by_rows
        self.delay = int(self.p["wia_delay_years"].flat[0])  # years of wage payment before benefit
        self.year = float(self.p["weeks_year"].flat[0])  # weeks
        self.factor = solved(self.source, *size, point, options.anchor)
        self.settle()

    def settle(self) -> None:
        """The base case, from the parameters `p` and the calibration factor; formulas alone."""
        p = self.p
        self.ones = np.ones_like(p["tot_article"])
        self.groups = people.groups(p)
        self.curve = absence_curve.curve(p)
        self.exit = people.chronic_exit(p, self.groups)
        self.disability_exit = work.disability_exit(p)
        self.shares = payers.shares(self.assumptions.catalogue.payer_shares, p)
        self.use_today = care.physiotherapy_use(p, p)
        self.today = self.activity(p, self.curve, self.ones, self.ones)
        self.base = self.state(p, {}, {}, self.today, self.ones)

    def activity(self, p, curve, episodes, chronic) -> Activity:
        """Care and absence under parameters `p`; `episodes` and `chronic` are relative to today."""
        step()
        use = care.physiotherapy_use(p, self.p)
        mix = people.patients_of_doctors(self.groups, episodes, chronic)
        volumes = care.volumes(p, self.p, self.groups, episodes, chronic, use, self.use_today)
        relative = care.days_by_care(p, self.p, self.groups, episodes, volumes)
        absence = work.absence(
            p, self.groups, episodes, chronic, curve, self.factor, relative, self.year
        )
        return Activity(episodes, chronic, mix, use, volumes, absence)

    def state(
        self, p, levels, levers, activity: Activity, disability, leave=None, shares=None
    ) -> YearOutcome:
        """Costs and health of a year, EUR of the price year; `disability` is relative to today.

        `leave` is the sick leave that falls in the year; by default (in force) all leave of the
        spells that start in it. `shares` are the payers' shares in that year; default today's.
        """
        a, options = activity, self.options
        leave = a.absence if leave is None else leave
        costs = care.care_costs(p, self.p, a.volumes, self.today.volumes, a.mix)
        costs |= work.work_costs(p, leave, disability, options.valuation, options.presenteeism)
        costs |= costs_by_rows(p, self.items, a.episodes, a.chronic, a.mix)
        programme = lever_effects.programme_costs(
            p, levels, levers, lambda lever: self.participants(lever, a)
        )
        paid = lever_effects.by_payer(programme, payers.PAYERS, np.zeros_like(a.mix))
        return YearOutcome(
            payers.ledger(costs, self.shares if shares is None else shares, a.use, paid),
            health.health(
                p, self.groups, a.episodes, a.chronic, a.volumes, self.today.volumes,
                work.sick_days(p, leave),
            ),
            p, leave, disability, programme,
        )  # fmt: skip

    def participants(self, lever, activity: Activity) -> np.ndarray:
        """People for one unit of a lever's level, persons a year."""
        match lever.programme_population:
            case "episodes":
                return self.groups.episodes * activity.episodes
            case "gp_patients":
                return self.groups.acute * activity.episodes
            case "recovered":
                stay = 1 - self.p["course_chronic"]
                return self.groups.episodes * activity.episodes * stay
            case "absent":
                return activity.absence.spells * self.curve.at(lever.from_week)
            case "opioid_users" | "long_term_opioid_users" as name:
                prescribed = self.p["use_opioid_weak"] + self.p["use_opioid_strong"]
                return people.ratio(getattr(self.today.volumes, name), prescribed)
        raise ValueError(f"unknown population {lever.programme_population!r}")

    def steady(self, levels: dict, levers: dict, overlap: str) -> YearOutcome:
        """In force: where `years` ends up in the long run, with every lever at its full effect."""
        if not levels:
            return self.base
        p, curve = lever_effects.apply(self.p, self.curve, levels, levers, overlap)
        episodes = people.steady_episodes(self.p["course_recurrence"], p["course_recurrence"])
        chronic = people.chronic_inflow(p, episodes)
        activity = self.activity(p, curve, episodes, chronic)
        disability = work.disability_inflow(p, activity.absence, self.today.absence)
        return self.state(p, levels, levers, activity, disability)

    def years(self, levels: dict, levers: dict, overlap: str, years: int):
        """Yields the state of budget year 1, 2, ..., at prices of the price year, without growth.

        Sick leave is booked in the calendar year in which it falls, a programme in the year in
        which its participants start. Assumptions with values by year have the value of that year,
        with and without levers.
        """
        if not levels and not self.dated:
            yield from [self.base] * years
            return
        episodes = chronic = disability = self.ones
        inflows = [self.ones] * self.delay
        ramp = max((levers[name].ramp_years for name in levels), default=1)
        cohorts: list[work.Absence] = []  # this year's spells first, as far back as a spell lasts
        lasting = len(self.today.absence.by_year)
        for year in range(1, years + 1):
            if year <= max(ramp, 1) or self.dated:  # afterwards every level stays as it is
                reached = lever_effects.ramped(levels, levers, year)
                now, shares = self.in_year(year)
                p, curve = lever_effects.apply(now, self.curve, reached, levers, overlap)
            episodes = people.next_episodes(
                self.p["course_recurrence"], p["course_recurrence"], episodes
            )
            chronic = people.next_stock(chronic, self.exit, people.chronic_inflow(p, episodes))
            activity = self.activity(p, curve, episodes, chronic)
            cohorts = [activity.absence, *cohorts[: lasting - 1]]
            leave = work.CalendarYear(tuple(cohorts), self.today.absence)
            inflows.append(work.disability_inflow(p, activity.absence, self.today.absence))
            disability = people.next_stock(disability, self.disability_exit, inflows[year - 1])
            yield self.state(p, reached, levers, activity, disability, leave, shares)

    def years_beside_today(self, levels: dict, levers: dict, overlap: str, years: int):
        """Yields (base case, scenario) of budget year 1, 2, ...; both use the values by year."""
        scenario = self.years(levels, levers, overlap, years)
        if not self.dated:
            yield from ((self.base, state) for state in scenario)
        elif not levels:
            yield from ((state, state) for state in scenario)
        else:
            yield from zip(self.years({}, {}, overlap, years), scenario, strict=True)

    @cached_property
    def dated(self) -> tuple[Dated, ...]:
        """The assumptions that have a value a year in this run."""
        return dated_values(self.assumptions, self.options.calendar)

    def in_year(self, year: int) -> tuple[dict, Mapping]:
        """Parameters of the base case in budget year 1, 2, ..., and the shares of its payers."""
        calendar = int(self.assumptions["first_year"].base) + year - 1
        prices = self.growth(year)["prices"]
        changed = {
            dated.parameter: dated.in_year(calendar, self.p[dated.parameter], prices)
            for dated in self.dated
            if dated.holds(calendar)
        }
        if not changed:
            return self.p, self.shares
        p = Parameters({**self.p, **changed})
        return p, payers.shares(self.assumptions.catalogue.payer_shares, p)

    def ledger_in(self, state: YearOutcome, year: int | None = None) -> dict:
        """The ledger of a state at the prices of budget year 1, 2, ..., or as it stands."""
        if year is None:
            return state.ledger
        return state.nominal(self.growth(year), self.assumptions.catalogue.cost_items)

    def growth(self, year: int) -> dict[str, np.ndarray]:
        """Index of nominal cost in budget year 1, 2, ..., (draws,); 1 in the price year.

        `care`: ageing of patients and prices; `prices`: prices alone; `work`: wages.
        """
        p = self.p
        passed = p["first_year"] + year - 1 - p["price_base_year"]
        ageing = (1 + p["mac_ageing_index"]) ** (passed / p["mac_ageing_years"])
        prices = (1 + p["mac_price_growth"]) ** passed
        return {
            "care": ageing * prices,
            "prices": prices,
            "work": (1 + p["mac_wage_growth"]) ** passed,
        }

    @cached_property
    def effective_draws(self) -> tuple[float | None, int | None]:
        """(effective number, number) of prior draws; (None, None) unless anchored on evidence."""
        if self.options.anchor != "evidence":
            return None, None
        weighed = weigh(self.source, self.options.seed)
        return weighed.effective, int(weighed.weights.size)

    def bottom_up(self) -> Mapping[str, np.ndarray]:
        """Base case before calibration, human capital: cost item -> EUR a year, (draws,)."""
        return base_case(self.p, self.assumptions.catalogue.care_by_rows).costs


def calibrated_on(assumptions: Assumptions, published: Assumptions, options: Options):
    """The assumptions that the calibration is calculated from.

    The published ones, so that the effect of an edit shows in the total; those in use with the
    option `recalibrate`, or where the figures that they are calibrated to were edited.
    """
    if options.recalibrate:
        return assumptions
    if options.anchor == "evidence":
        own_tables, theirs = assumptions.catalogue, published.catalogue
        held = all(own_tables[name] == theirs[name] for name in ("targets", "correlations"))
    else:
        held = assumptions["tot_article"] == published["tot_article"]
    return published if held else assumptions


def calibration_factor(
    p: dict, anchor: str, by_rows: dict, year: float | None = None
) -> np.ndarray:
    """Factor on sick-leave volume, (draws,), solved per draw to meet the anchor; at least a floor.

    Anchor `total`: the base case meets `tot_article`; otherwise its sick leave does. The floor is
    `cal_floor`. `year` is the length of a year in weeks, default `weeks_year`.
    """
    costs = base_case(p, by_rows, year=year).costs
    sick = costs["sick_leave_acute"] + costs["sick_leave_chronic"]
    other = payers.add(costs.values()) - sick if anchor == "total" else 0.0
    return np.maximum(people.ratio(p["tot_article"] - other, sick), p["cal_floor"])


@cached(most=4)
def solved(assumptions: Assumptions, draws: int, seed: int, point: bool, anchor: str) -> np.ndarray:
    """The calibration factor of these assumptions, read-only; (draws,), or (1,) with `point`."""
    if anchor in ("evidence", "none"):
        factor = np.ones(1 if point else draws)
    else:
        p = inputs(assumptions, draws, seed, point)
        factor = calibration_factor(p, anchor, assumptions.catalogue.care_by_rows)
    factor.flags.writeable = False
    return factor


def model(
    assumptions: Assumptions, published: Assumptions, options: Options, point: bool = False
) -> Model:
    """The drawn and calibrated model, cached: a moved lever then only costs the scenario."""
    single = point and options.anchor != "evidence"  # there the point is a mean over draws
    same = Options(
        draws=1 if single else options.draws,
        seed=0 if single else options.seed,
        anchor=options.anchor,
        valuation=options.valuation,
        recalibrate=options.recalibrate,
        presenteeism=options.presenteeism,
        calendar=options.calendar,
    )
    return drawn(assumptions, published, same, point)


def drawn(assumptions: Assumptions, published: Assumptions, options: Options, point: bool) -> Model:
    """The model, cached: of edited assumptions only as long as some result uses it."""
    if assumptions is Assumptions.default():
        return _lasting(assumptions, published, options, point)
    known = assumptions.memory.setdefault("drawn", WeakValueDictionary())
    key = published, options, point
    made = known.get(key)
    if made is None:
        made = known[key] = Model(assumptions, published, options, point)
    return made


@cached(most=8)  # four anchors, each with its point estimate
def _lasting(assumptions, published, options, point) -> Model:
    return Model(assumptions, published, options, point)
