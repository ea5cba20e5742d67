"""README.md beside this file names the tests of all 81 ids, and names them right."""

import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
TEXT = (Path(__file__).parent / "README.md").read_text(encoding="utf-8")
COUNTS = {"A": 13, "B": 11, "C": 19, "D": 15, "E": 11, "F": 12}
IDS = [f"{part}{number}" for part, n in COUNTS.items() for number in range(1, n + 1)]
ROWS = dict(re.findall(r"^\| ([A-F]\d+) \| [^|]+ \| ([^|]+) \|$", TEXT, re.MULTILINE))


def there() -> set[tuple[str, str]]:
    """(test, file) of every test function."""
    return {
        (name, path.relative_to(TESTS).as_posix())
        for path in TESTS.rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)\(", path.read_text("utf-8"), re.MULTILINE)
    }


def named(row: str) -> set[tuple[str, str]]:
    return {
        (name, file)
        for name, files in re.findall(r"`(test_\w+)` \(([^)]+)\)", row)
        for file in files.split(", ")
    }


def test_all_81_ids_are_there_and_tested_or_say_why_not():
    assert list(ROWS) == IDS and len(IDS) == 81
    untested = {one for one, row in ROWS.items() if not named(row)}
    assert untested == {"B10", "B11"}
    assert all(ROWS[one].startswith("does not apply: ") for one in untested)


def test_every_test_that_is_named_exists():
    assert set().union(*map(named, ROWS.values())) <= there()
