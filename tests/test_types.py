"""Types: none wrong where the figures are made; elsewhere no more than counted, room by room.

`tests/cases/type_errors.csv` is the count. Whoever mends some writes the lower number there.
"""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
COUNTS = ROOT / "tests" / "cases" / "type_errors.csv"
CLEAN = {"models/formulas", "models/engine", "models/analysis"}
ERROR = re.compile(r"^(\S+?):\d+: error: ", re.M)


def room(file: str) -> str:
    """The folder below models or dashboard; a file that stands in neither's folders is its own."""
    return "/".join(Path(file).parts[:2])


def errors(output: str) -> Counter[str]:
    """Errors in what mypy prints, by room."""
    return Counter(map(room, ERROR.findall(output)))


def worse(found: Counter[str], counted: dict[str, int]) -> list[str]:
    """Rooms with more errors than counted."""
    return [
        f"{name}: {number} errors, {counted.get(name, 0)} counted"
        for name, number in sorted(found.items())
        if number > counted.get(name, 0)
    ]


def test_types_are_right_where_figures_are_made_and_no_worse_elsewhere():
    with COUNTS.open(encoding="utf-8", newline="") as file:
        counted = {row["room"]: int(row["errors"]) for row in csv.DictReader(file)}
    done = subprocess.run([sys.executable, "-m", "mypy"], cwd=ROOT, capture_output=True, text=True)
    found = errors(done.stdout)
    assert done.returncode in (0, 1) and done.stdout.strip(), done.stderr
    assert not CLEAN & counted.keys()
    assert worse(found, counted) == [], done.stdout


def test_an_error_more_is_found():
    said = (
        "models/engine/a.py:3: error: No\nmodels/engine/a.py:3: note: Why\nmodels/a.py:1: error: x"
    )
    assert errors(said) == {"models/engine": 1, "models/a.py": 1}
    assert worse(errors(said), {"models/a.py": 1}) == ["models/engine: 1 errors, 0 counted"]
