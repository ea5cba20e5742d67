"""F. The program: nothing changes unnoticed, nothing asks the outside, nothing is changed in place.

F1 is tests/engine/test_second_calculation.py, F3 to F5 and F10 are tests of the page, F9 is
test_planted_errors.py.
"""

import json
import socket
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import models
from tests.verification.bench import LEVERS, PUBLISHED, STRONGEST, run

SIGN = "python -m tests.verification.test_program"
GOLDEN = Path(__file__).parent / "golden.json"
CASES = {
    "today": {},
    "friction": {"valuation": "friction"},
    "anchored on sick leave": {"anchor": "sick_leave"},
    "not anchored": {"anchor": "none"},
    "article": {"scenario": "article_proposals"},
    "no deductible": {"scenario": "article_no_deductible"},
    "moving": {"scenario": "keep_moving"},
    "back to work": {"scenario": "back_to_work"},
    "everything": {"levers": STRONGEST},
    "everything, best only": {"levers": STRONGEST, "overlap": "best_only"},
    "everything, additive, friction": {
        "levers": STRONGEST, "overlap": "additive", "valuation": "friction",
    },
}  # fmt: skip


def outcomes(case: dict) -> dict[str, float]:
    """Means and intervals of a case in force, and means of its years."""
    frame = models.run(**{"draws": 200, "years": 2, **case}).table
    frame = frame[frame["scenario"] == "scenario"]
    found = {}
    for row in frame.to_dict("records"):
        place = row["cost_item"], row["payer"], row["measure"], row["view"], row["year"]
        name = "/".join(str(part) for part in place if part and part is not pd.NA)
        shown = ("mean",) if row["view"] == "budget_impact" else ("mean", "p2_5", "p97_5")
        found |= {f"{name}/{column}": float(row[column]) for column in shown if row[column]}
    return found


def write_golden() -> None:
    """Sign the outcomes as they are now: python -m tests.verification.test_program"""
    found = {name: outcomes(case) for name, case in CASES.items()}
    lines = {
        name: {key: f"{value:.9g}" for key, value in values.items()}
        for name, values in found.items()
    }
    GOLDEN.write_text(json.dumps(lines, indent=0, sort_keys=True) + "\n", encoding="utf-8")


@pytest.mark.parametrize("case", CASES)
def test_F2_regression_nothing_changes_unnoticed(case):
    """Regression, not proof: golden.json holds what the model gave when it was last looked at."""
    signed = {k: float(v) for k, v in json.loads(GOLDEN.read_text("utf-8"))[case].items()}
    found = outcomes(CASES[case])
    assert found.keys() == signed.keys(), f"other outcomes than signed; looked at? {SIGN}"
    wrong = [k for k, v in found.items() if v != pytest.approx(signed[k], rel=1e-7)]
    assert not wrong, f"{len(wrong)} outcomes moved, such as {wrong[:3]}; looked at? {SIGN}"


def test_F6_the_model_knows_no_page():
    """Importing and running the model loads neither Streamlit nor Plotly, nor SciPy's statistics,
    which take longer than all else that a run imports."""
    code = (
        "import sys, models; models.run(draws=10).to_json(); "
        "print(sorted({n.partition('.')[0] for n in sys.modules} & "
        "{'streamlit', 'plotly', 'dashboard', 'xlsxwriter', 'starlette'}"
        " | {'scipy.stats'} & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


def test_F6_the_command_line_gives_the_same_to_the_bit():
    words = [sys.executable, "-m", "models", "run", "--scenario", "article_proposals",
             "--draws", "250", "--years", "2", "--format", "json"]  # fmt: skip
    done = subprocess.run(words, capture_output=True, text=True, check=True, timeout=60)
    same = models.run(scenario="article_proposals", draws=250, years=2).to_json()
    assert done.stdout == same + "\n"


def test_F7_a_run_opens_no_socket(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("the model asked the network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    result = models.run(levers={"xray_share": 0.05}, draws=77)
    assert result.table.shape[0] > 100
    models.attribute(result)


def test_F8_a_run_changes_nothing_that_it_was_given():
    levels, edits = {"xray_share": 0.05}, {"price_gp": 30.0}
    before = PUBLISHED.hash
    first = models.run(levers=levels, set_assumptions=edits, draws=100)
    second = models.run(levers=levels, set_assumptions=edits, draws=100)
    assert (levels, edits) == ({"xray_share": 0.05}, {"price_gp": 30.0})
    assert PUBLISHED.hash == before and first.to_json() == second.to_json()


def test_F8_what_is_shared_cannot_be_written():
    m = run(draws=100).model
    for array in m.p.values():
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0
    with pytest.raises((AttributeError, TypeError)):
        PUBLISHED["price_gp"].base = 1
    with pytest.raises(TypeError):
        PUBLISHED["price_gp"] = None
    frame = PUBLISHED.frame
    frame.loc[:, "base"] = 0
    assert PUBLISHED.frame["base"].abs().sum() > 0


def test_F11_every_row_carries_what_it_was_made_with():
    result = run({"xray_share": 0.05}, draws=100)
    frame = result.table
    stamps = {
        "assumptions_hash": PUBLISHED.hash, "scenario_id": result.scenario_id,
        "model_version": models.VERSION, "draws": 100, "seed": 1, "price_year": result.price_year,
    }  # fmt: skip
    for column, value in stamps.items():
        assert (frame[column] == value).all()
    other = run({"xray_share": 0.04}, draws=100)
    assert other.scenario_id != result.scenario_id


def test_every_lever_has_a_golden_case():
    assert set(CASES["everything"]["levers"]) == set(LEVERS)
    assert np.isfinite(list(STRONGEST.values())).all()


if __name__ == "__main__":
    write_golden()
