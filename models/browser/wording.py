"""A recorded formula in words: names of its operands, signs between them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from models.browser.tracer import Node

MOST = 12  # terms of a sum that are written out
SIGNS = {"add": " + ", "subtract": " - ", "multiply": " x ", "divide": " / "}
ORDER = {"add": 1, "subtract": 1, "multiply": 2, "divide": 2}
BETWEEN = {
    "greater": ">", "less": "<", "greater_equal": ">=", "less_equal": "<=",
    "equal": "is", "not_equal": "is not",
}  # fmt: skip
CALLED = {
    "maximum": "the larger of {} and {}",
    "minimum": "the smaller of {} and {}",
    "absolute": "the size of {}",
    "negative": "-{}",
    "log": "the logarithm of {}",
    "log1p": "the logarithm of 1 + {}",
    "exp": "e to the power {}",
    "expm1": "e to the power {} - 1",
    "sqrt": "the square root of {}",
    "square": "the square of {}",
    "power": "{} to the power {}",
    "where": "{1} if {0}, else {2}",
}


def in_words(node: Node, names: Mapping[Node, str]) -> str:
    """The formula of a node down to the nodes that have a name."""
    terms = _terms(node, names)
    if len(terms) > MOST:
        listed = ", ".join(list(dict.fromkeys(terms))[:MOST])
        return f"the sum of {len(terms)} parts: {listed}, ..."
    return _text(node, names)[0]


def _terms(node: Node, names) -> list[str]:
    """The terms of a plain sum; anything else is a single term."""
    terms, waiting = [], [node]
    while waiting:
        operand = waiting.pop()
        if _is(operand, 0.0):
            continue
        if operand.operation == "add" and (operand is node or operand not in names):
            waiting += reversed(operand.inputs)
        else:
            terms.append(_text(operand, names, operand is node)[0])
    return terms


def _text(node: Node, names: Mapping[Node, str], top: bool = True) -> tuple[str, int]:
    """The words, and their precedence for brackets: 1 a sum, 2 a product, 3 a name."""
    if not top and node in names or not node.inputs:
        return names.get(node) or _constant(node), 3
    neutral = {"add": 0.0, "multiply": 1.0}.get(node.operation)
    if neutral is not None:  # leave out the 0 that Python's sum() begins with
        operands = [part for part in node.inputs if not _is(part, neutral)]
        if len(operands) == 1:
            return _text(operands[0], names, False)
    parts = [_text(part, names, False) for part in node.inputs]
    if node.operation in SIGNS:
        order = ORDER[node.operation]
        (first, tight), (second, other) = parts
        right = other <= order if node.operation in ("subtract", "divide") else other < order
        first = f"({first})" if tight < order else first
        second = f"({second})" if right else second
        return f"{first}{SIGNS[node.operation]}{second}", order
    texts = [text if tight == 3 else f"({text})" for text, tight in parts]
    if node.operation in BETWEEN:
        return f"{texts[0]} {BETWEEN[node.operation]} {texts[1]}", 1
    form = CALLED.get(node.operation, node.operation.replace("_", " ") + " of {}")
    return form.format(*texts), 1


def _is(node: Node, value: float) -> bool:
    """Whether a node is a plain number, the same in every draw."""
    return not node.inputs and not node.name and bool(np.all(node.value == value))


def _constant(node: Node) -> str:
    values = np.unique(node.value)
    return f"{values[0]:.6g}" if values.size == 1 else "a column"
