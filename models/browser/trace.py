"""Where a figure comes from: its steps in words, their parameters, and the sources of those.

The same recording as that of the engine, with every operation kept: the tree follows the formulas
as they are run, so it needs no upkeep. A step is a statement of a formula; its operands are other
steps, parameters, levers and constants.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from models.browser import outputs
from models.browser.generator import FACTOR, traced_model
from models.browser.steps import Step
from models.browser.tracer import Node, Recording
from models.browser.wording import in_words
from models.engine.document import SCHEMA
from models.engine.model import Model, calibration_factor
from models.engine.result import Result
from models.engine.summary import quantity
from models.errors import UsageError, shown
from models.similar_names import nearest
from models.version import VERSION

SOLVED = ("total", "sick_leave")  # anchors whose factor is a formula


def trace(result: Result, output: str = "total") -> dict:
    """The tree of a figure of the scenario in force: `steps` by number, the first is the figure.

    `output` is total, payer.ID, item.ID, perspective.ID or health.ID. Every step has its formula in
    words and in code, its mean and 95% interval, and the numbers of what it is made of; the leaves
    name parameters (with value, range, unit and source), levers and constants.
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
    return {
        "schema": SCHEMA,
        "output": output,
        "unit": unit,
        "today": quantity(before, unit),
        "scenario": quantity(after, unit),
        "incremental": quantity(after - before, unit),
        "model_version": VERSION,
        "assumptions_hash": result.assumptions_hash,
        "scenario_id": result.scenario_id,
        "levers": result.levels,
        **vars(result.options),
        "top": top,
        "steps": tree.steps,
        "sources": tree.sources(),
    }


def _trace_calibration(twin: Model) -> None:
    """The factor by its own formula, where these assumptions are calibrated themselves.

    Where the factor of other assumptions is held, it is a leaf: its parameters are not in the tree.
    """
    anchor = twin.options.anchor
    if anchor in SOLVED and twin.source == twin.assumptions:
        by_rows = twin.assumptions.catalogue.care_by_rows
        twin.factor = calibration_factor(twin.p, anchor, by_rows, twin.year)
        twin.settle()


class _Tree:
    """Steps in the order in which they are met; a step that is used twice is listed once."""

    def __init__(self, result: Result, recording: Recording):
        self.result, self.recording = result, recording
        self.assumptions = result.model.assumptions
        self.steps: list[dict] = []
        self._known: dict[int, int] = {}
        self._alive: list[Node] = []

    def number(self, node: Node, name: str = "") -> int:
        """The number of the step that makes a node; its operands get numbers after it."""
        if id(node) in self._known:
            return self._known[id(node)]
        place = self._known[id(node)] = len(self.steps)
        self._alive.append(node)
        self.steps.append({})
        self.steps[place] = {"step": place, **self._described(node, name)}
        return place

    def _described(self, node: Node, name: str) -> dict:
        if node.operation == "level":
            lever = self.result.levers[node.name]
            return {
                "kind": "lever", "name": node.name, "value": float(node.value),
                "today": lever.today, "unit": lever.unit, **_labels(lever),
            }  # fmt: skip
        if node.operation == "column" and node.name in self.assumptions:
            return self._parameter(node)
        draws = np.broadcast_to(np.asarray(node.value, dtype=float), self.result.options.draws)
        value = quantity(draws, "")
        value = {key: value[key] for key in ("mean", "p2_5", "p97_5")}
        if not node.inputs:
            about = {"kind": "constant", "name": node.name or "constant", **value}
            if node.name == FACTOR:
                about |= {"kind": "calibrated", "anchor": self.result.options.anchor}
            return about
        made = node.step
        operands = list(dict.fromkeys(self._operands(node, made)))
        names = {operand: self._called(operand) for operand in operands}
        return {
            "kind": "step",
            "name": name or made.name or made.function,
            "function": made.function,
            "about": made.about,
            "file": made.file,
            "line": made.line,
            "code": made.code,
            "words": in_words(node, names),
            **value,
            "of": [self.number(operand) for operand in operands if _counts(operand)],
        }

    def _operands(self, node: Node, step: Step) -> Iterator[Node]:
        """What a step is made of: the nodes that other steps made, in the order of the formula."""
        waiting = list(reversed(node.inputs))
        seen = set()
        while waiting:
            one = waiting.pop()
            if id(one) in seen:
                continue
            seen.add(id(one))
            if one.inputs and _same(one.step, step):
                waiting += reversed(one.inputs)
            else:
                yield one

    def _called(self, node: Node) -> str:
        """A node as the words of another step name it."""
        if node.operation == "level":
            return self.result.levers[node.name].label_en
        if node.name in self.assumptions:
            return self.assumptions[node.name].label_en
        if node.name:
            return node.name.replace("_", " ")
        if node.inputs:
            made = node.step.name
            if made in self.assumptions:
                return f"{self.assumptions[made].label_en} with levers"
            return made.replace("_", " ")
        values = np.unique(node.value)
        return f"{values[0]:.12g}" if values.size == 1 else "a column"

    def _parameter(self, node: Node) -> dict:
        row = self.assumptions[node.name]
        value = quantity(np.broadcast_to(node.value, self.result.options.draws), row.unit)
        return {
            "kind": "parameter", "name": node.name, **_labels(row),
            "base": row.base, "low": row.low, "high": row.high, "unit": row.unit,
            "distribution": row.distribution, "price_year": row.price_year,
            "mean": value["mean"], "p2_5": value["p2_5"], "p97_5": value["p97_5"],
            "provenance": row.provenance, "quality": row.quality,
            "source": row.source, "source_detail": row.source_detail, "note": row.note,
        }  # fmt: skip

    def sources(self) -> dict[str, dict]:
        """The rows of sources.csv that the parameters of the tree name."""
        keys = {step["source"] for step in self.steps if step["kind"] == "parameter"}
        known = self.assumptions.sources
        return {key: dict(known[key]) for key in sorted(keys) if key in known}


