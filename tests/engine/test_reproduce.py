"""What the page shows to copy gives the same numbers: the command and the lines of Python."""

import dataclasses
import json
import shlex

import pytest

import models
from models.command_line.parsers import main
from models.engine.run import run_like

PUBLISHED = models.load_assumptions()
CASES = {
    "nothing": {},
    "levers": {"levers": {"xray_share": 0.05, "walking_programme": 0.2}},
    "package": {"scenario": "article_proposals", "overlap": "best_only"},
    "edits": {
        "levers": {"return_to_work_support": 0.5},
        "set_assumptions": {"price_hour": 40.5, "sl_share": (0.2, 0.1, 0.3)},
        "valuation": "friction",
        "presenteeism": True,
    },
    "options": {"anchor": "none", "years": 2, "draws": 40, "seed": 7, "recalibrate": True},
}


def executed(lines: str, folder: str = "FOLDER") -> models.Result:
    names: dict = {}
    exec(lines.replace("FOLDER", folder), names)
    return names["result"]


@pytest.mark.parametrize("case", CASES)
def test_the_lines_give_the_same_result(case, capsys):
    wanted = models.run(**{"draws": 50} | CASES[case])
    found = executed(wanted.python)
    assert found.to_json() == wanted.to_json()
    assert capsys.readouterr().out == f"{wanted.headline}\n"
    assert found.python == wanted.python


@pytest.mark.parametrize("case", CASES)
def test_the_command_gives_the_same_result(case, capsysbinary):
    wanted = models.run(**{"draws": 50} | CASES[case])
    python, dash_m, module, *words = shlex.split(wanted.command)
    assert (python, dash_m, module) == ("python", "-m", "models")
    assert main([*words, "--format", "json"]) == 0
    assert json.loads(capsysbinary.readouterr().out) == json.loads(wanted.to_json())


def test_an_edit_that_is_more_than_numbers_stands_in_a_folder(tmp_path):
    """A distribution cannot be said in one number: the tables themselves are read."""
    row = dataclasses.replace(PUBLISHED["price_gp"], distribution="lognormal")
    edited = models.Assumptions({**PUBLISHED, row.parameter: row}.values(), PUBLISHED.sources)
    edited.to_folder(tmp_path)
    wanted = models.run(assumptions=edited, draws=50)
    assert "FOLDER" in wanted.python and "FOLDER" in wanted.command
    assert executed(wanted.python, str(tmp_path)).to_json() == wanted.to_json()


def test_a_run_like_another_says_its_own_lines():
    result = run_like(models.run(draws=50, levers={"xray_share": 0.05}), {"mri_share": 0.01})
    assert "xray_share" not in result.python and "'mri_share': 0.01" in result.python
    assert executed(result.python).scenario_id == result.scenario_id


def test_the_lines_are_written_when_they_are_read_and_once(monkeypatch):
    compared = []
    as_values = models.Assumptions.as_values

    def counted(used, baseline):
        compared.append(used)
        return as_values(used, baseline)

    monkeypatch.setattr(models.Assumptions, "as_values", counted)
    result = models.run({"xray_share": 0.05}, set_assumptions={"price_gp": 40.0}, draws=50)
    like = run_like(result, {})
    assert result.headline and like.headline and not compared
    for one, calls in ((result, 2), (like, 4)):
        assert "price_gp=40.0" in one.command and "'price_gp': 40.0" in one.python
        assert one.command is one.command and one.python is one.python
        assert len(compared) == calls
