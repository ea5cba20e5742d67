"""Published figures before and after calibration: `models.targets` and its command."""

from __future__ import annotations

import json

import pytest

import models
from models.command_line.parsers import main
from models.engine.options import ANCHORS
from tests.support import second_calculation as second
from tests.support.custom import changed_data


@pytest.fixture(scope="module")
def found():
    return models.targets(models.run({"return_to_work_support": 0.5}, anchor="evidence"))


def test_the_bounds_of_the_answer(found):
    """Set before the figures were known: see docs/decisions.md."""
    assert found["effective_draws"] >= 8_000
    after = {row["id"]: row["after"]["mean"] for row in found["targets"]}
    assert 5.5e6 <= after["sick_days"] <= 7.5e6
    assert 2_000 <= after["wia_assessments"] <= 2_800


def test_used_targets_are_those_of_the_table(found):
    rows = second.rows("targets.csv")
    assert [(r["id"], r["used"]) for r in found["targets"]] == [
        (r["id"], r["use"] == "1") for r in rows
    ]
    published = {r["id"]: r["published"] for r in found["targets"]}
    assert {**published["wia_assessments"]} == {
        "mean": 2500, "p2_5": 1900, "p97_5": 3500, "unit": "assessments/year",
    }  # fmt: skip


def test_before_and_after_are_the_runs_under_none_and_evidence(found):
    for stage, anchor in (("before", "none"), ("after", "evidence")):
        total = models.run(anchor=anchor).headline["base_case_total"]
        row = next(r for r in found["targets"] if r["id"] == "total")
        assert row[stage]["mean"] == pytest.approx(total["mean"], rel=1e-12)


def test_the_four_anchors_stand_side_by_side(found):
    assert [row["anchor"] for row in found["anchors"]] == list(ANCHORS)
    for row in found["anchors"]:
        run = models.run({"return_to_work_support": 0.5}, anchor=row["anchor"])
        assert {**row["base_case_total"]} == run.headline["base_case_total"]
        assert {**row["incremental_total"]} == run.headline["incremental_total"]
        assert sum(row["composition"].values()) == pytest.approx(row["base_case_total"]["mean"])
    assert found["decision_changes"] is False


def test_the_total_without_a_study_is_what_a_run_without_it_says(found, tmp_path):
    row = "vu_cost_of_illness,seen"
    edited = changed_data(tmp_path / "data", f"{row},1", f"{row},0")
    total = models.run(assumptions=edited, anchor="evidence").headline["base_case_total"]
    row = next(r for r in found["without"] if r["study"] == "vu_cost_of_illness")
    assert row["total"]["mean"] == pytest.approx(total["mean"], rel=1e-8)
    assert models.newspaper_free(found) == row


def test_nothing_is_decided_without_a_package():
    assert models.targets(models.run(anchor="evidence", draws=200))["decision_changes"] is None


def test_the_command_prints_the_same(capsys):
    words = ["targets", "--draws", "200", "--anchor", "none", "--format"]
    assert main([*words, "json"]) == 0
    content = json.loads(capsys.readouterr().out)
    for row in content["targets"]:
        assert row["before"] == row["after"]  # without calibration
    assert main([*words, "csv"]) == 0
    assert capsys.readouterr().out.count("\n") == 1 + len(content["targets"])
