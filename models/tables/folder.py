"""A folder of tables, or one table, read into rows; sorted by what they hold, and checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from os.path import isdir, isfile
from pathlib import Path

from models.errors import Findings
from models.paths import DATA
from models.tables.catalogue import has_columns
from models.tables.catalogue_columns import TABLES
from models.tables.cell_values import number
from models.tables.csv_file import hint, skeleton
from models.tables.rows import (
    COLUMNS,
    NUMBERS,
    OPTIONAL,
    Assumption,
    Table,
    cell,
    place,
    read_row,
    scan,
)

FOLDER = DATA / "assumptions"
SOURCES = "sources.csv"
SHOWN = (  # files of `data/` that no formula reads
    *("claims.csv", "columns.csv", "tables.csv"),
    *("measures.csv", "measure_policies.csv", "structures.csv", "trials.csv", "certainty.csv"),
    "lineage.csv",
)
PAYER_LABELS = "payer_labels.csv"  # the catalogue's payers.csv, where assumptions use that name
NAMED = (*(f"{name}.csv" for name in TABLES), SOURCES, *SHOWN)
LEAST = ("parameter", "base")  # columns of a table that is laid over others
MAX_TABLES = 60
MAX_FOLDER_BYTES = 4_000_000
BESIDE = (".md", ".json", ".toml", ".pdf")  # allowed in a folder of tables, but not read


def tables_in(folder: Path) -> list[Path]:
    """The tables of a folder; `DataError` for none, too many, or other files."""
    findings = Findings()
    files = _listed(folder, findings)
    inside = folder / FOLDER.name
    tables = [file for file in files if file.suffix.lower() == ".csv"]
    if isdir(inside):
        for file in tables:
            if file.name.lower() not in NAMED:
                near = hint(file.name, NAMED)
                findings.add("table_unknown", file=folder.name, found=file.name, nearest=near)
        inner = _listed(inside, findings)
        tables = [file for file in tables if file.name.lower() in NAMED]
        tables += [file for file in inner if file.suffix.lower() == ".csv"]
        files += inner
    elif folder.name == FOLDER.name:
        beside = (folder.parent / f"{name}.csv" for name in TABLES)
        tables += [file for file in beside if isfile(file)]
    read = [file for file in tables if file.name.lower() not in (SOURCES, *SHOWN)]
    if not read:
        findings.add("folder_empty", file=folder.name, found="0 .csv")
    elif len(read) > MAX_TABLES:
        findings.add("folder_crowded", file=folder.name, found=len(read), limit=MAX_TABLES)
    elif (size := sum(file.stat().st_size for file in read if file.is_file())) > MAX_FOLDER_BYTES:
        findings.add("file_large", file=folder.name, found=f"{size} bytes", limit=MAX_FOLDER_BYTES)
    findings.check()
    for file in files:
        other = file.suffix.lower() not in (".csv", *BESIDE) and file.is_file()
        if other and file.stem.upper() not in ("README", "LICENSE"):
            findings.add("file_unexpected", file=folder.name, found=file.name)
    findings.check()
    return tables


def _listed(folder: Path, findings: Findings) -> list[Path]:
    try:
        return [path for path in sorted(folder.iterdir()) if path.name[0] not in ".~"]
    except (OSError, ValueError):
        findings.add("file_missing", file=folder.name, found=folder)
        findings.check()


def sort_out(tables: Sequence[Table], sources: Table | None, findings: Findings):
    """Tables of assumptions, those of the catalogue by name, the sources; by name and header."""
    numbers: list[Table] = []
    brought: dict[str, Table] = {}
    for table in tables:
        name = table[0] if isinstance(table, tuple) else table.name
        name = name.replace("\\", "/").rpartition("/")[2].lower()
        if name in SHOWN:
            continue
        stem = "payers" if name == PAYER_LABELS else name.removesuffix(".csv")
        head = _head(table)
        if stem == "payers" and b"parameter" in head:
            numbers.append(table)
            continue
        again = stem in brought or (name == SOURCES and isinstance(sources, tuple))
        if again:
            findings.add("table_twice", file=name, found=name)
        elif name == SOURCES:
            sources = table
        elif stem in TABLES and name != stem:
            brought[stem] = table
        elif other := next((n for n in TABLES if has_columns(n, head)), None):
            findings.add("table_name", file=name, found=name, name=f"{other}.csv")
        else:
            numbers.append(table)
    return numbers, brought, sources


def _head(table: Table) -> bytes:
    """The header row, where the name does not say what a table holds; empty when unreadable."""
    if isinstance(table, tuple):
        return bytes(table[1][:2000]).splitlines()[0] if table[1] else b""
    try:
        with table.open("rb") as stream:
            return (stream.read(2000).splitlines() or [b""])[0]
    except OSError:
        return b""


def read_tables(
    tables: Sequence[Table],
    sources: Mapping,
    findings: Findings,
    laid_over: Mapping[str, Assumption] | None = None,
) -> tuple[dict[str, Assumption], dict[str, dict]]:
    """The rows that are in order as `Assumption`, and all rows as text; both by parameter.

    What is wrong in the others goes to `findings`. Tables that are `laid_over` others need two
    columns only; the other columns stay as they are there.
    """
    needed = COLUMNS if laid_over is None else LEAST
    optional = tuple(column for column in (*COLUMNS, *OPTIONAL) if column not in needed)
    rows: dict[str, Assumption] = {}
    raws: dict[str, dict] = {}
    seen: dict[str, dict] = {}
    for table in tables:
        for raw in scan(table, needed, findings, optional, None):
            parameter = raw["parameter"]
            complete_row(raw, (laid_over or {}).get(parameter))
            twin = seen.setdefault(skeleton(parameter), raw)
            if twin is not raw:
                other = f"{twin['parameter']}, {twin['__file__']}, {twin['__row__']}"
                findings.add("id_twice", **place(raw, "parameter"), other=other)
                continue
            raws[parameter] = raw
            row = read_row(raw, sources, findings)
            if row is not None:
                rows[parameter] = row
    return rows, raws


def complete_row(raw: dict, known: Assumption | None) -> None:
    """Fill in the columns that the table lacks (None) from the known row, if there is one.

    Without low and high the range moves in proportion to the base value.
    """
    lacking = [column for column, text in raw.items() if text is None]
    if known is not None and {"low", "high"} <= set(lacking):
        base = number(raw, "base", Findings(), known.parameter)
        lower, upper = known.support
        if base is not None and lower <= base <= upper:
            known = known.moved(base)
    for column in lacking:
        text = cell(getattr(known, column)) if known is not None else ""
        raw[column] = text.replace(".", raw["__decimal__"]) if column in NUMBERS else text


def same_row(row: Assumption, known: Assumption | None) -> Assumption:
    """The known row where the new one is equal: draws of an assumption are cached on its row."""
    return known if known == row and known.reason == row.reason else row