def _labels(row) -> dict[str, str]:
    return {"label_en": row.label_en, "label_nl": row.label_nl}


def _same(one: Step, other: Step) -> bool:
    """Whether two operations stand in one statement of one run of a function."""
    return (one.file, one.line, one.name, one.run, one.code) == (
        other.file, other.line, other.name, other.run, other.code
    )  # fmt: skip


def _counts(node: Node) -> bool:
    """Whether an operand is worth a line of its own: plain numbers stand in the words."""
    return bool(node.inputs or node.name or np.unique(node.value).size > 1)


def lines(found: dict, depth: int | None = None) -> list[str]:
    """The tree as indented lines; what was listed before is named, not repeated."""
    written: list[str] = []
    seen: set[int] = set()

    def add(place: int, level: int) -> None:
        step = found["steps"][place]
        mark = "  " * level
        if place in seen and step["kind"] == "step":
            written.append(f"{mark}{_title(step)} (see above)")
            return
        seen.add(place)
        written.append(f"{mark}{_title(step)}{_rest(step)}")
        if step["kind"] == "step" and (depth is None or level < depth):
            for inner in step["of"]:
                add(inner, level + 1)

    add(found["top"], 0)
    written += ["", "sources"]
    for key, row in found["sources"].items():
        parts = (row.get("authors"), row.get("title"), row.get("year"), row.get("url"))
        written.append(f"  {key}: " + ". ".join(str(part) for part in parts if part))
    return written


def _title(step: dict) -> str:
    return step.get("label_en") or step["name"].replace("_", " ")


def _rest(step: dict) -> str:
    match step["kind"]:
        case "step":
            words = f" = {step['words']}"
            return (
                f": {step['mean']:,.6g}{words}  [{step['function']}, {step['file']}:{step['line']}]"
            )
        case "parameter":
            low, high = step["low"], step["high"]
            said = f" ({low:g} to {high:g})" if low != high else ""
            return (
                f": {step['base']:g}{said} {step['unit']}; {step['provenance']}, {step['source']}"
            )
        case "lever":
            return f": level {step['value']:g}, today {step['today']:g}, {step['unit']}"
        case "calibrated":
            return f": {step['mean']:.4g}; solved in every draw to meet the anchor {step['anchor']}"
    return f": {step['mean']:.6g}"
