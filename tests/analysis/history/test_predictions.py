"""Predictions on record: frozen once, never edited, scored by rules worked by hand.

Outcomes in this file are MADE UP: no figure in it was published by anybody.
"""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

import models
from models.analysis.history.predictions import (
    FOLDER,
    OUTCOMES,
    SUMS,
    Prediction,
    altered,
    on_record,
    predict,
    read_predictions,
    subjects,
    table_bytes,
    write_predictions,
)
from models.analysis.history.scoring import interval_score, log_score, score
from models.command_line.parsers import main

DAY = date(2026, 11, 28)
MADE_UP = Prediction(
    prediction="xrays_2027", id="xrays", year=2027, label_en="", label_nl="", unit="pictures/year",
    mean=101.0, p2_5=80.0, p10=87.0, p50=100.0, p90=115.0, p97_5=125.0, rule_en="", rule_nl="",
    frozen_on="2026-11-28", model_version="0", assumptions_hash="0", anchor="none", draws=1, seed=1,
)  # fmt: skip
HEAD = "prediction,value,source,published_on,note"


@pytest.fixture(scope="module")
def result():
    return models.run(draws=2000)


@pytest.fixture
def record(tmp_path):
    """A file of made-up predictions for one subject and two years."""
    path = tmp_path / "made_up.csv"
    rows = MADE_UP, replace(MADE_UP, prediction="xrays_2028", year=2028)
    path.write_bytes(table_bytes(rows))
    return path


def outcomes(tmp_path, *lines: str):
    path = tmp_path / "outcomes.csv"
    path.write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")
    return path


# -- on record --------------------------------------------------------------------------------


def test_no_file_on_record_was_ever_edited():
    """SHA256SUMS lists every file as it was when it was frozen."""
    assert altered() == []
    assert sorted(on_record()) == sorted(FOLDER.glob("*.csv"))


def test_this_version_is_on_record():
    """A release freezes its predictions: `python -m models predictions`, see CONTRIBUTING.md."""
    assert f"{models.VERSION}.csv" in [path.name for path in on_record()]


def test_files_on_record_can_be_read_and_are_in_order():
    for path in on_record():
        for row in read_predictions(path):
            assert 0 < row.p2_5 < row.p10 < row.p50 < row.p90 < row.p97_5, row
            assert row.prediction == f"{row.id}_{row.year}" and row.rule_en and row.rule_nl


def test_an_edit_a_loss_and_an_unlisted_file_are_seen(tmp_path, result):
    path = write_predictions(result, DAY, tmp_path)
    assert altered(tmp_path) == []
    content = path.read_bytes()
    path.write_bytes(content.replace(b"2027", b"2028"))
    assert altered(tmp_path) == [path.name]
    path.write_bytes(content)
    (tmp_path / "later.csv").write_bytes(content)
    assert altered(tmp_path) == ["later.csv"]
    path.unlink()
    assert altered(tmp_path) == sorted(["later.csv", path.name])


def test_a_version_predicts_once(tmp_path, result):
    path = write_predictions(result, DAY, tmp_path)
    content = path.read_bytes()
    with pytest.raises(models.UsageError, match="never edited"):
        write_predictions(result, DAY, tmp_path)
    assert path.read_bytes() == content
    assert (tmp_path / SUMS).read_text(encoding="utf-8").count(path.name) == 1


def test_what_is_frozen_is_what_is_predicted_and_is_read_back_the_same(tmp_path, result):
    path = write_predictions(result, DAY, tmp_path)
    rows = predict(result, DAY)
    assert read_predictions(path) == rows
    assert len(rows) == 3 * len(subjects()) and {row.year for row in rows} == {2026, 2027, 2028}
    assert {row.assumptions_hash for row in rows} == {result.assumptions_hash}
    assert path.read_bytes() == table_bytes(predict(models.run(draws=2000), DAY))


# -- what is predicted ------------------------------------------------------------------------


def test_every_subject_has_an_outcome_of_the_model_and_a_parameter_that_moves_it(result):
    assert {subject.id for subject in subjects()} == set(OUTCOMES)
    for subject in subjects():
        assert subject.moves_with in result.model.p
        assert OUTCOMES[subject.id](result).shape == (2000,)


def test_care_grows_with_ageing_and_absence_does_not(result):
    """Means: x (1 + ageing)^(years / ageing years), times the mean of the yearly movement."""
    p = result.model.assumptions
    rows = {row.prediction: row for row in predict(result, DAY)}
    movement = result.model.p["sl_year_movement"]
    for name, grows in (("xrays", True), ("sick_days", False)):
        today = OUTCOMES[name](result).mean()
        power = 4 / p["mac_ageing_years"].base
        growth = (1 + p["mac_ageing_index"].base) ** power if grows else 1.0
        drift = np.exp(4 * movement**2 / 2).mean()
        assert rows[f"{name}_2028"].mean == pytest.approx(today * growth * drift, rel=0.01)


