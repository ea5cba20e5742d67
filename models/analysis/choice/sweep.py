"""A table of runs over a grid of levers and assumptions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np
import pandas as pd

from models.engine.result import Result
from models.engine.run import catalogue_of, run
from models.engine.summary import STATISTICS, rows
from models.errors import DataError, UsageError, shown
from models.similar_names import nearest
from models.tables.assumptions import Assumptions
from models.tables.cell_values import parse_number
from models.version import VERSION

MAX_VALUES = 101  # of one name
MAX_RUNS = 1_000
TOTALS = ("base_case_total", "scenario_total", "incremental_total")


def grid(specs: Sequence[str], assumptions: Assumptions) -> dict[str, list[float]]:
    """Values by lever or parameter from texts NAME=FROM:TO:STEP; UsageError names what is wrong."""
    known = {**catalogue_of(assumptions), **assumptions}
    levels: dict[str, list[float]] = {}
    for spec in specs:
        name, sign, text = spec.partition("=")
        flag = f"--sweep {shown(spec)!r}"
        parts = text.split(":")
        if not sign or not name or len(parts) != 3:
            raise UsageError(f"{flag}: write NAME=FROM:TO:STEP, as in LEVER=0:1:0.5")
        if name not in known:
            near = ", ".join(nearest(name, known)) or "see `levers`"
            raise UsageError(f"{flag}: unknown lever or parameter {shown(name)!r}; nearest: {near}")
        if name in levels:
            raise UsageError(f"--sweep {shown(name)} is given twice; give it once")
        try:
            start, stop, step = (parse_number(part) for part in parts)
        except DataError:
            raise UsageError(f"{flag}: FROM, TO and STEP are numbers, such as 0:0.1:0.05") from None
        if step <= 0 or stop < start:
            raise UsageError(f"{flag}: FROM is at most TO, and STEP is above 0")
        number = int(np.floor((stop - start) / step + 1e-9)) + 1
        if number > MAX_VALUES:
            raise UsageError(
                f"{flag}: {number} values; at most {MAX_VALUES}, so take a larger step"
            )
        levels[name] = [round(start + i * step, 12) for i in range(number)]
    return levels


def sweep(
    values: Mapping[str, Sequence[float]] | None = None,
    levers: dict | None = None,
    scenario: str | dict | None = None,
    assumptions: Assumptions | None = None,
    set_assumptions: dict | None = None,
    **options,
) -> pd.DataFrame:
    """Every combination of the values, a run each; without them every lever at min, today, max.

    One row a run and outcome: `run`, `moved` (what differs from where the run started), the value
    and unit of each name swept, `outcome`, `unit`, mean and percentiles, and provenance. Outcomes
    are the totals, the difference per payer (`payer/...`) and per measure of health
    (`health/...`), and the probability of saving; EUR a year in force. A run equals `run` with
    the same levels and values.
    """
    used = assumptions if assumptions is not None else Assumptions.default()
    if set_assumptions:
        used = used.with_values(set_assumptions)
    start = run(levers, scenario, used, None, **options)
    catalogue = start.levers
    at = {name: start.levels.get(name, lever.today) for name, lever in catalogue.items()}
    at |= {name: row.base for name, row in used.items() if name not in catalogue}
    names = list(values) if values else list(catalogue)
    points = _points(values, catalogue, at)
    parts = []
    for number, point in enumerate(points, 1):
        levels = {n: v for n, v in {**start.levels, **point}.items() if n in catalogue}
        edits = {n: v for n, v in point.items() if n not in catalogue}
        result = run(levels, assumptions=used, set_assumptions=edits, **options)
        columns = {"run": number, "moved": " + ".join(n for n in names if point[n] != at[n])}
        for name in names:
            unit = (catalogue[name] if name in catalogue else used[name]).unit
            columns |= {name: point[name], f"{name}_unit": unit}
        parts.append(_outcomes(result).assign(**columns))
    frame = pd.concat(parts, ignore_index=True)
    outcome = ["outcome", "unit", *STATISTICS]
    first = [name for name in parts[0].columns if name not in outcome and name != "scenario_id"]
    return frame[[*first, *outcome, "scenario_id"]].assign(
        valuation=start.options.valuation,
        anchor=start.options.anchor,
        price_year=start.price_year,
        draws=start.options.draws,
        seed=start.options.seed,
        model_version=VERSION,
        assumptions_hash=used.hash,
    )


def _points(values, catalogue, at) -> list[dict[str, float]]:
    if not values:
        levels = {name: at[name] for name in catalogue}
        points = [
            {**levels, name: level}
            for name, lever in catalogue.items()
            for level in sorted({lever.min, lever.today, lever.max})
            if level != levels[name]
        ]
        return [levels, *points]
    number = int(np.prod([len(several) for several in values.values()]))
    if number > MAX_RUNS:
        raise UsageError(f"--sweep: {number} runs; at most {MAX_RUNS}, so take larger steps")
    return [dict(zip(values, point, strict=True)) for point in product(*values.values())]


def _outcomes(result: Result) -> pd.DataFrame:
    draws = [result.base.total, result.scenario.total, result.incremental]
    totals = rows([{"outcome": name} for name in TOTALS], draws)
    payers = result.summary("incremental", "payer")
    payers.insert(0, "outcome", [f"payer/{name}" for name in payers.index])
    money = pd.concat([totals, payers]).assign(unit="EUR/year")
    health = result.health()
    health = health[health["scenario"] == "incremental"]
    health = health.assign(outcome=[f"health/{name}" for name in health["measure"]])
    chance: dict[str, object] = {"outcome": "probability_saving", "unit": "probability"}
    saving = result.headline["probability_saving"]
    chance["mean"] = np.nan if saving is None else saving  # empty in a CSV
    frame = pd.concat([money, health, pd.DataFrame([chance])], ignore_index=True)
    return frame[["outcome", "unit", *STATISTICS]].assign(scenario_id=result.scenario_id)
