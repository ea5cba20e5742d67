"""One sum at fixed assumptions, to check by hand: `run --point`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from models.engine.result import Result


def point_frame(result: Result) -> pd.DataFrame:
    """Cost item and payer: base case, scenario and change in force, EUR a year, in one sum.

    At base values; under the anchor `evidence` at the means of the draws that agree with the
    published figures. It is not the mean that other outputs give: a product of uncertain numbers
    has another mean than the product of their means.
    """
    point, overlap = result.point, result.options.overlap
    scenario = point.steady(result.levels, result.levers, overlap)
    before, after = point.base.ledger, scenario.ledger
    rows = []
    for item, payer in sorted(before.keys() | after.keys()):
        today, then = (
            float(ledger[item, payer][0]) if (item, payer) in ledger else 0.0
            for ledger in (before, after)
        )
        amounts = {"base_case": today, "scenario": then, "incremental": then - today}
        rows.append({"cost_item": item, "payer": payer, **amounts, "unit": "EUR/year"})
    return pd.DataFrame(rows)


def point_lines(result: Result) -> list[str]:
    """The same by cost item, EUR million a year."""
    amounts = ["base_case", "scenario", "incremental"]
    items = point_frame(result).groupby("cost_item")[amounts].sum()
    items.loc["total"] = items.sum()
    evidence = result.options.anchor == "evidence"
    where = "means of the assumptions that agree with the evidence" if evidence else "base values"
    head = f"EUR million a year, in force, at {where}: one sum, not the mean over draws"
    lines = [head, f"{'cost_item':24}" + "".join(f" {name:>12}" for name in amounts)]
    for name, row in items.iterrows():
        lines.append(f"{name:24}" + "".join(f" {row[part] / 1e6:12.2f}" for part in amounts))
    return lines
