"""The tree is the pipeline: data -> models -> dashboard, and nothing flows back.

Each rule is a function that lists what breaks it, so that it can be tried on a planted breach too.
"""

from __future__ import annotations

import ast
import csv
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

from models.tables.checks.names import reserved

ROOT = Path(__file__).parents[1]
MODELS = sorted((ROOT / "models").rglob("*.py"))
DASHBOARD = sorted((ROOT / "dashboard").rglob("*.py"))
PAGES = sorted((ROOT / "dashboard" / "pages").glob("*.py"))

FORMULAS = sorted((ROOT / "models" / "formulas").glob("*.py"))
DISPLAY = {"streamlit", "plotly", "dashboard", "benchmarks", "tests"}
PLAIN_NUMBERS = {0, 1, 2, 0.5}  # complements, squares, midpoints; anything else is an assumption


def imported(tree: ast.AST, package: str) -> set[str]:
    """Dotted names that a file of `package` imports; `from models import run` gives models.run."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            start = package if node.level else ""
            module = ".".join(part for part in (start, node.module) if part)
            names |= {f"{module}.{alias.name}" for alias in node.names}
    return names


def display_imports(source: str) -> set[str]:
    return {name for name in imported(ast.parse(source), "models") if name.split(".")[0] in DISPLAY}


def arithmetic(source: str) -> list[int]:
    """Lines that calculate: products, quotients, differences, powers, sums over values.

    `+` is left alone because it joins texts and lists as well.
    """
    calculating = (ast.Mult, ast.Div, ast.FloorDiv, ast.Sub, ast.Pow, ast.MatMult)
    reductions = {"sum", "mean", "median", "cumsum", "quantile", "diff", "prod"}
    lines = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, calculating):
            lines.append(node.lineno)
        elif isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            if name in reductions:
                lines.append(node.lineno)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            if any(dotted.split(".")[0] == "numpy" for dotted in imported(node, "dashboard")):
                lines.append(node.lineno)
    return sorted(lines)


def hard_numbers(source: str) -> list[tuple[int, float]]:
    """Numbers written in a formula, with their line; values below 1e-6 are numerical guards."""
    return [
        (node.lineno, node.value)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant)
        and type(node.value) in (int, float)
        and node.value not in PLAIN_NUMBERS
        and not 0 < node.value < 1e-6
    ]


def valued_parameters(source: str, parameters: set[str]) -> list[tuple[int, str]]:
    """Parameter ids that are given a number in code: {"id": 3}, f(id=3), p["id"] = 3."""

    def number(node: ast.AST | None) -> bool:
        if isinstance(node, ast.UnaryOp):
            node = node.operand
        return isinstance(node, ast.Constant) and type(node.value) in (int, float)

    found = []
    for node in ast.walk(ast.parse(source)):
        pairs = []
        if isinstance(node, ast.Dict):
            pairs = [
                (getattr(k, "value", None), v) for k, v in zip(node.keys, node.values, strict=True)
            ]
        elif isinstance(node, ast.Call):
            pairs = [(keyword.arg, keyword.value) for keyword in node.keywords]
            if isinstance(node.func, ast.Attribute) and node.func.attr in {"get", "setdefault"}:
                pairs += [(getattr(a, "value", None), b) for a, b in pairwise(node.args)]
        elif isinstance(node, ast.Assign):
            pairs = [
                (getattr(getattr(target, "slice", None), "value", None), node.value)
                for target in node.targets
            ]
        found += [(node.lineno, k) for k, v in pairs if k in parameters and number(v)]
    return found


def named(source: str, words: set[str]) -> list[tuple[int, str]]:
    """String literals that are exactly one of these words."""
    return [
        (node.lineno, node.value)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in words
    ]


def column(pattern: str, name: str) -> set[str]:
    values = set()
    for path in sorted((ROOT / "data").glob(pattern)):
        with path.open(encoding="utf-8-sig", newline="") as file:
            values |= {row[name] for row in csv.DictReader(file)}
    return values


def breaches(paths: list[Path], rule) -> dict[str, object]:
    """Every file that breaks a rule, with what the rule finds in its source."""
    assert paths
    found = {p.relative_to(ROOT).as_posix(): rule(p.read_text(encoding="utf-8")) for p in paths}
    return {name: problems for name, problems in found.items() if problems}


def test_models_know_no_page():
    assert not breaches(MODELS, display_imports)


def test_formulas_hold_no_number_of_their_own():
    pure = [p for p in FORMULAS if p.stem not in {"draws", "distributions", "lever_effects"}]
    assert not breaches(pure, hard_numbers), "a number belongs in data/assumptions"


def test_no_parameter_gets_a_number_in_code():
    parameters = column("assumptions/*.csv", "parameter")
    assert parameters
    assert not breaches(MODELS + DASHBOARD, lambda source: valued_parameters(source, parameters))


def test_no_lever_is_named_in_code():
    levers = column("levers.csv", "id") - column("cost_items.csv", "id")
    assert levers
    found = breaches(MODELS + DASHBOARD, lambda source: named(source, levers))
    assert not found, "a lever is a row of data/levers.csv"


def test_pages_do_not_calculate():
    assert not breaches(PAGES, arithmetic), "euros are added up in models/"


def foreign_code(source: str) -> set[str]:
    """Calls and imports that would run what came from outside."""
    tree = ast.parse(source)
    called = {
        n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call) and hasattr(n.func, "id")
    }
    loaded = {name.split(".")[0] for name in imported(tree, "")}
    return called & {"eval", "exec", "compile", "__import__"} | loaded & {"pickle", "marshal"}


def test_nothing_from_outside_is_run():
    assert not breaches(MODELS + DASHBOARD, foreign_code)


CSV_WRITER = ROOT / "models" / "tables" / "csv_writer.py"


def csv_writers(source: str) -> list[int]:
    """Lines that write a CSV: the writers of the standard library, and `to_csv` of a frame."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if (isinstance(node, ast.Attribute) and node.attr in {"writer", "DictWriter", "to_csv"})
        or (isinstance(node, ast.alias) and node.name in {"writer", "DictWriter"})
    ]


