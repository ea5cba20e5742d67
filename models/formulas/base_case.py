"""The base case: no levers, human capital valuation; published figures are compared with this."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from models.formulas import absence_curve, care, payers, people, work

SICK_LEAVE = ("sick_leave_acute", "sick_leave_chronic")


@dataclass(frozen=True)
class BaseCase:
    """Cost items of the base case, EUR a year, and its absence; arrays (draws,)."""

    p: Mapping[str, np.ndarray]
    costs: Mapping[str, np.ndarray]
    care: tuple[str, ...]  # the cost items that are care
    absence: work.Absence


def base_case(p, by_rows: Mapping, factor=None, year: float | None = None) -> BaseCase:
    """Care and absence of the base case from parameters (draws,); `factor` on sick-leave volume.

    `by_rows` are the items of care that rows calculate instead of formulas: name -> (parameters
    multiplied, what they follow). `factor` is 1 without calibration. `year` is its length in weeks,
    default `weeks_year`. Not counted: presenteeism, and items of work that rows calculate.
    """
    groups, ones = people.groups(p), np.ones_like(p["vol_gp_acute"])
    use = care.physiotherapy_use(p, p)
    volumes = care.volumes(p, p, groups, ones, ones, use, use)
    factor = ones if factor is None else factor
    year = float(p["weeks_year"].flat[0]) if year is None else year
    absence = work.absence(p, groups, ones, ones, absence_curve.curve(p), factor, ones, year)
    costs = care.care_costs(p, p, volumes, volumes, ones)
    items = (*costs, *by_rows)
    costs |= work.work_costs(p, absence, ones, "human_capital", False)
    costs |= costs_by_rows(p, by_rows, ones, ones, ones)
    return BaseCase(p, costs, items, absence)


def costs_by_rows(p, items: Mapping, episodes, chronic, mix) -> dict[str, np.ndarray]:
    """Cost items that rows of cost_items.csv calculate, EUR a year, (draws,).

    `items`: name -> (parameters multiplied, what the item follows). `episodes`, `chronic` and `mix`
    are relative to today. See `care.item_cost`.
    """
    return {
        name: care.item_cost(p, names, follows, episodes, chronic, mix)
        for name, (names, follows) in items.items()
    }


@dataclass(frozen=True)
class Quantity:
    """A named output of the base case, its unit, and the days its value refers to."""

    unit: str
    days: tuple[str, ...]  # of `from_day`, `day`: which a target has to name
    value: Callable[[BaseCase, float | None, float | None], np.ndarray]


def _total(b: BaseCase, from_day, day) -> np.ndarray:
    return payers.add(b.costs.values())


def _care(b: BaseCase, from_day, day) -> np.ndarray:
    return payers.add(b.costs[name] for name in b.care)


def _sick_days(b: BaseCase, from_day, day) -> np.ndarray:
    return work.sick_days(b.p, b.absence)


def _spells(b: BaseCase, from_day, day) -> np.ndarray:
    return b.absence.spells * _still_absent(b, day)


def _assessments(b: BaseCase, from_day, day) -> np.ndarray:
    return b.absence.reach_end


def _spell_length(b: BaseCase, from_day, day) -> np.ndarray:
    """Mean length from the first day, of the spells that still run at `from_day`."""
    start = from_day / b.p["days_week"]
    curve = b.absence.curve
    left = curve.mean_weeks - absence_curve.mean_weeks(curve, start)
    return (start + people.ratio(left, absence_curve.share_at(curve, start))) * b.p["days_week"]


def _share_absent(b: BaseCase, from_day, day) -> np.ndarray:
    return people.ratio(_still_absent(b, day), _still_absent(b, from_day))


def _still_absent(b: BaseCase, day: float) -> np.ndarray:
    return absence_curve.share_at(b.absence.curve, day / b.p["days_week"])


def _disability_stock(b: BaseCase, from_day, day) -> np.ndarray:
    return b.p["sl_wia_stock"]


def _disability_inflow(b: BaseCase, from_day, day) -> np.ndarray:
    return b.p["sl_wia_inflow"] * b.p["sl_wia_lbp_share"]


QUANTITIES: dict[str, Quantity] = {
    "total": Quantity("EUR/year", (), _total),
    "care": Quantity("EUR/year", (), _care),
    "sick_days": Quantity("working days/year", (), _sick_days),
    "spells": Quantity("spells/year", ("day",), _spells),
    "wia_assessments": Quantity("assessments/year", (), _assessments),
    "spell_length": Quantity("calendar days", ("from_day",), _spell_length),
    "share_absent": Quantity("share of spells", ("from_day", "day"), _share_absent),
    "disability_stock": Quantity("persons", (), _disability_stock),
    "disability_inflow": Quantity("persons/year", (), _disability_inflow),
}


def quantity(target: Mapping[str, str], base: BaseCase) -> np.ndarray:
    """The model's own value of a published figure (a row of targets.csv), (draws,), in its unit.

    `base` is the base case. Which target exists, with its source, stands in data/targets.csv.
    """
    days = (float(target[name]) if target[name] else None for name in ("from_day", "day"))
    return QUANTITIES[target["quantity"]].value(base, *days)
