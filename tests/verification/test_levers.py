"""D. Levers and scenarios: zero at today, the declared way, finite at every end."""

import json
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import models
from dashboard.address.link import LinkState, from_query, to_query
from models.engine.model import Model
from models.engine.options import CALENDARS, Options
from models.engine.scenario_file import read_scenario
from models.errors import UsageError
from models.formulas.lever_effects import ramped
from tests.verification.bench import (
    LEVERS,
    PUBLISHED,
    STRONGEST,
    in_force,
    items,
    point,
    run,
    saved,
    total,
)

POINT = point(anchor="total")
EACH = pytest.mark.parametrize("name", LEVERS)
RULES = ("independent", "best_only", "additive")
ALL = STRONGEST
SETTINGS = [(a, v) for a in ("total", "sick_leave", "none") for v in ("human_capital", "friction")]


def levels_of(name, n):
    lever = LEVERS[name]
    return np.linspace(lever.min, lever.max, n)


@pytest.mark.parametrize("anchor, valuation", SETTINGS)
@pytest.mark.parametrize("overlap", RULES)
def test_D1_all_levers_at_today_is_the_base_case_to_the_bit(anchor, valuation, overlap):
    m = point(anchor=anchor, valuation=valuation)
    today = {name: lever.today for name, lever in LEVERS.items()}
    result = run(today, draws=200, anchor=anchor, valuation=valuation, overlap=overlap)
    assert (result.incremental == 0).all()
    assert result.levels == {}
    assert in_force(m, overlap) is m.base


NEUTRAL = {
    "eff_imaging_unneeded": 0, "eff_walkback_hr": 1, "eff_stratified_nl": 1, "eff_rtw_default": 1,
    "eff_campaign_spells": 1, "eff_unproven_stop": 0,
}  # fmt: skip


@pytest.mark.parametrize("effect", NEUTRAL)
def test_D2_D14_without_effect_the_difference_is_the_programme_alone(effect):
    """On common draws nothing else is left: the interval of the effect is exactly nil."""
    lever = next(n for n, v in LEVERS.items() if effect in {e.effect for e in v.effects})
    result = run(
        {lever: STRONGEST[lever]}, draws=300,
        assumptions=fixed({effect: NEUTRAL[effect]}),
    )  # fmt: skip
    programme = sum(v for (i, _), v in result.scenario.ledger.items() if i == "programme")
    assert result.incremental == pytest.approx(programme, abs=1e-5)
    for key, amount in result.base.ledger.items():
        if key[0] != "programme":
            assert result.scenario.ledger[key] == pytest.approx(amount, rel=1e-12)


def fixed(values: dict):
    """The published assumptions with these values, known exactly."""
    frame = PUBLISHED.frame.copy()
    for name, value in values.items():
        row = frame["parameter"] == name
        for column in ("base", "low", "high"):
            frame.loc[row, column] = value
        frame.loc[row, "distribution"] = "fixed"
    return models.Assumptions.from_frame(frame, baseline=PUBLISHED)


@pytest.mark.parametrize("name", [n for n, v in LEVERS.items() if v.today == 0])
def test_D3_nobody_reached_is_no_difference(name):
    assert in_force(POINT, **{name: 0.0}).total[0] == POINT.base.total[0]


def test_D4_there_and_back_is_today():
    before = run().base.total
    run(ALL)
    assert (run({}).incremental == 0).all()
    assert (run().base.total == before).all()


@EACH
def test_D5_every_lever_goes_its_declared_way(name):
    """`expected_measure` and `expected_direction` of levers.csv were written down beforehand."""
    lever = LEVERS[name]
    low, high = (in_force(POINT, **{name: level}) for level in (lever.min, lever.max))
    measure = lever.expected_measure
    if measure in low.health:
        moved = high.health[measure][0] - low.health[measure][0]
    else:
        moved = sum(
            high.ledger[key][0] - low.ledger.get(key, np.zeros(1))[0]
            for key in high.ledger
            if measure in key
        )
    assert moved != 0
    assert (moved > 0) == (lever.expected_direction == "up")


