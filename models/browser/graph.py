"""The graph that the browser evaluates: expressions of levels, columns and constants.

Recorded nodes become expressions. A value that does not depend on a level becomes one column of
draws (or a constant, where all draws are equal), equal expressions are stored once, and whatever no
output needs is left out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from models.browser.tracer import Node

SAME = 1e-13  # relative difference below which draws are equal but for rounding


@dataclass(frozen=True, eq=False)
class Expression:
    """`operation` on `inputs`; a level and a column have an index, a constant a `value`.

    `varies`: whether it differs by draw; otherwise the browser calculates it once per answer.
    """

    operation: str
    inputs: tuple[Expression, ...] = ()
    index: int = -1
    value: float = 0.0
    varies: bool = False
    serial: int = 0  # order of creation, which makes the printed program the same everywhere


@dataclass
class Graph:
    """Expressions by key, with the columns (draws,) and the names of the levels they use."""

    levels: tuple[str, ...]
    columns: list[np.ndarray] = field(default_factory=list)
    _known: dict = field(default_factory=dict)
    _columns: dict[bytes, int] = field(default_factory=dict)
    _nodes: dict[int, Expression] = field(default_factory=dict)
    _alive: list[Node] = field(default_factory=list)  # keeps nodes alive: _nodes uses their id()

    def constant(self, value: float) -> Expression:
        return self._once(("constant", float(value).hex()), "constant", value=float(value))

    def column(self, values: np.ndarray) -> Expression:
        """A column, shape (draws,); a constant where every draw is the same."""
        values = np.asarray(values, dtype=float)
        if values.ndim == 0 or np.ptp(values) <= SAME * abs(values[0]):
            return self.constant(values.flat[0])
        digest = hashlib.sha256(values.tobytes()).digest()
        if digest not in self._columns:
            self._columns[digest] = len(self.columns)
            self.columns.append(values)
        index = self._columns[digest]
        return self._once(("column", index), "column", index=index, varies=True)

    def level(self, name: str) -> Expression:
        index = self.levels.index(name)
        return self._once(("level", index), "level", index=index)

    def of(self, node: Node) -> Expression:
        """The expression of a recorded node."""
        waiting = [node]
        while waiting:  # a loop, because recursion would exceed Python's limit
            top = waiting[-1]
            if id(top) in self._nodes:
                waiting.pop()
            elif not top.moves:
                self._keep(top, self.column(top.value))
            elif top.operation == "level":
                self._keep(top, self.level(top.name))
            else:
                missing = [inner for inner in top.inputs if id(inner) not in self._nodes]
                if not missing:
                    inputs = tuple(self._nodes[id(inner)] for inner in top.inputs)
                    self._keep(top, self.operation(top.operation, *inputs))
                waiting += missing
        return self._nodes[id(node)]

    def _keep(self, node: Node, expression: Expression) -> None:
        self._nodes[id(node)] = expression
        self._alive.append(node)

    def operation(self, operation: str, *inputs: Expression) -> Expression:
        """The expression of an operation on expressions, simplified where possible."""
        if all(inner.operation == "constant" for inner in inputs):
            return self.constant(compute(operation, *(inner.value for inner in inputs)))
        simpler = _simpler(operation, inputs)
        if simpler is not None:
            return simpler
        if operation in COMMUTES:  # a + b equals b + a to the last bit
            inputs = tuple(sorted(inputs, key=lambda inner: inner.serial))
        key = operation, *map(id, inputs)
        varies = any(inner.varies for inner in inputs)
        return self._once(key, operation, inputs=inputs, varies=varies)

    def _once(self, key, operation, **fields) -> Expression:
        if key not in self._known:
            self._known[key] = Expression(operation, **fields, serial=len(self._known))
        return self._known[key]


COMMUTES = ("add", "multiply", "maximum", "minimum")


def _is(expression: Expression, value: float) -> bool:
    return expression.operation == "constant" and expression.value == value


def _simpler(operation: str, inputs: tuple[Expression, ...]) -> Expression | None:
    """A simpler equal expression, where an operand is 0 or 1, or operands are equal; else None.

    All values are finite, so 0 * x is 0.
    """
    first, *rest = inputs
    second = rest[0] if rest else first
    if operation in ("add", "multiply"):
        neutral = 0.0 if operation == "add" else 1.0
        if _is(first, neutral):
            return second
        if _is(second, neutral):
            return first
        if operation == "multiply":
            return next((zero for zero in inputs if _is(zero, 0.0)), None)
    if operation == "subtract" and _is(second, 0.0):
        return first
    if operation == "divide" and (_is(second, 1.0) or _is(first, 0.0)):
        return first
    if operation == "where":
        if first.operation == "constant":
            return inputs[1] if first.value else inputs[2]
        if inputs[1] is inputs[2]:
            return inputs[1]
    if operation in ("maximum", "minimum") and first is second:
        return first
    return None


def compute(operation: str, *values):
    """An operation as NumPy does it."""
    with np.errstate(all="ignore"):
        return (np.where if operation == "where" else getattr(np, operation))(*values)


def needed(outputs: Iterable[Expression]) -> list[Expression]:
    """The operations that these expressions need, each after its inputs."""
    order: dict[int, Expression] = {}
    waiting = [(expression, False) for expression in reversed(list(outputs))]
    while waiting:
        expression, ready = waiting.pop()
        if id(expression) in order:
            continue
        if ready:
            order[id(expression)] = expression
        else:
            waiting += [
                (expression, True),
                *((inner, False) for inner in reversed(expression.inputs)),
            ]
    return [expression for expression in order.values() if expression.inputs]


def evaluate(
    outputs: Mapping[str, Expression], levels: Iterable[float], columns: Iterable[np.ndarray]
) -> dict[str, np.ndarray]:
    """Name -> draws (draws,) of these expressions, calculated by NumPy.

    `levels` are in the order of `Graph.levels`, `columns` in that of `Graph.columns`.
    """
    levels, columns = list(levels), list(columns)
    values: dict[int, np.ndarray] = {}

    def value(expression: Expression):
        match expression.operation:
            case "constant":
                return expression.value
            case "level":
                return np.float64(levels[expression.index])
            case "column":
                return columns[expression.index]
        return values[id(expression)]

    for expression in needed(outputs.values()):
        values[id(expression)] = compute(expression.operation, *map(value, expression.inputs))
    draws = len(columns[0]) if columns else 1
    return {name: np.broadcast_to(value(expression), draws) for name, expression in outputs.items()}
