"""The tables beside the assumptions: levers, cost items, payers, perspectives and scenarios.

Read from `data/*.csv`, or from an upload, with the same strictness as the assumptions. What is
checked of a row stands here, what is checked between rows and tables in `catalogue_checks`.
"""

from __future__ import annotations

import functools
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from models.caching import cached_property
from models.errors import MAX_FINDINGS, Findings
from models.formulas.base_case import QUANTITIES
from models.formulas.care import ITEMS as CARE_ITEMS
from models.formulas.cash import CASH_PAYERS, TRANSFERS
from models.formulas.draws import Mix, copula
from models.formulas.health import MEASURES
from models.formulas.lever_effects import CURVE, OPERATIONS, POPULATIONS
from models.formulas.payers import PAYERS, REST
from models.formulas.work import ITEMS as WORK_ITEMS
from models.paths import DATA
from models.tables.csv_file import check_text, hint, number, scan_table, skeleton
from models.tables.csv_writer import records_text
from models.tables.levers import TEXTS
from models.tables.rows import Table, cell

MAX_ROWS = 300
PROGRAMME = "programme"
FORMULA_ITEMS = (*CARE_ITEMS, *WORK_ITEMS, PROGRAMME, *TRANSFERS)
INDICES = ("care", "work", "prices")  # what an amount grows with over the years
RULES = (  # dated rules that formulas use; others may stand beside them to be shown
    *("contribution_share", "sickness_benefit", "iva_benefit", "wga_benefit", "max_daily_wage"),
    *("premium_small", "premium_large"),
)
FOLLOWS = ("episodes", "chronic", "patients", "nothing")
SIDES = {"above": 1, "below": -1, "today": 0}
COMPARED = ("total", "sick_leave", "sick_days", "care")
LANGUAGES = ("en", "nl")
_ID = re.compile(r"[a-z][a-z0-9_]{0,63}")


@dataclass(frozen=True)
class Column:
    """What the cells of a column hold.

    kind: `id`; `label`, words shown to readers; `note`; `number`; `names` of the set `known`,
    several joined by `sign`. A cell may be `empty`; an `optional` column may be left out.
    """

    name: str
    kind: str
    known: str = ""
    sign: str = ""
    empty: bool = False
    optional: bool = False


def _id(name: str = "id") -> Column:
    return Column(name, "id")


def _both(name: str, empty: bool = False, optional: bool = False) -> tuple[Column, ...]:
    """The same words in every language."""
    return tuple(
        Column(f"{name}_{lang}", "label", empty=empty, optional=optional) for lang in LANGUAGES
    )


def _number(name: str, empty: bool = False) -> Column:
    return Column(name, "number", empty=empty)


def _names(name: str, known: str, sign: str = "", empty: bool = False) -> Column:
    return Column(name, "names", known, sign, empty)


TABLES: dict[str, tuple[Column, ...]] = {
    "cost_items": (
        *(_id(), _names("kind", "kinds"), _names("category", "categories")),
        *(_names("index", "indices"), *_both("label"), *_both("note", empty=True)),
        Column("amount", "names", "drawn", "*", empty=True, optional=True),
        Column("follows", "names", "follows", empty=True, optional=True),
    ),
    "payers": (_names("id", "payers"), *_both("label"), *_both("note", empty=True)),
    "payer_shares": (
        *(_names("cost_item", "cost_items"), _names("payer", "payers")),
        _names("share", "drawn or rest"),
    ),
    "perspectives": (
        *(_id(), *_both("label"), _names("payers", "payers or *", "+", True)),
        _names("categories", "categories or *", "+", True),
        _names("cash", "cash payers", "+", True),
        *_both("leaves_out", empty=True),
    ),
    "levers": (
        *(_id(), _names("group", "groups"), *_both("label"), Column("unit", "label")),
        *(_number("min"), _number("max"), _number("step"), _number("today")),
        *(_names("today_from", "drawn", "+", True), _number("trial_low", True)),
        *(_number("trial_high", True), _number("ramp_years")),
        _names("programme_fixed", "drawn", "", True),
        _names("programme_unit", "drawn", "*", True),
        _names("programme_population", "populations", "", True),
        *(_names("programme_when", "whens"), _names("programme_payer", "payers")),
        _names("expected_sign", "signs"),
        *(_names("expected_measure", "measures"), _names("expected_direction", "directions")),
        *(_names("breakeven_parameter", "parameters"), _names("source", "parameters")),
        Column("what_if", "names", "yes", empty=True, optional=True),
        *(column for part in TEXTS for column in _both(part, empty=True, optional=True)),
    ),
    "lever_effects": (
        *(_names("lever", "levers"), _names("parameter", "drawn or curve")),
        *(_names("operation", "operations"), _names("effect", "drawn", "", True)),
        *(_number("from_week", True), Column("note", "note", empty=True)),
        Column("reach", "names", "drawn", empty=True, optional=True),
    ),
    "lever_conflicts": (
        *(_names("lever", "levers"), _names("side", "sides"), _names("other", "levers")),
        *(_names("other_side", "sides"), _id("key")),
    ),
    "scenarios": (
        *(_id(), *_both("label"), Column("signed_by", "label"), *_both("motivation")),
        _names("source", "sources"),
    ),
    "scenario_levels": (
        *(_names("scenario", "scenarios"), _names("lever", "levers"), _number("level")),
    ),
    "dated_rules": (
        *(_id("rule"), _number("year"), _number("value"), Column("unit", "label")),
        *(_names("status", "statuses"), _names("source", "sources")),
        *(*_both("label"), *_both("note", empty=True)),
    ),
    "values_by_year": (
        *(_names("parameter", "drawn"), _number("year"), _number("value")),
        *(_names("prices", "prices"), _names("status", "statuses"), _names("source", "sources")),
        *_both("note", empty=True),
    ),
    "published_totals": (
        *(_id(), _names("parameter", "parameters"), _names("index", "parameters", "", True)),
        *(_names("compares_with", "compared"), *_both("label"), *_both("note", empty=True)),
    ),
    "targets": (
        *(_id(), *_both("label"), _names("quantity", "quantities")),
        *(_number("from_day", True), _number("day", True)),
        *(_number("mean"), _number("low"), _number("high")),
        *(Column("unit", "label"), Column("year", "label")),
        *(_names("source", "sources"), Column("source_detail", "note"), _id("study")),
        *(_names("seen", "seen"), _names("use", "use"), *_both("note", empty=True)),
    ),
    "correlations": (
        *(_names("first", "drawn"), _names("second", "drawn"), _number("rank_correlation")),
        *(_names("source", "sources"), Column("source_detail", "note"), _names("use", "use")),
        *_both("note", empty=True),
    ),
}  # fmt: skip
KEYS = {
    "payer_shares": ("cost_item", "payer"),
    "lever_effects": ("lever", "parameter"),
    "lever_conflicts": ("lever", "side", "other", "other_side"),
    "scenario_levels": ("scenario", "lever"),
    "dated_rules": ("rule", "year", "status"),
    "values_by_year": ("parameter", "year", "status"),
    "correlations": ("first", "second"),
}
VOCABULARY = {
    "kinds": ("resource", "transfer"),
    "categories": ("care", "work"),
    "categories or *": ("care", "work", "*"),
    "indices": INDICES,
    "follows": FOLLOWS,
    "payers": PAYERS,
    "payers or *": (*PAYERS, "*"),
    "cash payers": CASH_PAYERS,
    "statuses": ("law", "plan"),
    "prices": ("nominal", "constant"),
    "groups": ("care", "imaging", "medicine", "exercise", "work", "research"),
    "populations": POPULATIONS,
    "whens": ("above", "below"),
    "yes": ("yes",),
    "signs": ("saves", "costs", "either"),
    "directions": ("up", "down"),
    "operations": OPERATIONS,
    "sides": tuple(SIDES),
    "compared": COMPARED,
    "quantities": tuple(QUANTITIES),
    "seen": ("seen", "secondary", "recalled"),
    "use": ("1", "0"),
}
# cells that make a parameter count in a formula, so that a new one may be brought along
FEEDS = {
    "cost_items": ("amount",),
    "payer_shares": ("share",),
    "lever_effects": ("effect", "reach"),
    "levers": ("programme_fixed", "programme_unit"),
    "published_totals": ("parameter", "index"),
}


