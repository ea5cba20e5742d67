"""Backcast: each part worked by hand from its inputs, and what the tables say about themselves."""

import csv
from pathlib import Path

import numpy as np
import pytest

import models
from models.analysis.history.backcast import Year, verdict
from models.analysis.history.inputs import (
    COUNTED,
    GENERAL,
    SETS,
    TODAY,
    HistoricalInput,
    historical_inputs,
    published_figures,
    years,
)
from models.engine.record import Quantity
from models.formulas.absence_curve import mean_weeks

DATA = Path(__file__).parents[3] / "data"
ANCHOR = {"anchor": "none", "draws": 500}


@pytest.fixture(scope="module")
def today():
    return models.run(**ANCHOR)


@pytest.fixture
def certain(monkeypatch):
    """Inputs of history without a range, so that every draw can be worked by hand."""
    monkeypatch.setattr(HistoricalInput, "draws", lambda self, size, seed: np.full(size, self.base))


def item(result, name: str) -> np.ndarray:
    return sum(v for (key, _), v in result.base.ledger.items() if key == name)


# -- the calculation --------------------------------------------------------------------------


def test_care_follows_people_and_prices(today, certain):
    """1991: 15,069,798 / 17,993,485 = 0.837514 people; 46.7915 / 100 prices: 0.391886."""
    care = Year(today, 1991, GENERAL).outcomes()["care"]
    items = today.catalogue.cost_items
    now = sum(v for (name, _), v in today.base.ledger.items() if items[name]["category"] == "care")
    assert care / now == pytest.approx(np.full(500, 0.837514 * 0.467915), rel=1e-5)


def test_sick_leave_follows_all_sick_leave_and_the_wage(today, certain):
    """2007: 5.8 x 4.4% / (6.877 x 5.3%) = 0.700174 of the days, at 27.1 an hour of that year."""
    sick = Year(today, 2007, GENERAL).outcomes()["sick_leave"]
    now = item(today, "sick_leave_acute") + item(today, "sick_leave_chronic")
    expected = now * 0.700174 * 27.1 / today.model.p["price_hour"]
    assert sick == pytest.approx(expected, rel=1e-5)


def test_counted_cases_cost_hours_at_the_wage_of_the_time(today, certain):
    """1991: 670,700 cases x weeks in the first year x hours x 16, partial work at its value."""
    sick = Year(today, 1991, COUNTED).outcomes()["sick_leave"]
    p, weeks = today.model.p, mean_weeks(today.model.curve, np.full(500, 52.0))
    by_hand = 670_700 * weeks * p["sl_hours_week"] * p["sl_partial"] * 16
    assert sick == pytest.approx(by_hand, rel=1e-6)


def test_counted_days_cost_hours_at_the_wage_of_the_time(certain):
    """2007, without chronic patients: 6,000,000 / 7 weeks x hours x 27.1, as above."""
    result = models.run(set_assumptions={"sl_chronic_days": 0}, **ANCHOR)
    sick = Year(result, 2007, COUNTED).outcomes()["sick_leave"]
    p = result.model.p
    by_hand = 6_000_000 / 7 * p["sl_hours_week"] * p["sl_partial"] * 27.1
    assert sick == pytest.approx(by_hand, rel=1e-6)


def test_counted_benefits_cost_output_at_the_wage_level_of_the_time(today, certain):
    """2007: 100,000 x output of today x 27.1 / 42.79: inflation there and back cancels."""
    disability = Year(today, 2007, COUNTED).outcomes()["disability"]
    hour = today.model.assumptions["price_hour"].base
    by_hand = 100_000 * today.model.p["sl_disability_output"] * 27.1 / hour
    assert disability == pytest.approx(by_hand, rel=1e-6)


def test_general_benefits_follow_all_benefits(today, certain):
    """1991: 847,000 / 816,000 = 1.037990 of today's stock, at 16 an hour of that year."""
    disability = Year(today, 1991, GENERAL).outcomes()["disability"]
    hour = today.model.assumptions["price_hour"].base
    by_hand = item(today, "disability") * 1.037990 * 16 / hour
    assert disability == pytest.approx(by_hand, rel=1e-5)


def test_the_law_of_the_time_ends_sick_leave_after_one_year_or_two(today, certain):
    early, late = (Year(today, year, GENERAL) for year in (2002, 2007))
    assert np.all(early.share_of_curve() < 1)
    assert late.share_of_curve() == pytest.approx(np.ones(500))
    assert np.array_equal(early.still_absent(), today.model.curve.at(52))
    assert np.array_equal(late.still_absent(), today.model.curve.last)


def test_inflow_is_the_spells_that_outlast_continued_wage(today, certain):
    """1991: 670,700 counted cases x the share still absent after 52 weeks."""
    inflow = Year(today, 1991, COUNTED).outcomes()["inflow"]
    assert inflow == pytest.approx(670_700 * today.model.curve.at(52), rel=1e-9)
    assert "inflow" not in Year(today, 2007, COUNTED).outcomes()  # days were counted, not cases


def test_friction_cost_is_below_human_capital_in_every_draw(today):
    for name in SETS:
        answer = Year(today, 1991, name).outcomes()
        assert np.all(answer["work_friction"] < answer["work"])


