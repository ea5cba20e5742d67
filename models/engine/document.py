"""The object that `run --format json` prints: everything a result says, in plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from models.engine.summary import STATISTICS
from models.version import VERSION

if TYPE_CHECKING:
    from models.engine.result import Result

SCHEMA = 1  # of every JSON object that the commands print


def document(result: Result) -> dict:
    """A result as plain values: amounts in EUR a year in force, and the budget by calendar year.

    Figures have mean and 95% interval; levels, options and hash of the assumptions go with them.
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
