"""What the service answers: a question is a command of the command line, asked in JSON.

`field_of` lists the fields of a question as JSON Schemas; requests and OpenAPI both read it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from models.analysis.uncertainty.sensitivity import OUTCOMES
from models.command_line.parsers import COMMANDS
from models.engine.options import KINDS, Choice, WholeNumber
from models.engine.run import catalogue_of, scenarios_of
from models.tables.assumptions import Assumptions

Schema = dict[str, Any]
MOST_EDITS = 50  # numbers that one request may change
TEXT = {"type": "string", "minLength": 1, "maxLength": 100}
# the names that are allowed come from the tables
LEVER = {"enum": "levers"}
ASSUMPTION = {"enum": "assumptions"}


@dataclass(frozen=True)
class Question:
    """A command of the command line, what it answers, and its own fields beside those of a run."""

    command: Callable[..., str]
    meaning: str
    fields: Mapping[str, Schema] = field(default_factory=dict)
    required: tuple[str, ...] = ()


QUESTIONS = {
    "run": Question(COMMANDS["run"], "base case and package, by payer and cost item, with ranges"),
    "rank": Question(COMMANDS["rank"], "every lever alone, at the strongest level of research"),
    "attribute": Question(COMMANDS["attribute"], "what each lever of a package contributes"),
    "breakeven": Question(
        COMMANDS["breakeven"],
        "the value of an assumption at which a lever costs nothing",
        {
            "lever": LEVER,
            "solve": ASSUMPTION | {"description": "without it the lever's own"},
        },
        ("lever",),
    ),
    "price": Question(
        COMMANDS["price"], "what each changed assumption is worth, alone and together"
    ),
    "targets": Question(COMMANDS["targets"], "published figures beside the model's, both ways"),
    "tornado": Question(
        COMMANDS["tornado"],
        "how far each assumption moves the answer over its range",
        {"outcome": {"enum": list(OUTCOMES)}},
    ),
    "trace": Question(
        COMMANDS["trace"],
        "where a figure comes from, down to its sources",
        {"output": TEXT | {"description": "such as total, item.gp or payer.employer"}},
        ("output",),
    ),
}


@cache
def fields_of(name: str, most_draws: int) -> dict[str, Schema]:
    """Field -> JSON Schema of a question: levers, packages and assumptions of the tables, the
    options of a run, and the fields of its own.
    """
    used = Assumptions.default()
    levers = {
        lever.id: {
            "type": "number",
            "minimum": lever.min,
            "maximum": lever.max,
            "description": f"{lever.label_en}, {lever.unit}; today {lever.today:g}",
        }
        for lever in catalogue_of(used).values()
    }
    number = {"type": "number"}
    several = {"type": "array", "items": number, "minItems": 3, "maxItems": 3}
    edits = {name: {"anyOf": [number, several], "description": used[name].unit} for name in used}
    names = {"levers": list(levers), "assumptions": list(edits)}
    options = {name: _option(kind) for name, kind in KINDS.items()}
    options["draws"]["maximum"] = most_draws
    own = {
        field: {**schema, "enum": names[schema["enum"]]}
        if isinstance(schema.get("enum"), str)
        else schema
        for field, schema in QUESTIONS[name].fields.items()
    }
    return {
        "levers": {"type": "object", "properties": levers, "additionalProperties": False},
        "scenario": {"enum": list(scenarios_of(used)), "description": "a named package of levers"},
        "set_assumptions": {
            "type": "object",
            "properties": edits,
            "additionalProperties": False,
            "maxProperties": MOST_EDITS,
            "description": "assumption -> value, or [value, low, high]",
        },
        **options,
        **own,
    }


def _option(kind: object) -> Schema:
    """An option of a run as JSON Schema."""
    if isinstance(kind, Choice):
        return {"enum": list(kind.allowed), "description": kind.meaning}
    if isinstance(kind, WholeNumber):
        limits = {"minimum": kind.low, "maximum": kind.high}
        return {"type": "integer", **limits, "description": kind.meaning}
    return {"type": "boolean", "description": getattr(kind, "meaning", "")}
