"""A file from outside: one table, a folder of tables as a zip, or a run bundle; checked as a whole.

No part of it is written to disk, fetched, run or stored except the checked tables. Its name is only
displayed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import models
from models.analysis.evidence.edit_effects import edits, words_only
from models.bundles.contents import MANIFEST, SUMS
from models.engine.options import Options
from models.errors import DataError, Finding, finding, shown
from models.tables.assumptions import Assumptions

MAX_BYTES = 2_000_000


@dataclass(frozen=True)
class UploadedTables:
    """The content of a file: assumptions, and of a bundle also levels, options and differences."""

    name: str
    assumptions: Assumptions
    levels: Mapping[str, float] | None = None
    options: Options | None = None
    differs: tuple | None = None  # of a bundle that was run again


def read(data: bytes, name: str, used: Assumptions) -> UploadedTables:
    """The upload, or one `DataError` with all errors. A table replaces rows of `used`."""
    name = shown(name, 80)
    if len(data) > MAX_BYTES:
        size = f"{len(data)} bytes"
        raise DataError([finding("file_large", file=name, found=size, limit=MAX_BYTES)])
    if not data.startswith(b"PK"):
        return UploadedTables(name, Assumptions.from_tables([(name, data)], used, stays="rows"))
    files = models.read_zip(data, name, MAX_BYTES)
    if any(path.rpartition("/")[2] in (MANIFEST, SUMS) for path in files):
        opened = models.open_bundle(data, name)
        return UploadedTables(name, *opened, differs=tuple(models.verify(data, name)))
    return UploadedTables(name, models.open_folder(data, name))


@dataclass(frozen=True)
class Edits:
    """What an upload would change in the assumptions in force."""

    numbers: tuple[str, ...]
    words: tuple[str, ...]  # of rows in which no number differs
    added: tuple[str, ...]
    gone: tuple[str, ...]
    tables: tuple[str, ...]  # of levers, cost items and scenarios

    def __bool__(self) -> bool:
        return any((self.numbers, self.words, self.added, self.gone, self.tables))


def changes(used: Assumptions, new: Assumptions) -> Edits:
    reasons = [
        n for n in new if n in used and new[n] == used[n] and new[n].reason != used[n].reason
    ]
    return Edits(
        tuple(edits(used, new)),
        (*words_only(used, new), *reasons),
        tuple(name for name in new if name not in used),
        tuple(name for name in used if name not in new),
        tuple(new.catalogue.to_tables(beside=used.catalogue)),
    )


def cells(problem: Finding, lang: str) -> tuple[str, ...]:
    """A finding as the cells of a table: file, row, column, found, allowed, what to do."""
    pick = 0 if lang == "en" else 1
    allowed, remedy = (
        part[pick] if isinstance(part, tuple) else part
        for part in (problem.allowed, problem.remedy)
    )
    row = "" if problem.row is None else str(problem.row)
    where = " ".join(
        part for part in (row, f"({shown(problem.key)})" if problem.key else "") if part
    )
    value = f"“{shown(problem.found)}”" if problem.found else "–"
    return shown(problem.file), where, shown(problem.column or ""), value, allowed, remedy
