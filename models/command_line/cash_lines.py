"""The lines of `run` about money: premium by the rule, who pays whom, and the years."""

from __future__ import annotations

from models.engine.cash import ADULT, MEASURES
from models.engine.result import Result
from models.formulas.cash import CASH_PAYERS


def cash_lines(result: Result) -> list[str]:
    """A table of premiums, one of flows by payer, and premiums by year where a lever is moved.

    EUR million a year, or EUR an adult a year; changes against today, by the rule.
    """
    lines = ["", f"{'by the rule':38} {'today':>10} {'change':>10} {'2.5%':>10} {'97.5%':>10}"]
    for name, unit in MEASURES.items():
        today = result.cash.premium_quantity(name, "base_case")
        change = result.cash.premium_quantity(name)
        amounts = (today["mean"], *(change[part] for part in ("mean", "p2_5", "p97_5")))
        cells = " ".join(_amount(value, unit) for value in amounts)
        lines.append(f"{f'{name} ({_short(unit)})':38} {cells}")
    scenario = "incremental" if result.levels else "base_case"
    view = "change" if result.levels else "today"
    head = "".join(f" {name:>10}" for name in CASH_PAYERS)
    lines += ["", f"{f'cash, {view}: paid +, received -':38}{head}"]
    for flow, row in result.cash.matrix(scenario).iterrows():
        cells = "".join(f" {_amount(row.get(name, 0.0), '')}" for name in CASH_PAYERS)
        lines.append(f"{flow:38}{cells}")
    return [*lines, *_years(result)] if result.levels else lines


def _years(result: Result) -> list[str]:
    frame = result.cash.premium
    frame = frame[frame["year"].notna() & (frame["scenario"] == "incremental")]
    wide = frame.pivot(index="measure", columns="year", values="mean")
    head = "".join(f" {year:>10}" for year in wide.columns)
    lines = ["", f"{'change by year, current prices':38}{head}"]
    for name, unit in MEASURES.items():
        cells = "".join(f" {_amount(value, unit)}" for value in wide.loc[name])
        lines.append(f"{f'{name} ({_short(unit)})':38}{cells}")
    return [*lines, *_values(result)]


def _values(result: Result) -> list[str]:
    """Lines with the value in each year of the assumptions that have values by year."""
    lines = [""]
    for row in result.values_by_year():
        when = "in force" if row["year"] is None else row["year"]
        why = "" if row["status"] == "in_force" else f", {row['status']}"
        money = ", money of that year" if row["prices"] == "nominal" else ""
        lines.append(f"{row['parameter']} {when}: {row['value']:g} {row['unit']}{why}{money}")
    return lines


def _short(unit: str) -> str:
    return "EUR/adult" if unit == ADULT else "EUR m"


def _amount(value: float, unit: str) -> str:
    shown = round(value, 2) if unit == ADULT else round(value / 1e6, 1)
    return f"{shown + 0.0:10.{2 if unit == ADULT else 1}f}"  # no minus before zero
