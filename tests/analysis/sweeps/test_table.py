"""A sweep is a table of runs, each equal to the run with the same levels and values."""

import io

import pandas as pd
import pytest

import models
from models.analysis.sweeps.plan import MAX_RUNS, grid
from models.analysis.sweeps.table import sweep
from models.command_line.parsers import main
from models.engine.run import catalogue_of

PUBLISHED = models.load_assumptions()
LEVERS = catalogue_of(PUBLISHED)
DRAWS = 60


def value(frame: pd.DataFrame, outcome: str, **at) -> float:
    for name, level in at.items():
        frame = frame[frame[name] == level]
    return frame[frame["outcome"] == outcome]["mean"].item()


def test_each_point_equals_a_run():
    values = {"xray_share": [0.0, 0.1], "price_hour": [38.0, 45.0]}
    frame = sweep(values, levers={"walking_programme": 0.2}, draws=DRAWS)
    assert frame["run"].nunique() == 4
    for xray in values["xray_share"]:
        for hour in values["price_hour"]:
            run = models.run(
                levers={"walking_programme": 0.2, "xray_share": xray},
                set_assumptions={"price_hour": hour},
                draws=DRAWS,
            )
            at = {"xray_share": xray, "price_hour": hour}
            for outcome in ("base_case_total", "scenario_total", "incremental_total"):
                assert value(frame, outcome, **at) == run.headline[outcome]["mean"]
            chance = value(frame, "probability_saving", **at)
            assert chance == run.headline["probability_saving"]
            payer = run.summary("incremental", "payer").loc["employer", "mean"]
            assert value(frame, "payer/employer", **at) == payer


def test_by_default_every_lever_at_min_today_and_max():
    frame = sweep(draws=20)
    moved = {
        (name, level)
        for name, one in LEVERS.items()
        for level in (one.min, one.max)
        if level != one.today
    }
    assert frame["run"].nunique() == 1 + len(moved)
    today = frame[frame["run"] == 1]
    assert (today["moved"] == "").all()
    assert value(today, "incremental_total") == 0
    assert set(frame["moved"]) == {"", *LEVERS}


def test_every_figure_has_a_unit_and_where_it_came_from():
    frame = sweep({"mri_share": [0.01]}, draws=20)
    assert (frame["mri_share_unit"] == LEVERS["mri_share"].unit).all()
    assert (frame["unit"] != "").all() and frame["unit"].notna().all()
    assert (frame["assumptions_hash"] == PUBLISHED.hash).all()
    assert set(frame.columns) >= {"draws", "seed", "anchor", "valuation", "price_year"}


def test_the_grid_holds_both_ends():
    found = grid(["xray_share=0:0.2:0.05", "price_hour=36:47:11"], PUBLISHED)
    assert found == {"xray_share": [0, 0.05, 0.1, 0.15, 0.2], "price_hour": [36, 47]}
    assert grid(["xray_share=0.1:0.1:1"], PUBLISHED) == {"xray_share": [0.1]}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["xray_shar=0:1:1"], "xray_share"),
        (["xray_share=0:1"], "FROM:TO:STEP"),
        (["xray_share"], "FROM:TO:STEP"),
        (["xray_share=a:1:1"], "numbers"),
        (["xray_share=0:nan:1"], "numbers"),
        (["xray_share=0:0.1:0"], "STEP"),
        (["xray_share=0.1:0:0.1"], "FROM"),
        (["xray_share=0:0.2:0.0001"], "2001 values"),
        (["xray_share=0:0.3:0.1"], "out of range"),
        (["xray_share=0:0.1:0.1", "xray_share=0:0.1:0.1"], "twice"),
        (["xray_share=0:0.2:0.002", "mri_share=0:0.05:0.001"], str(MAX_RUNS)),
        (["price_hour=-5:1:6"], "price_hour"),
    ],
)
def test_what_cannot_be_swept_is_said_in_a_line(words, said, capsys):
    flags = [f"--sweep={word}" for word in words]
    assert main(["sweep", "--draws", "20", *flags]) == 2
    out, err = capsys.readouterr()
    assert out == "" and said in err and len(err.strip().splitlines()) == 1


def test_the_command_writes_the_same_table(tmp_path):
    out = tmp_path / "table.csv"
    words = ["--sweep", "xray_share=0:0.1:0.05", "--set", "mri_share=0.01"]
    assert main(["sweep", *words, "--draws", "30", "--out", str(out)]) == 0
    found = pd.read_csv(out, keep_default_na=False)
    expected = sweep({"xray_share": [0, 0.05, 0.1]}, levers={"mri_share": 0.01}, draws=30)
    text = io.StringIO(expected.to_csv(index=False))
    expected = pd.read_csv(text, keep_default_na=False)
    pd.testing.assert_frame_equal(found, expected)