class Catalogue(Mapping[str, tuple[Mapping[str, str], ...]]):
    """Table -> its checked rows as text; unchangeable, hashable. `.hash` forgets the row order."""

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
        said = {
            name: sorted(sorted([k, v] for k, v in row.items() if v) for row in rows)
            for name, rows in self._rows.items()
        }
        self.hash = hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()

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
        """Cost items that no formula makes: id -> (parameters multiplied, what it follows)."""
        return {
            row["id"]: (listed(row["amount"], "*"), row["follows"])
            for row in self["cost_items"]
            if row["amount"]
        }

    @cached_property
    def mixing(self) -> dict[str, Mix]:
        """The streams that parameters share by the rows of correlations.csv in use."""
        rows = [row for row in self["correlations"] if row["use"] == "1"]
        return copula({(r["first"], r["second"]): float(r["rank_correlation"]) for r in rows})

    @cached_property
    def care_by_rows(self) -> dict[str, tuple[tuple[str, ...], str]]:
        """The items of care that rows make; those of work are not in the published total."""
        return {
            name: made
            for name, made in self.made_by_rows.items()
            if self.cost_items[name]["category"] == "care"
        }

    def to_tables(self, beside: Catalogue | None = None) -> dict[str, bytes]:
        """Tables by file name as bytes; only those that differ from `beside`, where it is given."""
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
    """The names in a cell; one name when there is no sign to join them."""
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
        for name, wanted in FEEDS.items()
        for row in rows[name]
        for column in wanted
        for part in listed(row.get(column, ""), columns[name][column].sign)
    }
    return names - {REST, CURVE}


def place(name: str, raw: Mapping, column: str) -> dict:
    """Where a cell of a table stands, for a finding; a published row has no row number."""
    key = " / ".join(raw.get(part, "") for part in KEYS.get(name, ("id",)))
    where = {"file": raw.get("__file__", f"{name}.csv"), "row": raw.get("__row__")}
    return where | {"column": column, "found": raw.get(column, ""), "key": key}


def read_catalogue(
    tables: Mapping[str, Table],
    baseline: Mapping[str, Iterable[Mapping[str, str]]],
    findings: Findings,
) -> dict[str, list[dict]]:
    """Rows of every table: of `tables` where it is there, else of `baseline`.

    Numbers are written in their shortest form and lists with one space round the sign. A row in
    which a cell is wrong has `__wrong__`, so that nothing further is said about it; of a table that
    cannot be read at all only that is said.
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
    kept = []
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
        kept.append(raw)
    return kept


def _cell(name: str, raw: dict, column: Column, findings: Findings) -> None:
    """One cell: its form, apart from what its names lead to."""
    text, where = raw[column.name], place(name, raw, column.name)
    if column.kind == "id":
        if not _ID.fullmatch(text):
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
    """`hint`, while anybody will read it: looking for likenesses takes time."""
    return hint(name, known) if len(findings) < MAX_FINDINGS else ("", "")


def all_measures(items: Iterable[str]) -> set[str]:
    """What a lever may be expected to move: a health measure, a cost item or a payer."""
    return {*MEASURES, *items, *PAYERS}
