"""The headline, the tornado, the break-even and the swings start from one number: the mean."""

from dataclasses import replace

import pytest

import models
from models.analysis.uncertainty import swing as swinging
from models.tables.assumptions import Assumptions

LEVELS = {"return_to_work_support": 0.5}
DRAWS = 400
RESULT = models.run(LEVELS, draws=DRAWS)


def test_tornado_and_breakeven_start_from_the_headline():
    mean = RESULT.headline["incremental_total"]["mean"]
    assert models.tornado(RESULT)["base"] == mean
    found = models.breakeven("return_to_work_support", levers=LEVELS, draws=DRAWS)
    assert found["incremental_total"] == mean
    assert found["statistic"] == models.tornado(RESULT)["statistic"] == "mean over draws"
    today = models.tornado(models.run(draws=DRAWS), "base_case_total")
    assert today["base"] == RESULT.headline["base_case_total"]["mean"]


def test_the_break_even_is_nil_in_the_headline():
    value = models.breakeven("return_to_work_support", levers=LEVELS, draws=DRAWS)["value"]
    there = models.run(LEVELS, draws=DRAWS, set_assumptions={"eff_rtw_default": value})
    assert there.headline["incremental_total"]["mean"] == pytest.approx(0, abs=1)


def test_swings_are_the_bars_of_the_tornado_where_they_take_as_many_draws():
    found = models.tornado(RESULT)
    options = replace(RESULT.options, draws=DRAWS)
    for bar in found["bars"][:5]:
        one = swinging.swing(Assumptions.default(), bar["parameter"], LEVELS, options)
        ends = bar["low"] - found["base"], bar["high"] - found["base"]
        assert one.package == pytest.approx(ends, abs=1)


def test_a_swing_takes_the_first_draws_and_no_more():
    many, few = (
        swinging.swing(
            Assumptions.default(), "price_hour", {}, replace(RESULT.options, draws=draws)
        )
        for draws in (swinging.DRAWS + 500, swinging.DRAWS)
    )
    assert many == few
