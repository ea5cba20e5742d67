"""Which statement of which formula made a value: its name, file, line and code.

The name is read from the source: the variable, the dictionary key or the record field that the
value is assigned to, or the function that returns it. So the tree of a figure stays true when
formulas change.
"""

from __future__ import annotations

import ast
import dataclasses
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import FrameType

from models.browser.errors import formula_frame, named

Part = ast.expr | ast.stmt  # of a source
HELPERS = ("ratio", "add", "combine")  # arithmetic only: shown as part of the formula that calls it


@dataclass(frozen=True)
class Step:
    """A statement in one run of a function; `about` is the first line of the docstring of that
    function."""

    name: str
    function: str
    file: str
    line: int
    code: str
    about: str
    run: int  # which run of the function


class Steps:
    """The steps of a recording; frames are kept, so that each run of a function has its number."""

    def __init__(self) -> None:
        self._runs: dict[int, tuple[int, FrameType]] = {}
        self._found: dict[tuple, tuple[str | ast.expr, Part]] = {}
        self._known: dict[tuple, Step] = {}

    def here(self) -> Step:
        """The step of the formula that is being run."""
        frame = formula_frame()
        while frame.f_code.co_name in HELPERS and frame.f_back is not None:
            frame = frame.f_back
        at = list(frame.f_code.co_positions())[frame.f_lasti // 2]
        owner = frame
        while owner.f_code.co_name.startswith("<") and owner.f_back is not None:
            owner = owner.f_back  # a comprehension or lambda counts as part of its function
        run = self._runs.setdefault(id(owner), (len(self._runs), owner))[0]
        source = _Source.of(frame.f_code.co_filename)
        place = frame.f_code, at
        if place not in self._found:
            self._found[place] = source.statement(at, owner)
        name, unit = self._found[place]
        if isinstance(name, ast.expr):  # a dictionary key, which may differ in each turn of a loop
            name = _key(name, frame)
        key = place, run, name
        if key not in self._known:
            self._known[key] = _step(owner, source, name, unit, run)
        return self._known[key]


def _step(owner: FrameType, source: _Source, name: str, unit: Part, run: int) -> Step:
    function = owner.f_code.co_name.strip("_")
    return Step(
        name=name or function,
        function=function,
        file=named(owner.f_code.co_filename),
        line=unit.lineno,
        code=source.code(unit),
        about=source.about(owner.f_code.co_firstlineno),
        run=run,
    )


class _Source:
    """A file of formulas with its syntax tree."""

    def __init__(self, file: str):
        self.text = Path(file).read_text(encoding="utf-8")
        tree = ast.parse(self.text)
        self.parents = {
            child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)
        }
        self.parts: list[Part] = [n for n in ast.walk(tree) if isinstance(n, ast.expr | ast.stmt)]
        self.functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]
        self.codes: dict[Part, str] = {}

    @staticmethod
    @lru_cache(maxsize=32)
    def of(file: str) -> _Source:
        return _Source(file)

    def code(self, part: Part) -> str:
        """A part of the file on one line; kept, since each search splits the whole file again."""
        if part not in self.codes:
            self.codes[part] = " ".join((ast.get_source_segment(self.text, part) or "").split())
        return self.codes[part]

    def about(self, line: int) -> str:
        for node in self.functions:
            if line in (node.lineno, *(decorator.lineno for decorator in node.decorator_list)):
                return (ast.get_docstring(node) or "").partition("\n")[0]
        return ""

    def statement(self, at: tuple, frame: FrameType) -> tuple[str | ast.expr, Part]:
        """The name of a value (or the expression of its key), and the code that makes it."""
        line, last, column, end = at
        inside = [
            node
            for node in self.parts
            if (node.lineno, node.col_offset) <= (line, column or 0)
            and (node.end_lineno or 0, node.end_col_offset or 0) >= (last, end or 0)
        ]
        node = max(inside, key=lambda part: (part.lineno, part.col_offset, -(part.end_lineno or 0)))
        if isinstance(node, ast.AugAssign):
            return _name(node.target), node
        while True:
            parent = self.parents.get(node)
            if isinstance(parent, ast.Dict) and node in parent.values:
                key = parent.keys[parent.values.index(node)]
                if isinstance(key, ast.Constant):
                    return str(key.value), node
            if isinstance(parent, ast.DictComp) and node is parent.value:
                return parent.key, node
            if isinstance(parent, ast.keyword) and parent.arg and self._is_record(parent, frame):
                return parent.arg, node
            if isinstance(parent, ast.Call) and node in parent.args:
                field = _field(parent, parent.args.index(node), frame)
                if field:
                    return field, node
            if isinstance(parent, ast.Assign | ast.AnnAssign | ast.AugAssign):
                target = parent.targets[0] if isinstance(parent, ast.Assign) else parent.target
                return _name(target), node
            if not isinstance(parent, ast.expr | ast.keyword | ast.comprehension):
                return "", node
            node = parent if isinstance(parent, ast.expr) else self._around(parent)

    def _around(self, part: ast.AST) -> Part:
        """The expression that a keyword or a part of a comprehension stands in."""
        while not isinstance(part, ast.expr | ast.stmt):
            part = self.parents[part]
        return part

    def _is_record(self, keyword: ast.keyword, frame: FrameType) -> bool:
        call = self.parents.get(keyword)
        return isinstance(call, ast.Call) and _record(call, frame) is not None


def _name(target: ast.AST) -> str | ast.expr:
    """A variable or an attribute; for a place in a dictionary the part that makes its key."""
    if isinstance(target, ast.Name):
        return target.id
    if isinstance(target, ast.Subscript):
        return target.slice
    return target.attr if isinstance(target, ast.Attribute) else ""


def _key(node: ast.AST, frame: FrameType) -> str:
    """The present value of a dictionary key, as "xray, public_funds"; "" where it has none."""
    parts = node.elts if isinstance(node, ast.Tuple) else [node]
    values = [
        part.value
        if isinstance(part, ast.Constant)
        else frame.f_locals.get(getattr(part, "id", ""))
        for part in parts
    ]
    names = [value for value in values if isinstance(value, str)]
    return ", ".join(names) if len(names) == len(values) else ""


def _record(call: ast.Call, frame: FrameType):
    """The dataclass that a call makes; None for another call."""
    if not isinstance(call.func, ast.Name):
        return None
    made = frame.f_globals.get(call.func.id)
    return made if isinstance(made, type) and dataclasses.is_dataclass(made) else None


def _field(call: ast.Call, place: int, frame: FrameType) -> str:
    made = _record(call, frame)
    names = [field.name for field in dataclasses.fields(made)] if made else []
    return names[place] if place < len(names) else ""
