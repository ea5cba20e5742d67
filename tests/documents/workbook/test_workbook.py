"""The workbook holds the model's own numbers, as numbers, and opens in another program."""

import csv
import shutil
import subprocess
from datetime import date

import pytest

import models
from dashboard.documents.workbook import FIRST, workbook
from dashboard.wording import origin, row_texts
from dashboard.wording.catalogue import LANGUAGES, words_in
from models.engine.summary import SCENARIOS, STATISTICS
from tests.support.spreadsheets import sheets

DAY = date(2026, 1, 2)
LINK = "https://example.nl/simulator?xray_share=0.05"
RESULT = models.run(levers={"xray_share": 0.05, "return_to_work_support": 0.5}, draws=300)


def same(values):
    """Equal to the 16 digits that the format keeps."""
    return pytest.approx(values, rel=1e-15, abs=0)


@pytest.fixture(scope="module", params=LANGUAGES)
def book(request):
    words = words_in(request.param)
    found = sheets(workbook(RESULT, words, LINK, DAY))
    return words, {key: found[words(f"workbook.sheet.{key}")] for key in SHEETS}


SHEETS = [key.rpartition(".")[2] for key in words_in("nl").keys("workbook.sheet.")]


def test_every_table_has_a_sheet(book):
    _, found = book
    assert len(found) == len(SHEETS)
    assert all(len(rows) > FIRST - 1 for rows in found.values())


@pytest.mark.parametrize("sheet, by", [("items", "cost_item"), ("payers", "payer")])
def test_sums_by_item_and_payer_are_those_of_the_model(book, sheet, by):
    _, found = book
    frames = {scenario: RESULT.summary(scenario, by) for scenario in SCENARIOS}
    rows = found[sheet][FIRST:]
    assert {row[1] for row in rows} == set(frames["base_case"].index)
    for row in rows:
        assert row[2:5] == same([frames[s].loc[row[1], "mean"] for s in SCENARIOS])
        assert row[5:] == same([frames["incremental"].loc[row[1], p] for p in STATISTICS[1:]])


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_matrix_adds_up_in_the_sheet(book, scenario):
    _, found = book
    *rows, last = found[f"matrix_{scenario}"][FIRST:]
    total = RESULT.headline[
        {"base_case": "base_case_total", "scenario": "scenario_total"}.get(
            scenario, "incremental_total"
        )
    ]["mean"]
    assert last[-1] == pytest.approx(total, rel=1e-9, abs=1e-3)
    for column in range(1, len(last)):
        assert sum(row[column] for row in rows) == pytest.approx(last[column], abs=0.01)


def test_the_whole_table_is_the_command_lines(book):
    _, found = book
    frame = RESULT.table
    rows = found["ledger"][FIRST:]
    assert len(rows) == len(frame)
    for column in ("mean", "p2_5", "p97_5"):
        at = found["ledger"][FIRST - 1].index(column)
        assert [row[at] for row in rows] == same(list(frame[column]))


def test_assumptions_and_levels_are_those_of_the_run(book):
    words, found = book
    rows = {row[1]: row for row in found["assumptions"][FIRST:]}
    for name, assumption in RESULT.model.assumptions.items():
        assert rows[name][2:5] == [assumption.base, assumption.low, assumption.high]
        assert rows[name][0] == words.of(assumption)
    levels = {row[1]: row[2] for row in found["levers"][FIRST:]}
    assert levels == {n: RESULT.levels.get(n, v.today) for n, v in RESULT.levers.items()}


def test_it_says_what_it_is(book):
    words, found = book
    said = [cell for row in found["about"] for cell in row if isinstance(cell, str)]
    for part in (RESULT.scenario_id, RESULT.assumptions_hash, LINK, DAY.isoformat(),
                 RESULT.command, models.VERSION):  # fmt: skip
        assert part in said
    assert origin.source(RESULT, words) in said


def test_text_that_looks_like_a_formula_stays_text(tmp_path):
    """`_rows` refuses any cell with a formula; the note is read back as it was written."""
    models.load_assumptions().to_folder(tmp_path)
    used = models.Assumptions.from_folder(tmp_path)
    object.__setattr__(used["price_hour"], "note", "=1+1")
    content = workbook(models.run(assumptions=used, draws=53), words_in("en"), "=cmd|x", DAY)
    found = [c for rows in sheets(content).values() for row in rows for c in row]
    assert "=1+1" in found and "=cmd|x" in found


def test_same_inputs_same_bytes():
    first, second = (workbook(RESULT, words_in("nl"), LINK, DAY) for _ in range(2))
    assert first == second


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_reads_the_same_numbers(tmp_path):
    words = words_in("nl")
    (tmp_path / "book.xlsx").write_bytes(workbook(RESULT, words, LINK, DAY))
    options = "44,34,76,1,,0,false,false,false,false,false,-1"  # CSV, as stored, every sheet
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile",
         "--convert-to", f"csv:Text - txt - csv (StarCalc):{options}",
         "--outdir", str(tmp_path), str(tmp_path / "book.xlsx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    name = words("workbook.sheet.payers")
    with open(tmp_path / f"book-{name}.csv", encoding="utf-8") as file:
        rows = list(csv.reader(file))[FIRST:]
    frame = RESULT.summary("incremental", "payer")
    seen = {row[1]: float(row[4]) for row in rows}
    assert seen == pytest.approx(dict(frame["mean"]), abs=0.01)
    assert rows[0][0] == row_texts.payer_name(words)(rows[0][1])
