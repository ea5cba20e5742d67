"""A. Inputs: every number is used, once, in its own unit, and none hides in the code."""

import ast

import numpy as np
import pytest

import models
from models.engine.cash import flows, rules_of
from models.engine.inputs import inputs
from models.formulas.distributions import TAIL, implied_interval
from models.formulas.draws import knots, parameter_draws
from models.paths import PACKAGE
from tests.verification.bench import LEVERS, PUBLISHED, STRONGEST, USED, in_force, items, point

# Which lines of cost a price moves, worked out from the method: a price that is also taken out of
# a published lump (pictures and rehabilitation out of secondary care, opioids out of medication)
# moves that lump the other way, because the money was in it already.
LINES = {
    "price_gp": {"gp"},
    "price_xray": {"xray", "secondary_care"},
    "price_mri": {"mri", "secondary_care"},
    "price_physio": {"physiotherapy"},
    "price_opioid_year": {"opioids", "other_medication"},
    "price_rehab_traject": {"pain_rehabilitation", "secondary_care"},
    "price_hour": {"sick_leave_acute", "sick_leave_chronic"},
    "sl_disability_output": {"disability"},
    "eff_opioid_harm_cost": {"opioid_harm"},
    "care_unproven_total": {"unproven_treatments"},
}
FORMULAS = ("people", "care", "absence_curve", "work", "health", "payers", "cash")
PLAIN = {0, 1, 2, 1e-7, 1e-12, 1e-300}  # nil, one, a square, and what keeps a division from nil


@pytest.mark.parametrize("name", LINES)
def test_A6_a_price_moves_its_own_line_and_no_other(name):
    before = items(point().base)
    after = items(point({name: 1.1 * PUBLISHED[name].base}).base)
    moved = {key for key in before if after[key] != pytest.approx(before[key], rel=1e-12)}
    assert moved == LINES[name]


@pytest.mark.parametrize("name", ["price_xray", "price_mri", "price_rehab_traject"])
def test_A6_money_inside_a_published_lump_is_not_counted_twice(name):
    """A dearer picture leaves the total of care alone: it was in the lump of secondary care."""
    before, after = (sum(items(m.base).values()) for m in (point(), point({name: 1.1 *
                     PUBLISHED[name].base})))  # fmt: skip
    share = PUBLISHED["care_rehab_overlap"].base if name == "price_rehab_traject" else 1.0
    own = {"price_xray": "xray", "price_mri": "mri", "price_rehab_traject": "pain_rehabilitation"}
    line = items(point().base)[own[name]]
    assert after - before == pytest.approx(0.1 * line * (1 - share), abs=0.01)


def test_A7_no_result_stays_when_every_input_changes():
    """A line that kept its value would come from a number hidden in the code."""
    smaller = {
        name: 0.93 * row.base
        for name, row in USED.items()
        if row.base and not name.startswith(("sl_S", "weeks_", "days_", "work_days", "mac_ageing_y",
                                             "first_year", "price_base_year", "wia_delay"))
    }  # fmt: skip
    before, after = point(), point(smaller)
    for key, amount in before.base.ledger.items():
        if amount[0]:
            assert after.base.ledger[key][0] != pytest.approx(amount[0], rel=1e-6), key
    for key, value in before.base.health.items():
        if value[0]:
            assert after.base.health[key][0] != pytest.approx(value[0], rel=1e-6), key


@pytest.mark.parametrize("module", FORMULAS)
def test_A7_formulas_hold_no_numbers(module):
    path = PACKAGE / "formulas" / f"{module}.py"
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and type(node.value) in (int, float)
    ]
    assert set(found) <= PLAIN


def test_A8_in_thousands_of_euros_every_cost_is_a_thousandth():
    euros = {name: row.base / 1000 for name, row in USED.items() if row.unit.startswith("EUR")}
    before, after = point().base, point(euros).base
    for key, amount in before.ledger.items():
        assert after.ledger[key][0] * 1000 == pytest.approx(amount[0], rel=1e-9)
    rules = rules_of(PUBLISHED, before.p)  # the maximum daily wage is in euros as well
    thousandths = flows(PUBLISHED, after, rules)
    for key, amount in flows(PUBLISHED, before, rules).items():
        assert thousandths[key][0] * 1000 == pytest.approx(amount[0], rel=1e-9)
    for key, value in before.health.items():
        assert after.health[key][0] == value[0]


def test_A8_a_unit_cannot_be_changed_in_a_file(tmp_path):
    models.load_assumptions().to_folder(tmp_path)
    file = next(p for p in tmp_path.glob("*.csv") if "price_hour," in p.read_text("utf-8-sig"))
    text = file.read_text(encoding="utf-8-sig")
    file.write_text(text.replace("EUR/hour", "kEUR/hour"), encoding="utf-8")
    with pytest.raises(models.DataError, match="EUR/hour"):
        models.load_assumptions(tmp_path)


@pytest.mark.parametrize("name", sorted(n for n, r in USED.items() if r.distribution != "fixed"))
def test_A12_draws_have_the_stated_mean_and_the_fitted_interval(name):
    row, n = PUBLISHED[name], 40_000
    drawn = parameter_draws(row, n, seed=11)
    error = drawn.std() / np.sqrt(n)
    assert abs(drawn.mean() - row.base) <= 5 * error
    low, high = implied_interval(row)
    ends = np.percentile(drawn, [2.5, 97.5])
    # the standard error of a percentile is at most a few per cent of the width at this n
    assert ends == pytest.approx([low, high], abs=0.06 * (high - low))


def test_A12_a_normal_interval_is_1_96_standard_errors():
    """Hand: 95% interval of width 2 x 1.959964 x sd."""
    assert pytest.approx(1.959964, abs=1e-6) == TAIL
    rows = [r for r in USED.values() if r.distribution == "normal"]
    assert rows
    for row in rows:
        sd = parameter_draws(row, 40_000, 3).std()
        assert sd == pytest.approx((row.high - row.low) / 3.919928, rel=0.03)


def test_A12_knots_of_the_absence_curve_have_their_stated_means():
    drawn = inputs(PUBLISHED, 40_000, 5, False)
    for week in knots(drawn):
        row = PUBLISHED[f"sl_S{week}"]
        assert drawn[row.parameter].mean() == pytest.approx(row.base, rel=0.03)


def test_A5_every_effect_of_a_lever_changes_that_lever():
    m = point()
    for name, lever in LEVERS.items():
        effects = {e.effect for e in lever.effects if e.effect}
        before = {**items(in_force(m, **{name: STRONGEST[name]}))}
        for effect in effects:
            base = PUBLISHED[effect].base
            other = point({effect: base + 0.1 * (1 - base if abs(base - 1) > 0.05 else 1)})
            after = items(in_force(other, **{name: STRONGEST[name]}))
            assert any(after[key] != pytest.approx(before[key], rel=1e-12) for key in before)
