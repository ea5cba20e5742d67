"""The tables beside the assumptions: every name must lead somewhere; all errors at once."""

from __future__ import annotations

import shutil

import pytest

import models
from models.paths import DATA


@pytest.fixture
def folder(tmp_path):
    for path in DATA.glob("*.csv"):
        shutil.copy(path, tmp_path)
    return tmp_path


def change(folder, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text, f"{file} no longer holds {old!r}"
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def findings(folder) -> tuple:
    with pytest.raises(models.DataError) as caught:
        models.load_assumptions(folder)
    return caught.value.findings


def test_the_tables_of_this_repository_are_in_order():
    assert models.load_assumptions(DATA).hash == models.load_assumptions().hash


@pytest.mark.parametrize(
    ("file", "old", "new", "column", "found"),
    [
        ("cost_items.csv", "gp,resource,care", "gp,resource,cure", "category", "cure"),
        ("cost_items.csv", "\nmri,", "\nxray,", "id", "xray"),
        ("payer_shares.csv", "gp,basic_insurance", "gp,basic_insurer", "payer", "basic_insurer"),
        ("payer_shares.csv", "pay_employer", "pay_emplyer", "share", "pay_emplyer"),
        ("payers.csv", "insurance,Aanvullende verzekering", "insurance,",
         "label_nl", ""),
        ("published_totals.csv", "tot_article", "tot_artikel", "parameter", "tot_artikel"),
        ("lever_conflicts.csv", "xray_share,above", "xray_share,up", "other_side", "up"),
        ("levers.csv", ",employer,", ",employers,", "programme_payer", "employers"),
        ("lever_effects.csv", "use_xray,set", "use_xrays,set", "parameter", "use_xrays"),
        ("scenario_levels.csv", "walking_programme,0.2", "walking_programme,2", "level", "2"),
    ],
)  # fmt: skip
def test_a_name_that_leads_nowhere_is_named_with_its_place(folder, file, old, new, column, found):
    change(folder, file, old, new)
    named = [(one.file, one.column, one.found) for one in findings(folder)]
    assert (file, column, found) in named


def test_a_cost_item_without_a_payer_for_the_rest_is_refused(folder):
    change(folder, "payer_shares.csv", "disability,lost_output,rest\n", "")
    assert [(one.file, one.key) for one in findings(folder)] == [("payer_shares.csv", "disability")]


def test_a_cost_item_of_the_model_that_lost_its_row_is_named(folder):
    text = (folder / "cost_items.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = "".join(line for line in text if not line.startswith("programme,"))
    (folder / "cost_items.csv").write_text(kept, encoding="utf-8")
    assert ("cost_items.csv", "programme") in [(one.file, one.key) for one in findings(folder)]


def test_all_errors_come_at_once(folder):
    change(folder, "cost_items.csv", "gp,resource,care", "gp,resource,cure")
    change(folder, "published_totals.csv", "tot_article", "tot_artikel")
    assert {one.file for one in findings(folder)} >= {"cost_items.csv", "published_totals.csv"}
