"""Files that are read in one sitting: each breach is listed, and none is added.

A Python file has at most 300 lines, or up to 450 with the reason ("Long: ...") in its first lines;
a folder holds at most 15 Python files, or says why in the docstring of its `__init__.py`.
"""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[1]
TOPS = ("models", "dashboard", "tests", "benchmarks", "examples")
USUAL, MOST, MANY, FIRST = 300, 450, 15, 15
REASON = "Long: "


def long_files(root: Path, tops: tuple[str, ...] = TOPS) -> dict[str, int]:
    """Files that are too long, and files over the usual length that do not say why -> lines."""
    found = {}
    for path in sorted(p for top in tops for p in (root / top).rglob("*.py")):
        lines = path.read_text(encoding="utf-8").splitlines()
        reason = any(REASON in line for line in lines[:FIRST])
        if len(lines) > (MOST if reason else USUAL):
            found[path.relative_to(root).as_posix()] = len(lines)
    return found


def full_folders(root: Path, tops: tuple[str, ...] = TOPS) -> dict[str, int]:
    """Folders with too many Python files that do not say why -> files, `__init__.py` left out."""
    found = {}
    for top in tops:
        for folder in sorted({path.parent for path in (root / top).rglob("*.py")}):
            files = [path for path in folder.glob("*.py") if path.name != "__init__.py"]
            start = folder / "__init__.py"
            said = start.is_file() and REASON in start.read_text(encoding="utf-8")
            if len(files) > MANY and not said:
                found[folder.relative_to(root).as_posix()] = len(files)
    return found


def test_no_file_is_longer_than_is_read_in_one_sitting():
    assert not long_files(ROOT), "split them, or say why in the first lines: Long: ..."


def test_no_folder_holds_more_files_than_are_seen_at_once():
    assert not full_folders(ROOT), "make a room of some, or say why in __init__.py: Long: ..."


def test_a_breach_is_found(tmp_path):
    folder = tmp_path / "models"
    folder.mkdir()
    (folder / "usual.py").write_text("\n" * USUAL)
    (folder / "long.py").write_text("\n" * (USUAL + 1))
    (folder / "said.py").write_text('"""What.\n\nLong: one table.\n"""\n' + "\n" * USUAL)
    (folder / "longer.py").write_text('"""What.\n\nLong: one table.\n"""\n' + "\n" * MOST)
    assert long_files(tmp_path) == {"models/long.py": USUAL + 1, "models/longer.py": MOST + 4}
    for number in range(MANY - 3):
        (folder / f"more{number}.py").touch()
    assert full_folders(tmp_path) == {"models": MANY + 1}
    (folder / "__init__.py").write_text('"""Many.\n\nLong: one question a file.\n"""\n')
    assert full_folders(tmp_path) == {}
