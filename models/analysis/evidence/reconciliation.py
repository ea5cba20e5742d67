"""Reconciliation: from the bottom-up cost to the published total, and other published totals."""

from __future__ import annotations

import numpy as np
import pandas as pd

from models.caching import cached
from models.engine.inputs import inputs
from models.engine.result import Result
from models.engine.summary import rows
from models.formulas.base_case import SICK_LEAVE, base_case
from models.formulas.payers import add

COLUMNS = (
    "id", "parameter", "index", "compares_with", "label_en", "label_nl", "note_en", "note_nl",
)  # fmt: skip


def steps(result: Result) -> pd.DataFrame:
    """Today's cost built up, EUR a year: cost by kind, the factor, the anchor and what is left.

    Rows in order: `care`, `sick_leave` and `disability` bottom-up; their sum `bottom_up`;
    `calibration`, what the factor adds to sick leave; `human_capital_total`; `valuation`, what the
    other valuation, presenteeism and cost items of work made by rows change; `base_case`, the
    figure of the headline; `anchor`, the published total drawn from its range (absent with anchor
    `none`); `residual`, base case under human capital less anchor: the edits made, and the draws
    in which the factor met its floor. Under `evidence` the rows up to `bottom_up` are the prior
    draws, and `calibration` is the difference that weighing them makes to the mean, without a
    range: the draws before and after are not the same ones. There is no anchor then.
    """
    return _steps(result).copy()


@cached(1)
def _steps(result: Result) -> pd.DataFrame:
    """`steps`, cached, because several parts of the first page use it."""
    draws = step_draws(result)
    return rows([{"step": name} for name in draws], list(draws.values())).set_index("step")


def step_draws(result: Result) -> dict[str, np.ndarray]:
    """The draws behind `steps`, EUR a year, by step in the same order."""
    m = result.model
    calibrated = m.bottom_up()
    sick, total = _sick_leave(calibrated), add(calibrated.values())
    if m.options.anchor == "evidence":
        prior = inputs(m.assumptions, m.options.draws, m.options.seed, False)
        costs = base_case(prior, m.assumptions.catalogue.care_by_rows).costs
        shift = float(total.mean() - add(costs.values()).mean())
        added, after = np.full_like(total, shift), total
    else:
        costs = calibrated
        added = sick * (m.factor - 1)
        after = total + added
    steps = {
        "care": add(costs.values()) - _sick_leave(costs) - costs["disability"],
        "sick_leave": _sick_leave(costs),
        "disability": costs["disability"],
        "bottom_up": add(costs.values()),
        "calibration": added,
        "human_capital_total": after,
        "valuation": m.base.total - after,
        "base_case": m.base.total,
    }
    if m.options.anchor in ("total", "sick_leave"):
        compared = after if m.options.anchor == "total" else sick + added
        steps["anchor"] = m.p["tot_article"]
        steps["residual"] = compared - m.p["tot_article"]
    return steps


def _sick_leave(costs) -> np.ndarray:
    return add(costs[name] for name in SICK_LEAVE)


def published(result: Result) -> pd.DataFrame:
    """Published totals beside this model's figure for the same thing, in the same `unit`.

    EUR a year, but sick leave of all causes in working days: euros of two prices a day do not
    compare. Columns: id, compares_with, unit, value, low, high (in prices of the index, else of
    their own year as `price_year` says), ours (mean under the present options), ratio (ours /
    value), source and the labels and notes of published_totals.csv.
    """
    ours = {
        "total": result.base.total,
        "sick_leave": add(v for (item, _), v in result.base.ledger.items() if item in SICK_LEAVE),
        "sick_days": result.base.health["sick_days"],
        "care": _care(result),
    }
    lines = []
    for row in result.catalogue["published_totals"]:
        fact = result.model.assumptions[row["parameter"]]
        index = result.model.assumptions[row["index"]].base if row["index"] else 1.0
        mean = float(np.mean(ours[row["compares_with"]]))
        lines.append({
            **{name: row[name] for name in COLUMNS if name not in ("parameter", "index")},
            "unit": fact.unit,
            "value": fact.base * index,
            "low": fact.low * index,
            "high": fact.high * index,
            "price_year": result.price_year if row["index"] else fact.price_year,
            "ours": mean,
            "ratio": mean / (fact.base * index),
            "source": fact.source,
        })  # fmt: skip
    return pd.DataFrame(lines)


def _care(result: Result) -> np.ndarray:
    return add(
        amount
        for (item, _), amount in result.base.ledger.items()
        if result.catalogue.cost_items[item]["category"] == "care"
    )
