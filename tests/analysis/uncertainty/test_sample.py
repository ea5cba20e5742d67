"""The draws written out and read back give the same figures."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import models
from models.analysis.uncertainty.sample import FILES
from models.command_line.parsers import main

CASES = Path(__file__).parents[2] / "cases"
PACKAGE = {"walking_programme": 0.2, "xray_share": 0.05}
WORDS = [f"--set={name}={level}" for name, level in PACKAGE.items()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("sample") / "new" / "folder"
    assert main(["sample", *WORDS, "--draws", "300", "--out", str(out)]) == 0
    return out


def read(folder, name) -> pd.DataFrame:
    return pd.read_csv(folder / f"{name}.csv")


def test_read_back_they_give_the_headline(folder):
    result = models.run(levers=PACKAGE, draws=300)
    costs, effects = read(folder, "costs"), read(folder, "effects")
    assert list(costs.columns) == list(effects.columns)
    assert costs["today"].mean() == pytest.approx(result.headline["base_case_total"]["mean"])
    assert costs["scenario"].mean() == pytest.approx(result.headline["scenario_total"]["mean"])
    assert np.array_equal(costs["scenario"], result.scenario.total)
    gained = (effects["scenario"] - effects["today"]).mean()
    lost = result.health(("qaly_loss",)).set_index("scenario").loc["incremental", "mean"]
    assert gained == pytest.approx(-lost)


def test_parameters_are_the_draws_of_the_run(folder):
    p, frame = models.run(levers=PACKAGE, draws=300).model.p, read(folder, "parameters")
    assert list(frame["draw"]) == list(range(1, 301))
    for name in frame.columns[1:]:
        assert np.array_equal(frame[name], p[name]), name
        assert frame[name].nunique() > 1
    assert "price_gp" in frame and "weeks_year" not in frame


def test_all_tables_have_the_same_draws(folder):
    assert {path.stem for path in folder.iterdir()} == {*FILES, "manifest"}
    assert {len(read(folder, name)) for name in FILES} == {300}


def test_the_value_of_information_can_be_worked_out_from_them(folder):
    costs, effects = (read(folder, name).drop(columns="draw") for name in ("costs", "effects"))
    benefit = (20_000 * effects - costs).to_numpy()
    expected = benefit.max(axis=1).mean() - benefit.mean(axis=0).max()
    found = models.value_of_information(models.run(levers=PACKAGE, draws=300))["evpi"]
    assert found == pytest.approx(expected, rel=1e-6)


def test_r_gives_the_same_value_of_information():
    """tests/cases/evpi.csv: R read the written draws of 200; how to repeat it stands in evpi.R."""
    answer = models.decide(models.run(draws=200))
    at = {value.reference_value: value for value in answer.values}
    for row in pd.read_csv(CASES / "evpi.csv").itertuples():
        ours = at[row.reference_value]
        assert ours.preferred == row.preferred, "figures moved? repeat as evpi.R says"
        assert ours.evpi == pytest.approx(row.evpi, rel=1e-9)
        assert ours.chance_preferred == pytest.approx(row.chance_preferred)


def test_the_layout_for_other_tools_has_options_only_and_a_manifest(tmp_path):
    words = ["--layout", "savi", "--perspective", "employers", "--draws", "20"]
    assert main(["sample", *WORDS, *words, "--out", str(tmp_path)]) == 0
    told = json.loads((tmp_path / "manifest.json").read_text())
    costs = read(tmp_path, "costs")
    assert list(costs) == list(told["options"]) == list(told["units"]["effects"])
    assert (costs["today"] == 0).all() and told["costs_are"] == "changes against today"
    assert set(told["units"]["parameters"]) == set(read(tmp_path, "parameters"))
    assert told["options"]["scenario"] == PACKAGE and told["units"]["costs"]["today"] == "EUR/year"


def test_a_folder_that_cannot_be_is_said_in_a_line(tmp_path, capsys):
    (tmp_path / "file").write_text("here already")
    assert main(["sample", "--draws", "20", "--out", str(tmp_path / "file")]) == 2
    assert main(["sample", "--draws", "20"]) == 2
    out, err = capsys.readouterr()
    assert out == "" and len(err.strip().splitlines()) == 2 and "--out" in err
