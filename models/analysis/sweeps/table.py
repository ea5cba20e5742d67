"""The rows of a sweep: each run with its outcomes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from models.analysis.sweeps.plan import MAX_RUNS, SCENARIO, Plan
from models.engine.options import KINDS
from models.engine.result import Result
from models.engine.run import catalogue_of, run
from models.engine.summary import STATISTICS, chance_of_saving, statistics_of
from models.errors import DataError, UsageError
from models.formulas.health import MEASURES
from models.tables.assumptions import Assumptions
from models.version import VERSION

# of the run, beside its outcomes
PROVENANCE = {"valuation": str, "anchor": str, "price_year": int, "draws": int, "seed": int}
NO_RANGE = dict.fromkeys(STATISTICS, np.nan)


def sweep(
    values: Mapping[str, Sequence] | None = None,
    levers: dict | None = None,
    scenario: str | dict | None = None,
    assumptions: Assumptions | None = None,
    set_assumptions: dict | None = None,
    **options,
) -> pd.DataFrame:
    """Every combination of the values, a run each; without them every lever at min, today, max.

    One row a run and outcome: `run`, `moved` (what differs from where the run started), the value
    and unit of each name swept, `outcome` with its `kind`, `what` (level, change or chance),
    `unit`, mean and percentiles, and provenance. Outcomes are the totals, the difference per payer
    (`payer/...`), per cost item (`item/...`) and per measure of health (`health/...`), and the
    probability of saving; EUR a year in force. A run equals `run` with the same levels and values.
    A name may also be `scenario` or an option of a run.
    """
    axes = {name: tuple(several) for name, several in (values or {}).items()}
    return table(planned(axes, levers, scenario, assumptions, set_assumptions, **options))


def table(plan: Plan) -> pd.DataFrame:
    """The rows of `sweep` of a plan; UsageError where there are too many runs for one table."""
    if plan.size > MAX_RUNS:
        raise UsageError(
            f"--sweep: {plan.size} runs; at most {MAX_RUNS}, so take larger steps, "
            "or write more of them to a file with --out NAME.parquet"
        )
    return pd.DataFrame(columns_of(plan, range(1, plan.size + 1)))


def planned(
    axes: Mapping[str, Any] | None = None,
    levers: dict | None = None,
    scenario: str | dict | None = None,
    assumptions: Assumptions | None = None,
    set_assumptions: dict | None = None,
    samples: int = 0,
    **options,
) -> Plan:
    """The plan of a sweep from the arguments of `run`, and the axes."""
    used = assumptions if assumptions is not None else Assumptions.default()
    if set_assumptions:
        used = used.with_values(set_assumptions)
    return Plan(used, axes or {}, levers or {}, scenario, options, samples)


def kinds(plan: Plan) -> dict[str, type]:
    """Columns of the table in their order, each with the kind of its cells: int, float or str."""
    columns: dict[str, type] = {"run": int, "moved": str}
    for name in plan.names:
        if name == SCENARIO or name in KINDS:
            kind = type(plan.axes[name][0]) if name in KINDS else str  # type: ignore[index]
            columns |= {} if name in PROVENANCE else {name: kind}
        else:
            columns |= {name: float, f"{name}_unit": str}
    columns |= {"outcome": str, "kind": str, "what": str, "unit": str} | dict.fromkeys(
        STATISTICS, float
    )
    return columns | {
        "scenario_id": str,
        **PROVENANCE,
        "model_version": str,
        "assumptions_hash": str,
    }


def columns_of(plan: Plan, numbers: Iterable[int]) -> dict[str, list]:
    """The columns of the table for the runs with these numbers; an error names its run."""
    catalogue, used = catalogue_of(plan.assumptions), plan.assumptions
    columns: dict[str, list] = {name: [] for name in kinds(plan)}
    for number in numbers:
        point = plan.point(number)
        try:
            result = run(dict(point.levels), None, used, dict(point.edits) or None, **point.options)
            outcomes = _outcomes(result)
        except (UsageError, DataError) as error:
            where = ", ".join(f"{n}={point.values[n]}" for n in plan.axes)
            raise UsageError(f"run {number} ({where}): {error}") from None
        moved = " + ".join(n for n in plan.names if point.values[n] != plan.today[n])
        same = {"run": number, "moved": moved, **point.values}
        for name in plan.names:
            if f"{name}_unit" in columns:
                same[f"{name}_unit"] = (catalogue[name] if name in catalogue else used[name]).unit
        same |= {name: getattr(result.options, name, None) for name in PROVENANCE}
        same |= {"price_year": result.price_year, "scenario_id": result.scenario_id}
        same |= {"model_version": VERSION, "assumptions_hash": used.hash}
        for name, cells in columns.items():
            if name in same:
                cells += [same[name]] * len(outcomes)
            else:
                cells += [row[name] for row in outcomes]
    return columns


def _outcomes(result: Result) -> list[dict[str, Any]]:
    """Totals, payers, cost items and health with statistics, and the probability of saving."""
    totals = statistics_of(
        {
            "base_case_total": result.base.total,
            "scenario_total": result.scenario.total,
            "incremental_total": result.incremental,
        }
    )
    payers = result.statistics("incremental", "payer")
    items = result.statistics("incremental", "cost_item")
    health = result.health_changes(tuple(MEASURES))
    saving = chance_of_saving(result.incremental)
    chance = np.nan if saving is None else saving  # empty in a CSV
    changes = [
        *((f"payer/{name}", "payer", "EUR/year", row) for name, row in payers.items()),
        *((f"item/{name}", "cost item", "EUR/year", row) for name, row in items.items()),
        *((f"health/{name}", "health", MEASURES[name], row) for name, row in health.items()),
    ]
    columns = ("outcome", "kind", "what", "unit")
    rows = [
        (name, "total", "change" if name == "incremental_total" else "level", "EUR/year", row)
        for name, row in totals.items()
    ]
    rows += [(name, kind, "change", unit, row) for name, kind, unit, row in changes]
    rows.append(
        ("probability_saving", "chance", "chance", "probability", NO_RANGE | {"mean": chance})
    )
    return [dict(zip(columns, row[:4], strict=True)) | row[4] for row in rows]
