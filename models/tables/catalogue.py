"""The tables beside the assumptions: levers, cost items, payers, perspectives and scenarios.

Read from `data/*.csv`, or from an upload, as strictly as the assumptions. Cells are checked here,
rows and tables against each other in `checks`.
"""

from __future__ import annotations

import functools
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from models.caching import cached_property
from models.errors import MAX_FINDINGS, Findings
from models.formulas.draws import Mix, copula
from models.formulas.health import MEASURES
from models.formulas.lever_effects import CURVE
from models.formulas.payers import PAYERS, REST
from models.paths import DATA
from models.similar_names import hint, skeleton
from models.tables.catalogue_columns import FEEDS, ID, KEYS, MAX_ROWS, TABLES, Column
from models.tables.cell_values import check_text, number
from models.tables.csv_file import scan_table
from models.tables.csv_writer import records_text
from models.tables.rows import Table, cell


class Catalogue(Mapping[str, tuple[Mapping[str, str], ...]]):
    """Table -> its checked rows as text; unchangeable, hashable; `.hash` ignores the row order."""

    def __init__(self, tables: Mapping[str, Iterable[Mapping[str, str]]]) -> None:
        self._content = tuple(
            (
                name,
                tuple(tuple(row.get(c.name, "") for c in columns) for row in tables.get(name, ())),
            )
            for name, columns in TABLES.items()
        )
        self._rows = {
            name: tuple(
                MappingProxyType(dict(zip((c.name for c in TABLES[name]), row, strict=True)))
                for row in rows
            )
            for name, rows in self._content
        }
        texts = {
            name: sorted(sorted([k, v] for k, v in row.items() if v) for row in rows)
            for name, rows in self._rows.items()
        }
        self.hash = hashlib.sha256(json.dumps(texts, sort_keys=True).encode()).hexdigest()

    def __getitem__(self, name: str) -> tuple[Mapping[str, str], ...]:
        return self._rows[name]

    def __iter__(self):
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Catalogue) and self._content == other._content

    def __hash__(self) -> int:
        return hash(self.hash)

    def __reduce__(self):
        return Catalogue, ({name: [dict(r) for r in rows] for name, rows in self.items()},)

    def __repr__(self) -> str:
        return f"<Catalogue: {len(self['levers'])} levers, {self.hash[:12]}>"

    @classmethod
    @functools.cache
    def published(cls) -> Catalogue:
        """The tables of this repository, read once; a wrong file is read again."""
        findings = Findings()
        tables = {name: DATA / f"{name}.csv" for name in TABLES}
        rows = read_catalogue(tables, {}, findings)
        findings.check()
        return cls(rows)

    @cached_property
    def cost_items(self) -> dict[str, Mapping[str, str]]:
        """Cost items by id: kind, category, index (what they grow with), labels and notes."""
        return {row["id"]: row for row in self["cost_items"]}

    @cached_property
    def payer_shares(self) -> dict[str, dict[str, str]]:
        """cost item -> payer -> parameter that holds its share, or `rest`."""
        shares: dict[str, dict[str, str]] = {}
        for row in self["payer_shares"]:
            shares.setdefault(row["cost_item"], {})[row["payer"]] = row["share"]
        return shares

    @cached_property
    def made_by_rows(self) -> dict[str, tuple[tuple[str, ...], str]]:
        """Cost items without a formula: id -> (parameters to multiply, what the item follows)."""
        return {
            row["id"]: (listed(row["amount"], "*"), row["follows"])
            for row in self["cost_items"]
            if row["amount"]
        }

    @cached_property
    def mixing(self) -> dict[str, Mix]:
        """Parameter -> streams of random numbers that correlations.csv makes it share."""
        rows = [row for row in self["correlations"] if row["use"] == "1"]
        return copula({(r["first"], r["second"]): float(r["rank_correlation"]) for r in rows})

    @cached_property
    def care_by_rows(self) -> dict[str, tuple[tuple[str, ...], str]]:
        """The items of care in `made_by_rows`; items of work are not in the published total."""
        return {
            name: parts
            for name, parts in self.made_by_rows.items()
            if self.cost_items[name]["category"] == "care"
        }

    def to_tables(self, beside: Catalogue | None = None) -> dict[str, bytes]:
        """Tables by file name as bytes; with `beside`, only those that differ from it."""
        tables = {}
        for name, rows in self.items():
            if beside is not None and rows == beside[name]:
                continue
            columns = [
                c.name for c in TABLES[name] if not c.optional or any(r[c.name] for r in rows)
            ]
            tables[f"{name}.csv"] = records_text(columns, rows).encode()
        return tables


