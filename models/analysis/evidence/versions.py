"""Which figures moved between two versions of the assumptions, and by which changed rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np

from models.analysis.answer import Answer, about_assumptions
from models.analysis.evidence.edit_effects import PRICED, PricedEdit, Progress, price
from models.engine.model import Model
from models.engine.options import Options
from models.engine.record import Named, Record
from models.engine.run import catalogue_of
from models.errors import DataError, shown
from models.tables.assumptions import COLUMNS, Assumption, Assumptions
from models.tables.catalogue import Catalogue
from models.tables.catalogue_columns import KEYS
from models.tables.levers import check_levels
from models.tables.rows import cell

MEANING = ("unit", "price_year", "group")  # another unit is another number: not priced
MILLION = 1e6


@dataclass(frozen=True)
class ChangedRow(Record):
    """A row of both versions that differs: values in `unit`, effects in EUR a year in force.

    `columns` has the old and the new value of each column that changed; `alone` is None where the
    two numbers do not mean the same.
    """

    parameter: str
    unit: str
    value_before: Annotated[float, Named("from")]
    value_after: Annotated[float, Named("to")]
    columns: Mapping[str, tuple[object, object]]
    alone: float | None
    alone_incremental: float | None
    standing: str | None
    outside_old: bool
    reason: str


@dataclass(frozen=True)
class OtherRow(Record):
    """A row that only one version has; values in `unit`. It has no effect of its own."""

    parameter: str
    base: float
    low: float
    high: float
    unit: str
    source: str
    group: str
    provenance: str
    alone: None = None


@dataclass(frozen=True)
class TableChange(Record):
    """Rows of a table of levers or costs, by key, that were added, removed or changed."""

    table: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]


@dataclass(frozen=True)
class OldAndNew(Record):
    """A mean of each version, EUR a year in force."""

    old: float
    new: float


@dataclass(frozen=True)
class VersionChanges(Answer):
    """What moved between two versions, EUR a year in force; the stamp is that of the new one."""

    old_hash: str
    unit: str
    headline: OldAndNew
    base_case: OldAndNew
    total: float
    interaction: float
    total_incremental: float
    interaction_incremental: float
    catalogue: float
    tables: tuple[TableChange, ...]
    changed: tuple[ChangedRow, ...]
    added: tuple[OtherRow, ...]
    removed: tuple[OtherRow, ...]


def compare(
    old: Assumptions | str | Path,
    new: Assumptions | str | Path,
    levers: Mapping[str, float] | None = None,
    scenario: str | dict | None = None,
    *,
    progress: Progress | None = None,
    **options,
) -> VersionChanges:
    """Rows added, removed and changed, with their effect on the base-case total, EUR a year.

    `changed` is as the edits of `price`, from old to new with the calibration of the old version
    held, largest first, each with the texts that changed. A row that only one version has, or
    whose unit changed, has no effect of its own (`alone` is null): the other version's numbers
    are not about it. `tables` names the rows of levers, cost items and the other tables that
    differ, `catalogue` is what these add to the base case. `headline` is each version calibrated by
    itself, as its readers saw it.
    """
    before, after = (_read(folder) for folder in (old, new))
    known = {**Assumptions.default(), **after, **before}
    converted = [n for n in after if n in before and _differ(before[n], after[n], MEANING)]
    was = {**known, **before, **{name: after[name] for name in converted}}
    now = {**known, **after}
    first = Assumptions(was.values(), before.sources, before.catalogue)
    second = Assumptions(now.values(), after.sources, after.catalogue)
    priced = price(second, levers, scenario, published=first, progress=progress, **options)
    effects = {edit.parameter: edit for edit in priced.edits}
    rows = [
        _row(before[name], after[name], effects.get(name))
        for name in after
        if name in before and _differ(before[name], after[name], COLUMNS)
    ]
    rows.sort(key=lambda row: (-abs(row.alone or 0.0), row.parameter))
    chosen = Options(**options)
    levels = check_levels(dict(priced.levers), catalogue_of(second))
    return VersionChanges(
        **about_assumptions(after, levels, chosen),
        old_hash=before.hash,
        unit="EUR/year",
        headline=OldAndNew(_headline(first, chosen), _headline(second, chosen)),
        base_case=OldAndNew(priced.base_case.published, priced.base_case.edited),
        total=priced.total,
        interaction=priced.interaction,
        total_incremental=priced.total_incremental,
        interaction_incremental=priced.interaction_incremental,
        catalogue=priced.catalogue,
        tables=_tables(before.catalogue, after.catalogue),
        changed=tuple(rows),
        added=tuple(_other(after[name]) for name in after if name not in before),
        removed=tuple(_other(before[name]) for name in before if name not in after),
    )


def lines(changes: VersionChanges) -> list[str]:
    """What moved as lines for CHANGELOG.md, largest first."""
    written = []
    for row in changes.changed:
        words = [_change(column, was, now) for column, (was, now) in row.columns.items()]
        effect = f": base case {_millions(row.alone)}" if row.alone is not None else ""
        reason = f" Reason: {row.reason}" if row.reason else ""
        written.append(f"- `{row.parameter}` ({row.unit}): {'; '.join(words)}{effect}.{reason}")
    for kind, others in (("added", changes.added), ("removed", changes.removed)):
        for other in others:
            value = f"{other.base:g} ({other.low:g} to {other.high:g}) {other.unit}"
            written.append(f"- `{other.parameter}` {kind}: {value}, source {other.source}.")
    for table in changes.tables:
        for kind in ("added", "removed", "changed"):
            if keys := getattr(table, kind):
                written.append(f"- `{table.table}`, {kind}: {', '.join(keys)}.")
    if not written:
        return ["Nothing differs."]
    alone = f"- Tables of levers and costs by themselves: {_millions(changes.catalogue)}."
    tables = [alone] if changes.tables else []
    head = changes.headline
    own = f"{head.old / MILLION:,.1f} -> {head.new / MILLION:,.1f}"
    return [
        f"EUR million a year, in force, mean of {changes.stamp.options.draws:,} draws.",
        *written,
        f"- Together, calibration held: base case {_millions(changes.total)}, "
        f"of which interaction {_millions(changes.interaction)}.",
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


def _row(was: Assumption, now: Assumption, effect: PricedEdit | None) -> ChangedRow:
    columns = {
        column: (getattr(was, column), getattr(now, column))
        for column in COLUMNS
        if getattr(was, column) != getattr(now, column)
    }
    priced = any(column in columns for column in PRICED)
    comparable = not any(column in columns for column in MEANING)
    return ChangedRow(
        parameter=now.parameter,
        unit=now.unit,
        value_before=was.base,
        value_after=now.base,
        columns=columns,
        alone=effect.alone if effect else 0.0 if comparable or not priced else None,
        alone_incremental=effect.alone_incremental if effect else None,
        standing=effect.standing if effect else None,
        outside_old=not was.low <= now.base <= was.high,
        reason=now.reason,
    )


def _tables(was: Catalogue, now: Catalogue) -> tuple[TableChange, ...]:
    """Rows of the tables beside the assumptions that only one version has, or that differ."""
    differing = []
    for table in was:
        columns = KEYS.get(table, ("id",))
        old, new = (
            {" ".join(row[c] for c in columns): row for row in version[table]}
            for version in (was, now)
        )
        change = TableChange(
            table=f"{table}.csv",
            added=tuple(key for key in new if key not in old),
            removed=tuple(key for key in old if key not in new),
            changed=tuple(key for key in new if key in old and new[key] != old[key]),
        )
        if change.added or change.removed or change.changed:
            differing.append(change)
    return tuple(differing)


def _other(row: Assumption) -> OtherRow:
    names = ("parameter", "base", "low", "high", "unit", "source", "group", "provenance")
    return OtherRow(**{name: getattr(row, name) for name in names})


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
