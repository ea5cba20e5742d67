"""B. People and events: nobody appears, vanishes or is counted twice."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.engine.model import Model
from models.engine.options import Options
from models.errors import UsageError
from models.formulas import absence_curve, people
from tests.verification.bench import LEVERS, PUBLISHED, USED, in_force, items, point, run, total

share = st.floats(0, 1)
NOBODY = {
    "vol_gp_acute": 0, "vol_physio_lbp": 0, "vol_chronic_lbp_care": 0, "use_rehab_patients": 0,
    "sl_wia_stock": 0,
}  # fmt: skip
COUNTS = (
    "vol_gp_acute", "vol_physio_lbp", "vol_chronic_lbp_care", "use_rehab_patients", "sl_wia_stock",
    "sl_wia_inflow", "use_opioid_recipients", "care_secondary_total", "care_meds_total",
    "care_unproven_total",
)  # fmt: skip
DUTCH = 18_200_000  # persons, above the population of 2025 (CBS: 18.0 million)


@given(stock=st.floats(0, 5), exit_rate=share, inflow=st.floats(0, 5))
def test_B1_a_stock_is_what_stayed_and_what_came(stock, exit_rate, inflow):
    """Hand: 100 people, 20 leave, 30 come (exit 0.2, relative inflow 1.5): 110."""
    assert people.next_stock(1.0, 0.2, 1.5) == pytest.approx(1.1)
    left, came = stock * exit_rate, inflow * exit_rate
    assert people.next_stock(stock, exit_rate, inflow) == pytest.approx(stock - left + came)


def test_B1_without_a_policy_the_stocks_stand_still():
    m = point(calendar="none")
    for state in m.years({}, {}, "independent", 10):
        assert state is m.base
    m = point(calendar="plan")  # another deductible moves money and sessions, and no stock
    for state in m.years({}, {}, "independent", 10):
        assert state.disability == 1
        for name in ("episodes", "chronic_patients"):
            assert state.health[name] == m.base.health[name]


def test_B2_direct_patients_of_the_physiotherapist_have_not_seen_a_gp():
    """Hand: patients x direct access x those of them who see no GP."""
    m = point()
    a = PUBLISHED
    direct = a["vol_physio_lbp"].base * a["vol_direct_access"].base * a["vol_direct_only"].base
    assert m.groups.direct[0] == pytest.approx(direct)
    assert m.groups.episodes[0] == pytest.approx(a["vol_gp_acute"].base + direct)


def test_B3_no_count_is_negative_or_above_the_population():
    result = run(draws=5_000)
    for name in ("episodes", "chronic_patients", "opioid_users", "people_at_risk_of_misuse"):
        assert (result.base.health[name] >= 0).all()
        assert (result.base.health[name] <= DUTCH).all()
    assert all((amount >= 0).all() for amount in result.base.ledger.values())


def test_B4_nobody_costs_nothing():
    base = point(NOBODY).base
    assert total(base) == 0
    assert all(value[0] == 0 for value in base.health.values())


@pytest.mark.parametrize("k", [0.5, 1.1])
def test_B5_k_times_the_people_is_k_times_the_cost(k):
    before = point().base
    after = point({name: k * PUBLISHED[name].base for name in COUNTS}).base
    for key, amount in before.ledger.items():
        assert after.ledger[key][0] == pytest.approx(k * amount[0], rel=1e-9)
    for key, value in before.health.items():
        assert after.health[key][0] == pytest.approx(k * value[0], rel=1e-9)


def test_B6_without_recurrence_only_first_episodes_are_left():
    """Hand: with 0.55 recurring, first episodes are 0.45 of all; halved: 0.45 / 0.725."""
    now = np.array([0.55])
    assert people.steady_episodes(now, np.array([0.0]))[0] == pytest.approx(0.45)
    assert people.steady_episodes(now, np.array([0.275]))[0] == pytest.approx(0.45 / 0.725)
    assert np.isfinite(people.steady_episodes(now, np.array([1.0]))).all()


@given(now=st.floats(0, 0.99), then=st.floats(0, 0.99))
def test_B6_the_years_arrive_at_the_fixed_point(now, then):
    now, then = np.array([now]), np.array([then])
    episodes = np.ones(1)
    for _ in range(4_000):
        episodes = people.next_episodes(now, then, episodes)
    assert episodes == pytest.approx(people.steady_episodes(now, then.copy()), rel=1e-6)


def test_B7_without_chronic_patients_their_lines_are_empty():
    base = items(point({"vol_chronic_lbp_care": 0}).base)
    assert base["sick_leave_chronic"] == 0
    assert base["sick_leave_acute"] > 0 and base["gp"] > 0
    base = items(point({"vol_gp_acute": 0, "vol_physio_lbp": 0}).base)
    assert base["sick_leave_acute"] == 0 and base["xray"] == 0 and base["physiotherapy"] == 0
    assert base["sick_leave_chronic"] > 0


@pytest.mark.parametrize("chronic", [0.0, 1.0])
def test_B7_nobody_or_everybody_becomes_chronic(chronic):
    """Hand: with nobody nobody leaves either, so the stock stands whatever a policy does; with
    everybody the exit is capped at 1, and the stock, where it follows, is last year's episodes."""
    m = point({"course_chronic": chronic, "eff_walk_chronic": 1.0})
    exit_rate = min(m.groups.episodes[0] * chronic / m.groups.chronic[0], 1.0)
    assert m.exit[0] == pytest.approx(exit_rate) and exit_rate in (0.0, 1.0)
    *_, last = m.years({"walking_programme": 0.3}, LEVERS, "independent", 3)
    chronic_patients = last.health["chronic_patients"][0] / m.base.health["chronic_patients"][0]
    episodes = last.health["episodes"][0] / m.base.health["episodes"][0]
    assert chronic_patients == pytest.approx(episodes if chronic else 1.0)
    assert episodes < 1


