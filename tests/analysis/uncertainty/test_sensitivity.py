"""Sensitivity: bars equal runs with one value changed; what feeds what is true of the formulas."""

from __future__ import annotations

import json

import numpy as np
import pytest

import models
from models.analysis.uncertainty.sensitivity import feeds, formulas_of, tornado, variance_shares
from models.command_line.parsers import main
from models.engine.record import plain

DRAWS = 200


@pytest.fixture(scope="module")
def bars() -> dict:
    return tornado(models.run(levers={"walking_programme": 0.2}, draws=DRAWS))


def test_E9_a_bar_equals_a_run_with_only_that_value_changed(bars):
    for bar in bars["bars"][:6]:
        for end in ("low", "high"):
            edited = models.run(
                levers={"walking_programme": 0.2},
                set_assumptions={bar["parameter"]: bar[f"input_{end}"]},
                draws=DRAWS,
            )
            assert bar[end] == edited.headline["incremental_total"]["mean"]


def test_bars_come_largest_first_and_only_for_what_matters(bars):
    widths = [abs(bar["high"] - bar["low"]) for bar in bars["bars"]]
    assert widths == sorted(widths, reverse=True)
    assert min(widths) > 0
    named = {bar["parameter"] for bar in bars["bars"]}
    assert "eff_walkback_hr" in named
    assert "eff_rtw_default" not in named  # return-to-work support stands at today


def test_without_levers_the_outcome_is_the_total_of_today():
    found = tornado(models.run(draws=50), "incremental_total")
    assert found["outcome"] == "base_case_total"
    assert found["bars"][0]["parameter"] in {"sl_share", "tot_article"}


def test_an_end_that_cannot_be_is_approached_as_far_as_can_be():
    # pay_employer 0.90 beside pay_uwv 0.12 would pay more than all; 0.8 + 0.75 x 0.1 = 0.875 can be
    found = tornado(models.run(levers={"walking_programme": 0.2}, draws=50))
    bar = next((bar for bar in found["bars"] if bar["parameter"] == "pay_employer"), None)
    assert bar is None or bar["input_high"] == pytest.approx(0.875)


def test_what_an_assumption_feeds():
    found = feeds(models.load_assumptions())
    assert found["price_gp"]["cost_items"] == ("gp",)
    assert found["price_gp"]["formulas"] == ("care.care_costs",)
    assert found["use_gp_consults"]["cost_items"] == ("gp",)
    assert found["eff_walkback_hr"]["levers"] == ("walking_programme",)
    assert "return_to_work_support" in found["sl_S26"]["levers"]
    assert "return_to_work_support" not in found["sl_S4"]["levers"]


def test_A5_every_assumption_in_use_feeds_something():
    assumptions = models.load_assumptions()
    found = feeds(assumptions)
    idle = [
        name
        for name, row in assumptions.items()
        if row.group != "context" and not any(value for _, value in found[name].entries())
    ]
    totals = {"cpi_2007_2024", "cpi_2017_2024"}  # price indices of published_totals.csv
    assert set(idle) <= totals


def test_no_formula_reads_an_assumption_that_says_it_is_not_used():
    assumptions = models.load_assumptions()
    readers = formulas_of(assumptions)
    assert not [n for n, row in assumptions.items() if row.group == "context" and n in readers]


def test_the_question_does_not_change_the_answer():
    result = models.run(draws=50)
    before = result.base.total.copy()
    tornado(result)
    assert np.array_equal(before, result.base.total)


@pytest.mark.parametrize("levers", [{}, {"walking_programme": 0.2}], ids=["today", "walking"])
def test_E8_squared_swings_and_variance_shares_agree_where_nearly_linear(levers):
    """Two methods, one answer: a 95% range is 3.92 standard deviations, and variances add up.

    Without calibration, because a bar holds the factor and a draw solves it. The knots of the
    absence curve are drawn relative to each other, which a bar does not do, and are left out.
    """
    result = models.run(levers=levers, anchor="none", draws=2_000)
    found = variance_shares(result)
    shares = {one["parameter"]: one["share"] for one in found["shares"]}
    swings = {
        bar["parameter"]: ((bar["high"] - bar["low"]) / 3.919928) ** 2 / found["variance"]
        for bar in tornado(result)["bars"]
        if not bar["parameter"].startswith("sl_S")
    }
    for name, swing in swings.items():
        assert shares[name] == pytest.approx(swing, abs=0.06), name
    assert 0.7 < sum(swings.values()) < 1.1
    first, second = (max(each, key=each.get) for each in (swings, shares))
    assert first == second


def test_the_calibration_takes_back_what_a_bar_shows():
    """The share of spells moves a bar, but is made up for by the factor in every draw."""
    result = models.run(draws=2_000, anchor="total")
    shares = {one["parameter"]: one["share"] for one in variance_shares(result)["shares"]}
    assert shares["tot_article"] > 0.99
    assert shares["sl_share"] == 0
    assert tornado(models.run(draws=50, anchor="total"))["bars"][0]["parameter"] == "sl_share"


def test_the_command_gives_bars_and_shares(capsysbinary):
    words = ["tornado", "--set", "walking_programme=0.2", "--draws", "40"]
    assert main(words) == 0
    found = json.loads(capsysbinary.readouterr().out)
    result = models.run(levers={"walking_programme": 0.2}, draws=40)
    wanted = {**tornado(result), "variance_shares": variance_shares(result)}
    assert found == plain(wanted)
    assert main([*words, "--outcome", "base_case_total", "--format", "table"]) == 0
    assert capsysbinary.readouterr().out.startswith(b"base_case_total: ")
    assert main([*words, "--outcome", "health"]) == 2
