"""docs/checklists.md names every item of AdViSHE, every stage of TECH-VER, and tests that exist."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "checklists.md").read_text(encoding="utf-8")
LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
ITEMS = "A1 A2 B1 B2 C1 C2 C3 C4 D1 D2 D3 D4 E1".split()
STATES = {"done", "partly", "not done"}


def rows(heading: str) -> list[list[str]]:
    section = TEXT.split(f"## {heading}\n", 1)[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


def test_every_item_and_stage_is_there_with_a_state_and_its_findings():
    items = {row[0]: row for row in rows("AdViSHE")}
    assert list(items) == ITEMS
    assert {row[2] for row in items.values()} <= STATES
    assert all(all(row) for row in (*items.values(), *rows("TECH-VER")))
    assert [row[0] for row in rows("TECH-VER")] == ["1", "2", "3", "4", "5"]


def test_every_item_that_is_done_is_held_by_a_test():
    for row in rows("AdViSHE"):
        assert row[2] == "not done" or "test_" in row[5], row[0]


def test_every_file_that_is_linked_exists():
    folder = ROOT / "docs"
    lost = [path for _, path in LINK.findall(TEXT) if not (folder / path).is_file()]
    assert lost == []


def test_every_test_that_is_named_stands_in_its_file():
    named = [(name, path) for name, path in LINK.findall(TEXT) if name.startswith("test_")]
    assert len(named) > 30
    for name, path in named:
        text = (ROOT / "docs" / path).read_text(encoding="utf-8")
        assert f"def {name}(" in text, f"{path} has no {name}"