@EACH
def test_D5_every_lever_is_alive(name):
    change = in_force(POINT, **{name: STRONGEST[name]})
    assert change.total[0] != POINT.base.total[0]


@EACH
@pytest.mark.parametrize("valuation", ["human_capital", "friction"])
def test_D6_costs_move_one_way_over_the_whole_slider(name, valuation):
    m = point(anchor="total", valuation=valuation)
    found = np.array([total(in_force(m, **{name: x})) for x in levels_of(name, 101)])
    steps = np.diff(found)
    programme = LEVERS[name].programme_when  # a fixed sum is due once the lever leaves today
    jumps = np.abs(steps) > 20 * np.median(np.abs(steps)) + 1
    if programme:
        steps = steps[~jumps]
    assert (steps >= -CENT).all() or (steps <= CENT).all()


CENT = 0.01


@EACH
def test_D7_the_programme_is_in_the_total(name):
    after = in_force(POINT, **{name: STRONGEST[name]})
    before, now = items(POINT.base), items(after)
    gross = sum(now[key] - before[key] for key in before if key != "programme")
    net = total(after) - total(POINT.base)
    assert net == pytest.approx(gross + now.get("programme", 0.0), abs=CENT)
    lever = LEVERS[name]
    declared = bool(lever.programme_fixed or lever.programme_unit)
    assert (now["programme"] > 0) == (declared and lever.effort(STRONGEST[name]) > 0)
    assert before["programme"] == 0


@pytest.mark.parametrize("anchor, valuation", SETTINGS)
def test_D12_every_end_of_every_lever_is_finite_under_every_setting(anchor, valuation):
    used = Options(draws=100, anchor=anchor, valuation=valuation)
    m = Model(PUBLISHED, PUBLISHED, used)
    ends = [{n: end} for n, v in LEVERS.items() for end in (v.min, v.max) if end != v.today]
    for overlap in RULES:
        for package in (*ends, ALL):
            state = in_force(m, overlap, **package)
            assert np.isfinite(state.total).all()
            assert all((v >= -1e-6).all() for v in state.ledger.values())
            assert all(np.isfinite(v).all() for v in state.health.values())


def test_D11_shares_do_not_depend_on_the_size_of_the_country():
    from tests.verification.test_people import COUNTS

    small = point({name: 1e-6 * PUBLISHED[name].base for name in COUNTS})
    large = point()
    for name in ("return_to_work_support", "stratified_care", "opioid_share", "xray_share"):
        package = {name: STRONGEST[name]}
        found = []
        for m in (small, large):
            after = items(in_force(m, **package))
            before = items(m.base)
            gross = sum(after[k] - before[k] for k in before if k != "programme")
            found.append(gross / total(m.base))
        assert found[0] == pytest.approx(found[1], rel=1e-6)


@EACH
def test_D12_the_ends_run_and_what_lies_beyond_is_refused(name):
    lever = LEVERS[name]
    for level in (lever.min, lever.max, lever.today):
        assert np.isfinite(total(in_force(POINT, **{name: level})))
    for level in (lever.min - lever.step, lever.max + lever.step, float("nan"), float("inf")):
        with pytest.raises(UsageError, match=name):
            models.run(levers={name: level}, draws=10)


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_D13_to_json_and_to_a_link_and_back_is_the_same(data):
    names = data.draw(st.lists(st.sampled_from(sorted(LEVERS)), max_size=6, unique=True))
    levels = {}
    for name in names:
        lever = LEVERS[name]
        steps = round((lever.max - lever.min) / lever.step)
        levels[name] = round(lever.min + data.draw(st.integers(0, steps)) * lever.step, 12)
    levels = {n: v for n, v in levels.items() if v != LEVERS[n].today}
    state = LinkState(levels, Options(years=data.draw(st.integers(1, 10))))
    raw = {name: [value] for name, value in to_query(state).items()}
    again, used, notices = from_query(raw, PUBLISHED)
    assert again == state and not notices
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "scenario.json"
        file.write_text(json.dumps({"levers": levels}), encoding="utf-8")
        assert dict(read_scenario(file, LEVERS).levels) == levels