def listed(text: str, sign: str) -> tuple[str, ...]:
    """The names in a cell, split at `sign`; without a sign the whole cell is one name."""
    parts = text.split(sign) if sign else [text]
    return tuple(part.strip() for part in parts if part.strip())


def has_columns(name: str, head: bytes) -> bool:
    """Whether a header row is that of this table of the catalogue."""
    cells = {cell.strip(b' "\xef\xbb\xbf') for cell in re.split(b"[,;]", head)}
    return {c.name.encode() for c in TABLES[name] if not c.optional} <= cells


def fed(rows: Mapping[str, Iterable[Mapping]]) -> set[str]:
    """Names that the tables use as parameters of a formula."""
    columns = {name: {c.name: c for c in TABLES[name]} for name in FEEDS}
    names = {
        part
        for name, parameters in FEEDS.items()
        for row in rows[name]
        for column in parameters
        for part in listed(row.get(column, ""), columns[name][column].sign)
    }
    return names - {REST, CURVE}


def place(name: str, raw: Mapping, column: str) -> dict:
    """File, row and column of a cell, for a finding; a published row has no row number."""
    key = " / ".join(raw.get(part, "") for part in KEYS.get(name, ("id",)))
    where = {"file": raw.get("__file__", f"{name}.csv"), "row": raw.get("__row__")}
    return where | {"column": column, "found": raw.get(column, ""), "key": key}


def read_catalogue(
    tables: Mapping[str, Table],
    baseline: Mapping[str, Iterable[Mapping[str, str]]],
    findings: Findings,
) -> dict[str, list[dict]]:
    """Rows of every table: of `tables` where it is among them, else of `baseline`.

    Numbers are stored in their shortest form, and lists with one space round the sign. A row with a
    wrong cell gets the key `__wrong__`, so that later checks skip it; a table that cannot be read
    at all gives one finding and no others. What is wrong goes to `findings`.
    """
    read = {name: _read(name, table, findings) for name, table in tables.items()}
    return {
        name: read.get(name) or [dict(row) for row in baseline.get(name, ())] for name in TABLES
    }


def _read(name: str, table: Table, findings: Findings) -> list[dict]:
    file, source = table if isinstance(table, tuple) else (table.name, table)
    needed = [c.name for c in TABLES[name] if not c.optional]
    optional = [c.name for c in TABLES[name] if c.optional]
    rows, wrong = scan_table(
        source, name=file, required=needed, optional=optional, max_rows=MAX_ROWS
    )
    findings.extend(wrong)
    seen: dict[str, dict] = {}
    sound = []
    for raw in rows:
        before = len(findings)
        key = skeleton("|".join(raw[part] for part in KEYS.get(name, ("id",))))
        twin = seen.setdefault(key, raw)
        if twin is not raw:
            column = KEYS.get(name, ("id",))[-1]
            where = place(name, raw, column)
            findings.add("id_twice", **where, other=f"{twin[column]}, row {twin['__row__']}")
            continue
        for column in TABLES[name]:
            _cell(name, raw, column, findings)
        if len(findings) > before:
            raw["__wrong__"] = True
        sound.append(raw)
    return sound


def _cell(name: str, raw: dict, column: Column, findings: Findings) -> None:
    """One cell: its form only; whether its names refer to rows is checked later."""
    text, where = raw[column.name], place(name, raw, column.name)
    if column.kind == "id":
        if not ID.fullmatch(text):
            findings.add("id_lower", **where)
    elif column.kind in ("label", "note"):
        key = where["key"]
        plain = column.kind == "label"
        check_text(raw, (column.name,), findings, key=key, label=plain, needed=not column.empty)
    elif column.kind == "number":
        if text or not column.empty:
            value = number(raw, column.name, findings, where["key"])
            raw[column.name] = "" if value is None else cell(value)
    else:
        raw[column.name] = f" {column.sign} ".join(listed(text, column.sign))


def near(name: str, known: Iterable[str], findings: Findings) -> tuple[str, str]:
    """`hint` for the first findings only: a search for similar names takes time."""
    return hint(name, known) if len(findings) < MAX_FINDINGS else ("", "")


def all_measures(items: Iterable[str]) -> set[str]:
    """What a lever may be expected to move: health measures, cost items and payers."""
    return {*MEASURES, *items, *PAYERS}
