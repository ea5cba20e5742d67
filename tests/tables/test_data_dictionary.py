"""The data dictionary is true: its counts and lists are those of the files."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
from frictionless import validate

import models
from dashboard.reference.__main__ import stale_package

DATA = Path(__file__).parents[2] / "data"
TEXT = (DATA / "README.md").read_text(encoding="utf-8")
PACKAGE = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
ASSUMPTIONS = models.load_assumptions()


def section(title: str) -> str:
    """The text under a heading, up to the next heading."""
    found = re.search(rf"^#+ {re.escape(title)}$(.*?)(?=^#|\Z)", TEXT, re.MULTILINE | re.DOTALL)
    assert found, f"data/README.md has no heading {title!r}"
    return found[1]


def counted(title: str) -> dict[str, int]:
    """Rows `| word | ... | 12 |` of a section."""
    rows = re.findall(r"^\| `(\w+)` \|.*\| (\d+) \|$", section(title), re.MULTILINE)
    return {word: int(number) for word, number in rows}


def named(title: str) -> list[str]:
    return re.findall(r"^\| `(\w+)` \|", section(title), re.MULTILINE)


def test_counts_of_provenance_and_quality_are_those_of_the_files():
    rows = ASSUMPTIONS.values()
    found = Counter(row.provenance for row in rows) + Counter(row.quality for row in rows)
    assert counted("How a number came about") == found
    assert f"In all {len(ASSUMPTIONS)} rows" in TEXT


def test_guesses_and_recalled_figures_of_the_evidence_are_counted():
    with (DATA.parent / "tests/cases/evidence_numbers.csv").open(encoding="utf-8") as file:
        came = Counter(row["evidence"] for row in csv.DictReader(file))
    text = " ".join(TEXT.split())
    assert f"of these {came['assumption']} are guesses" in text
    assert f"and {came['recalled']} are recalled" in text
    assert f"The other {len(ASSUMPTIONS) - came.total()} are" in text


def test_unused_rows_are_listed_with_the_reason_their_note_gives():
    title = "Rows that are shown and not used"
    listed = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", section(title), re.MULTILINE))
    context = {name: row for name, row in ASSUMPTIONS.items() if row.group == "context"}
    assert set(listed) == set(context)
    assert f"{len(context)} rows:" in section(title)
    for name, reason in listed.items():
        assert context[name].note.startswith(f"Not used by the model: {reason}"), name


def test_misfits_are_listed():
    title = "Where mean and interval do not fit one distribution"
    misfits = [row["parameter"] for row in models.run(draws=10).misfits]
    assert sorted(named(title)) == sorted(misfits)
    assert f"{len(misfits)} rows:" in section(title)


def test_every_file_is_described():
    series = {path.stem for path in (DATA / "series").glob("*.csv")}
    assert set(named("Series")) == series
    for path in DATA.glob("*.csv"):
        assert f"`{path.name}`" in TEXT, path.name


@pytest.mark.parametrize("title, file", [("Assumptions", "assumptions/care.csv")])
def test_every_column_of_the_assumptions_is_described(title, file):
    with (DATA / file).open(encoding="utf-8") as stream:
        columns = next(csv.reader(stream))
    assert [name for name in columns if f"`{name}`" not in section(title)] == []


def test_every_operation_is_described():
    with (DATA / "lever_effects.csv").open(encoding="utf-8") as stream:
        operations = {row["operation"] for row in csv.DictReader(stream)}
    assert operations <= set(named("Levers"))


def test_every_table_is_in_the_package():
    described = {resource["path"] for resource in PACKAGE["resources"]}
    assert described == {path.relative_to(DATA).as_posix() for path in DATA.rglob("*.csv")}


def test_the_package_is_what_the_tables_of_columns_say():
    assert stale_package() == []


def test_every_header_is_described_and_no_other_column():
    for resource in PACKAGE["resources"]:
        schema = resource["schema"]
        if isinstance(schema, str):
            schema = json.loads((DATA / schema).read_text(encoding="utf-8"))
        with (DATA / resource["path"]).open(encoding="utf-8-sig", newline="") as stream:
            header = next(csv.reader(stream))
        assert header == [field["name"] for field in schema["fields"]], resource["path"]


def test_an_outside_tool_finds_the_package_valid():
    report = validate(str(DATA / "datapackage.json"))
    assert report.valid, report.flatten(["title", "message"])


def test_an_outside_tool_finds_a_source_that_does_not_exist(tmp_path):
    shutil.copytree(DATA, tmp_path / "data")
    file = tmp_path / "data/assumptions/prices.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("tatooheene_2024", "nowhere_2024"), encoding="utf-8")
    report = validate(str(tmp_path / "data/datapackage.json"))
    assert "foreign-key" in {row[0] for row in report.flatten(["type"])}


def test_a_copy_of_the_whole_folder_is_in_order(tmp_path):
    shutil.copytree(DATA, tmp_path / "data")
    assert models.load_assumptions(tmp_path / "data") == ASSUMPTIONS
