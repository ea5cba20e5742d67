"""Values that compute as NumPy does and record each operation.

The formulas of the model run once over these values. A `Traced` stands for an array of shape
(draws,). A value that depends on no lever holds all its draws, and becomes one column of the
engine; one that depends on a lever holds the first draw only, because the browser calculates it.

A recording sees one branch only. An `if` on a traced value, or a conversion such as float(), would
therefore be recorded wrongly: it raises a `TracingError` that names the line.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

from models.browser.errors import fault
from models.browser.steps import Steps


class Node:
    """One recorded value: an operation on other nodes, or a level, a parameter or a constant.

    `moves`: whether it depends on a lever. If not, `value` has shape (draws,) or (); if so, `value`
    is that of the first draw. `step` is the statement that made it, in a recording with `whole`.
    """

    __slots__ = ("operation", "inputs", "value", "moves", "name", "step")

    def __init__(self, operation, inputs, value, moves, name="", step=None):
        self.operation, self.inputs, self.value = operation, inputs, value
        self.moves, self.name, self.step = moves, name, step

    @property
    def sample(self):
        """The value in the first draw, with a draw axis where it has one."""
        return self.value if self.moves or np.ndim(self.value) == 0 else self.value[:1]


class Recording:
    """The operations recorded during one run of the formulas.

    With `whole` also those that depend on no lever, for the tree of a figure; then every node holds
    all draws.
    """

    def __init__(self, draws: int, whole: bool = False):
        self.draws, self.whole = draws, whole
        self.steps = Steps() if whole else None

    def level(self, name: str, value: float) -> Traced:
        """The level of a lever, which the reader will move; `value` is an example level."""
        return Traced(self, Node("level", (), np.float64(value), True, name))

    def column(self, name: str, values: np.ndarray) -> Traced:
        """A parameter drawn, shape (draws,)."""
        return Traced(self, Node("column", (), np.asarray(values), False, name))

    def node(self, value) -> Node:
        """The node of a traced value; for a plain number or array a new constant node."""
        if isinstance(value, Traced):
            return value.node
        array = np.asarray(value)
        if array.dtype == object or array.ndim > 1:
            raise fault(f"a value of shape {array.shape} among traced ones")
        if array.ndim == 0:
            return Node("constant", (), array[()], False)
        return Node("column", (), array, False)

    def apply(self, operation: str, compute, *arguments) -> Traced:
        """The result of an operation on traced values and numbers, with its node recorded."""
        inputs = tuple(self.node(argument) for argument in arguments)
        moves = any(node.moves for node in inputs)
        sampled = moves and not self.whole
        values = [node.sample if sampled else node.value for node in inputs]
        with np.errstate(all="ignore"):
            value = compute(*values)
        if not moves and not self.whole:
            operation, inputs = "column", ()
        step = self.steps.here() if self.steps else None
        return Traced(self, Node(operation, inputs, value, moves, step=step))


class _Dispatched:
    """Makes NumPy functions on traced values use the table of models/browser/functions.py."""

    def __array_function__(self, function, types, arguments, named):
        from models.browser.functions import FUNCTIONS

        known = FUNCTIONS.get(function.__name__)
        if known is None:
            raise fault(f"np.{function.__name__} on a traced value; it is not in FUNCTIONS")
        return known(*arguments, **named)


def _refused(what: str):
    def refuse(self, *arguments, **named):
        raise fault(f"{what} on a traced value; write it as an expression, such as np.where")

    return refuse


class Traced(_Dispatched, NDArrayOperatorsMixin):
    """An array of shape (draws,), or a number, that records every operation on it."""

    __slots__ = ("recording", "node")

    def __init__(self, recording: Recording, node: Node):
        self.recording, self.node = recording, node

    def __array_ufunc__(self, ufunc, method, *inputs, out=None, where=True, **named):
        if method != "__call__" or named:
            raise fault(f"np.{ufunc.__name__} in a form that is not recorded ({method})")
        if any(isinstance(argument, Rows) for argument in inputs):
            return NotImplemented
        if out is not None and where is True:
            raise fault(f"np.{ufunc.__name__} writes into an array; give back a new one")
        result = self.recording.apply(ufunc.__name__, ufunc, *inputs)
        if where is True:
            return result
        if out is None:
            raise fault(f"np.{ufunc.__name__} with where= needs out=")
        return self.recording.apply("where", np.where, where, result, out[0])

    def __iadd__(self, other):
        return self + other  # returns a new value: a traced value is never changed in place

    def __imul__(self, other):
        return self * other

    def __isub__(self, other):
        return self - other

    def __itruediv__(self, other):
        return self / other

    def copy(self) -> Traced:
        return self

    @property
    def shape(self) -> tuple[int, ...]:
        return np.shape(self.node.value) and (self.recording.draws,)

    __bool__ = _refused("a branch (bool)")
    __float__ = _refused("float()")
    __int__ = _refused("int()")
    __index__ = _refused("an index")
    __len__ = _refused("len()")
    __iter__ = _refused("a loop")
    __getitem__ = _refused("a part [...]")
    __array__ = _refused("np.array() or np.asarray()")

    def __getattr__(self, name: str):
        if name.startswith("__"):
            raise AttributeError(name)
        raise fault(f".{name} on a traced value")


class Rows(_Dispatched, NDArrayOperatorsMixin):
    """Several traced values as rows of one array, as from np.stack; shape (rows, draws)."""

    def __init__(self, rows: list[Traced]):
        self.rows = rows

    def __array_ufunc__(self, ufunc, method, *inputs, **named):
        if method != "__call__" or named:
            raise fault(f"np.{ufunc.__name__} in a form that is not recorded ({method})")
        columns = [
            argument.rows if isinstance(argument, Rows) else [argument] * len(self.rows)
            for argument in inputs
        ]
        return Rows([ufunc(*row) for row in zip(*columns, strict=True)])

    def __getitem__(self, key) -> Traced:
        if not isinstance(key, int):
            raise fault("a part [...] of rows of traced values")
        return self.rows[key]

    def __iter__(self) -> Iterator[Traced]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    __bool__ = _refused("a branch (bool)")
    __array__ = _refused("np.array() or np.asarray()")
