"""The JSON Schema of every answer of the command line, made of its types: docs/schemas."""

from __future__ import annotations

import json
from typing import Any

import models
from dashboard.paths import DOCS
from dashboard.reference.json_schema import DRAFT, schema_of
from models.analysis.choice.breakeven import Breakeven
from models.analysis.choice.decision import Decision
from models.analysis.choice.frontier import Frontier
from models.analysis.choice.rank import Ranking
from models.analysis.choice.shapley import Attribution
from models.analysis.choice.sheet import Sheet
from models.analysis.evidence.deliberation import Deliberation
from models.analysis.evidence.edit_effects import PricedEdits
from models.analysis.evidence.elicitation import Elicited
from models.analysis.evidence.round_table import RoundTable
from models.analysis.evidence.structures import Structures
from models.analysis.evidence.targets import Targets
from models.analysis.evidence.trials import Evidence
from models.analysis.evidence.versions import VersionChanges
from models.analysis.history.backcast import Backcast
from models.analysis.history.cross_model import CrossModel
from models.analysis.uncertainty.correlations import Correlations
from models.analysis.uncertainty.sensitivity import Tornado, VarianceShares
from models.analysis.uncertainty.value_of_information import ValueOfInformation

FOLDER = DOCS / "schemas"
RECORDS: dict[str, type] = {  # command -> the record that it prints with --format json
    "attribute": Attribution,
    "backcast": Backcast,
    "breakeven": Breakeven,
    "compare": VersionChanges,
    "correlations": Correlations,
    "cross-model": CrossModel,
    "decision": Decision,
    "deliberate": Deliberation,
    "deliberate-more": RoundTable,
    "elicit": Elicited,
    "frontier": Frontier,
    "price": PricedEdits,
    "rank": Ranking,
    "sheet": Sheet,
    "structures": Structures,
    "targets": Targets,
    "tornado": Tornado,
    "trials": Evidence,
    "voi": ValueOfInformation,
}
BY_NAME = (
    "values",
    "levers",
    "probability_saving_by_payer",
    "calibration",
)  # their keys differ by run


def files() -> dict[str, bytes]:
    """Path under docs/schemas -> content; the same bytes on every machine."""
    schemas = {name: schema_of(kind, name) for name, kind in RECORDS.items()}
    shares = schema_of(VarianceShares, "variance_shares")
    tornado = schemas["tornado"]
    tornado["$defs"] |= shares.pop("$defs") | {"VarianceShares": _bare(shares)}
    tornado["properties"]["variance_shares"] = {"$ref": "#/$defs/VarianceShares"}
    tornado["required"].append("variance_shares")
    schemas["run"] = _run()
    texts = {f"{name}.json": json.dumps(schema, indent=1) for name, schema in schemas.items()}
    return {name: f"{text}\n".encode() for name, text in texts.items()}


def _bare(schema: dict) -> dict:
    return {name: part for name, part in schema.items() if name not in ("$schema", "title")}


def _run() -> dict:
    """Of `run`, whose object is no record: the types that a run of the first package shows."""
    package = next(iter(models.load_scenarios()))
    example = json.loads(models.run(scenario=package, draws=50).to_json())
    return {
        "$schema": DRAFT,
        "title": "run",
        "description": "EUR a year in force unless a row names a year; docs/outputs.md has what "
        "each part is, its unit, and which are levels and which changes.",
        **_of(example),
    }


def _of(value: Any, name: str = "") -> dict:
    """The schema of a value as it is; a number may be whole or not, null where it was null."""
    if isinstance(value, dict):
        if name in BY_NAME:
            return {"type": "object"}
        return {
            "type": "object",
            "properties": {key: _of(part, key) for key, part in value.items()},
            "required": list(value),
        }
    if isinstance(value, list):
        return {"type": "array", "items": _rows(value)}
    if isinstance(value, bool):
        return {"type": "boolean"}
    if isinstance(value, int | float):
        return {"type": ["number", "null"]}
    return {"type": ["string", "null"]} if isinstance(value, str) else {}


def _rows(rows: list) -> dict:
    """Rows of one table have the same names; what is null in one may hold a value in another."""
    if not rows or not isinstance(rows[0], dict):
        return _of(rows[0]) if rows else {}
    first: dict[str, Any] = {}
    for row in rows:
        first |= {key: value for key, value in row.items() if first.get(key) is None}
    return _of(first)
