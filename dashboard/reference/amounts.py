"""Amounts that the documents quote, each worked out by a run and written between its marks.

A row of docs/amounts.csv is a run and a figure of it, in EUR million. A document quotes it as
`<!--amount:support-->-63<!--/-->`, which a reader sees as -63; the command writes the figure of
today there. So a quote says which run gives it, and a test says when it is out of date.

python -m dashboard.reference --amounts
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import models
from dashboard.paths import DOCS
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
    found = (*DOCS.glob("*.md"), DOCS.parent / "CHANGELOG.md")
    return [path for path in found if QUOTE.search(path.read_text(encoding="utf-8"))]


def quotes(path: Path) -> list[tuple[str, str]]:
    """(id, what stands there) of every quote in a document."""
    found = QUOTE.finditer(path.read_text(encoding="utf-8"))
    return [(quote["id"], quote["shown"]) for quote in found]


def figure(row: Mapping[str, str]) -> str:
    """The figure of a row as the documents write it: EUR million, whole, with its sign."""
    result = _result(row["levers"], row["edits"], row["options"])
    name, _, key = row["figure"].partition(" ")
    if name == "range":
        low, high = (result.headline["incremental_total"][end] for end in ("p2_5", "p97_5"))
        return f"{_whole(low)} to {_whole(high)}"
    amount = _amount(result, name, key)
    if row["against"] == "published":
        amount -= _amount(_result(row["levers"], "", row["options"]), name, key)
    changes = name in ("change", "point", "first_year", "nominal", "constant") or row["against"]
    return _whole(amount, plus=bool(changes))


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
        set_assumptions={name: _edit(value) for name, value in _pairs(edits)} or None,
        **{name: _option(name, value) for name, value in _pairs(options)},
    )


def _pairs(text: str) -> list[list[str]]:
    return [part.split("=") for part in text.split()]


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
    made = [{**row, "shown": figure(row)} for row in rows()]
    FILE.write_text(records_text(list(made[0]), made), encoding="utf-8")
    shown = {row["id"]: row["shown"] for row in made}
    for path in documents():
        text = path.read_text(encoding="utf-8")
        new = QUOTE.sub(lambda one: f"<!--amount:{one['id']}-->{shown[one['id']]}<!--/-->", text)
        path.write_text(new, encoding="utf-8")