def test_D13_the_same_settings_give_the_same_output():
    package = {"xray_share": 0.05, "walking_programme": 0.2}
    first = run(package, draws=200)
    content = json.loads(first.to_json())
    second = models.run(scenario={"levers": content["levers"]}, draws=200)
    assert second.to_json() == first.to_json()
    raw = {name: [value] for name, value in to_query(LinkState(first.levels, Options())).items()}
    third = models.run(levers=from_query(raw, PUBLISHED)[0].levels, draws=200)
    assert third.to_json() == first.to_json()


@EACH
def test_D15_before_it_starts_a_lever_changes_nothing(name):
    """In year 1 of n of ramp a level is one n-th of the way; it never runs ahead."""
    lever = LEVERS[name]
    level = STRONGEST[name]
    first = ramped({name: level}, LEVERS, 1)[name]
    want = lever.today + (level - lever.today) / lever.ramp_years
    assert first == pytest.approx(want)
    last = ramped({name: level}, LEVERS, lever.ramp_years)[name]
    assert last == pytest.approx(level)


def test_D15_disability_does_not_look_ahead():
    """Benefits follow after `wia_delay_years`: in the years before, not a euro of them moves."""
    delay = int(PUBLISHED["wia_delay_years"].base)
    assert delay >= 1
    years = POINT.years({"return_to_work_support": 0.5}, LEVERS, "independent", delay + 2)
    moved = [items(state)["disability"] - items(POINT.base)["disability"] for state in years]
    assert moved[:delay] == [0.0] * delay
    assert moved[-1] < 0


def test_the_evidence_that_disappoints_stands():
    """Trials: early physiotherapy and fewer pictures do not cut sick leave by default."""
    for name in ("physio_basic_package", "imaging_red_flags_only"):
        days = saved(POINT, "sick_days", "independent", **{name: 1.0})
        assert abs(days) < 0.001 * POINT.base.health["sick_days"][0]
    human, friction = (
        total(in_force(m, return_to_work_support=0.5)) - total(m.base)
        for m in (POINT, point(anchor="total", valuation="friction"))
    )
    assert human < 0 < friction
    course = PUBLISHED["use_physio_sessions"].base * PUBLISHED["price_physio"].base
    # 9.5 x 41.73 = 396.44: with other care or without, about the whole deductible of 385
    assert course == pytest.approx(PUBLISHED["ins_deductible"].base, rel=0.1)


def test_the_programme_is_reached_on_one_side_of_today_only():
    """X-rays 11% today, programme below: (0.11 - 0.05) / 0.11 at 5%, nothing at 16%.

    Opioids 16.6% of 33.2%: half of the way down at 8.3%. Walking, above nil: 0.1 of 0.4.
    """
    xray, opioids, walking = (
        LEVERS[name] for name in ("xray_share", "opioid_share", "walking_programme")
    )
    assert xray.reach(0.05) == pytest.approx(0.06) and xray.reach(0.16) == 0
    assert xray.effort(0.05) == pytest.approx(6 / 11) and xray.effort(0.16) == 0
    assert xray.effort(0.11) == 0 and xray.effort(0) == 1
    assert opioids.effort(0.083) == pytest.approx(0.5) and opioids.effort(0.25) == 0
    assert walking.effort(0.1) == pytest.approx(0.25) and walking.effort(0.4) == 1


@pytest.mark.parametrize("overlap", RULES)
def test_every_lever_at_today_changes_no_bit(overlap):
    """As a formula, not because it was left out: a trace of the model has no other way."""
    m = Model(PUBLISHED, PUBLISHED, Options(draws=50))
    today = {name: lever.today for name, lever in LEVERS.items()}
    assert (m.steady(today, LEVERS, overlap).total == m.base.total).all()
    for calendar in CALENDARS:
        m = Model(PUBLISHED, PUBLISHED, Options(draws=50, calendar=calendar))
        for before, state in m.years_beside_today(today, LEVERS, overlap, 4):
            assert (state.total == before.total).all()
            assert all((state.ledger[key] == before.ledger[key]).all() for key in before.ledger)
