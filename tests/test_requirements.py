"""Every distribution that the code imports is required by name, where that code needs it."""

from __future__ import annotations

import ast
import re
import sys
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# folder -> the file that must require what it imports, with the files that it reads in
REQUIRED_IN = {
    "models": "requirements.txt",
    "dashboard": "requirements.txt",
    "streamlit_app.py": "requirements.txt",
    "examples": "requirements.txt",
    "tests": "requirements-dev.txt",
    "benchmarks": "requirements-dev.txt benchmarks/requirements.txt",
}


def imports(source: str) -> set[str]:
    """First names of the modules that a file imports, `pytest.importorskip` included."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add(node.module)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("importorskip"):
            names.add(ast.literal_eval(node.args[0]))
    return {name.split(".")[0] for name in names}


def requirements(path: Path) -> set[str]:
    """Names of the distributions in a file of requirements and in those that it reads in."""
    names = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("-r "):
            names |= requirements(path.parent / line.removeprefix("-r ").strip())
        elif line and not line.startswith("#"):
            names.add(plain(re.split(r"[=\s\[;]", line)[0]))
    return names


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@cache
def installed() -> dict[str, set[str]]:
    """Importable name -> the distributions that bring it."""
    return {name: set(map(plain, many)) for name, many in packages_distributions().items()}


@cache
def ours() -> set[str]:
    """Names that this repository itself gives."""
    files = [*ROOT.glob("*.py"), *ROOT.glob("*/__init__.py"), *(ROOT / "tests").rglob("*.py")]
    folders = [path.name for path in ROOT.iterdir() if path.is_dir()]
    return {path.stem for path in files} | set(folders)


def lacking(names: set[str], required: set[str]) -> list[str]:
    """Imported names that no required distribution brings."""
    outside = names - sys.stdlib_module_names - ours()
    return sorted(n for n in outside if not installed().get(n, {plain(n)}) & required)


@pytest.mark.parametrize("folder", REQUIRED_IN)
def test_every_imported_distribution_is_required(folder):
    path = ROOT / folder
    files = sorted(path.rglob("*.py")) if path.is_dir() else [path]
    names = set().union(*(imports(file.read_text(encoding="utf-8")) for file in files))
    required = set().union(*(requirements(ROOT / name) for name in REQUIRED_IN[folder].split()))
    assert lacking(names, required) == []


def test_an_import_that_is_not_required_is_found():
    planted = "import json\nimport models.run\nfrom websockets.sync import client\nimport no_such\n"
    assert lacking(imports(planted), {"numpy"}) == ["no_such", "websockets"]
    assert lacking(imports("import pytest\npytest.importorskip('PIL.Image')"), set()) == [
        "PIL",
        "pytest",
    ]
    assert lacking(imports("from google.protobuf import message"), {"protobuf"}) == []
