"""NumPy's functions on traced values, each built from operations that are recorded per draw.

Results equal NumPy's to the last bit: rows are sorted by exchanging neighbours, and added and
multiplied from first to last.
"""

from __future__ import annotations

from functools import reduce
from operator import add, mul
from typing import Any

import numpy as np

from models.browser.errors import fault
from models.browser.tracer import Rows, Traced, _Dispatched


class Largest(_Dispatched):
    """The result of np.argmax(axis=0): per draw the row with the largest value."""

    def __init__(self, rows: Rows):
        self.rows = rows

    def __getitem__(self, key) -> Largest:
        if key is not None:
            raise fault("a part [...] of np.argmax")
        return self


def _recording(*values):
    return next(value.recording for value in values if isinstance(value, Traced))


def _where(condition, yes, no) -> Traced:
    return _recording(condition, yes, no).apply("where", np.where, condition, yes, no)


def _clip(value, low, high) -> Traced:
    return np.minimum(np.maximum(value, low), high)


def _full_like(value: Traced, fill) -> Traced:
    """`fill` repeated for every draw, (draws,); a single number where `value` is one."""
    recording = value.recording
    if isinstance(fill, Traced):
        return fill + np.zeros(recording.draws)
    shape = (recording.draws,) if value.shape else ()
    return Traced(recording, recording.node(np.full(shape, float(fill))))


def _stack(arrays, axis=0) -> Rows:
    if axis != 0:
        raise fault("np.stack of traced values along another axis than 0")
    return Rows(list(arrays))


def _broadcast_arrays(*arrays):
    recording = _recording(*arrays)
    return [
        array if isinstance(array, Traced) else Traced(recording, recording.node(array))
        for array in arrays
    ]


def _down(rows, axis) -> list[Any]:
    """The rows, for a function along axis 0; along the draws it is a TracingError."""
    if not isinstance(rows, Rows) or axis != 0:
        raise fault("a sum, product or order of traced values along the draws")
    return list(rows)


def _sort(rows, axis=-1) -> Rows:
    ordered = _down(rows, axis)
    for last in range(len(ordered) - 1, 0, -1):
        for i in range(last):
            low, high = ordered[i], ordered[i + 1]
            ordered[i], ordered[i + 1] = np.minimum(low, high), np.maximum(low, high)
    return Rows(ordered)


def _argmax(rows, axis=None) -> Largest:
    return Largest(Rows(_down(rows, axis)))


def _take_along_axis(rows, largest, axis) -> Rows:
    """Per draw the value in the row that `largest` points to; of equal values the first row."""
    if not isinstance(largest, Largest):
        raise fault("np.take_along_axis with other places than those of np.argmax")
    chosen, *others = _down(rows, axis)
    best, *values = _down(largest.rows, axis)
    for row, value in zip(others, values, strict=True):
        larger = value > best
        chosen, best = np.where(larger, row, chosen), np.maximum(best, value)
    return Rows([chosen])


FUNCTIONS = {
    "where": _where,
    "clip": _clip,
    "stack": _stack,
    "broadcast_arrays": _broadcast_arrays,
    "sort": _sort,
    "argmax": _argmax,
    "take_along_axis": _take_along_axis,
    "prod": lambda rows, axis=None: reduce(mul, _down(rows, axis)),
    "sum": lambda rows, axis=None: reduce(add, _down(rows, axis)),
    "full_like": _full_like,
    "zeros_like": lambda value: _full_like(value, 0.0),
    "ones_like": lambda value: _full_like(value, 1.0),
    "copy": lambda value: value,
}