def test_parts_sum_to_the_whole(today):
    for year in years():
        for name in SETS:
            answer = Year(today, year, name).outcomes()
            assert answer["work"] == pytest.approx(answer["sick_leave"] + answer["disability"])
            assert answer["total"] == pytest.approx(answer["work"] + answer["care"])


def test_inputs_with_a_range_have_the_stated_mean_and_a_stream_of_their_own():
    rows = [row for row in historical_inputs() if row.low < row.high]
    assert rows
    for row in rows:
        assert row.draws(4000, 1).mean() == pytest.approx(row.base, rel=0.02), row
    hours = [row.draws(100, 1) / row.base for row in rows if row.quantity == "price_hour"]
    assert not np.allclose(hours[0], hours[1])


# -- the answer -------------------------------------------------------------------------------


def test_the_verdict_says_where_our_interval_lies():
    ours = Quantity(3.0, 2.0, 4.0, "EUR/year")
    assert [verdict(ours, x) for x in (1.9, 2.0, 3.0, 4.0, 4.1)] == [
        "too_high", "inside", "inside", "inside", "too_low",
    ]  # fmt: skip


def test_every_published_figure_of_a_year_is_answered_by_one_set_at_least(today):
    rows = models.backcast(today)["rows"]
    answered = {(row["year"], row["outcome"]) for row in rows}
    assert answered == {(figure.year, figure.outcome) for figure in published_figures()}
    assert {row["set"] for row in rows} == set(SETS)
    assert all(row["p2_5"] <= row["mean"] <= row["p97_5"] for row in rows)


def test_levers_valuation_and_presenteeism_of_the_run_do_not_matter(today):
    plain = models.backcast(today)
    other = models.run(
        levers={"return_to_work_support": 0.5}, valuation="friction", presenteeism=True, **ANCHOR
    )
    assert models.backcast(other)["rows"] == plain["rows"]


def test_an_edited_assumption_is_seen(today):
    dear = models.run(set_assumptions={"sl_disability_output": 30_000}, **ANCHOR)
    before, after = (
        [row["mean"] for row in models.backcast(result)["rows"] if row["outcome"] == "disability"]
        for result in (today, dear)
    )
    assert all(new > old for new, old in zip(after, before, strict=True))


def test_changes_are_those_of_the_published_totals(today):
    """4.3 / 4.2 - 1 = 0.023810; 3.5 / 4.3 - 1 = -0.186047."""
    published = [row["published"] for row in models.backcast(today)["changes"]]
    assert published == pytest.approx([0.023810, -0.186047] * 2, abs=1e-6)


# -- the tables -------------------------------------------------------------------------------


def test_each_year_has_what_its_outcomes_need_and_today_has_the_ratios():
    by_year = {(row.year, row.set, row.quantity): row for row in historical_inputs()}
    general = {"population", "employee_years", "absence_rate", "benefits_all", "price_hour"}
    for year in years():
        assert general | {"wage_weeks"} <= {q for y, s, q in by_year if (y, s) == (year, GENERAL)}
        counted = {q for y, s, q in by_year if (y, s) == (year, COUNTED)}
        assert "back_benefits" in counted
        assert len(counted & {"absence_spells", "absence_days"}) == 1
        assert by_year[year, GENERAL, "price_hour"].price_year == year
    assert {q for _, s, q in by_year if s == TODAY} == general - {"price_hour"}


def test_derived_counts_are_the_published_amounts_divided():
    """3.1 billion / 4,622 = 670,705; 1.5 billion / 9,493 = 158,011, rounded in the table."""
    rows = {(row.year, row.quantity): row.base for row in historical_inputs()}
    assert rows[1991, "absence_spells"] == pytest.approx(3.1e9 / 4622, rel=1e-4)
    assert rows[1991, "back_benefits"] == pytest.approx(1.5e9 / 9493, rel=1e-3)
    assert rows[2002, "absence_days"] == pytest.approx(6e6 * 5.69 * 5.4 / (5.80 * 4.4), rel=5e-3)
    share = 158 / 847 + (100 / 844 - 158 / 847) * 11 / 16
    assert rows[2002, "back_benefits"] == pytest.approx(993_000 * share, rel=5e-3)


def test_published_parts_are_those_of_the_published_whole():
    """12% and 88% of 4.3 and 3.5 billion; dollars at 4.2 / 4.9676 = 0.8455 euro."""
    rows = {(f.year, f.outcome): f for f in published_figures()}
    for year in (2002, 2007):
        total = rows[year, "total"].amount
        assert rows[year, "care"].amount == pytest.approx(0.12 * total)
        assert rows[year, "work"].amount == pytest.approx(0.88 * total)
    dollars = rows[1991, "care"].value + rows[1991, "work"].value
    assert rows[1991, "work"].exchange == pytest.approx(4.2e9 / dollars, abs=1e-4)
    parts = rows[1991, "sick_leave"].value + rows[1991, "disability"].value
    assert parts == rows[1991, "work"].value


def test_a_number_that_was_not_seen_is_never_green_and_says_so():
    for row in historical_inputs():
        if row.provenance in ("recalled", "expert_guess"):
            assert row.quality == "red" and row.note_en and row.note_nl, row
        if row.quality == "green":
            assert row.provenance == "published", row


def test_sources_of_history_are_known():
    with (DATA / "sources.csv").open(encoding="utf-8", newline="") as stream:
        known = {row["key"] for row in csv.DictReader(stream)}
    assert {row.source for row in (*historical_inputs(), *published_figures())} <= known
