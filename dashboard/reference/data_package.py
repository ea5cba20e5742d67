"""The description of data/ for other tools and for readers, made from two tables.

`data/tables.csv` has a row a table (or a family of tables of one form, `series/*.csv`) with its key
and what it refers to; `data/columns.csv` a row a column. From them come `data/datapackage.json` (a
Frictionless Data Package), `data/schemas/*.json` for the families, and `data/COLUMNS.md`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

import models
from dashboard.reference.markdown import code, escape, grid
from models.paths import DATA

TABLE = ("table", "path", "title", "key", "refers_to")
LIMITS = ("minimum", "maximum")
COLUMN = (
    *("table", "column", "type", "required", "unique", "pattern", "allowed"),
    *(*LIMITS, "description"),
)
LIST = " + "
PACKAGE = {
    "name": "wat-kost-rugpijn",
    "title": "Wat kost rugpijn? Data of the model",
    "description": (
        "Assumptions, levers, sources and claims of a model of what low back pain costs the "
        "Netherlands. README.md in this folder says in words what every column means."
    ),
    "profile": "data-package",
    "keywords": ["low back pain", "cost of illness", "Netherlands"],
    "licenses": [
        {
            "name": "CC-BY-4.0",
            "path": "https://creativecommons.org/licenses/by/4.0/",
            "title": "Creative Commons Attribution 4.0",
        }
    ],
    "sources": [{"title": "Every number names its own source: sources.csv", "path": "sources.csv"}],
}
CSV = {"type": "table", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}


def files() -> dict[str, bytes]:
    """Path under data/ -> content; the same bytes on every machine."""
    tables = _read("tables.csv", TABLE)
    schemas = {row["table"]: _schema(row) for row in tables}
    families = {row["table"]: schemas[row["table"]] for row in tables if "*" in row["path"]}
    resources = [resource for row in tables for resource in _resources(row, schemas[row["table"]])]
    contents = {f"schemas/{name}.json": schema for name, schema in families.items()}
    contents["datapackage.json"] = PACKAGE | {"resources": resources}
    texts = {name: json.dumps(value, indent=2) + "\n" for name, value in contents.items()}
    texts["COLUMNS.md"] = _dictionary(tables)
    return {name: text.encode() for name, text in texts.items()}


def _read(name: str, columns: tuple[str, ...]) -> list[Mapping[str, str]]:
    return list(models.read_table(DATA / name, name=name, required=columns))


def _schema(table: Mapping[str, str]) -> dict:
    """Fields, key and references of a table, in the words of the Frictionless table schema."""
    schema: dict = {"fields": [_field(row) for row in _columns(table["table"])]}
    if table["key"]:
        key = table["key"].split(LIST)
        schema["primaryKey"] = key if len(key) > 1 else key[0]
    if table["refers_to"]:
        schema["foreignKeys"] = [_reference(text) for text in table["refers_to"].split(LIST)]
    return schema


def _columns(table: str) -> list[Mapping[str, str]]:
    return [row for row in _read("columns.csv", COLUMN) if row["table"] == table]


def _field(row: Mapping[str, str]) -> dict:
    constraints: dict = {name: True for name in ("required", "unique") if row[name]}
    if row["pattern"]:
        constraints["pattern"] = row["pattern"]
    if row["allowed"]:
        constraints["enum"] = row["allowed"].split(LIST)
    constraints |= {name: json.loads(row[name]) for name in LIMITS if row[name]}
    field = {"name": row["column"], "type": row["type"], "description": row["description"]}
    return field | ({"constraints": constraints} if constraints else {})


def _reference(text: str) -> dict:
    """`payer -> payers.id` as a foreign key."""
    field, _, target = text.partition(" -> ")
    table, _, column = target.partition(".")
    return {"fields": field, "reference": {"resource": table, "fields": column}}


def _resources(table: Mapping[str, str], schema: dict) -> list[dict]:
    """One resource a file; those of a family share the schema in schemas/."""
    if "*" not in table["path"]:
        about = {"name": table["table"], "title": table["title"], "path": table["path"]}
        return [about | CSV | {"schema": schema}]
    resources = []
    for path in sorted(DATA.glob(table["path"])):
        path_inside = path.relative_to(DATA)
        name = "_".join(path_inside.with_suffix("").parts).replace(".", "_").lower()
        about = {
            "name": name,
            "title": f"{table['title']}: {path.stem}",
            "path": path_inside.as_posix(),
        }
        resources.append(about | CSV | {"schema": f"schemas/{table['table']}.json"})
    return resources


def _dictionary(tables: list[Mapping[str, str]]) -> str:
    """All columns of all tables for a reader; README.md of the folder says what they are for."""
    lead = (
        "# Columns of every table\n\nMade from `tables.csv` and `columns.csv` by "
        "`python -m dashboard.reference`; [README.md](README.md) says what the tables are for. "
        "A cell of a column that is not required may be empty.\n"
    )
    parts = [lead]
    for table in tables:
        rows = [(code(row["column"]), *_cells_of(row)) for row in _columns(table["table"])]
        parts.append(f"## {escape(table['title'])} ({code(table['path'])})\n")
        if table["key"]:
            parts.append(f"Key: {code(table['key'])}.\n")
        parts.append(grid(("column", "type", "allowed", "meaning"), rows) + "\n")
    return "\n".join(parts)


def _cells_of(row: Mapping[str, str]) -> tuple[str, str, str]:
    allowed = row["allowed"] or row["pattern"]
    limits = [f"{name} {row[name]}" for name in LIMITS if row[name]]
    needs = [name for name in ("required", "unique") if row[name]]
    shown = ", ".join([*([code(allowed)] if allowed else []), *limits, *needs])
    return row["type"], shown, escape(row["description"])
