"""Checks of values_by_year.csv: which assumptions may have a value a year, and which values."""

from __future__ import annotations

from models.tables.checks.check import YEARS, Check

GROUPS = ("insurance", "prices")  # of assumptions that may have a value a year
NOMINAL = "nominal"


def check_values_by_year(check: Check) -> None:
    """Add a finding for every wrong row; `check` collects those of all tables of the catalogue.

    Only prices, terms of insurance and parameters that a lever sets may have a value a year. The
    formulas carry all others through the years themselves: spells, stocks, episodes.
    """
    name, (first, last) = "values_by_year", YEARS
    set_by_levers = {
        raw["parameter"] for raw in check.rows["lever_effects"] if raw["operation"] == "set"
    }
    for raw in check.sound(name):
        year, value = float(raw["year"]), float(raw["value"])
        if year % 1:
            check.add("whole", name, raw, "year")
        elif not first <= year <= last:
            check.add("range", name, raw, "year", lower=str(first), upper=str(last), what="year")
        for row in check.of([raw["parameter"]]):
            if row.group not in GROUPS and row.parameter not in set_by_levers:
                check.add("by_year_parameter", name, raw, "parameter")
            lower, upper = row.support
            if not lower <= value <= upper:
                limits = {"lower": f"{lower:g}", "upper": f"{upper:g}", "what": row.unit}
                check.add("range", name, raw, "value", **limits)
            if raw["prices"] == NOMINAL and not row.unit.startswith("EUR"):
                check.add("by_year_money", name, raw, "prices")
