"""Trials behind the effects: what counts, what a file may say, and that nothing moves by itself."""

import csv
import json
import math

import pytest

import models
from models.analysis.evidence.trial_rows import BY_HAND, REASONS, read_trials
from models.analysis.evidence.trials import trials, with_pooled
from models.command_line.parsers import main
from models.engine.record import to_json
from models.errors import DataError
from models.paths import DATA

FEW = {"draws": 100}
RETURN = "eff_rtw_default"
TABLE = (DATA / "trials.csv").read_bytes()
LINES = TABLE.decode().splitlines(keepends=True)
ANEMA = next(line for line in LINES if line.startswith("anema_2007_workplace"))


def test_the_pooled_effect_of_return_to_work_by_hand():
    """Logs 0.5306 and 0.6419, errors 0.1660 and 0.2162: weights 36.30 and 21.40, mean 0.5719."""
    (found,) = trials(only=RETURN, **FEW).effects
    assert found.pooled.estimate == pytest.approx(math.exp(0.5719), rel=1e-3)
    assert (found.counted, found.pooled.trials) == (2, 2)
    assert found.pooled.low < 1 < found.pooled.high
    assert found.moved.levers == {"return_to_work_support": 1.0}
    assert found.moved.incremental_pooled.mean < found.moved.incremental_now.mean
    assert found.moved.total == pytest.approx(0, abs=0.01)


def test_no_published_effect_is_changed_by_its_trials():
    published = models.load_assumptions()
    for one in trials(**FEW).effects:
        row = published[one.effect]
        assert (one.base, one.low, one.high) == (row.base, row.low, row.high)
        counted = [trial for trial in one.trials if trial.counts]
        if len(counted) == 1:  # the row is the trial's own figure
            trial = counted[0]
            assert (trial.estimate, trial.low, trial.high) == (row.base, row.low, row.high)
        else:
            assert one.pooled or not counted


def test_the_pooled_effect_can_be_used_and_priced():
    (found,) = trials(only=RETURN, **FEW).effects
    used = with_pooled(models.load_assumptions(), RETURN, found.pooled)
    assert used[RETURN].base == found.pooled.estimate
    assert used[RETURN].high == found.pooled.predicted_high


def test_every_effect_with_a_figure_has_its_five_reasons():
    for one in trials(**FEW).effects:
        if any(trial.counts for trial in one.trials):
            assert [reason.reason for reason in one.reasons] == list(REASONS)
            assert one.by_hand_en and one.by_hand_nl
    with (DATA / "certainty.csv").open(encoding="utf-8", newline="") as file:
        kinds = {row["reason"] for row in csv.DictReader(file)}
    assert kinds == {*REASONS, BY_HAND}


def test_a_trial_dropped_and_put_back_gives_the_same_bytes():
    before = to_json(trials(only=RETURN, **FEW))
    (without,) = trials(only=RETURN, drop=("lambeek_2010",), **FEW).effects
    assert without.pooled is None and without.counted == 1
    again = read_trials(("trials.csv", TABLE))
    assert to_json(trials(only=RETURN, table=again, **FEW)) == before


def test_a_trial_added_by_file_moves_effect_and_range(tmp_path, capsys):
    """A third trial of 1.0 (0.8 to 1.25) draws the mean of 1.77 down."""
    new = ANEMA.replace("anema_2007_workplace", "new_2026").replace(",1.7,1.2,2.3,", ",1,0.8,1.25,")
    path = tmp_path / "mine.csv"
    path.write_text("".join(LINES) + new, encoding="utf-8")
    assert main(["trials", "--trials", str(path), "--effect", RETURN, "--draws", "100",
                 "--format", "json"]) == 0  # fmt: skip
    (found,) = json.loads(capsys.readouterr().out)["effects"]
    assert found["pooled"]["trials"] == 3 and 1 < found["pooled"]["estimate"] < 1.7
    assert found["pooled"]["tau"] > 0


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (",1.7,1.2,2.3,", ",1.7,2.3,1.2,", "low, estimate and high in that order"),
        (",1.7,1.2,2.3,", ",1.7,,,", "fill in the interval of the trial"),
        (",1.7,1.2,2.3,", ",1.7,-1.2,2.3,", "above 0"),
        (",1.7,1.2,2.3,", ",abc,1.2,2.3,", "abc"),
        ("hazard_ratio", "hazard", "hazard_ratio"),
        ("eff_rtw_default", "eff_rtw_defalt", "eff_rtw_default"),
        ("anema_2007_workplace", "lambeek_2010", "lambeek_2010"),
    ],
)
def test_a_wrong_row_gets_a_sentence(old, new, sentence):
    table = "".join(LINES).replace(ANEMA, ANEMA.replace(old, new))
    with pytest.raises(DataError, match=sentence):
        read_trials(("mine.csv", table.encode()))


def test_an_unknown_trial_or_effect_is_named(capsys):
    assert main(["trials", "--drop", "lambek_2010", "--draws", "50"]) == 2
    assert "lambeek_2010" in capsys.readouterr().err
    assert main(["trials", "--effect", "price_gp", "--draws", "50"]) == 2
    assert "no trial of 'price_gp'" in capsys.readouterr().err
