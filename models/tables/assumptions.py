"""The assumptions: every number of the model with its range, unit, source and doubt.

Read from `data/assumptions/*.csv` and checked as a whole with the catalogue, the tables beside
them; nothing here is a number of the model. What is checked of a row stands in `rows`, what is
checked between rows in `checks`; how a folder is read in `folder`.

Long: one class, which everything that needs an assumption asks.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from os.path import isfile
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import pandas as pd

from models.caching import cached, cached_property
from models.errors import DataError, Findings, UsageError
from models.similar_names import named, nearest
from models.tables.catalogue import Catalogue, fed, read_catalogue
from models.tables.cell_values import MAX_NUMBER
from models.tables.checks.assumption_rows import check_against, check_together
from models.tables.checks.catalogue import check_catalogue
from models.tables.csv_writer import records_text
from models.tables.folder import (
    FOLDER,
    PAYER_LABELS,
    SOURCES,
    read_tables,
    same_row,
    sort_out,
    tables_in,
)
from models.tables.rows import (
    COLUMNS,
    OPTIONAL,
    SOURCE_COLUMNS,
    VOCABULARY,
    Assumption,
    Table,
    cell,
    check_numbers,
    read_sources,
)

Edit = float | tuple[float, float, float]  # a base value, or base, low and high


class Differences(NamedTuple):
    """How assumptions differ from others: numbers, other columns of a row, whole tables."""

    values: dict[str, Edit]  # by parameter: what `with_values` needs
    rows: tuple[str, ...]  # parameters that are new, gone, or differ in more than numbers
    tables: tuple[str, ...]  # file names of the tables of the catalogue that differ

    @property
    def without_value(self) -> tuple[str, ...]:
        """The names of all differences that `values` cannot express."""
        return *self.rows, *self.tables


class Assumptions(Mapping[str, Assumption]):
    """Parameter -> Assumption: checked, unchangeable, hashable. Sources in `.sources`.

    `.catalogue` holds the levers, cost items and scenarios that go with them (default: the
    published ones). `.hash` covers numbers, texts and catalogue, not the reasons of edits. Two
    objects are equal when reasons and sources are equal too, so that a cache never returns the
    texts of another reader.
    """

    def __init__(
        self,
        rows: Iterable[Assumption],
        sources: Mapping[str, Mapping[str, str]] | None = None,
        catalogue: Catalogue | None = None,
    ) -> None:
        self._rows = {row.parameter: row for row in sorted(rows, key=lambda row: row.parameter)}
        self.sources = MappingProxyType(dict(sources or {}))
        self.catalogue = catalogue if catalogue is not None else Catalogue.published()
        self.memory: dict = {}  # see `caching.cached`

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the numbers with their texts and of the catalogue."""
        return _hash(self._rows.values(), self.catalogue)

    @cached_property
    def _identity(self) -> tuple:
        reasons = tuple((row.parameter, row.reason) for row in self._rows.values() if row.reason)
        cited = tuple(tuple(row.values()) for row in self.sources.values())
        return self.hash, reasons, cited, self.catalogue

    def __getitem__(self, parameter: str) -> Assumption:
        return named(parameter, self._rows, "parameter")

    def __contains__(self, parameter: object) -> bool:
        return parameter in self._rows

    def get(self, parameter: str, default=None):
        """The row, or the default when there is none."""
        return self._rows.get(parameter, default)

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Assumptions) and self._identity == other._identity

    def __hash__(self) -> int:
        return hash(self.hash)

    def __reduce__(self):
        return Assumptions, (tuple(self._rows.values()), dict(self.sources), self.catalogue)

    def __repr__(self) -> str:
        return f"<Assumptions: {len(self)} parameters, {self.hash[:12]}>"

    @classmethod
    @functools.cache
    def default(cls) -> Assumptions:
        """The assumptions of this repository, read once; a wrong file is read again."""
        return cls.from_folder(FOLDER)

    @classmethod
    def from_folder(
        cls, path: str | Path = FOLDER, baseline: Assumptions | None = None
    ) -> Assumptions:
        """Read a folder of tables (or `data/`, which holds `assumptions/`), or a table by itself.

        Levers, cost items and the other tables of the catalogue are read from the folder, or from
        beside it when the folder is called `assumptions`. Tables that are in neither come from the
        baseline, and so do the assumptions when the folder has none. With `baseline` no parameter
        may be missing. A single table is laid over it: rows and columns that it lacks stay. Raises
        one `DataError` with everything that is wrong.
        """
        path = Path(path)
        if isfile(path):
            beside = (path.parent / SOURCES, path.parent.parent / SOURCES)
            return cls.from_tables([path], baseline, _first(beside), stays="rows")
        tables = tables_in(path)
        sources = _first((path / SOURCES, path / FOLDER.name / SOURCES, path.parent / SOURCES))
        return cls.from_tables(tables, baseline, sources)

    @classmethod
    def from_tables(
        cls,
        tables: Sequence[Table],
        baseline: Assumptions | None = None,
        sources: Table | None = None,
        *,
        stays: str = "nothing",
    ) -> Assumptions:
        """Read tables, as paths or as (name, bytes) of an upload, and check them together.

        The name of a file says whether it is a table of the catalogue or the sources; every other
        table holds assumptions. What is not there `stays` as in the baseline: nothing (it is
        missed), whole tables, or rows; then the columns that are not there stay too, and without
        low and high the range moves in proportion. Raises one `DataError` with everything that is
        wrong in all.
        """
        findings = Findings()
        numbers, brought, sources = sort_out(tables, sources, findings)
        known = dict(baseline.sources) if baseline is not None else {}
        if sources is not None:
            known |= read_sources(sources, findings)
        laid_over = baseline if stays == "rows" else None
        rows, raws = read_tables(numbers, known, findings, laid_over)
        published = baseline.catalogue if baseline is not None else Catalogue.published()
        beside = read_catalogue(brought, published, findings)
        if baseline is not None:
            if stays == "nothing" and raws.keys().isdisjoint(baseline):
                stays = "tables"
            check_against(raws, baseline, findings, stays=stays, used=fed(beside))
            rows = {name: same_row(row, baseline.get(name)) for name, row in rows.items()}
            rows = rows if stays == "nothing" else {**baseline, **rows}
        check_together(rows, findings, raws)
        complete_rows = {**(baseline or {}), **rows}  # what is missing or wrong has its finding
        views = [row["id"] for row in published["perspectives"]]
        check_catalogue(beside, complete_rows, {*complete_rows, *raws}, known, findings, views)
        findings.check()
        return cls(rows.values(), known, Catalogue(beside))

    @classmethod
    def from_frame(cls, frame: pd.DataFrame, baseline: Assumptions | None = None) -> Assumptions:
        """Check an edited frame like an uploaded table; one `DataError` with all errors."""
        text = frame.astype(object).where(frame.notna(), "")
        records = [
            {key: cell(value) for key, value in row.items()} for row in text.to_dict("records")
        ]
        data = records_text(list(frame.columns), records).encode()
        return cls.from_tables([("assumptions", data)], baseline)

    def with_values(self, values: Mapping[str, Edit]) -> Assumptions:
        """A copy with other base values; low and high keep their distance in proportion.

        A value may also be (base, low, high), which sets the range as well. Raises `UsageError`
        for an unknown parameter or an impossible value.
        """
        problems, rows = [], dict(self._rows)
        for name, value in values.items():
            if name not in rows:
                near = ", ".join(nearest(str(name), rows))
                problems.append(
                    f"unknown parameter '{name}'" + (f"; nearest: {near}" if near else "")
                )
                continue
            lower, upper = rows[name].support
            three = value if isinstance(value, tuple) else (value,)
            wrong = [
                number for number in three if not _is_number(number) or not lower <= number <= upper
            ]
            if wrong or len(three) not in (1, 3):
                problems.append(
                    f"{name}: {(wrong or [value])[0]!r} is not possible; "
                    f"allowed: {_span(lower, upper)} ({rows[name].unit})"
                )
                continue
            base, *ends = (float(number) + 0.0 for number in three)
            rows[name] = rows[name].moved(base)
            if ends:
                rows[name] = dataclasses.replace(rows[name], low=ends[0], high=ends[1])
        findings = Findings()
        if not problems:
            for name in values:
                check_numbers(rows[name], findings, {"key": name})
            check_together(rows, findings)
        problems += [problem.message() for problem in findings]
        if problems:
            raise UsageError("\n".join(problems))
        return Assumptions(rows.values(), self.sources, self.catalogue)

    def as_values(self, baseline: Assumptions) -> Differences:
        """What `baseline.with_values` needs to give these numbers, and what it cannot express."""
        values: dict[str, Edit] = {}
        others = []
        for name, row in self.items():
            known = baseline.get(name)
            if row == known:
                continue
            if known is not None and row == known.moved(row.base):
                values[name] = row.base
            elif known is not None and row == dataclasses.replace(
                known.moved(row.base), low=row.low, high=row.high
            ):
                values[name] = row.base, row.low, row.high
            else:
                others.append(name)
        gone = (name for name in baseline if name not in self)
        tables = tuple(self.catalogue.to_tables(beside=baseline.catalogue))
        return Differences(values, (*others, *gone), tables)

    @property
    def used(self) -> tuple[Assumption, ...]:
        """The rows that a formula reads; every page that counts assumptions counts these."""
        return tuple(row for row in self.values() if row.group != "context")

    @property
    def shown(self) -> tuple[Assumption, ...]:
        """The rows that are shown beside them and read by no formula."""
        return tuple(row for row in self.values() if row.group == "context")

    @property
    def frame(self) -> pd.DataFrame:
        """The rows as a new frame, columns in the order of the tables, the reasons last."""
        columns = [*COLUMNS, *OPTIONAL]
        frame = pd.DataFrame(map(dataclasses.asdict, self._rows.values()), columns=columns)
        return frame.astype({"price_year": "Int64"})

    def to_tables(self) -> dict[str, bytes]:
        """File name -> bytes: a table a group, the sources, tables that are not as published.

        Read back they have the same hash.
        """
        edited = any(row.reason for row in self._rows.values())
        columns = (*COLUMNS, *OPTIONAL) if edited else COLUMNS
        tables = {}
        for group in VOCABULARY["group"]:
            rows = [
                {name: cell(getattr(row, name)) for name in columns}
                for row in self._rows.values()
                if row.group == group
            ]
            if rows:
                tables[f"{group}.csv"] = records_text(columns, rows).encode()
        if self.sources:
            tables[SOURCES] = records_text(SOURCE_COLUMNS, self.sources.values()).encode()
        for name, data in self.catalogue.to_tables(beside=Catalogue.published()).items():
            tables[PAYER_LABELS if name == "payers.csv" else name] = data
        return tables

    def to_folder(self, path: str | Path) -> None:
        """Write the tables into a folder, which is created when it does not exist."""
        path = Path(path)
        path.mkdir(parents=True, exist_ok=True)
        for name, data in self.to_tables().items():
            (path / name).write_bytes(data)


def _first(paths: Iterable[Path]) -> Path | None:
    return next((path for path in paths if isfile(path)), None)


def _is_number(value: object) -> bool:
    real = isinstance(value, (int, float, np.integer, np.floating)) and not isinstance(value, bool)
    return real and abs(value) <= MAX_NUMBER and math.isfinite(value)


def _span(lower: float, upper: float) -> str:
    if upper >= MAX_NUMBER:
        return "any number" if lower < 0 else "0 or more"
    return f"{cell(lower)} to {cell(upper)}"


def _hash(rows: Iterable[Assumption], catalogue: Catalogue) -> str:
    content = [*map(_content, rows), [catalogue.hash]]
    return hashlib.sha256(json.dumps(content, ensure_ascii=True).encode()).hexdigest()


@cached(most=1)
def _content(row: Assumption) -> list[str]:
    return [_canonical(getattr(row, name)) for name in COLUMNS]


def _canonical(value: object) -> str:
    return repr(value) if isinstance(value, float) else cell(value)


__all__ = ["Assumption", "Assumptions", "COLUMNS", "DataError", "FOLDER", "SOURCES", "VOCABULARY"]
