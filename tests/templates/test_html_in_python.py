"""HTML comes from templates, which escape every value; an f-string does not.

Markers such as "<f8" and groups such as "(?P<id>" are no tags, and a docstring may speak of one.
"""

from __future__ import annotations

import ast
import re

from dashboard.paths import TEMPLATES
from tests.test_architecture import DASHBOARD, MODELS, ROOT, breaches

LABELS = {"b", "br", "span"}  # Plotly's own markup of a label, which draw.js reads and no page does
VALUE = "\0"  # stands for what an f-string fills in
TAG = re.compile(rf"(?<!\(\?P)(?:<!doctype|</?(?:[a-z][a-z0-9]*(?=[\s>/{VALUE}])|(?={VALUE})))")
RENDERS = ROOT / "dashboard" / "templates" / "__init__.py"


def tags(source: str) -> list[tuple[int, str]]:
    """Line and tag of every string that writes HTML by itself."""
    tree = ast.parse(source)
    inner = {id(part) for node in ast.walk(tree) for part in getattr(node, "values", ())}
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            text = "".join(getattr(part, "value", VALUE) for part in constants(node))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = "" if id(node) in inner | docstrings else node.value
        else:
            continue
        found += [(node.lineno, hit[0]) for hit in TAG.finditer(text)]
    return found


def constants(node: ast.JoinedStr) -> list[ast.AST | None]:
    """The parts of an f-string: its own texts, and nothing for what is filled in."""
    return [part if isinstance(part, ast.Constant) else None for part in node.values]


def tags_beside_labels(source: str) -> list[tuple[int, str]]:
    return [hit for hit in tags(source) if hit[1].strip("</") not in LABELS]


def markup_calls(source: str) -> list[int]:
    """Lines that declare a text to be HTML."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return [node.lineno for node in calls if ast.unparse(node.func).endswith("Markup")]


def test_no_python_file_writes_html():
    charts = [path for path in DASHBOARD if "charts" in path.parts]
    others = [path for path in MODELS + DASHBOARD if path not in charts]
    assert not breaches(others, tags)
    assert not breaches(charts, tags_beside_labels)


def test_only_render_declares_a_text_to_be_html():
    assert not breaches([p for p in MODELS + DASHBOARD if p != RENDERS], markup_calls)
    undone = re.compile(r"\|\s*safe\b|autoescape").findall
    assert not breaches(sorted(TEMPLATES.glob("*.html")), undone)


def test_a_breach_is_found():
    assert tags("x = f'<p>{text}</p>'") == [(1, "<p"), (1, "</p")]
    assert tags("x = f'<td{kind}>'") == [(1, "<td")]
    assert tags("x = f'<{tag} class=a>'") == [(1, "<")]
    assert tags("x = ['<li>', '</ul>', '<!doctype html>']") == [
        (1, "<li"),
        (1, "</ul"),
        (1, "<!doctype"),
    ]
    assert not tags(
        '"""<p> in words."""\nx = a < b, "<f8", "1 < 2", f"{a} < {b}", "->", "(?P<p>a)"'
    )
    assert tags_beside_labels("x = '<b>a</b><br><i>'") == [(1, "<i")]
    assert markup_calls("x = markupsafe.Markup(text)") == [1]
