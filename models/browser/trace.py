"""Where a figure comes from: its steps in words, their parameters, and the sources of those.

Made from the same recording as the engine, with every operation kept, so it changes with the
formulas by itself. A step is a statement of a formula; its operands are other steps, parameters,
levers and constants.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import numpy as np

from models.browser import outputs
from models.browser.generator import FACTOR, traced_model
from models.browser.steps import Step
from models.browser.tracer import Node, Recording
from models.browser.tree import (
    CalibratedLeaf,
    ConstantLeaf,
    Formula,
    LeverLeaf,
    ParameterLeaf,
    Part,
    Trace,
)
from models.browser.wording import in_words
from models.engine.model import Model, calibration_factor
from models.engine.output.document import SCHEMA
from models.engine.record import Quantity
from models.engine.result import Result
from models.errors import UsageError, shown
from models.similar_names import nearest
from models.tables.edits import origin_of
from models.version import VERSION

SOLVED = ("total", "sick_leave")  # anchors whose factor is a formula


def trace(result: Result, output: str = "total") -> Trace:
    """The tree of a figure of the scenario in force: `steps` by number, the first is the figure.

    `output` is total, payer.ID, item.ID, perspective.ID or health.ID. Every step has its formula in
    words and in code, its mean and 95% interval, and the numbers of its operands; the leaves are
    parameters (with value, range, unit and source), levers and constants.
    """
    recording = Recording(result.options.draws, whole=True)
    twin = traced_model(result.model, recording)
    _trace_calibration(twin)
    levels = {name: recording.level(name, level) for name, level in result.levels.items()}
    state = twin.steady(levels, result.levers, result.options.overlap) if levels else twin.base
    named = outputs.in_force(state, result.model.assumptions)
    today = outputs.in_force(result.base, result.model.assumptions)
    if output not in named:
        near = ", ".join(nearest(output, named)) or ", ".join(list(named)[:5])
        raise UsageError(f"unknown figure {shown(output)!r}; nearest: {near}")
    unit = outputs.about(output, result.catalogue)["unit"]
    before = np.broadcast_to(np.asarray(today[output], dtype=float), result.options.draws)
    after = np.broadcast_to(recording.node(named[output]).value, result.options.draws)
    tree = _Tree(result, recording)
    top = tree.number(recording.node(named[output]), output)
    return Trace(
        schema=SCHEMA,
        output=output,
        unit=unit,
        today=Quantity.of(before, unit),
        scenario=Quantity.of(after, unit),
        incremental=Quantity.of(after - before, unit),
        model_version=VERSION,
        assumptions_hash=result.assumptions_hash,
        scenario_id=result.scenario_id,
        levers=dict(result.levels),
        options=result.options,
        top=top,
        steps=tree.parts(),
        sources=tree.sources(),
    )


def _trace_calibration(twin: Model) -> None:
    """Record the formula of the calibration factor, where it is solved from these assumptions.

    Where it was solved from other (published) assumptions, the factor is a leaf of the tree.
    """
    anchor = twin.options.anchor
    if anchor in SOLVED and twin.source == twin.assumptions:
        by_rows = twin.assumptions.catalogue.care_by_rows
        twin.factor = calibration_factor(twin.p, anchor, by_rows, twin.year)
        twin.settle()


class _Tree:
    """Steps in the order in which they are reached from the figure, each listed once."""

    def __init__(self, result: Result, recording: Recording):
        self.result, self.recording = result, recording
        self.assumptions = result.model.assumptions
        self._parts: dict[int, Part] = {}  # by number
        self._numbers: dict[int, int] = {}  # id of a node -> its number
        self._alive: list[Node] = []  # keeps nodes alive: `_numbers` uses their id()

    def number(self, node: Node, name: str = "") -> int:
        """The number of the step that makes a node; its operands get numbers after it."""
        if id(node) in self._numbers:
            return self._numbers[id(node)]
        number = self._numbers[id(node)] = len(self._numbers)
        self._alive.append(node)
        self._parts[number] = self._part(number, node, name)
        return number

    def parts(self) -> tuple[Part, ...]:
        return tuple(self._parts[number] for number in range(len(self._parts)))

    def _part(self, number: int, node: Node, name: str) -> Part:
        if node.operation == "level":
            return self._lever(number, node)
        if node.operation == "column" and node.name in self.assumptions:
            return self._parameter(number, node)
        draws = np.broadcast_to(np.asarray(node.value, dtype=float), self.result.options.draws)
        ends = _ends(draws)
        if not node.inputs:
            if node.name == FACTOR:
                return CalibratedLeaf(number, node.name, *ends, self.result.options.anchor)
            return ConstantLeaf(number, node.name or "constant", *ends)
        step = node.step
        operands = list(dict.fromkeys(self._operands(node, step)))
        names = {operand: self._called(operand) for operand in operands}
        return Formula(
            number,
            name or step.name or step.function,
            step.function,
            step.about,
            step.file,
            step.line,
            step.code,
            in_words(node, names),
            *ends,
            tuple(self.number(operand) for operand in operands if _counts(operand)),
        )

    def _operands(self, node: Node, step: Step) -> Iterator[Node]:
        """The operands of a step: nodes made by other steps, in the order of the formula."""
        waiting = list(reversed(node.inputs))
        seen = set()
        while waiting:
            operand = waiting.pop()
            if id(operand) in seen:
                continue
            seen.add(id(operand))
            if operand.inputs and _same(operand.step, step):
                waiting += reversed(operand.inputs)
            else:
                yield operand

    def _called(self, node: Node) -> str:
        """The name of a node in the words of another step."""
        if node.operation == "level":
            return self.result.levers[node.name].label_en
        if node.name in self.assumptions:
            return self.assumptions[node.name].label_en
        if node.name:
            return node.name.replace("_", " ")
        if node.inputs:
            name = node.step.name
            if name in self.assumptions:
                return f"{self.assumptions[name].label_en} with levers"
            return name.replace("_", " ")
        values = np.unique(node.value)
        return f"{values[0]:.12g}" if values.size == 1 else "a column"

    def _lever(self, number: int, node: Node) -> LeverLeaf:
        row = self.result.levers[node.name]
        level = float(node.value)
        return LeverLeaf(number, row.id, level, row.today, row.unit, row.label_en, row.label_nl)

    def _parameter(self, number: int, node: Node) -> ParameterLeaf:
        row = self.assumptions[node.name]
        mean, low, high = _ends(np.broadcast_to(node.value, self.result.options.draws))
        came = origin_of(row)
        return ParameterLeaf(
            step=number, name=node.name, label_en=row.label_en, label_nl=row.label_nl,
            base=row.base, low=row.low, high=row.high, unit=row.unit,
            distribution=row.distribution, price_year=row.price_year,
            mean=mean, p2_5=low, p97_5=high, provenance=came.provenance, quality=came.quality,
            source=came.source, source_detail=came.detail, note=came.note,
        )  # fmt: skip

    def sources(self) -> dict[str, Mapping[str, str]]:
        """The rows of sources.csv that the parameters of the tree name."""
        leaves = [part for part in self.parts() if isinstance(part, ParameterLeaf)]
        known = self.assumptions.sources
        keys = sorted({leaf.source for leaf in leaves} & set(known))
        return {key: MappingProxyType(dict(known[key])) for key in keys}


def _ends(draws: np.ndarray) -> tuple[float, float, float]:
    """Mean and 95% interval."""
    quantity = Quantity.of(draws, "")
    return quantity.mean, quantity.p2_5, quantity.p97_5


def _same(first: Step, second: Step) -> bool:
    """Whether two operations stand in one statement of one run of a function."""
    return (first.file, first.line, first.name, first.run, first.code) == (
        second.file, second.line, second.name, second.run, second.code
    )  # fmt: skip


def _counts(node: Node) -> bool:
    """Whether an operand gets a line of its own; plain numbers are written in the words instead."""
    return bool(node.inputs or node.name or np.unique(node.value).size > 1)
