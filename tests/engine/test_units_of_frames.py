"""Every frame of a result says the unit of its numbers, the price year and what made it."""

import pytest

import models
from models.engine.summary import STATISTICS
from models.formulas.health import MEASURES

RESULT = models.run(levers={"return_to_work_support": 0.5}, draws=50, years=2)
FRAMES = {
    "summary": (RESULT.summary(), "EUR/year", 2024),
    "one year": (RESULT.summary(view="budget_impact", year=1), "EUR/year", None),
    "table": (RESULT.table, "column unit", 2024),
    "health": (RESULT.health(), "column unit", 2024),
    "curve": (RESULT.sick_leave_curve(), "share", 2024),
    "perspectives": (RESULT.perspectives(), "EUR/year", 2024),
    "budget": (RESULT.budget(), "EUR/year", None),
    "budget sum": (RESULT.budget_sum(), "EUR", None),
    "budget by perspective": (RESULT.budget_by_perspective()[0], "EUR/year", None),
    "the same added up": (RESULT.budget_by_perspective()[1], "EUR", None),
}


@pytest.mark.parametrize("name", FRAMES)
def test_a_frame_says_its_units(name):
    frame, unit, price_year = FRAMES[name]
    about = frame.attrs
    assert {about["units"][column] for column in STATISTICS} == {unit}
    assert about["price_year"] == price_year
    assert about["scenario_id"] == RESULT.scenario_id
    assert about["assumptions_hash"] == RESULT.assumptions_hash
    assert (about["draws"], about["seed"], about["model_version"]) == (50, 1, models.VERSION)
    if unit == "column unit":
        assert set(frame["unit"]) <= {"EUR/year", *MEASURES.values()}


def test_every_column_of_numbers_has_a_unit():
    assert RESULT.perspectives().attrs["units"]["probability_saving"] == "probability"
    assert RESULT.sick_leave_curve().attrs["units"]["week"] == "weeks"
    matrix = RESULT.matrix()
    assert matrix.attrs["units"] == dict.fromkeys(matrix.columns, "EUR/year")
    for frame, *_ in FRAMES.values():
        numbers = set(frame.select_dtypes("number").columns)
        assert numbers - set(frame.attrs["units"]) <= {"year", "price_year", "draws", "seed"}


def test_units_stay_with_a_part_of_the_frame():
    frame = RESULT.summary("incremental")
    assert frame.query("mean < 0").attrs == frame.attrs == frame[["mean"]].attrs
