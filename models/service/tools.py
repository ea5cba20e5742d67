"""What an assistant may ask of the model, in the Model Context Protocol: five tools.

Every answer names the run (`scenario_id`), the numbers that it rests on (`assumptions_hash`) and
the version, and every figure of a run has its 95% interval.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from models.browser.trace import trace
from models.command_line.trace_lines import trace_lines
from models.engine.options import Options, scenario_id
from models.engine.result import Result
from models.engine.run import catalogue_of, run, scenarios_of
from models.engine.summary import chance_of_saving, quantity
from models.errors import UsageError, shown
from models.service.limits import Limits
from models.service.questions import TEXT, Schema, fields_of
from models.service.requests import check_fields
from models.tables.assumptions import Assumptions
from models.version import VERSION

DEPTH = 3  # levels of an explanation
MOST_PACKAGES = 4
STATED = ("mean", "p2_5", "p97_5")
ABOUT_SOURCE = ("authors", "title", "year", "publisher", "url", "licence")


@dataclass(frozen=True)
class Tool:
    """A tool: what it says of itself, its fields as JSON Schemas, and the function that answers."""

    meaning: str
    fields: Mapping[str, Schema]
    answer: Callable[..., dict[str, Any]]
    required: tuple[str, ...] = ()

    @property
    def schema(self) -> Schema:
        """Its arguments as a JSON Schema."""
        return {
            "type": "object",
            "properties": dict(self.fields),
            "required": list(self.required),
            "additionalProperties": False,
        }


def tools(limits: Limits | None = None) -> dict[str, Tool]:
    """The tools by name, with fields from the tables of the model."""
    fields = fields_of("run", (limits or Limits()).draws)
    of_package = ("levers", "scenario")
    package: Schema = {
        "type": "object",
        "properties": {name: fields[name] for name in of_package},
        "additionalProperties": False,
    }
    options = {n: field for n, field in fields.items() if n not in of_package}
    packages: Schema = {"type": "object", "minProperties": 2, "maxProperties": MOST_PACKAGES}
    packages |= {"additionalProperties": package, "description": "name -> levers or scenario"}
    return {
        "list_levers": Tool("Policies that can be moved, and named packages of them", {}, levers),
        "run": Tool(
            "What low back pain costs, and what a package of policies changes", fields, ran
        ),
        "explain": Tool(
            "Where a figure of a run comes from: its steps, its numbers and their sources",
            {**fields, "output": TEXT | {"description": "total, item.ID, payer.ID or health.ID"}},
            explained,
            ("output",),
        ),
        "compare": Tool(
            "Two to four packages side by side on the same draws, and each pair's difference",
            {"packages": packages, **options},
            compared,
            ("packages",),
        ),
        "sources": Tool(
            "Value, range, quality and source of a number or of the numbers behind a policy",
            {"name": TEXT | {"description": "id of an assumption or lever"}},
            sourced,
            ("name",),
        ),
    }


def call(tool: Tool, given: Mapping[str, Any]) -> dict[str, Any]:
    """The answer; WrongRequest, UsageError or DataError says what is wrong with what was given."""
    check_fields(given, tool.fields, tool.required)
    return tool.answer(**given)


def _identity(result: Result | None = None) -> dict[str, Any]:
    used, options = Assumptions.default(), Options()
    return {
        "scenario_id": result.scenario_id if result else scenario_id({}, used.hash, options),
        "assumptions_hash": result.assumptions_hash if result else used.hash,
        "model_version": VERSION,
    }


def _run(set_assumptions: Mapping | None = None, **given: Any) -> Result:
    edits = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in (set_assumptions or {}).items()
    }
    return run(set_assumptions=edits, **given)


def _stated(rows: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, Any]]:
    """Mean and interval of each row, EUR a year."""
    return {
        name: {**{key: row[key] for key in STATED}, "unit": "EUR/year"}
        for name, row in rows.items()
    }


def ran(**given: Any) -> dict[str, Any]:
    """Totals, and what changes for each payer and cost item."""
    result = _run(**given)
    return {
        **_identity(result),
        "price_year": result.price_year,
        "meaning": "mean and 95% interval over the draws, in force; a change below 0 is a saving",
        **result.headline,
        "change_by_payer": _stated(result.statistics("incremental", "payer")),
        "today_by_payer": _stated(result.statistics("base_case", "payer")),
        "today_by_cost_item": _stated(result.statistics("base_case", "cost_item")),
        "command": result.command,
    }


def levers() -> dict[str, Any]:
    """Policies with range and unit, and packages with their levels."""
    used = Assumptions.default()
    rows = {
        lever.id: {
            "label": lever.label_en,
            "unit": lever.unit,
            "today": lever.today,
            "range": [lever.min, lever.max],
            "tried_in_research": [lever.trial_low, lever.trial_high],
        }
        for lever in catalogue_of(used).values()
    }
    named = {name: package["levels"] for name, package in scenarios_of(used).items()}
    return {**_identity(), "levers": rows, "scenarios": named}


def explained(output: str, **given: Any) -> dict[str, Any]:
    """The tree of a figure as text, with its mean and interval."""
    result = _run(**given)
    tree = trace(result, output)
    return {
        **_identity(result),
        "output": output,
        "figure": tree.scenario,
        "steps": "\n".join(trace_lines(tree, DEPTH)),
    }


def compared(packages: Mapping[str, Mapping], **given: Any) -> dict[str, Any]:
    """Each package against today, and against each other on the same draws."""
    results = {name: _run(**package, **given) for name, package in packages.items()}
    return {
        **_identity(),
        "meaning": "EUR a year, in force; a change below 0 is a saving; common random numbers",
        "packages": {
            name: {**_identity(result), "incremental_total": result.headline["incremental_total"]}
            for name, result in results.items()
        },
        "differences": [
            {
                "of": first,
                "less": second,
                "difference": quantity(results[first].incremental - results[second].incremental),
                "probability_first_is_cheaper": chance_of_saving(
                    results[first].incremental - results[second].incremental
                ),
            }
            for first, second in combinations(results, 2)
        ],
    }


def sourced(name: str) -> dict[str, Any]:
    """The rows of an assumption, or of all that a lever's effects and costs rest on."""
    used = Assumptions.default()
    known = catalogue_of(used)
    if name in known:
        lever = known[name]
        effects = {part for e in lever.effects for part in (e.parameter, e.effect, e.reach)}
        names = effects | {lever.programme_fixed, *lever.programme_unit, *lever.today_from}
    elif name in used:
        names = {name}
    else:
        raise UsageError(f"{shown(name)!r} is no assumption and no lever; see list_levers")
    rows = {}
    for parameter in sorted(names & set(used)):
        row = used[parameter]
        source = used.sources.get(row.source, {})
        rows[parameter] = {
            "label": row.label_en,
            "value": row.base,
            "interval": [row.low, row.high],
            "unit": row.unit,
            "provenance": row.provenance,
            "quality": row.quality,
            "source": {"key": row.source, **{k: source[k] for k in ABOUT_SOURCE if source.get(k)}},
        }
    return {**_identity(), "name": name, "numbers": rows}
