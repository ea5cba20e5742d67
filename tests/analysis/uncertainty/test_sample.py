"""The draws written out and read back give the same figures."""

import numpy as np
import pandas as pd
import pytest

import models
from models.analysis.uncertainty.sample import FILES
from models.command_line.parsers import main

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
    assert {path.stem for path in folder.iterdir()} == set(FILES)
    assert {len(read(folder, name)) for name in FILES} == {300}


def test_the_value_of_information_can_be_worked_out_from_them(folder):
    costs, effects = (read(folder, name).drop(columns="draw") for name in ("costs", "effects"))
    benefit = (20_000 * effects - costs).to_numpy()
    expected = benefit.max(axis=1).mean() - benefit.mean(axis=0).max()
    found = models.value_of_information(models.run(levers=PACKAGE, draws=300))["evpi"]
    assert found == pytest.approx(expected, rel=1e-6)


def test_a_folder_that_cannot_be_is_said_in_a_line(tmp_path, capsys):
    (tmp_path / "file").write_text("here already")
    assert main(["sample", "--draws", "20", "--out", str(tmp_path / "file")]) == 2
    assert main(["sample", "--draws", "20"]) == 2
    out, err = capsys.readouterr()
    assert out == "" and len(err.strip().splitlines()) == 2 and "--out" in err
