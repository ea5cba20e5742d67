"""Which figures moved between two versions of the assumptions, and why: from the files alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from models.analysis.evidence.edit_effects import PRICED, Progress, price
from models.engine.document import SCHEMA
from models.engine.model import Model
from models.engine.options import Options
from models.errors import DataError, shown
from models.tables.assumptions import COLUMNS, Assumption, Assumptions
from models.tables.catalogue import KEYS, Catalogue
from models.tables.rows import cell

MEANING = ("unit", "price_year", "group")  # another unit is another number: not priced
MILLION = 1e6


def compare(
    old: Assumptions | str | Path,
    new: Assumptions | str | Path,
    levers: Mapping[str, float] | None = None,
    scenario: str | dict | None = None,
    *,
    progress: Progress | None = None,
    **options,
) -> dict:
    """Rows added, removed and changed, with their effect on the base-case total, EUR a year.

    `changed` is as the edits of `price`, from old to new with the calibration of the old version
    held, largest first, each with the texts that changed. A row that only one version has, or
    whose unit changed, has no effect of its own (`alone` is null): the other version's numbers
    are not about it. `tables` names the rows of levers, cost items and the other tables that
    differ, `catalogue` is what these add to the base case. `headline` is each version calibrated by
    itself, as its readers saw it.
    """
    before, after = (_read(one) for one in (old, new))
    known = {**Assumptions.default(), **after, **before}
    converted = [n for n in after if n in before and _differ(before[n], after[n], MEANING)]
    was = {**known, **before, **{name: after[name] for name in converted}}
    now = {**known, **after}
    first = Assumptions(was.values(), before.sources, before.catalogue)
    second = Assumptions(now.values(), after.sources, after.catalogue)
    priced = price(second, levers, scenario, published=first, progress=progress, **options)
    effects = {edit["parameter"]: edit for edit in priced["edits"]}
    rows = [
        _row(before[name], after[name], effects.get(name))
        for name in after
        if name in before and _differ(before[name], after[name], COLUMNS)
    ]
    rows.sort(key=lambda row: (-abs(row["alone"] or 0.0), row["parameter"]))
    chosen = Options(**options)
    return {
        "schema": SCHEMA,
        "assumptions_hash": after.hash,
        "old_hash": before.hash,
        **vars(chosen),
        "unit": "EUR/year",
        "headline": {"old": _headline(first, chosen), "new": _headline(second, chosen)},
        "base_case": {
            "old": priced["base_case"]["published"],
            "new": priced["base_case"]["edited"],
        },
        "total": priced["total"],
        "interaction": priced["interaction"],
        "total_incremental": priced["total_incremental"],
        "interaction_incremental": priced["interaction_incremental"],
        "catalogue": priced["catalogue"],
        "tables": _tables(before.catalogue, after.catalogue),
        "changed": rows,
        "added": [_described(after[name]) for name in after if name not in before],
        "removed": [_described(before[name]) for name in before if name not in after],
    }


def lines(found: dict) -> list[str]:
    """What moved as lines for CHANGELOG.md, largest first."""
    said = []
    for row in found["changed"]:
        words = [_change(column, *row["columns"][column]) for column in row["columns"]]
        effect = f": base case {_millions(row['alone'])}" if row["alone"] is not None else ""
        reason = f" Reason: {row['reason']}" if row["reason"] else ""
        said.append(f"- `{row['parameter']}` ({row['unit']}): {'; '.join(words)}{effect}.{reason}")
    for kind in ("added", "removed"):
        for row in found[kind]:
            value = f"{row['base']:g} ({row['low']:g} to {row['high']:g}) {row['unit']}"
            said.append(f"- `{row['parameter']}` {kind}: {value}, source {row['source']}.")
    for table in found["tables"]:
        for kind in ("added", "removed", "changed"):
            if table[kind]:
                said.append(f"- `{table['table']}`, {kind}: {', '.join(table[kind])}.")
    if not said:
        return ["Nothing differs."]
    alone = f"- Tables of levers and costs by themselves: {_millions(found['catalogue'])}."
    tables = [alone] if found["tables"] else []
    head = found["headline"]
    own = f"{head['old'] / MILLION:,.1f} -> {head['new'] / MILLION:,.1f}"
    return [
        f"EUR million a year, in force, mean of {found['draws']:,} draws.",
        *said,
        f"- Together, calibration held: base case {_millions(found['total'])}, "
        f"of which interaction {_millions(found['interaction'])}.",
        *tables,
        f"- Headline, each version calibrated by itself: {own}.",
    ]


def _read(version: Assumptions | str | Path) -> Assumptions:
    if isinstance(version, Assumptions):
        return version
    try:
        return Assumptions.from_folder(version)  # an older version may know other parameters
    except DataError:  # or it holds only what differs from the published ones
        return Assumptions.from_folder(version, baseline=Assumptions.default())


def _differ(was: Assumption, now: Assumption, columns: tuple[str, ...]) -> bool:
    return any(getattr(was, column) != getattr(now, column) for column in columns)


def _row(was: Assumption, now: Assumption, effect: dict | None) -> dict:
    columns = {
        column: [getattr(was, column), getattr(now, column)]
        for column in COLUMNS
        if getattr(was, column) != getattr(now, column)
    }
    priced = any(column in columns for column in PRICED)
    comparable = not any(column in columns for column in MEANING)
    return {
        "parameter": now.parameter,
        "unit": now.unit,
        "from": was.base,
        "to": now.base,
        "columns": columns,
        "alone": effect["alone"] if effect else 0.0 if comparable or not priced else None,
        "alone_incremental": effect["alone_incremental"] if effect else None,
        "standing": effect["standing"] if effect else None,
        "outside_old": not was.low <= now.base <= was.high,
        "reason": now.reason,
    }


def _tables(was: Catalogue, now: Catalogue) -> list[dict]:
    """Rows of the tables beside the assumptions that only one version has, or that differ."""
    found = []
    for table in was:
        columns = KEYS.get(table, ("id",))
        old, new = (
            {" ".join(row[c] for c in columns): row for row in one[table]} for one in (was, now)
        )
        kinds = {
            "added": [key for key in new if key not in old],
            "removed": [key for key in old if key not in new],
            "changed": [key for key in new if key in old and new[key] != old[key]],
        }
        if any(kinds.values()):
            found.append({"table": f"{table}.csv", **kinds})
    return found


def _described(row: Assumption) -> dict:
    names = ("parameter", "base", "low", "high", "unit", "source", "group", "provenance")
    return {name: getattr(row, name) for name in names} | {"alone": None}


def _headline(used: Assumptions, options: Options) -> float:
    return float(np.mean(Model(used, used, options).base.total))


def _change(column: str, was: object, now: object) -> str:
    if isinstance(was, float) and isinstance(now, float):
        return f"{column} {was:g} -> {now:g}"
    if column in ("note", "source_detail", "label_en", "label_nl"):
        return f"{column} rewritten"
    return f"{column} {shown(cell(was))} -> {shown(cell(now))}"


def _millions(amount: float) -> str:
    return f"{round(amount / MILLION, 2) + 0.0:+,.2f}"
