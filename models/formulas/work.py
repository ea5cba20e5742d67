"""Work: sick leave and disability, valued by human capital or friction cost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.caching import cached_property
from models.formulas.absence_curve import Curve, mean_weeks, weeks_by_year
from models.formulas.people import ratio

VALUATIONS = ("human_capital", "friction")
ITEMS = ("sick_leave_acute", "sick_leave_chronic", "disability", "presenteeism")


@dataclass(frozen=True)
class Absence:
    """Sick leave of the spells that start in a year, and of chronic patients; arrays (draws,).

    In force these are also the weeks that fall in a year; on the way there, see `CalendarYear`.
    """

    spells: np.ndarray  # spells
    curve: Curve  # share of them still absent
    friction_period: np.ndarray  # weeks
    year: float  # weeks in a year
    chronic_weeks: np.ndarray  # calendar weeks of chronic patients together
    chronic_friction_weeks: np.ndarray  # the same within the friction period
    reach_end: np.ndarray  # spells that reach the end of wage payment

    @cached_property
    def spell_weeks(self) -> np.ndarray:
        """Calendar weeks of all spells together, to the last knot."""
        return self.spells * self.curve.mean_weeks

    @cached_property
    def first_year_weeks(self) -> np.ndarray:
        """The part of `spell_weeks` in the first year of a spell, when more of the wage is paid."""
        return self.spells * mean_weeks(self.curve, self.year)

    @cached_property
    def spell_friction_weeks(self) -> np.ndarray:
        """The same within the friction period; worked out only where it is valued."""
        return self.spells * mean_weeks(self.curve, self.friction_period)

    @cached_property
    def by_year(self) -> list[np.ndarray]:
        """Weeks of these spells in the year they start in, the next, and so on."""
        return [self.spells * weeks for weeks in self.curve.weeks_by_year(self.year)]

    @cached_property
    def friction_by_year(self) -> list[np.ndarray]:
        """The same within the friction period."""
        weeks_paid = weeks_by_year(self.curve, self.year, self.friction_period)
        return [self.spells * weeks for weeks in weeks_paid]

    @cached_property
    def first_by_year(self) -> list[np.ndarray]:
        """The same within the first year of a spell."""
        weeks_ill = weeks_by_year(self.curve, self.year, self.year)
        return [self.spells * weeks for weeks in weeks_ill]


@dataclass(frozen=True)
class CalendarYear:
    """Sick leave in the calendar year in which it falls; arrays (draws,).

    `cohorts` are the spells that start in this year, last year, and so on, back to the first year
    of the policy; all earlier years are as `today`. Where nothing changes this is today to the bit.
    """

    cohorts: tuple[Absence, ...]
    today: Absence

    @cached_property
    def spell_weeks(self) -> np.ndarray:
        """Calendar weeks of all spells together that fall in this year."""
        return self._booked("spell_weeks", "by_year")

    @cached_property
    def spell_friction_weeks(self) -> np.ndarray:
        """The same within the friction period of each spell."""
        return self._booked("spell_friction_weeks", "friction_by_year")

    @cached_property
    def first_year_weeks(self) -> np.ndarray:
        """The same within the first year of each spell."""
        return self._booked("first_year_weeks", "first_by_year")

    def _booked(self, whole: str, parts: str) -> np.ndarray:
        """Today's weeks, and how the weeks of this year of each cohort differ from today's."""
        today = getattr(self.today, parts)
        cohorts = zip(self.cohorts, today, range(len(today)), strict=False)
        change = (getattr(cohort, parts)[k] - now for cohort, now, k in cohorts)
        return sum(change, getattr(self.today, whole))

    @property
    def chronic_weeks(self) -> np.ndarray:
        """Weeks of chronic patients in this year: their days fall in the year they start in."""
        return self.cohorts[0].chronic_weeks

    @property
    def chronic_friction_weeks(self) -> np.ndarray:
        """The same within the friction period."""
        return self.cohorts[0].chronic_friction_weeks


def factor_in_care(p, factor) -> np.ndarray:
    """Part of the calibration factor that belongs to people in care (levers of care reach it).

    `factor` is on the volume of sick leave, 1 without calibration; `cal_care_reach` is the share of
    its excess over 1 that people in care have. Never more than the factor itself.
    """
    return np.minimum(factor, 1 + p["cal_care_reach"] * (factor - 1))


def absence(p, people, episodes, chronic, c: Curve, factor, absence_ratio, year: float) -> Absence:
    """Sick leave of people in care (moved by episodes) and of the calibrated rest (not moved).

    `episodes` and `chronic` are relative to the base case, whose persons are in `people`; `c` is
    the curve of spells still absent; `factor` is the calibration factor. `rel_days_care` is the
    relative number of sick days (1 today) of patients of the GP, not of those who go straight to a
    physiotherapist. `absence_ratio` is the relative number of sick days of those in care that other
    care decisions cause (pictures avoided, extra physiotherapy). `year` is in weeks. Not counted:
    the self-employed apart.
    """
    inside = factor_in_care(p, factor)
    outside = factor - inside
    a_year = people.episodes * p["sl_employed"] * p["sl_share"]
    by_gp = ratio(people.acute, people.episodes)
    relative = (1 + by_gp * (p["rel_days_care"] - 1)) * absence_ratio
    spells = a_year * (inside * episodes * relative + outside)
    days = p["sl_chronic_days"] * p["days_week"] / p["work_days_week"]
    friction = np.minimum(days, p["price_friction"])
    employed = people.chronic * p["sl_chronic_employed"] * (inside * chronic + outside)
    return Absence(
        spells=spells,
        curve=c,
        friction_period=p["price_friction"] / p["days_week"],
        year=year,
        chronic_weeks=employed * days / p["days_week"],
        chronic_friction_weeks=employed * friction / p["days_week"],
        reach_end=spells * c.last,
    )


def work_costs(
    p, a: Absence | CalendarYear, disability, valuation: str, presenteeism: bool
) -> dict:
    """Cost items of work, EUR a year; disability counts under human capital only.

    `price_hour` x hours. An hour of a spell costs `sl_partial` of its value, because work is
    resumed in parts; the scattered days of chronic patients are whole days. Presenteeism is
    `sl_presenteeism` times all sick leave, whatever the valuation: nobody is absent, so there is
    nobody to replace. `disability` is the stock of benefits relative to today, and a benefit costs
    `sl_disability_output` a year. Not counted: unpaid work, turnover cost.
    """
    week = p["sl_hours_week"] * p["price_hour"]
    human = valuation == "human_capital"
    resumed = week * p["sl_partial"]
    acute = (a.spell_weeks if human else a.spell_friction_weeks) * resumed
    chronic = (a.chronic_weeks if human else a.chronic_friction_weeks) * week
    at_work = np.zeros_like(acute)
    if presenteeism:
        at_work = p["sl_presenteeism"] * (a.spell_weeks * resumed + a.chronic_weeks * week)
    output = p["sl_wia_stock"] * disability * p["sl_disability_output"]
    return {
        "sick_leave_acute": acute,
        "sick_leave_chronic": chronic,
        "disability": output if human else np.zeros_like(output),
        "presenteeism": at_work,
    }


def sick_days(p, a: Absence | CalendarYear) -> np.ndarray:
    """Working days of sick leave a year: weeks absent x `work_days_week`, partial return or not.

    `a` is the absence of a year. Not counted: days after week 104, which are disability, and days
    worked while ill.
    """
    return (a.spell_weeks + a.chronic_weeks) * p["work_days_week"]


def disability_exit(p) -> np.ndarray:
    """Share of the disability stock that leaves a year, 0 to 1: `sl_wia_exit`, (draws,).

    `sl_wia_exit` is an assumption; its row names the source. Not counted: the reason for leaving.
    """
    return p["sl_wia_exit"]


def disability_inflow(p, a: Absence, a_today: Absence) -> np.ndarray:
    """Inflow of the disability stock, relative to what keeps the stock of today; never below 0.

    `eff_disability_follows` is the share of a change in spells that reach the end of wage payment
    that new benefits follow. New benefits are fewer than those that leave (an old law runs empty).
    The stock of today is held, so a change of the inflow counts for inflow / (stock x exit) of it.
    `a_today` is the sick leave of the base case. Not counted: benefits of people who were never on
    sick leave.
    """
    new = p["sl_wia_inflow"] * p["sl_wia_lbp_share"]
    weight = ratio(new, p["sl_wia_stock"] * p["sl_wia_exit"])
    change = p["eff_disability_follows"] * (ratio(a.reach_end, a_today.reach_end) - 1)
    return np.maximum(1 + weight * change, 0)
