"""The examples run as they stand, quickly, and what they show is so."""

import os
import runpy
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import models
from models.command_line.parsers import main

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted(path.stem for path in (ROOT / "examples").glob("*.py"))


@pytest.fixture
def shown(tmp_path, monkeypatch):
    """The names an example leaves behind; what it writes goes to a folder of the test."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return lambda name: runpy.run_path(str(ROOT / "examples" / f"{name}.py"))


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_runs_as_its_first_lines_say(name, tmp_path):
    text = (ROOT / "examples" / f"{name}.py").read_text(encoding="utf-8")
    assert f"python -m examples.{name}" in text and text.count("\n# %%") >= 5
    done = subprocess.run(
        [sys.executable, "-m", f"examples.{name}"], cwd=ROOT, capture_output=True, text=True,
        env={**os.environ, "TMPDIR": str(tmp_path)}, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0 and not done.stderr, done.stderr
    assert "EUR/year" in done.stdout and "python -m models run" in done.stdout


def test_the_sweep_is_made_of_runs_and_carries_its_units(shown):
    names = shown("sensitivity_sweep")
    sweep, row = names["sweep"], names["row"]
    assert (sweep.index[0], sweep.index[-1]) == (row.low, row.high)
    assert sweep["mean"].is_monotonic_decreasing  # a better effect never saves less
    now = models.run(levers=names["POLICY"], draws=names["DRAWS"]).headline["incremental_total"]
    assert sweep.loc[row.base, "mean"] == pytest.approx(now["mean"], rel=1e-12)
    low, high = sweep.index[sweep["mean"] > 0].max(), sweep.index[sweep["mean"] < 0].min()
    assert low < names["even"]["value"] < high
    assert sweep.attrs["units"]["mean"] == names["payers"].attrs["units"]["mean"] == "EUR/year"
    assert names["bars"].index[0] in models.load_assumptions()


def test_a_policy_of_ones_own_takes_rows_only(shown, capsysbinary):
    names = shown("custom_lever")
    used, result = names["assumptions"], names["result"]
    assert set(used) - set(models.load_assumptions()) == {"advice_cost", "eff_advice"}
    published = models.run(draws=1_000)
    assert (names["today"].base.total == published.base.total).all()
    assert (names["today"].incremental == 0).all()
    assert (result.incremental != 0).all()
    programme = sum(v for (item, _), v in result.scenario.ledger.items() if item == "programme")
    # Hand: 8 million a year at full reach; gamma draws keep that mean
    assert programme.mean() == pytest.approx(8e6, rel=0.02)
    words = shlex.split(result.command.replace("FOLDER", str(names["folder"])))
    capsysbinary.readouterr()
    assert main([*words[3:], "--format", "json"]) == 0
    printed = capsysbinary.readouterr().out.decode()
    assert printed == result.to_json() + "\n"