def test_a_later_year_is_never_predicted_more_sharply(result):
    for subject in subjects():
        widths = [
            np.log(row.p97_5 / row.p2_5) for row in predict(result, DAY) if row.id == subject.id
        ]
        assert widths[-1] >= widths[0] - 0.02, subject.id


# -- scores -----------------------------------------------------------------------------------


def test_interval_score_by_hand():
    """Inside: 45 / 100. At 150: (45 + 40 x 25) / 100 = 10.45. At 70: (45 + 40 x 10) / 100."""
    assert interval_score(MADE_UP, 100.0) == pytest.approx(0.45)
    assert interval_score(MADE_UP, 125.0) == pytest.approx(0.45)
    assert interval_score(MADE_UP, 150.0) == pytest.approx(10.45)
    assert interval_score(MADE_UP, 70.0) == pytest.approx(4.45)


def test_log_score_by_hand():
    """Spread ln(125/80) / 3.919928 = 0.113851; ln 1.5 / 0.113851 = 3.561366;
    3.561366^2 / 2 + ln 0.113851 + ln(2 pi) / 2 = 6.341664 - 2.172865 + 0.918939 = 5.087738."""
    assert log_score(MADE_UP, 150.0) == pytest.approx(5.087738, abs=2e-5)
    assert log_score(MADE_UP, 100.0) == pytest.approx(-2.172865 + 0.918939, abs=2e-5)


def test_made_up_outcomes_are_scored_and_summed_up(tmp_path, record):
    path = outcomes(
        tmp_path, "xrays_2027,100,made up,2028-06-01,", "xrays_2028,150,made up,2029-06-01,"
    )
    found = score(record, path)
    assert [row["inside"] for row in found["rows"]] == [True, False]
    assert found["summary"]["inside"] == 0.5 and found["summary"]["expected_inside"] == 0.95
    assert found["summary"]["interval_score"] == pytest.approx((0.45 + 10.45) / 2)
    assert found["summary"]["scored"] == 2 and found["open"] == ()


def test_a_prediction_without_an_outcome_stays_open(tmp_path, record):
    found = score(record, outcomes(tmp_path, "xrays_2027,100,made up,2028-06-01,"))
    assert found["open"] == ("xrays_2028",) and found["summary"]["scored"] == 1


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("xray_2027,100,made up,2028-06-01,", "xrays_2027"),
        ("xrays_2027,many,made up,2028-06-01,", "value"),
        ("xrays_2027,0,made up,2028-06-01,", "above 0"),
        ("xrays_2028,9,made up,2028-06-01,\nxrays_2028,9,made up,2028-06-01,", "once"),
    ],
)
def test_wrong_outcomes_are_refused_with_row_and_remedy(tmp_path, record, line, told):
    with pytest.raises(models.DataError, match=told):
        score(record, outcomes(tmp_path, line))


# -- commands ---------------------------------------------------------------------------------


def test_the_commands_freeze_show_and_score(tmp_path, capsys):
    folder = tmp_path / "record"
    common = ["--draws", "200", "--date", "2026-11-28"]
    assert main(["predictions", *common, "--out", str(folder)]) == 0
    frozen = capsys.readouterr().out.strip()
    assert main(["predictions", *common, "--out", str(folder)]) == 2
    assert "never edited" in capsys.readouterr().err
    assert main(["predictions", *common, "--show"]) == 0
    assert "sick_days_2027" in capsys.readouterr().out
    path = outcomes(tmp_path, "xrays_2027,1,made up,2028-06-01,")
    assert main(["score", str(path), "--predictions", frozen]) == 0
    assert "0% inside" in capsys.readouterr().out
    assert main(["score", str(tmp_path / "gone.csv"), "--predictions", frozen]) == 1


@pytest.mark.parametrize(
    "words",
    [
        ["predictions", "--set-assumption", "use_xray=0.2"],
        ["predictions", "--date", "tomorrow", "--show"],
        ["backcast", "--set", "xray_share=0.05"],
        ["cross-model", "--scenario", "keep_moving"],
    ],
)
def test_what_makes_no_sense_is_refused_in_one_line(words, capsys):
    assert main(words) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


@pytest.mark.parametrize("name", ["backcast", "cross-model"])
def test_tables_of_history_come_as_text_csv_and_json(name, capsys):
    for form, sign in (("table", "verdict"), ("csv", ","), ("json", '"schema"')):
        assert main([name, "--draws", "100", "--format", form]) == 0
        assert sign in capsys.readouterr().out
