"""Every distribution that the code imports is required by name, and everything required is locked.

`pyproject.toml` names what we need, with the reason; `requirements*.txt` are written from it by
`.ci/lock` and hold what those need in turn as well, with the hashes of their files.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from functools import cache
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
# folder -> the groups of pyproject.toml that must require what it imports
REQUIRED_IN = {
    "models": ("programme", "mcp", "cluster"),
    "dashboard": ("programme",),
    "streamlit_app.py": ("programme",),
    "examples": ("programme",),
    "tests": ("programme", "dev", "mcp", "cluster"),
    "benchmarks": ("programme", "dev", "peer"),
}
LOCKS = {
    "requirements.txt": ("programme",),
    "requirements-dev.txt": ("programme", "dev", "mcp"),
    "benchmarks/requirements.txt": ("programme", "peer"),
}
# one distribution of a lock: name, version, when, hashes
LOCKED = re.compile(
    r"^([a-z0-9-]+)==(\S+)(?: ; ([^\\\n]+?))?((?: \\\n    --hash=sha256:[0-9a-f]{64})+)$", re.M
)


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


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@cache
def groups() -> dict[str, list[str]]:
    """What pyproject.toml requires: of the programme, its extras and groups."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"]
    own = project["project"]["dependencies"]
    return {"programme": own, **extras, **project["dependency-groups"]}


def required(*names: str) -> dict[str, str]:
    """Distribution -> version that these groups require."""
    return dict(line.split("==") for name in names for line in groups()[name])


def locked(file: str) -> dict[str, str]:
    """Distribution -> version in one of the locks."""
    found = LOCKED.findall((ROOT / file).read_text(encoding="utf-8"))
    return {name: version for name, version, _, _ in found}


def needed(names: set[str]) -> set[str]:
    """Names of everything that these distributions need on this machine, themselves included."""
    found: set[str] = set()
    open_ = [Requirement(name) for name in names]
    while open_:
        wanted = open_.pop()
        if plain(wanted.name) in found:
            continue
        found.add(plain(wanted.name))
        try:
            lines = requires(wanted.name) or []
        except PackageNotFoundError:  # of another machine, or not installed for this run
            continue
        for further in map(Requirement, lines):
            extras = wanted.extras or {""}
            if not further.marker or any(further.marker.evaluate({"extra": e}) for e in extras):
                open_.append(further)
    return found


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


def lacking(names: set[str], distributions: set[str]) -> list[str]:
    """Imported names that none of these distributions brings."""
    outside = names - sys.stdlib_module_names - ours()
    return sorted(n for n in outside if not installed().get(n, {plain(n)}) & distributions)


@pytest.mark.parametrize("folder", REQUIRED_IN)
def test_every_imported_distribution_is_required(folder):
    path = ROOT / folder
    files = sorted(path.rglob("*.py")) if path.is_dir() else [path]
    names = set().union(*(imports(file.read_text(encoding="utf-8")) for file in files))
    assert lacking(names, set(required(*REQUIRED_IN[folder]))) == []


def test_an_import_that_is_not_required_is_found():
    planted = "import json\nimport models.run\nfrom websockets.sync import client\nimport no_such\n"
    assert lacking(imports(planted), {"numpy"}) == ["no_such", "websockets"]
    assert lacking(imports("import pytest\npytest.importorskip('PIL.Image')"), set()) == [
        "PIL",
        "pytest",
    ]
    assert lacking(imports("from google.protobuf import message"), {"protobuf"}) == []


def test_what_we_require_is_exact_and_says_why():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    lines = re.findall(r'^    "([A-Za-z0-9_.-]+)==([0-9][0-9a-z.]*)",  # \S', text, re.M)
    assert sorted(lines) == sorted(required(*groups()).items())


@pytest.mark.parametrize("file", LOCKS)
def test_everything_required_is_locked_at_its_version_with_hashes(file):
    text = (ROOT / file).read_text(encoding="utf-8")
    pins = locked(file)
    assert LOCKED.sub("", text).count("==") == 0, "a line without hashes"
    assert required(*LOCKS[file]).items() <= pins.items(), "run .ci/lock"
    assert needed(set(required(*LOCKS[file]))) <= set(pins), "run .ci/lock"
    assert "://" not in text, "a lock names no registry: the reader's own is asked"


def test_the_locks_agree():
    """What is tested is what is started."""
    dev = locked("requirements-dev.txt")
    assert locked("requirements.txt").items() <= dev.items()
    both = dev.keys() & locked("benchmarks/requirements.txt").keys()
    assert all(locked("benchmarks/requirements.txt")[name] == dev[name] for name in both)


def test_the_package_is_built_with_what_is_tested():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert set(project["build-system"]["requires"]) <= set(groups()["dev"])


def test_a_lock_that_lacks_something_is_found():
    assert {"pandas", "numpy", "python-dateutil", "six"} - needed({"pandas"}) <= {"six"}
    assert "numpy" in needed({"pandas"}) and "pytest" not in needed({"pandas"})
    planted = (
        "numpy==2.4.6\n    # via pandas\nsix==1.0 ; a == 'b' \\\n    --hash=sha256:" + "0" * 64
    )
    assert LOCKED.findall(planted)[0][:3] == ("six", "1.0", "a == 'b'")
    assert LOCKED.sub("", planted).count("==") == 1
