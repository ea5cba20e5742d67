"""Structural choices side by side: what the answer would be had the model been built otherwise.

A structure is a set of rows of data/structures.csv: other values for assumptions that together
describe another choice, such as another absence curve. It is an edit like any other, and the
calibration weighs again. The present model is never one of them.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping

from models.analysis.evidence.targets import targets
from models.caching import cached
from models.engine.document import SCHEMA
from models.engine.result import Result
from models.engine.run import run
from models.paths import DATA

FILE = "structures.csv"
PRESENT = "present"
Edits = Mapping[str, tuple[float, float, float]]  # parameter -> base, low, high


def structures() -> dict[str, Edits]:
    """Structure -> its edits."""
    found: dict[str, dict[str, tuple[float, float, float]]] = {}
    with (DATA / FILE).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            base, low, high = (float(row[name]) for name in ("base", "low", "high"))
            found.setdefault(row["structure"], {})[row["parameter"]] = base, low, high
    return dict(found)


@cached(most=1)
def beside(result: Result) -> dict:
    """The present model and every structure: total, package, and what calibration says of each.

    Each with the levels and options of `result`, EUR a year in force. `targets` are the published
    figures with the model's before and after the calibration, as `targets` gives them.
    """
    made: dict[str, Edits] = {PRESENT: {}, **structures()}
    return {
        "schema": SCHEMA,
        "assumptions_hash": result.assumptions_hash,
        **vars(result.options),
        "levers": result.levels,
        "structures": [_one(result, name, edits) for name, edits in made.items()],
    }


def _one(result: Result, name: str, edits: Edits) -> dict:
    options = {**vars(result.options), "recalibrate": bool(edits) or result.options.recalibrate}
    used = result.model.assumptions
    other = run(result.levels, assumptions=used, set_assumptions=dict(edits), **options)
    found = targets(other)
    return {
        "structure": name,
        "edits": {parameter: list(three) for parameter, three in edits.items()},
        "base_case_total": other.headline["base_case_total"],
        "incremental_total": other.headline["incremental_total"],
        "effective_draws": found["effective_draws"],
        "targets": found["targets"],
        "distances": {row["target"]: row["distance"] for row in found["contradictions"]},
        "command": other.command,
    }