def test_every_csv_is_written_in_one_place():
    elsewhere = [path for path in MODELS + DASHBOARD if path != CSV_WRITER]
    assert not breaches(elsewhere, csv_writers), "use models/tables/csv_writer.py"
    assert breaches([CSV_WRITER], csv_writers)


def test_imports_run_downwards():
    """The borders between the rooms are contracts of import-linter in pyproject.toml."""
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


PUBLIC = {"streamlit", "streamlit.testing.v1"}


def private_streamlit(source: str) -> list[tuple[int, str]]:
    """Names below Streamlit that are not public: modules that are imported, and `st._name`."""
    tree = ast.parse(source)
    found, aliases = [], {"streamlit"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name == "streamlit":
                    aliases.add(alias.asname or alias.name)
                elif alias.name.startswith("streamlit.") and alias.name not in PUBLIC:
                    found.append((node.lineno, alias.name))
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "streamlit":
            if node.module not in PUBLIC:
                found.append((node.lineno, node.module))
            elif node.module == "streamlit":
                found += [(node.lineno, a.name) for a in node.names if hidden(a.name)]
    return found + [
        (node.lineno, ast.unparse(node))
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in aliases
        and hidden(node.attr)
    ]


def hidden(name: str) -> bool:
    return name.startswith("_") or name in {"runtime", "proto", "elements", "web", "config"}


def test_only_the_server_touches_what_is_not_public_of_streamlit():
    """`dashboard/server/streamlit_private.py` lists each name, why, and what would replace it."""
    elsewhere = [p for p in DASHBOARD if p.parent != ROOT / "dashboard" / "server"]
    assert not breaches([*elsewhere, ROOT / "streamlit_app.py"], private_streamlit)


def test_the_rules_catch_a_planted_breach():
    assert display_imports("import plotly.graph_objects as go")
    assert display_imports("from dashboard.session import result")
    assert arithmetic("shown = row.mean / 1e6") == [1]
    assert arithmetic("total = table['mean'].sum()") == [1]
    assert arithmetic("import numpy as np") == [1]
    assert not arithmetic("title = text('a') + ' ' + text('b')")
    assert hard_numbers("cost = days * 42.79") == [(1, 42.79)]
    assert not hard_numbers("share = 1 - p['use_xray']")
    for planted in (
        "p = {'price_gp': 33}",
        "f(price_gp=-33)",
        "p['price_gp'] = 33.1",
        "p.get('price_gp', 33)",
    ):
        assert valued_parameters(planted, {"price_gp"}) == [(1, "price_gp")]
    assert named("if lever == 'xray_share': pass", {"xray_share"}) == [(1, "xray_share")]
    for planted, name in (
        ("from streamlit.runtime.scriptrunner import x", "streamlit.runtime.scriptrunner"),
        ("import streamlit.proto.BackMsg_pb2 as b", "streamlit.proto.BackMsg_pb2"),
        ("from streamlit import runtime", "runtime"),
        ("import streamlit as s; s._config", "s._config"),
    ):
        assert private_streamlit(planted) == [(1, name)]
    assert not private_streamlit("import streamlit as st\nst.session_state.config = st.context")


KEPT = re.compile(r"""\bkey=f?"([^"]+)"|session_state\.(?!get\b|pop\b|setdefault\b)([a-z_]+)""")


def test_no_lever_can_bear_the_name_of_something_else_on_the_page():
    """A lever's id is the key of its slider; a folder of one's own may name levers."""
    keys = {"".join(found) for path in DASHBOARD for found in KEPT.findall(path.read_text("utf-8"))}
    assert {"section", "notices", "card_{lever.id}", "wb-search"} <= keys
    plain = {re.sub(r"\{.*?\}", "x", key) for key in keys}
    assert not [key for key in plain if "-" not in key and not reserved(key)]
