"""F9: errors planted one by one; the other tests, goldens left out, must catch at least 95%."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.planted_errors import ERRORS

ROOT = Path(__file__).parents[2]
CAUGHT, PATIENCE = 0.95, 120
ORACLES = (  # what Python is asked to run, the quick one first
    ["-c", "from tests.test_second_calculation import differences, BATCH\n"
     "raise SystemExit(any(map(differences, range(BATCH))))"],
    ["-m", "pytest", "-x", "-q", "-n", "0", "-p", "no:cacheprovider",
     "tests/verification/test_costs.py", "tests/verification/test_uncertainty.py",
     "tests/verification/test_levers.py", "tests/verification/test_inputs.py",
     "-k", "C1 or C7 or C9 or C11 or E6 or E10 or A12 or D10 or D15 or D7"],
)  # fmt: skip


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the project without what an oracle does not need."""
    folder = tmp_path_factory.mktemp("copy")
    for name in ("models", "tests"):
        skip = shutil.ignore_patterns("__pycache__", "browser", "golden.json")
        shutil.copytree(ROOT / name, folder / name, ignore=skip)
    for name in ("data", "dashboard", "benchmarks", "pyproject.toml"):
        (folder / name).symlink_to(ROOT / name)
    return folder


def caught(folder: Path) -> bool:
    """Whether an oracle fails in this copy."""
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1",
                   "OMP_NUM_THREADS": "1"}  # fmt: skip
    for oracle in ORACLES:
        words = [sys.executable, *oracle]
        done = subprocess.run(
            words, cwd=folder, env=environment, capture_output=True, timeout=PATIENCE
        )
        if done.returncode == 1:
            return True
        assert done.returncode == 0, (done.stdout + done.stderr)[-2000:]
    return False


def planted(copy: Path, folder: Path, error: tuple[str, str, str]) -> bool:
    file, stands, put = error
    shutil.copytree(copy, folder, symlinks=True)
    path = folder / "models" / file
    text = path.read_text(encoding="utf-8")
    assert text.count(stands) == 1, f"{file}: {stands!r} does not stand once"
    path.write_text(text.replace(stands, put), encoding="utf-8")
    return caught(folder)


def test_F9_without_an_error_the_oracles_are_content(copy):
    assert not caught(copy)


def test_F9_planted_errors_are_caught(copy, tmp_path):
    with ThreadPoolExecutor(max_workers=2) as pool:
        found = pool.map(
            lambda item: planted(copy, tmp_path / str(item[0]), item[1]), enumerate(ERRORS.values())
        )
        missed = [name for name, seen in zip(ERRORS, found, strict=True) if not seen]
    assert len(ERRORS) >= 30
    assert len(missed) <= (1 - CAUGHT) * len(ERRORS), missed
    print(f"{len(ERRORS) - len(missed)} of {len(ERRORS)} caught; missed: {missed}")