@pytest.mark.parametrize("name", sorted(USED))
def test_B8_at_every_extreme_the_outcome_is_finite_and_not_negative(name):
    row = PUBLISHED[name]
    package = {"return_to_work_support": 0.5, "physio_basic_package": 1.0, "xray_share": 0.05,
               "walking_programme": 0.2, "opioid_share": 0.1}  # fmt: skip
    for value in {row.low, row.high, 0.0}:
        try:
            used = PUBLISHED.with_values({name: value})
        except UsageError:
            continue
        m = Model(used, PUBLISHED, Options(draws=1), point=True)
        for state in (m.base, in_force(m, **package)):
            amounts = np.array([amount[0] for amount in state.ledger.values()])
            assert np.isfinite(amounts).all() and (amounts >= -1e-6).all()
            assert all(np.isfinite(v[0]) for v in state.health.values())


@settings(max_examples=50, deadline=None)
@given(drops=st.lists(st.floats(0.05, 0.999), min_size=3, max_size=8), end=st.floats(0, 300))
def test_B9_absence_is_cut_at_the_end_of_wage_payment(drops, end):
    weeks = tuple(range(0, 8 * (len(drops) + 1), 8))
    c = absence_curve.Curve(weeks, tuple(np.array([s]) for s in np.cumprod([1.0, *drops])))
    whole = absence_curve.mean_weeks(c)
    part = absence_curve.mean_weeks(c, np.array([end]))
    assert 0 <= part[0] <= whole[0] + 1e-9 <= weeks[-1] + 1e-9
    if end >= weeks[-1]:
        assert part == pytest.approx(whole)


def test_B9_a_curve_that_never_falls_lasts_to_its_end():
    """Hand: everybody absent for 104 weeks is 104 weeks, and 10 of them when cut at 10."""
    c = absence_curve.Curve((0, 52, 104), tuple(np.ones(1) for _ in range(3)))
    assert absence_curve.mean_weeks(c)[0] == pytest.approx(104)
    assert absence_curve.mean_weeks(c, np.array([10.0]))[0] == pytest.approx(10)
