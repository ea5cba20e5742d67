"""What `run` prints: its JSON with warnings in the words of the page, and one sum to check."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

import pandas as pd

from models.analysis.warnings import Warning, about_request, warnings
from models.engine.document import document
from models.engine.record import plain
from models.engine.result import Result
from models.engine.summary import standard_errors
from models.paths import TEXT

SHARES = ("draws", "change")
COUNTS = ("needed", "spare", "there", "effective", "pool", "number", "least")


@cache
def _sentences() -> dict[str, str]:
    """Key -> sentence with fields: the texts of the page."""
    return tomllib.loads((TEXT / "en" / "warnings.toml").read_text(encoding="utf-8"))["warning"]


def warned(result: Result) -> list[dict[str, Any]]:
    """Every warning of a run and of what was asked: `key`, its `text`, and the `values` in it."""
    listed = (*warnings(result), *about_request(result))
    return [{"key": w.key, "text": _text(w, result), "values": plain(w.values)} for w in listed]


def run_document(result: Result) -> dict[str, Any]:
    """What `run --format json` prints: the result, its simulation errors, and the warnings."""
    errors = {"standard_errors": standard_errors(result)}
    return document(result) | errors | {"warnings": warned(result)}


def _text(warning: Warning, result: Result) -> str:
    texts = _sentences()
    values = {
        name: _value(name, value, warning.values, result) for name, value in warning.values.items()
    }
    return texts.get(warning.key, texts["conflict"]).format(**values)


def _value(name: str, value: Any, values: Mapping[str, Any], result: Result) -> str:
    """A value of a sentence: names with their label, numbers with their unit where there is one."""
    if name in ("lever", "other"):
        return f"{result.levers[value].label_en} ({value})"
    if name == "parameter":
        return f"{result.model.assumptions[value].label_en} ({value})"
    if name == "of":
        return _sentences()[f"of_{value}"]
    if name in SHARES:
        return f"{value:.0%}"
    if name in COUNTS:
        return f"{value:,.0f}"
    if name == "unit":
        return str(value)
    unit = result.levers[values["lever"]].unit if "lever" in values else values.get("unit", "")
    return f"{value:,.6g} {unit}".strip()


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
