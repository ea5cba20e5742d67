"""Checks of the published figures that calibrate the draws, and of stated correlations."""

from __future__ import annotations

from numpy.linalg import LinAlgError

from models.formulas.base_case import QUANTITIES
from models.formulas.draws import copula
from models.tables.checks.check import Check


def check_targets(check: Check) -> None:
    """Published figures: a mean inside a range above 0, in the unit of their quantity."""
    name = "targets"
    for raw in check.sound(name):
        quantity = QUANTITIES.get(raw["quantity"])
        if quantity is None:
            continue
        low, mean, high = (float(raw[column]) for column in ("low", "mean", "high"))
        if not 0 < low < mean < high:
            three = " / ".join((raw["low"], raw["mean"], raw["high"]))
            check.add("target_range", name, raw, "mean", three)
        if raw["unit"] != quantity.unit:
            check.add("target_unit", name, raw, "unit", name=quantity.unit)
        for column in ("from_day", "day"):
            if bool(raw[column]) != (column in quantity.days):
                code = "target_day" if column in quantity.days else "target_no_day"
                check.add(code, name, raw, column, what=raw["quantity"])
            elif raw[column] and float(raw[column]) < 0:
                check.add("target_day", name, raw, column, what=raw["quantity"])


def check_correlations(check: Check) -> None:
    """Rank correlations between two drawn parameters, which together form a possible matrix."""
    name, pairs = "correlations", {}
    for raw in check.sound(name):
        rho = float(raw["rank_correlation"])
        if raw["first"] == raw["second"] or not -1 < rho < 1:
            check.add("correlation_pair", name, raw, "rank_correlation")
        elif (raw["second"], raw["first"]) in pairs:
            reverse = f"{raw['second']} / {raw['first']}"
            check.add("id_twice", name, raw, "second", other=reverse)
        elif raw["use"] == "1":
            pairs[raw["first"], raw["second"]] = rho
    try:
        copula(pairs)
    except LinAlgError:
        check.findings.add("correlation_matrix", file=f"{name}.csv", found=len(pairs))
