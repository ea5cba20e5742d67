"""D. Several levers at once: nothing is saved twice, in any order, and no cost falls below zero."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.verification.bench import LEVERS, STRONGEST, in_force, items, point, run, saved, total
from tests.verification.test_levers import ALL, POINT, RULES

PAIRS = (  # two levers on one thing, and the measure in which both save
    ({"stratified_care": 1.0, "public_campaign": 1.0}, "sick_days"),
    ({"return_to_work_support": 0.5, "public_campaign": 1.0}, "sick_days"),
    ({"return_to_work_support": 0.5, "walking_programme": 0.3}, "sick_days"),
    ({"imaging_red_flags_only": 0.5, "xray_share": 0.05}, "xrays"),
    ({"imaging_red_flags_only": 0.5, "mri_share": 0.01}, "mris"),
)


@pytest.mark.parametrize("overlap", ["independent", "best_only"])
@pytest.mark.parametrize("pair, measure", PAIRS, ids=lambda x: x if isinstance(x, str) else "")
def test_D8_what_two_levers_both_save_is_not_counted_twice(pair, measure, overlap):
    """Together they save less than each alone added up, and no less than the better of the two."""
    m = point({"eff_campaign_spells": 0.95}, anchor="total")  # today's base value does nothing
    each = [saved(m, measure, overlap, **{n: v}) for n, v in pair.items()]
    assert min(each) > 0
    assert max(each) * (1 - 1e-9) <= saved(m, measure, overlap, **pair) < sum(each)


def test_D8_declared_additive_two_levers_on_one_parameter_add_up():
    pair = {"imaging_red_flags_only": 0.2, "xray_share": 0.09}
    each = [saved(POINT, "xrays", "additive", **{n: v}) for n, v in pair.items()]
    assert saved(POINT, "xrays", "additive", **pair) == pytest.approx(sum(each), rel=1e-9)


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_D9_the_order_of_levers_does_not_matter(data):
    names = data.draw(
        st.lists(st.sampled_from(sorted(LEVERS)), min_size=2, max_size=5, unique=True)
    )
    overlap = data.draw(st.sampled_from(RULES))
    package = {name: STRONGEST[name] for name in names}
    back = dict(reversed(package.items()))
    first, second = (total(in_force(POINT, overlap, **p)) for p in (package, back))
    assert first == pytest.approx(second, rel=1e-12)


@pytest.mark.parametrize("overlap", RULES)
def test_D10_no_line_falls_below_nil(overlap):
    for package in (*({n: v} for n, v in STRONGEST.items()), ALL):
        result = run(package, draws=500, overlap=overlap)
        assert all((v >= -1e-6).all() for v in result.scenario.ledger.values())
        days = result.scenario.health["sick_days"]
        assert (days >= -1e-6).all()


def test_D10_no_line_falls_below_nil_though_an_effect_is_absurd():
    """A ratio of 1,000 on pictures would take away more sick days than there are."""
    m = point({"eff_imaging_absence_rct": 1_000.0, "eff_early_physio_absence": 1_000.0})
    for package in ({"xray_share": 0.0, "mri_share": 0.0}, {"physio_basic_package": 1.0}):
        state = in_force(m, **package)
        assert all(v >= 0 for v in items(state).values())
        assert state.health["sick_days"][0] >= 0
