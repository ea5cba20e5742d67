"""A graph printed as JavaScript: one function, one loop over the draws.

What differs by draw is worked out in the loop; what only follows the levels stands before it. The
text is an ES module of plain functions: no eval, nothing read from the page, nothing kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from models.browser.errors import TracingError
from models.browser.graph import Expression, needed

WRITTEN = {
    "add": "({0}+{1})",
    "subtract": "({0}-{1})",
    "multiply": "({0}*{1})",
    "divide": "({0}/{1})",
    "negative": "(-{0})",
    "positive": "{0}",
    "absolute": "Math.abs({0})",
    "maximum": "Math.max({0},{1})",
    "minimum": "Math.min({0},{1})",
    "log": "Math.log({0})",
    "log1p": "Math.log1p({0})",
    "exp": "Math.exp({0})",
    "expm1": "Math.expm1({0})",
    "sqrt": "Math.sqrt({0})",
    "square": "(({0})**2)",
    "power": "Math.pow({0},{1})",
    "reciprocal": "(1/{0})",
    "sign": "Math.sign({0})",
    "floor": "Math.floor({0})",
    "ceil": "Math.ceil({0})",
    "greater": "({0}>{1})",
    "greater_equal": "({0}>={1})",
    "less": "({0}<{1})",
    "less_equal": "({0}<={1})",
    "equal": "({0}=={1})",
    "not_equal": "({0}!={1})",
    "logical_and": "({0}&&{1})",
    "logical_or": "({0}||{1})",
    "logical_not": "(!{0})",
    "where": "({0}?{1}:{2})",
}
LONGEST = 160  # characters of an expression before it gets a name


def number(value: float) -> str:
    """A constant that JavaScript reads back as the same 64 bits."""
    text = repr(float(value)).replace("inf", "Infinity").replace("nan", "NaN")
    text = text.removesuffix(".0")
    return f"({text})" if text.startswith("-") else text


def function(name: str, expressions: Mapping[str, Expression]) -> str:
    """`name(L, C, n, O)`: levels L, columns C, number of draws n, arrays O to be filled.

    O has one Float64Array of n a key of `expressions`, in that order.
    """
    steps = needed(expressions.values())
    uses = Counter(id(expression) for step in steps for expression in step.inputs)
    outputs = {id(expression) for expression in expressions.values()}
    text: dict[int, str] = {}
    before: list[str] = []
    inside: list[str] = []
    used: dict[int, int] = {}  # column -> its place among those of this function

    def written(expression: Expression) -> str:
        match expression.operation:
            case "constant":
                return number(expression.value)
            case "level":
                return f"L[{expression.index}]"
            case "column":
                return f"c{used.setdefault(expression.index, len(used))}[i]"
        return text[id(expression)]

    for expression in steps:
        if expression.operation not in WRITTEN:
            known = "models/browser/javascript.py"
            raise TracingError(f"no JavaScript is known for np.{expression.operation}", known, 1)
        line = WRITTEN[expression.operation].format(*map(written, expression.inputs))
        hoisted = not expression.varies
        single = uses[id(expression)] == 1 and id(expression) not in outputs
        if single and len(line) <= LONGEST and not (hoisted and _feeds_a_draw(expression, steps)):
            text[id(expression)] = line
            continue
        text[id(expression)] = f"v{len(before) + len(inside)}"
        (before if hoisted else inside).append(f"const {text[id(expression)]}={_bare(line)};")
    filled = [
        f"o{k}[i]={_bare(written(expression))};"
        for k, expression in enumerate(expressions.values())
    ]
    arrays = [f"c{column}=C[{index}]" for index, column in used.items()]
    arrays += [f"o{k}=O[{k}]" for k in range(len(expressions))]
    return "\n".join([
        f"export function {name}(L,C,n,O){{",
        *([f"const {','.join(arrays)};"] if arrays else []),
        *before,
        "for(let i=0;i<n;i++){",
        *inside,
        *filled,
        "}}",
    ])  # fmt: skip


def _feeds_a_draw(expression: Expression, steps: list[Expression]) -> bool:
    """Whether an expression of levels alone is used by one that differs by draw."""
    return any(step.varies and expression in step.inputs for step in steps)


def _bare(line: str) -> str:
    """Without the outer brackets, where they are a pair."""
    if not line.startswith("("):
        return line
    depth = 0
    for position, char in enumerate(line):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return line[1:-1] if position == len(line) - 1 else line
    return line
