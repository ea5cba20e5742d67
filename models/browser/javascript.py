"""A graph printed as JavaScript: a program of blocks, each one loop over some draws.

A block holds the expressions that depend on exactly the same levers. When a lever moves, only the
blocks that depend on it are calculated again; values that another block needs are stored by draw,
and blocks come after those that they need. Expressions of levels alone are calculated before the
loop over the draws. The text is an ES module of plain functions: no eval, nothing read from the
page.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

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
LONGEST = 160  # characters of an expression; a longer one becomes a variable


def number(value: float) -> str:
    """A constant that JavaScript reads back as the same 64 bits."""
    text = repr(float(value)).replace("inf", "Infinity").replace("nan", "NaN")
    text = text.removesuffix(".0")
    return f"({text})" if text.startswith("-") else text


def program(name: str, expressions: Mapping[str, Expression]) -> str:
    """`name = {stored, blocks}`, where a block is [levers, figures, for first, loop].

    `levers`: indices of the levels that the block depends on. `figures`: indices, in the order of
    `expressions`, of the figures that it fills. `for first`: 1 where the first figure needs this
    block. `loop`: a function (L, C, M, n, a, b) of levels L, columns C, memory M, the number of
    draws n, and the draws from a up to b. C holds n draws of each column, one column after another;
    M those of `stored` values that other blocks read, and then those of each figure. Two arrays
    and not one a column: a browser looks up length and place of each array again at each use.
    TracingError for an operation that has no JavaScript here.
    """
    return _Program(expressions).text(name)


@dataclass
class _Block:
    """Expressions that depend on the same levers: steps by draw, and the figures they fill."""

    levers: tuple[int, ...]
    steps: list[Expression] = field(default_factory=list)
    filled: list[tuple[int, Expression]] = field(default_factory=list)


class _Program:
    """The steps of some figures, divided over blocks."""

    def __init__(self, expressions: Mapping[str, Expression]):
        self.figures = list(expressions.values())
        steps = needed(self.figures)
        for step in steps:
            if step.operation not in WRITTEN:
                known = "models/browser/javascript.py"
                raise TracingError(f"no JavaScript is known for np.{step.operation}", known, 1)
        self.uses = Counter(id(operand) for step in steps for operand in step.inputs)
        self.levers: dict[int, frozenset[int]] = {}
        blocks: dict[frozenset[int], _Block] = {}

        def block(step: Expression) -> _Block:
            levers = self._moved_by(step)
            return blocks.setdefault(levers, _Block(tuple(sorted(levers))))

        for step in steps:
            self.levers[id(step)] = frozenset().union(*map(self._moved_by, step.inputs))
            if step.varies:
                block(step).steps.append(step)
        for place, step in enumerate(self.figures):
            block(step).filled.append((place, step))
        # a block only needs values that depend on fewer levers, so fewer levers come first
        self.blocks = sorted(blocks.values(), key=lambda each: (len(each.levers), each.levers))
        self.stored = self._stored()

    def _moved_by(self, step: Expression) -> frozenset[int]:
        if step.operation == "level":
            return frozenset((step.index,))
        return self.levers.get(id(step), frozenset())

    def _stored(self) -> dict[int, int]:
        """id of a step that another block reads -> the place of its values in the memory."""
        filled: dict[int, int] = {}
        for place, step in reversed(list(enumerate(self.figures))):
            if step.varies and step.inputs:
                filled[id(step)] = place
        places: dict[int, int] = {}
        for block in self.blocks:
            for operand in (operand for step in block.steps for operand in step.inputs):
                elsewhere = self._moved_by(operand) != frozenset(block.levers)
                if operand.varies and operand.inputs and elsewhere and id(operand) not in filled:
                    places.setdefault(id(operand), len(places))
        self.count = len(places)
        return places | {step: self.figure(place) for step, place in filled.items()}

    def figure(self, place: int) -> int:
        """The place of a figure in the memory: after the stored values."""
        return self.count + place

    def _first(self) -> set[tuple[int, ...]]:
        """The levers of the blocks that the first figure needs."""
        top = self.figures[0]
        return {tuple(sorted(self._moved_by(step))) for step in (*needed([top]), top)}

    def text(self, name: str) -> str:
        first = self._first()
        rows = []
        for block in self.blocks:
            places = [place for place, _ in block.filled]
            about = json.dumps([block.levers, places, int(block.levers in first)])
            rows.append(f"{about[:-1]},{_Loop(self, block).text()}]".replace(", ", ","))
        listed = ",\n".join(rows)
        return f"export const {name}={{stored:{self.count},blocks:[\n{listed}\n]}};"


class _Loop:
    """The text of a block, with short names for the arrays that it reads and fills."""

    def __init__(self, program: _Program, block: _Block):
        self.program, self.block = program, block
        self.starts: dict[tuple[str, int], str] = {}
        self.written: dict[int, str] = {}
        self.before: list[str] = []
        self.inside: list[str] = []

    def text(self) -> str:
        used = [operand for step in self.block.steps for operand in step.inputs]
        read = {id(operand) for operand in used}
        figures = [figure for _, figure in self.block.filled]
        of_levels = [step for step in (*used, *figures) if not step.varies]
        for step in needed(of_levels):
            self._add(step, self.before, named=id(step) in read)
        for step in self.block.steps:
            stored = self.program.stored.get(id(step))
            named = stored is not None and id(step) in read
            self._add(step, self.inside, named=named, stored=stored)
        for place, step in self.block.filled:
            figure = self.program.figure(place)
            if self.program.stored.get(id(step)) != figure:
                self.inside.append(f"{self._at('M', figure)}={_bare(self._read(step))};")
        places = ",".join(f"{name}={place}*n" for (_, place), name in self.starts.items())
        lines = [f"const {places};", *self.before, "for(let i=a;i<b;i++){", *self.inside]
        return "(L,C,M,n,a,b)=>{" + "\n".join(lines) + "}}"

    def _add(
        self, step: Expression, lines: list[str], named: bool, stored: int | None = None
    ) -> None:
        """Write a step: inside another where it is short and used once, else as a variable."""
        line = WRITTEN[step.operation].format(*map(self._read, step.inputs))
        if stored is not None and not named:
            lines.append(f"{self._at('M', stored)}={_bare(line)};")
        elif self.program.uses[id(step)] == 1 and len(line) <= LONGEST and not named:
            self.written[id(step)] = line
        else:
            name = self.written[id(step)] = f"v{len(self.before) + len(self.inside)}"
            lines.append(f"const {name}={_bare(line)};")
            if stored is not None:
                lines.append(f"{self._at('M', stored)}={name};")

    def _read(self, step: Expression) -> str:
        match step.operation:
            case "constant":
                return number(step.value)
            case "level":
                return f"L[{step.index}]"
            case "column":
                return self._at("C", step.index)
        if id(step) in self.written:
            return self.written[id(step)]
        return self._at("M", self.program.stored[id(step)])

    def _at(self, array: str, place: int) -> str:
        """The value of this draw: in the columns C or the memory M, at the place of its row."""
        start = self.starts.setdefault((array, place), f"p{len(self.starts)}")
        return f"{array}[{start}+i]"


def _bare(line: str) -> str:
    """The text without its outer brackets, where these belong together."""
    if not line.startswith("("):
        return line
    depth = 0
    for place, char in enumerate(line):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return line[1:-1] if place == len(line) - 1 else line
    return line
