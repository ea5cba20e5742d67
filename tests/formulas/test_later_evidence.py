"""Formulas that later evidence asked for, each worked by hand on the published base values."""

import numpy as np
import pytest

import models
from models.formulas import care, cash, payers, work
from models.formulas.absence_curve import Curve
from models.formulas.work import Absence
from tests.verification.bench import PUBLISHED, in_force, items, point, total

POINT = point(anchor="none")
P = POINT.p


def changed(**values) -> dict:
    return {**P, **{name: np.array([float(value)]) for name, value in values.items()}}


def test_use_of_physiotherapy_is_an_arc_from_free_to_full_price():
    """-31% from free to full: 0.69; halfway 0.845; back from full to free 1 / 0.69 = 1.4493."""

    def use(now, then):
        return care.demand(P, np.array([now]), np.array([then]))[0]

    assert use(0.0, 1.0) == pytest.approx(0.69)
    assert use(0.0, 0.5) == pytest.approx(0.845)
    assert use(1.0, 0.0) == pytest.approx(1.4493, abs=1e-4)
    assert use(0.3, 0.7) * use(0.7, 0.2) * use(0.2, 0.3) == pytest.approx(1)
    assert use(0.4, 0.4) == 1


def test_use_never_falls_below_a_tenth_however_steep_the_arc():
    """At -200% use would be nil from half the price on: 0.1 stays, and 1 / 0.1 is the way back."""
    steep = changed(ins_elasticity=-2)
    assert care.demand(steep, np.array([0.0]), np.array([0.8]))[0] == pytest.approx(0.1)
    assert care.demand(steep, np.array([0.8]), np.array([0.0]))[0] == pytest.approx(10)


def test_another_deductible_moves_every_deductible_and_no_total():
    """0.15 at 385. At 165: 1 - 0.85^(165 / 385) = 1 - exp(-0.162519 x 0.428571) = 0.06728."""
    assert payers.deductible_medical(P)[0] == pytest.approx(0.15)
    assert payers.deductible_medical(changed(ins_deductible=165))[0] == pytest.approx(
        0.06728, abs=1e-5
    )
    assert payers.deductible_medical(changed(ins_deductible=0))[0] == 0
    now, then = (models.run(draws=50, set_assumptions=a) for a in (None, {"ins_deductible": 165}))
    for item in ("xray", "secondary_care", "opioids"):
        before, after = (r.base.ledger[item, "household_deductible"].mean() for r in (now, then))
        assert 0 < after < before
    assert then.base.total == pytest.approx(now.base.total, rel=1e-9)


def test_vat_on_unproven_treatments_is_a_transfer_and_no_cost():
    """150 million with VAT is 150 / 1.21 = 123.966942 without; 26.033058 goes to the state."""
    state = POINT.base
    assert items(state)["unproven_treatments"] == pytest.approx(123_966_942.1, abs=1)
    flows = cash.vat_flows(P, state.ledger)
    assert flows["vat", "household"][0] == pytest.approx(26_033_057.9, abs=1)
    assert flows["vat", "state"][0] == -flows["vat", "household"][0]
    # 15% of it stops: 18.595041 million of cost saved, for a policy of 1 million
    gone = total(in_force(POINT, unproven_treatments=1.0)) - total(state)
    assert gone == pytest.approx(-17_595_041.3, abs=1)


def test_long_term_users_are_a_share_of_all_opioid_users():
    """1,000,000 x 0.22 x 0.21 = 46,200 people, x 600 = 27.72 million."""
    assert POINT.base.health["long_term_opioid_users"][0] == pytest.approx(46_200)
    assert items(POINT.base)["opioid_harm"] == pytest.approx(27_720_000)
    # half as many prescriptions: 23,100 long-term users stop, x 100 = 2.31 million
    programme = items(in_force(POINT, opioid_share=0.083))["programme"]
    assert programme == pytest.approx(2_310_000)


def test_a_saved_benefit_counts_for_the_years_it_would_have_lasted():
    """60,000 x 0.028 = 1,680 new benefits beside 45,000 x 0.05 = 2,250 that leave: 0.7467.

    A fifth fewer spells that last, a quarter of which shows: 1 - 0.7467 x 0.25 x 0.2 = 0.96267.
    """
    curve = Curve((0, 104), (np.ones(1), np.full(1, 0.1)))
    nothing = np.zeros(1)
    today, fewer = (
        Absence(np.full(1, n), curve, nothing, nothing, nothing, nothing, np.full(1, n))
        for n in (100.0, 80.0)
    )
    assert work.disability_exit(P)[0] == 0.05
    assert work.disability_inflow(P, fewer, today)[0] == pytest.approx(0.962667, abs=1e-6)
    assert work.disability_inflow(P, today, today)[0] == 1
    huge = changed(eff_disability_follows=1, sl_wia_lbp_share=1)
    assert work.disability_inflow(huge, fewer, today)[0] == 0


def test_support_that_would_have_come_anyway_changes_and_costs_nothing():
    """Half of the support additional at 50% is all of it at 25%, programme included."""
    half = point({"eff_rtw_additional": 0.5}, anchor="none")
    whole = point({"eff_rtw_additional": 1.0}, anchor="none")
    one, other = (
        in_force(m, return_to_work_support=level) for m, level in ((half, 0.5), (whole, 0.25))
    )
    assert items(one) == pytest.approx(items(other))
    none = point({"eff_rtw_additional": 0.0}, anchor="none")
    assert total(in_force(none, return_to_work_support=1.0)) == total(none.base)


@pytest.mark.parametrize(
    ("evidence", "level"), [("eff_imaging_audit", 0.125), ("eff_imaging_form", 0.46)]
)
def test_the_levels_of_the_imaging_lever_are_what_feedback_and_a_form_achieved(evidence, level):
    """10% of all pictures is 0.1 / 0.8 = 0.125 of the avoidable; 36.8% is 0.368 / 0.8 = 0.46."""
    after = in_force(POINT, imaging_red_flags_only=level)
    gone = 1 - after.health["xrays"][0] / POINT.base.health["xrays"][0]
    assert gone == pytest.approx(PUBLISHED[evidence].base)
    lever = models.load_levers()["imaging_red_flags_only"]
    assert lever.trial_low <= level <= lever.trial_high < lever.max


def test_a_campaign_without_effect_costs_what_it_costs():
    """The Dutch trial's ratio of 1.00: nothing but the 6 million of the programme."""
    after = in_force(POINT, public_campaign=1.0)
    assert total(after) - total(POINT.base) == pytest.approx(6_000_000, abs=0.01)
