"""Walking pays for those who enrol and recovered; stratified care reaches patients of the GP."""

import pytest

import models
from models.formulas.work import VALUATIONS
from tests.verification.bench import LEVERS, PUBLISHED, in_force, items, point


def base(name: str) -> float:
    return PUBLISHED[name].base


def test_walking_is_paid_for_who_enrols_of_those_who_recovered():
    """Hand: 20% of the episodes that do not become chronic, six sessions each; with a hazard ratio
    of 0.72 the risk of 0.333 becomes 1 - 0.667^0.72 = 0.2529 for them."""
    m = point(anchor="total")
    state = in_force(m, walking_programme=0.2)
    q, chronic = base("course_recurrence"), base("course_chronic")
    moved = 0.8 * q + 0.2 * (1 - (1 - q) ** base("eff_walkback_hr"))
    episodes = float(m.groups.episodes[0]) * (1 - q) / (1 - moved)
    assert state.health["episodes"][0] == pytest.approx(episodes)
    course = base("price_physio") * base("walk_sessions")
    assert items(state)["programme"] == pytest.approx(0.2 * episodes * (1 - chronic) * course)


def test_everybody_chronic_nobody_enrols():
    assert items(in_force(point({"course_chronic": 1.0}), walking_programme=0.2))["programme"] == 0


def test_the_chronic_stock_stays_unless_it_is_said_to_follow():
    m = point()
    assert (
        in_force(m, walking_programme=0.4).health["chronic_patients"]
        == (m.base.health["chronic_patients"])
    )
    for share in (0.5, 1.0):
        m = point({"eff_walk_chronic": share})
        state = in_force(m, walking_programme=0.4)
        fewer = {
            name: 1 - state.health[name][0] / m.base.health[name][0]
            for name in ("episodes", "chronic_patients")
        }
        assert fewer["chronic_patients"] == pytest.approx(share * fewer["episodes"])


def test_no_parameter_makes_people_pay_who_do_not_take_part():
    assert "eff_walk_enrolled" not in PUBLISHED
    assert LEVERS["walking_programme"].programme_population == "recovered"


def test_stratified_care_moves_the_days_of_patients_of_the_gp():
    """Hand, bottom-up: spells are proportional to A x ratio + D, not (A + D) x ratio."""
    m = point()
    acute, direct = float(m.groups.acute[0]), float(m.groups.direct[0])
    ratio = base("eff_stratified_nl")
    state = in_force(m, stratified_care=1.0)
    moved = items(state)["sick_leave_acute"] / items(m.base)["sick_leave_acute"]
    assert moved == pytest.approx((acute * ratio + direct) / (acute + direct))
    assert items(state)["programme"] == pytest.approx(acute * base("stratified_cost_patient"))


def test_without_patients_of_the_gp_stratified_care_does_nothing():
    m = point({"vol_gp_acute": 0.0})
    assert in_force(m, stratified_care=1.0).total == m.base.total


@pytest.mark.parametrize("anchor", ["total", "sick_leave", "none"])
def test_presenteeism_is_the_same_under_both_valuations(anchor):
    """Nobody is absent, so there is no friction period that could cut it off."""
    human, friction = (
        models.run({"return_to_work_support": 0.5}, draws=100, years=2, anchor=anchor,
                   valuation=valuation, presenteeism=True)
        for valuation in VALUATIONS
    )  # fmt: skip
    key = "presenteeism", "employer"
    assert human.base.ledger[key].mean() > 0
    for first, second in ((human.base, friction.base), (human.scenario, friction.scenario)):
        assert (first.ledger[key] == second.ledger[key]).all()
    for year in (1, 2):
        first, second = (r.entries("budget_impact", year)[key] for r in (human, friction))
        assert (first[1] == second[1]).all()
