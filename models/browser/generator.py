"""The engine of a run: its formulas recorded once, as JavaScript, columns and a description."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from models.browser import outputs
from models.browser.columns import encode
from models.browser.description import described
from models.browser.graph import Expression, Graph, evaluate, needed
from models.browser.javascript import program
from models.browser.tracer import Recording, Traced
from models.caching import cached
from models.engine.inputs import Parameters
from models.engine.model import Model, Options
from models.engine.result import Result
from models.engine.run import run
from models.tables.assumptions import Assumptions

PARTS = ("inForce", "byYear")  # the programs of engine.js
RUNTIME = Path(__file__).with_name("runtime.js")  # the part that is not generated
HEAD = "// made from the formulas of the model; not to be changed by hand"
FACTOR = "calibration_factor"


@dataclass(frozen=True)
class BrowserEngine:
    """The formulas of one run for the browser; `id` is a hash of all its contents.

    `parts` maps a program of engine.js (see PARTS) -> figure by name -> its expression; `columns`
    are the draws that the expressions read, (draws,) each; `levers` has the levers by id, in the
    order in which the engine takes their levels.
    """

    id: str
    javascript: str
    levers: Mapping
    parts: Mapping[str, Mapping[str, Expression]] = field(repr=False)
    columns: list[np.ndarray] = field(repr=False)
    description: dict = field(repr=False)

    def levels(self, levels: Mapping[str, float]) -> list[float]:
        """The level of every lever in the engine's order; one that is not named is at today."""
        return [levels.get(name, lever.today) for name, lever in self.levers.items()]

    def evaluate(
        self, levels: Mapping[str, float], part: str = PARTS[0], columns=None
    ) -> dict[str, np.ndarray]:
        """Figure -> draws (draws,), calculated by NumPy from the engine's own expressions."""
        columns = self.columns if columns is None else columns
        return evaluate(self.parts[part], self.levels(levels), columns)

    def files(self, encoding: str = "float64") -> dict[str, bytes]:
        """engine.js, columns.bin and engine.json."""
        columns = encode(self.columns, self.id, encoding)
        about = {
            **self.description,
            "columns": {
                "file": "columns.bin",
                "encoding": encoding,
                "count": len(self.columns),
                "bytes": len(columns),
                "sha256": hashlib.sha256(columns).hexdigest(),
            },
        }
        text = json.dumps(about, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
        return {
            "engine.js": self.javascript.encode(),
            "columns.bin": columns,
            "engine.json": text.encode(),
        }


def traced_model(model: Model, recording: Recording) -> Model:
    """The model with traced parameters and calibration factor, and the base case from these."""
    twin = copy.copy(model)
    twin.p = Parameters({name: recording.column(name, p) for name, p in model.p.items()})
    twin.factor = recording.column(FACTOR, model.factor)
    twin.settle()
    return twin


def traced_levels(levers: Mapping, recording: Recording) -> dict[str, Traced]:
    """Lever -> traced level; as an example it has the value halfway between today and an end."""
    return {
        name: recording.level(
            name, (lever.today + (lever.min if lever.programme_when == "below" else lever.max)) / 2
        )
        for name, lever in levers.items()
    }


def generate(
    result: Result,
    parts: Iterable[str] = PARTS,
    kinds: Iterable[str] = tuple(outputs.KINDS),
) -> BrowserEngine:
    """The engine of a run's assumptions and options: every lever, whatever the run's own levels.

    `TracingError` names the line of a formula that cannot be recorded.
    """
    model, levers, overlap = result.model, result.levers, result.options.overlap
    recording = Recording(result.options.draws)
    twin = traced_model(model, recording)
    levels = traced_levels(levers, recording)
    graph = Graph(tuple(levers))
    by_part: dict[str, dict[str, Expression]] = {}
    for part in parts:
        if part == "inForce":
            state = twin.steady(levels, levers, overlap)
            named = outputs.in_force(state, model.assumptions, kinds)
        else:
            years = result.options.years
            named = outputs.by_year(twin, levels, levers, overlap, years, result.catalogue)
        by_part[part] = {name: graph.of(recording.node(value)) for name, value in named.items()}
    columns, by_part = _renumbered(graph, by_part)
    body = "\n".join(program(part, expressions) for part, expressions in by_part.items())
    about = described(result, by_part)
    digest = hashlib.sha256(body.encode())
    digest.update(json.dumps(about, sort_keys=True).encode())
    for column in columns:
        digest.update(column.tobytes())
    id = digest.hexdigest()[:32]
    javascript = f'{HEAD}\nexport const id="{id}";\n{body}\n'
    return BrowserEngine(id, javascript, levers, by_part, columns, {"id": id, **about})


@cached(most=2)
def engine_of(
    assumptions: Assumptions, options: Options, parts: tuple[str, ...] = PARTS
) -> BrowserEngine:
    """The engine of these assumptions and options, cached; it does not depend on levels."""
    return generate(run(assumptions=assumptions, **vars(options)), parts)


def _renumbered(graph: Graph, parts: Mapping[str, Mapping[str, Expression]]):
    """The columns in the order of first use, and the expressions with the new column numbers."""
    order: dict[int, int] = {}
    for expressions in parts.values():
        for expression in (*needed(expressions.values()), *expressions.values()):
            for inner in (expression, *expression.inputs):
                if inner.operation == "column":
                    order.setdefault(inner.index, len(order))
    new = Graph(graph.levels)
    columns = [graph.columns[index] for index in order]
    for column in columns:
        new.column(column)
    copies: dict[int, Expression] = {}

    def again(expression: Expression) -> Expression:
        match expression.operation:
            case "constant":
                return new.constant(expression.value)
            case "level":
                return new.level(graph.levels[expression.index])
            case "column":
                return new.column(graph.columns[expression.index])
        return copies[id(expression)]

    for expressions in parts.values():
        for expression in needed(expressions.values()):
            if id(expression) not in copies:
                copies[id(expression)] = new.operation(
                    expression.operation, *map(again, expression.inputs)
                )
    return columns, {
        part: {name: again(expression) for name, expression in expressions.items()}
        for part, expressions in parts.items()
    }
