"""Warnings look at outcomes and over the draws, not at the inputs of one point."""

import numpy as np
import pytest

import models
from dashboard.wording import interpretation
from dashboard.wording.catalogue import LANGUAGES, words_in
from tests.verification.bench import PUBLISHED

WALKING = {"walking_programme": 0.2}
CALM = (
    {},
    {"levers": {"return_to_work_support": 0.5}},
    {"scenario": "article_proposals"},
    {"scenario": "keep_moving"},
)


def keys(**asked) -> list[str]:
    return [one.key for one in models.warnings(models.run(draws=1_000, **asked))]


def test_a_recurrence_of_almost_everybody_is_warned_about_twice():
    """The walking programme would then save two thirds of a national cost."""
    found = keys(levers=WALKING, set_assumptions={"course_recurrence": 0.999})
    assert "assumption_beyond_range" in found
    moved = models.warnings(
        models.run(WALKING, draws=1_000, set_assumptions={"course_recurrence": 0.999})
    )
    assert {"total", "episodes", "sick_days"} <= {w.values.get("of") for w in moved}


def test_an_elasticity_of_five_is_warned_about_and_its_outcome_too():
    found = keys(levers={"physio_basic_package": 1.0}, set_assumptions={"ins_elasticity": -5.0})
    assert {"assumption_beyond_range", "large_change"} <= set(found)
    found = keys(set_assumptions={"ins_elasticity": -5.0})
    assert "assumption_beyond_range" in found and "large_change" not in found


@pytest.mark.parametrize("asked", CALM, ids=lambda asked: str(asked))
def test_what_lies_within_the_evidence_is_not_warned_about(asked):
    assert not {"assumption_beyond_range", "large_change"} & set(keys(**asked))


def test_an_edit_within_the_range_of_its_source_is_nobodys_business():
    for value in (0.3, 0.41):
        found = keys(levers=WALKING, set_assumptions={"course_recurrence": value})
        assert "assumption_beyond_range" not in found


def test_the_factor_is_judged_over_the_draws():
    """Counted here one by one: outside 0.7 to 2.0 in about a third of the draws."""
    result = models.run(draws=2_000, anchor="total")
    factor = result.model.factor
    outside = np.mean([not 0.7 <= one <= 2.0 for one in factor])
    found = result.calibration
    assert found["draws_outside"] == pytest.approx(outside) and 0.2 < outside < 0.5
    assert 0.7 <= found["point"] <= 2.0  # the point alone would have said nothing
    assert "factor_out_of_range" in [one.key for one in models.warnings(result)]
    assert "factor_out_of_range" not in keys(anchor="none")


def test_thresholds_are_rows_of_the_data():
    quiet = {"warn_draws": 0.99}
    assert not {"factor_out_of_range", "large_change"} & set(
        keys(levers=WALKING, set_assumptions=quiet)
    )
    loud = keys(levers=WALKING, set_assumptions={"warn_change": 0.001})
    assert "large_change" in loud
    assert PUBLISHED["warn_draws"].source == PUBLISHED["warn_change"].source == "convention"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_warning_is_a_sentence_in_both_languages(lang):
    asked = {"levers": {**WALKING, "physio_basic_package": 1.0},
             "set_assumptions": {"course_recurrence": 0.999, "ins_elasticity": -5.0}}  # fmt: skip
    result, words = models.run(draws=200, **asked), words_in(lang)
    said = interpretation.warnings(result, words) + interpretation.about_assumptions(result, words)
    assert len(said) == len(models.warnings(result))
    assert all("{" not in one and one.endswith(".") for one in said)
    recurrence = next(one for one in said if words.of(PUBLISHED["course_recurrence"]) in one)
    assert "30%" in recurrence and "41%" in recurrence
