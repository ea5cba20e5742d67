"""Rewrites of one expression in one function, found by the shape of the syntax tree.

A pattern is Python in which one capital letter stands for any expression, the same letter for the
same one. `{'a': A}` fits a dict that holds the key 'a', whatever else it holds.
"""

from __future__ import annotations

import ast
import copy
from pathlib import Path


def place(folder: Path, dotted: str) -> tuple[Path, list[str]]:
    """The file of `module.function`, `module.Class.method` or `room.module.function`, and the
    names within the file."""
    parts = dotted.split(".")
    candidates = []
    for module in range(len(parts) - 1):
        names = parts[module + 1 :]
        for file in folder.rglob("/".join(parts[: module + 1]) + ".py"):
            if function(ast.parse(file.read_text("utf-8")), names):
                candidates.append((file, names))
    assert len(candidates) == 1, f"{dotted} stands in {len(candidates)} files, not in one"
    return candidates[0]


def function(tree: ast.AST, names: list[str]) -> ast.AST | None:
    """The function or method that is called so; None when there is none."""
    for name in names:
        inner = [
            node
            for node in getattr(tree, "body", ())
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name
        ]
        if not inner:
            return None
        tree = inner[0]
    return tree


def mutated(source: str, names: list[str], old: str, new: str) -> str:
    """The file with `old` rewritten to `new` in one function, in which it must fit once."""
    tree = ast.parse(source)
    inside = function(tree, names)
    assert inside is not None, f"no function {'.'.join(names)}"
    rewrite = Rewrite(pattern(old), pattern(new))
    inside.body = [rewrite.visit(statement) for statement in inside.body]
    assert rewrite.times == 1, f"{'.'.join(names)}: {old!r} fits {rewrite.times} times, not once"
    return ast.unparse(ast.fix_missing_locations(tree)) + "\n"


def pattern(text: str) -> ast.AST:
    statement = ast.parse(text).body[0]
    return statement.value if isinstance(statement, ast.Expr) else statement


class Rewrite(ast.NodeTransformer):
    """Puts `new` wherever `old` fits, and counts how often."""

    def __init__(self, old: ast.AST, new: ast.AST):
        self.old, self.new, self.times = old, new, 0

    def visit(self, node: ast.AST) -> ast.AST:
        letters: dict[str, ast.AST] = {}
        if not fits(self.old, node, letters):
            return self.generic_visit(node)
        self.times += 1
        replacement = Fill(letters).visit(copy.deepcopy(self.new))
        return merged(node, replacement) if isinstance(self.old, ast.Dict) else replacement


class Fill(ast.NodeTransformer):
    """A pattern with its letters filled in."""

    def __init__(self, letters: dict[str, ast.AST]):
        self.letters = letters

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return copy.deepcopy(self.letters.get(node.id, node))


def fits(shape: object, node: object, letters: dict[str, ast.AST]) -> bool:
    """Whether a pattern fits here; what its letters stand for is noted in `letters`."""
    if isinstance(shape, ast.Name) and len(shape.id) == 1 and shape.id.isupper():
        known = letters.setdefault(shape.id, node)
        return isinstance(node, ast.expr) and ast.dump(known) == ast.dump(node)
    if isinstance(shape, ast.Dict) and isinstance(node, ast.Dict):
        entries = keyed(node)
        return all(
            name in entries and fits(value, entries[name], letters)
            for name, value in keyed(shape).items()
        )
    if isinstance(shape, ast.AST):
        return type(shape) is type(node) and all(
            fits(getattr(shape, name), getattr(node, name), letters)
            for name in shape._fields
            if name not in ("ctx", "kind", "type_comment")
        )
    if isinstance(shape, list):
        same = isinstance(node, list) and len(shape) == len(node)
        return same and all(fits(a, b, letters) for a, b in zip(shape, node, strict=True))
    return type(shape) is type(node) and shape == node


def keyed(entries: ast.Dict) -> dict[str, ast.expr]:
    """Key, as Python writes it -> value."""
    pairs = zip(entries.keys, entries.values, strict=True)
    return {ast.unparse(key): value for key, value in pairs if key is not None}


def merged(whole: ast.Dict, changed: ast.Dict) -> ast.Dict:
    """A dict with the values of some of its keys changed."""
    values = keyed(changed)
    names = [ast.unparse(key) if key else "" for key in whole.keys]
    new = [values.get(name, value) for name, value in zip(names, whole.values, strict=True)]
    return ast.Dict(whole.keys, new)
