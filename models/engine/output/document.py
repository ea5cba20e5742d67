"""A result as others see it: the object that the bundle holds, a notebook's table, its draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from models.engine.output.warning_texts import warned
from models.engine.summary import SCENARIOS, STATISTICS, standard_errors
from models.version import VERSION

if TYPE_CHECKING:
    from models.engine.result import Result

SCHEMA = 1  # of every JSON object that the commands print
TITLES = {"base_case": "today", "scenario": "with the levers", "incremental": "change"}


def document(result: Result) -> dict:
    """A result as plain values: amounts in EUR a year in force, and the budget by calendar year.

    Figures have mean and 95% interval; levels, options and hash of the assumptions go with them,
    and so do the simulation errors of the means and the warnings, as key, values and sentence.
    """
    frame = result.table
    keep = ["scenario", "view", "year", "cost_item", "payer", "kind", *STATISTICS]
    costs = frame[frame["kind"] != "health"][keep]
    measures = frame[frame["kind"] == "health"][["scenario", "measure", "unit", *STATISTICS]]
    by_perspective, added = result.budget_by_perspective()
    return {
        "schema": SCHEMA,
        "scenario_id": result.scenario_id,
        "assumptions_hash": result.assumptions_hash,
        "model_version": VERSION,
        **vars(result.options),
        "price_year": result.price_year,
        "levers": result.levels,
        "headline": result.headline,
        "probability_saving_by_payer": result.probability_saving_by_payer,
        "perspectives": [_with_chance(row) for row in _records(result.perspectives())],
        "discount_rates": {
            "costs": result.model.assumptions["mac_disc_cost"].base,
            "effects": result.model.assumptions["mac_disc_effect"].base,
        },
        "budget": result.budget().to_dict("records"),
        "budget_sum": result.budget_sum().to_dict("records"),
        "budget_programme": result.budget_programme().to_dict("records"),
        "budget_constant_prices": result.budget_constant_prices().to_dict("records"),
        "budget_health": result.budget_health().to_dict("records"),
        "budget_by_perspective": by_perspective.to_dict("records"),
        "budget_by_perspective_sum": added.to_dict("records"),
        "values_by_year": result.values_by_year(),
        "break_even_year": result.break_even_year,
        "calibration": result.calibration,
        "ledger": [_plain(row) for row in costs.to_dict("records")],
        "health": measures.to_dict("records"),
        "cash": result.cash.records(),
        "premium": result.cash.premium_records(),
        "premium_by_lever": [
            {"lever": name, "level": result.levels[name]} | cash.premiums_alone()
            for name, cash in result.cash_alone.items()
        ],
        "standard_errors": standard_errors(result),
        "warnings": warned(result),
    }


def _records(frame: pd.DataFrame) -> list[dict]:
    return frame.reset_index().to_dict("records")


def _with_chance(row: dict) -> dict:
    """A row of the perspectives; the chance of saving is null where nothing changes."""
    chance = row["probability_saving"]
    return {**row, "probability_saving": None if pd.isna(chance) else chance}


def _plain(row: dict) -> dict:
    """A row of the ledger; `year` is a whole number, or None for a row in force."""
    year = row["year"]
    return {**row, "year": None if year is None or pd.isna(year) else int(year)}


def one_line(result: Result) -> str:
    """One line: id, base case, change, number of draws."""
    total, change = (result.headline[f"{name}_total"]["mean"] for name in SCENARIOS[::2])
    figures = f"base case {total / 1e6:,.0f}, change {change / 1e6:,.1f} EUR million a year"
    return f"<Result {result.scenario_id}: {figures}; {result.options.draws} draws>"


def html_table(result: Result) -> str:
    """A table of the three totals: mean and 95% interval, EUR million a year in force."""
    rows = {
        TITLES[name]: [
            result.headline[f"{name}_total"][part] / 1e6 for part in ("mean", "p2_5", "p97_5")
        ]
        for name in SCENARIOS
    }
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=["mean", "2.5%", "97.5%"])
    frame.columns.name = f"EUR million a year, price year {result.price_year}"
    return frame.to_html(float_format="{:,.1f}".format, border=0)


def draws_frame(result: Result) -> pd.DataFrame:
    """One row a draw: the three totals and the change of each payer, EUR a year in force."""
    columns = {
        "base_case_total": result.base.total,
        "scenario_total": result.scenario.total,
        "incremental_total": result.incremental,
    }
    columns |= {f"payer/{name}": change for name, change in result.payer_changes.items()}
    frame = pd.DataFrame(columns)
    frame.index = pd.RangeIndex(1, len(frame) + 1, name="draw")
    return result.described(frame)
