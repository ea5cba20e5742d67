"""Structural choices side by side: the answer of the model if it had been built otherwise.

A structure is a set of rows of data/structures.csv: other values for assumptions that together
describe another choice, such as another absence curve. It is an edit like any other, and the
calibration weighs again. The present model is never one of them.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from models.analysis.evidence.targets import TargetRow, targets
from models.caching import cached
from models.engine.options import Options
from models.engine.output.document import SCHEMA
from models.engine.record import INLINE, Quantity, Record
from models.engine.result import Result
from models.engine.run import run
from models.paths import DATA

FILE = "structures.csv"
PRESENT = "present"
Edits = Mapping[str, tuple[float, float, float]]  # parameter -> base, low, high


def structures() -> dict[str, Edits]:
    """Structure -> its edits."""
    edits: dict[str, dict[str, tuple[float, float, float]]] = {}
    with (DATA / FILE).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            base, low, high = (float(row[name]) for name in ("base", "low", "high"))
            edits.setdefault(row["structure"], {})[row["parameter"]] = base, low, high
    return dict(edits)


@dataclass(frozen=True)
class Structure(Record):
    """The model under one structural choice: totals in EUR a year in force.

    `edits` are the assumptions that differ (base, low, high); `effective_draws` is how many prior
    draws count after calibration. `distances` says by target how far it lies from what the other
    targets lead to, in standard deviations of the two together.
    """

    structure: str
    edits: Edits
    base_case_total: Quantity
    incremental_total: Quantity
    effective_draws: float
    targets: tuple[TargetRow, ...]
    distances: Mapping[str, float]
    command: str


@dataclass(frozen=True)
class Structures(Record):
    """The present model and every other structure, each with the same levels and options."""

    schema: int
    assumptions_hash: str
    options: Annotated[Options, INLINE]
    levers: Mapping[str, float]
    structures: tuple[Structure, ...]


@cached(most=1)
def beside(result: Result) -> Structures:
    """The present model and every structure: total, package, and what calibration says of each.

    Each with the levels and options of `result`, EUR a year in force. `targets` are the published
    figures with the model's before and after the calibration, as `targets` gives them.
    """
    all_edits: dict[str, Edits] = {PRESENT: {}, **structures()}
    return Structures(
        schema=SCHEMA,
        assumptions_hash=result.assumptions_hash,
        options=result.options,
        levers=dict(result.levels),
        structures=tuple(_structure(result, name, edits) for name, edits in all_edits.items()),
    )


def _structure(result: Result, name: str, edits: Edits) -> Structure:
    options = {**vars(result.options), "recalibrate": bool(edits) or result.options.recalibrate}
    assumptions = result.model.assumptions
    other = run(result.levels, assumptions=assumptions, set_assumptions=dict(edits), **options)
    calibrated = targets(other)
    return Structure(
        structure=name,
        edits=dict(edits),
        base_case_total=Quantity(**other.headline["base_case_total"]),
        incremental_total=Quantity(**other.headline["incremental_total"]),
        effective_draws=calibrated.effective_draws,
        targets=calibrated.targets,
        distances={row.target: row.distance for row in calibrated.contradictions},
        command=other.command,
    )
