"""Amounts that the documents quote, each worked out by a run and written between its marks.

A row of docs/amounts.csv is a run and a figure of it: EUR million, or a published figure of
data/targets.csv in its own unit. Its edits are assumptions, or @ and a structure of
data/structures.csv. A document quotes it as
`<!--amount:support-->-63<!--/-->`, which a reader sees as -63; the command writes the figure of
today there. So a quote says which run gives it, and a test says when it is out of date.

python -m dashboard.reference --amounts
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import models
from dashboard.paths import DOCS
from models.analysis.evidence.structures import structures
from models.analysis.evidence.targets import Targets
from models.engine.options import DEFAULTS
from models.tables.csv_writer import records_text

FILE = DOCS / "amounts.csv"
QUOTE = re.compile(r"<!--amount:(?P<id>[a-z0-9_]+)-->(?P<shown>.*?)<!--/-->")
MILLION = 1e6


def rows() -> list[dict[str, str]]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def documents() -> list[Path]:
    """The documents that quote amounts."""
    paths = (*DOCS.glob("*.md"), DOCS.parent / "CHANGELOG.md")
    return [path for path in paths if QUOTE.search(path.read_text(encoding="utf-8"))]


def quotes(path: Path) -> list[tuple[str, str]]:
    """(id, what stands there) of every quote in a document."""
    matches = QUOTE.finditer(path.read_text(encoding="utf-8"))
    return [(quote["id"], quote["shown"]) for quote in matches]


def figure(row: Mapping[str, str]) -> str:
    """The figure of a row as the documents write it: EUR million, whole, with its sign."""
    result = _result(row["levers"], row["edits"], row["options"])
    name, _, key = row["figure"].partition(" ")
    if name in RANGES:
        low, high = (result.headline[RANGES[name]][end] for end in ("p2_5", "p97_5"))
        return f"{_whole(low)} to {_whole(high)}"
    if name in CALIBRATED:
        return CALIBRATED[name](models.targets(result), key)
    amount = _amount(result, name, key)
    if row["against"] == "published":
        amount -= _amount(_result(row["levers"], "", row["options"]), name, key)
    changes = name in ("change", "point", "first_year", "nominal", "constant") or row["against"]
    return _whole(amount, plus=bool(changes))


def _model_figure(answer: Targets, target: str) -> str:
    """The model's own figure for a target after calibration, rounded as its unit is read."""
    row = next(row for row in answer.targets if row.id == target)
    value = row.after.mean
    match row.unit:
        case "working days/year":
            return f"{value / MILLION:.1f} million"
        case "spells/year" | "persons":
            return f"{round(value, -3):,.0f}"
        case "share of spells":
            return f"{value:.0%}"
        case "EUR/year":
            return _whole(value)
    return f"{value:,.0f}"


def _distance(answer: Targets, target: str) -> str:
    """How many standard deviations a target lies from what the others lead to."""
    return f"{abs(next(r.distance for r in answer.contradictions if r.target == target)):.1f}"


def _effective(answer: Targets, _: str) -> str:
    return f"{answer.effective_draws:,.0f}"


RANGES = {"range": "incremental_total", "total_range": "base_case_total"}
CALIBRATED: Mapping[str, Callable[[Targets, str], str]] = {
    "target": _model_figure,
    "distance": _distance,
    "effective": _effective,
}


def _amount(result: models.Result, name: str, key: str) -> float:
    """EUR a year in force, or EUR of the years of the budget together."""
    match name:
        case "total":
            return result.headline["base_case_total"]["mean"]
        case "change":
            return result.headline["incremental_total"]["mean"]
        case "point":
            point = result.point
            after = point.steady(result.levels, result.levers, result.options.overlap)
            return float((after.total - point.base.total)[0])
        case "payer" | "item":
            return result.means("base_case", "payer" if name == "payer" else "cost_item")[key]
        case "first_year":
            frame = result.budget()
            frame = frame[frame["year"] == result.first_year]
        case _:
            frame = result.budget_sum()
    view = "constant_prices" if name == "constant" else "nominal"
    chosen = (frame["view"] == view) & (frame["payer"] == "total")
    return float(frame.loc[chosen, "mean"].iloc[0])


@lru_cache(maxsize=64)
def _result(levers: str, edits: str, options: str) -> models.Result:
    return models.run(
        {name: float(value) for name, value in _pairs(levers)},
        set_assumptions=_edits(edits) or None,
        **{name: _option(name, value) for name, value in _pairs(options)},
    )


def _pairs(text: str) -> list[list[str]]:
    return [part.split("=") for part in text.split()]


def _edits(text: str) -> dict[str, float | tuple[float, ...]]:
    if text.startswith("@"):
        return dict(structures()[text[1:]])
    return {name: _edit(value) for name, value in _pairs(text)}


def _edit(text: str) -> float | tuple[float, ...]:
    numbers = tuple(float(part) for part in text.split(":"))
    return numbers[0] if len(numbers) == 1 else numbers


def _option(name: str, value: str) -> Any:
    default = DEFAULTS[name]
    return value == "true" if isinstance(default, bool) else type(default)(value)


def _whole(amount: float, plus: bool = False) -> str:
    number = round(amount / MILLION)
    return f"{number:+,}" if plus and number else f"{number:,}"


def write() -> None:
    """Work every amount out and write it to the table and to the documents that quote it."""
    figures = [{**row, "shown": figure(row)} for row in rows()]
    FILE.write_text(records_text(list(figures[0]), figures), encoding="utf-8")
    shown = {row["id"]: row["shown"] for row in figures}
    for path in documents():
        text = path.read_text(encoding="utf-8")
        new = QUOTE.sub(
            lambda match: f"<!--amount:{match['id']}-->{shown[match['id']]}<!--/-->", text
        )
        path.write_text(new, encoding="utf-8")
