"""Sick days stand in the calendar year in which they fall: hand sums, and what must always hold."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.engine.run import catalogue_of
from models.formulas import absence_curve, lever_effects
from tests.verification.bench import PUBLISHED, point

SUPPORT = {"return_to_work_support": 0.5}
LEVERS = catalogue_of(PUBLISHED)


def curve(weeks, shares) -> absence_curve.Curve:
    return absence_curve.Curve(weeks, tuple(np.array([float(share)]) for share in shares))


def booked(c: absence_curve.Curve, end=None) -> list[float]:
    return [float(weeks[0]) for weeks in absence_curve.weeks_by_year(c, 52.0, end)]


def test_a_spell_of_two_years_that_starts_at_any_moment():
    """Hand: half of the first 52 weeks fall in the year of onset, on average, and half of the
    last 52 in the third: 26, 52, 26."""
    assert booked(curve((0, 52, 104), (1, 1, 1))) == pytest.approx([26, 52, 26])


def test_a_spell_of_half_a_year():
    """Hand: of week t the share t / 52 falls in the next year: 26 x 13 / 52 = 6.5 weeks."""
    assert booked(curve((0, 26), (1, 1))) == pytest.approx([19.5, 6.5])


def test_a_curve_that_halves_every_26_weeks():
    """Hand: with r = ln 2 / 26 the year of onset has 1/r - (1 - e^(-52 r)) / (52 r^2)
    = 37.5099 - 0.75 x 27.0571 = 17.2170; all 104 weeks 37.5099 x 15/16 = 35.1655."""
    found = booked(curve((0, 52, 104), (1, 0.25, 0.0625)))
    assert found[0] == pytest.approx(17.2170, abs=1e-3)
    assert sum(found) == pytest.approx(35.1655, abs=1e-3)
    assert booked(curve((0, 104), (1, 0.0625))) == pytest.approx(
        found
    )  # where knots lie is nothing


def test_cut_at_the_friction_period():
    """Hand: ten weeks each; 10 x 5 / 52 = 0.9615 of them in the next year."""
    found = booked(curve((0, 52, 104), (1, 1, 1)), np.array([10.0]))
    assert found == pytest.approx([10 - 50 / 52, 50 / 52, 0])


falls = st.lists(st.floats(0.01, 1.0), min_size=1, max_size=6)


@settings(max_examples=60, deadline=None)
@given(falls=falls, step=st.sampled_from([4, 13, 26, 52, 60]), end=st.floats(1, 400))
def test_no_week_is_lost_and_none_counted_twice(falls, step, end):
    weeks = tuple(range(0, step * (len(falls) + 1), step))
    c = curve(weeks, np.cumprod([1.0, *falls]))
    assert sum(booked(c)) == pytest.approx(float(absence_curve.mean_weeks(c)[0]), rel=1e-6)
    cut = np.array([end])
    assert sum(booked(c, cut)) == pytest.approx(
        float(absence_curve.mean_weeks(c, cut)[0]), rel=1e-6
    )
    assert min(booked(c, cut)) >= -1e-9


def test_the_same_by_counting_spells_one_by_one():
    """260 starts over the year, absence in steps of a tenth of a week: no formula in common."""
    c = point().curve
    knots, logs = np.array(c.weeks, float), np.log([share[0] for share in c.shares])
    moments = np.arange(0.05, 104, 0.1)
    absent = np.exp(np.interp(moments, knots, logs))
    starts = (np.arange(260) + 0.5) / 5
    year = ((starts[:, None] + moments) // 52).astype(int)
    counted = [float((absent * (year == k)).sum() * 0.1 / 260) for k in range(3)]
    assert booked(c) == pytest.approx(counted, abs=0.01)


def test_of_return_to_work_support_a_quarter_of_the_days_is_saved_in_the_year_of_onset():
    """Published audit: about 27%, 56% and 17%."""
    m = point(anchor="total")
    _, c = lever_effects.apply(m.p, m.curve, SUPPORT, LEVERS, "independent")
    before, after = m.curve.weeks_by_year(52.0), c.weeks_by_year(52.0)
    saved = [a[0] - b[0] for a, b in zip(before, after, strict=True)]
    assert [x / sum(saved) for x in saved] == pytest.approx([0.27, 0.56, 0.17], abs=0.015)


def test_the_days_of_the_years_come_to_those_in_force():
    """From the third year after the ramp on every year is the year in force, to the day."""
    m = point(anchor="total")
    goal = days(m.steady(SUPPORT, LEVERS, "independent")) - days(m.base)
    years = [days(state) - days(m.base) for state in m.years(SUPPORT, LEVERS, "independent", 40)]
    ramp = LEVERS["return_to_work_support"].ramp_years
    assert years[ramp + 1 :] == pytest.approx([goal] * (40 - ramp - 1), rel=1e-9)
    assert 0 > years[0] > years[1] > years[2] > goal
    missed = (1 - 1 / 3) + (1 - 2 / 3)  # by the ramp, in years of the full effect
    later = 0.56 + 2 * 0.17  # years that the mean day falls after the onset
    assert 40 - sum(years) / goal == pytest.approx(missed + later, abs=0.05)


def days(state) -> float:
    return float(state.health["sick_days"][0])


def test_what_leaves_sick_leave_alone_leaves_its_years_alone_to_the_bit():
    m = point(anchor="total")
    for state in m.years({"unproven_treatments": 1.0}, LEVERS, "independent", 4):
        for item in ("sick_leave_acute", "sick_leave_chronic"):
            for (name, payer), amount in state.ledger.items():
                if name == item:
                    assert amount[0] == m.base.ledger[name, payer][0]
        assert days(state) == days(m.base)
