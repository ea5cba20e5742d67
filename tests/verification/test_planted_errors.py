"""F9: errors planted one by one; the other tests, goldens left out, must catch at least 95%."""

from __future__ import annotations

import compileall
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.support.mutations import mutated, place
from tests.support.planted_errors import ERRORS

ROOT = Path(__file__).parents[2]
CAUGHT, AT_ONCE = 0.95, 2
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no processes are forked here")


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the project without what an oracle does not need."""
    folder = tmp_path_factory.mktemp("copy")
    for name in ("models", "tests"):
        skip = shutil.ignore_patterns("__pycache__", "golden.json")
        shutil.copytree(ROOT / name, folder / name, ignore=skip)
    for name in ("data", "dashboard", "benchmarks", "pyproject.toml"):
        (folder / name).symlink_to(ROOT / name)
    compileall.compile_dir(folder, quiet=2)  # a copy of a copy compiles the line that changed
    return folder


def caught(folders: list[Path]) -> list[bool]:
    """Whether an oracle fails, for each of these copies."""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, ROOT / "tests" / "support" / "oracles.py"],
        input="".join(f"{folder}\n" for folder in folders),
        env=environment, capture_output=True, text=True,
    )  # fmt: skip
    codes = [int(line) for line in done.stdout.split()]
    for folder, code in zip(folders, codes, strict=True):
        assert code in (0, 1), (folder / "said.txt").read_text(encoding="utf-8")[-2000:]
    return [code == 1 for code in codes]


def planted(copy: Path, folder: Path, error: tuple[str, str, str]) -> Path:
    """A folder of links to the copy's files, and one file of its own with the error."""
    dotted, old, new = error
    shutil.copytree(copy, folder, symlinks=True, copy_function=os.link)
    path, names = place(folder / "models", dotted)
    text = mutated(path.read_text(encoding="utf-8"), names, old, new)
    path.unlink()
    path.write_text(text, encoding="utf-8")
    return folder


def test_F9_without_an_error_the_oracles_are_content(copy):
    assert caught([copy]) == [False]


def test_F9_planted_errors_are_caught(copy, tmp_path):
    folders = [
        planted(copy, tmp_path / str(number), error) for number, error in enumerate(ERRORS.values())
    ]
    shares = [folders[first::AT_ONCE] for first in range(AT_ONCE)]
    with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        found = [*pool.map(caught, shares)]
    seen = {folder: yes for share, some in zip(shares, found, strict=True)
            for folder, yes in zip(share, some, strict=True)}  # fmt: skip
    missed = [name for name, folder in zip(ERRORS, folders, strict=True) if not seen[folder]]
    assert len(ERRORS) >= 42
    assert len(missed) <= (1 - CAUGHT) * len(ERRORS), missed
    print(f"{len(ERRORS) - len(missed)} of {len(ERRORS)} caught; missed: {missed}")
