"""Calibration by evidence: weights, resampling, and what an edit keeps of it."""

from __future__ import annotations

import math
import shutil
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from scipy import interpolate, special

import models
from models.engine import calibration
from models.engine.cash import flows
from models.engine.model import Model
from models.engine.options import ANCHORS, Options
from models.engine.run import catalogue_of
from models.formulas import base_case
from models.formulas.distributions import LEAST, SCORES, quantile, tabulated
from models.formulas.draws import PriorSample, draw
from tests.engine.conftest import POOL
from tests.engine.test_second_calculation import agree
from tests.support import second_calibration as again
from tests.support.custom import changed_data
from tests.support.second_run import Second

PUBLISHED = models.load_assumptions()
DATA = Path(__file__).parents[2] / "data"
CENT, SEED = 0.01, 5


def fresh() -> models.Assumptions:
    """The published assumptions without anything kept on them."""
    return PUBLISHED.with_values({})


@pytest.fixture(scope="module")
def prior_draws():
    return again.prior(POOL, SEED)


def one(p: dict, place: int) -> dict[str, float]:
    return {name: float(values[place]) for name, values in p.items()}


# -- the second calculation -------------------------------------------------------------------


def test_a_second_calibration_picks_the_same_draws(small, prior_draws):
    found = [again.quantities(one(prior_draws, i)) for i in range(POOL)]
    scores = [again.log_weight(values) for values in found]
    weights = [math.exp(score - max(scores)) for score in scores]
    used = fresh()
    ours = calibration.weigh(used, SEED)
    assert np.allclose(ours.weights, np.array(weights) / sum(weights), rtol=1e-6, atol=1e-12)
    assert calibration.selection(used, 500, SEED).rows.tolist() == again.places(weights, 500, SEED)
    kish = sum(weights) ** 2 / sum(w * w for w in weights)
    assert ours.effective == pytest.approx(kish, rel=1e-6)


@pytest.mark.parametrize("anchor", ANCHORS)
def test_a_second_calculation_agrees_to_the_cent_in_every_draw(small, prior_draws, anchor):
    draws, used = 12, fresh()
    m = Model(used, used, Options(draws=draws, seed=SEED, anchor=anchor))
    levers = catalogue_of(used)
    levels = {"return_to_work_support": 0.4, "stratified_care": 0.5}
    places = range(draws)
    if anchor == "evidence":
        scores = [again.log_weight(again.quantities(one(prior_draws, i))) for i in range(POOL)]
        places = again.places([math.exp(s - max(scores)) for s in scores], draws, SEED)
    state = m.steady(levels, levers, "independent")
    for i, place in enumerate(places):
        p, theirs = one(m.p, i), one(prior_draws, place)
        assert p == pytest.approx(theirs, rel=1e-8), f"{anchor}, draw {i}"
        mine = Second(p, p, anchor)
        for ours, other in ((mine.base(), m.base), (mine.in_force(levels), state)):
            for a, b in zip(ours, parts(other, i), strict=True):
                assert not agree(a, b, f"{anchor}, draw {i}")


def parts(state, i: int) -> tuple[dict, dict, dict]:
    """Ledger, flows of cash and health of one draw."""
    whole = state.ledger, flows(PUBLISHED, state), state.health
    return tuple({key: float(values[i]) for key, values in part.items()} for part in whole)


# -- the three old anchors ---------------------------------------------------------------------


def test_the_old_anchors_use_the_plain_prior_draws_to_the_bit():
    plain = draw(PUBLISHED, 400, 3)
    for anchor in ("total", "sick_leave", "none"):
        p = models.run(anchor=anchor, draws=400, seed=3).model.p
        assert all(np.array_equal(p[name], plain[name]) for name in plain)


def test_levers_at_today_change_nothing_under_every_anchor():
    today = {name: lever.today for name, lever in models.load_levers().items()}
    for anchor in ANCHORS:
        result = models.run(today, anchor=anchor, draws=200)
        assert not result.incremental.any()


def test_evidence_has_no_factor():
    result = models.run(anchor="evidence", draws=100)
    assert (result.model.factor == 1).all()
    assert result.calibration["factor"] == 1


# -- densities and resampling by hand ----------------------------------------------------------


def test_the_density_of_a_target_by_hand():
    """Mean 10, log variance v: density at x is exp(-(ln x - ln 10 + v/2)^2 / 2v) / x.

    With the 95% interval of a lognormal of log standard deviation 0.25 and mean 10:
    v = 0.0625, median 10 exp(-0.03125) = 9.692332, ends 9.692332 exp(-/+ 1.959964 x 0.25) =
    5.937832 and 15.820809. At x = 10 the exponent is -(0.03125)^2 / 0.125 = -0.0078125.
    """
    row = {"mean": "10", "low": "5.937832", "high": "15.820809"}
    mean, sigma = calibration.log_moments(row)
    assert sigma == pytest.approx(0.25, abs=1e-6)
    assert mean == pytest.approx(math.log(9.692332), abs=1e-6)
    score = calibration.log_density(row, np.array([10.0, 0.0, -1.0]))
    assert score[0] == pytest.approx(-math.log(10) - 0.0078125, abs=1e-6)
    assert score[1] == score[2] == -math.inf


def test_resampling_by_hand():
    """Weights 0.1, 0.5, 0.4 and four draws: the teeth stand a quarter apart from u / 4 on.

    Seed 1 gives u below; draws fall at u/4, u/4 + 1/4, ... and the edges are 0.1, 0.6 and 1.
    """
    from models.formulas.draws import uniform

    u = float(uniform("calibration", 1, 1)[0])
    teeth = [(k + u) / 4 for k in range(4)]
    expected = [0 if t < 0.1 else 1 if t < 0.6 else 2 for t in teeth]
    chosen = calibration.select(np.array([0.1, 0.5, 0.4]), 4, 1)
    assert chosen.rows.tolist() == expected


def test_equal_weights_pick_every_prior_draw_as_often():
    chosen = calibration.select(np.full(50, 0.02), 200, 9)
    assert np.bincount(chosen.rows).tolist() == [4] * 50


def test_kish_by_hand():
    """Weights 0.5, 0.25, 0.25: 1 / (0.25 + 0.0625 + 0.0625) = 2.6667 draws count."""
    scores = np.log([[0.5, 0.25, 0.25]])
    weighed = calibration.Weighed(({"id": "a"},), np.ones((2, 3)), scores)
    assert weighed.effective == pytest.approx(8 / 3)


def test_tabulated_quantiles_are_those_of_the_draws():
    sample = PriorSample(PUBLISHED, 500, 2)
    exact = draw(PUBLISHED, 500, 2)
    for name, values in exact.items():
        assert np.allclose(sample[name], values, rtol=1e-8, atol=0), name


def test_tabulated_quantiles_are_those_of_the_spline_itself():
    """The piece found by division is the one that SciPy finds by halving: the same digits."""
    end = special.ndtri(1 - LEAST)
    scores = np.linspace(-end, end, SCORES)
    u = np.r_[LEAST, special.ndtr(scores[1:-1:97]), np.linspace(0.001, 0.999, 5001), 1 - LEAST]
    quantiles = partial(quantile, "gamma", 3.0, 0.4)
    theirs = interpolate.CubicSpline(scores, quantiles(special.ndtr(scores)))
    assert np.allclose(tabulated(quantiles, u), theirs(special.ndtri(u)), rtol=1e-13, atol=0)


# -- what is held ------------------------------------------------------------------------------


def test_an_edit_keeps_its_draws_and_is_seen_in_the_total(small):
    """A day's pay a tenth higher: sick leave a tenth dearer in every draw, nothing else moves."""
    options = {"anchor": "evidence", "draws": 200, "seed": SEED}
    before = models.run(**options)
    dearer = PUBLISHED["price_hour"].base * 1.1
    after = models.run(set_assumptions={"price_hour": dearer}, **options)
    same = [n for n in before.model.p if n != "price_hour"]
    assert all(np.array_equal(before.model.p[n], after.model.p[n]) for n in same)
    for item in ("sick_leave_acute", "sick_leave_chronic"):
        was = sum(v for (name, _), v in before.base.ledger.items() if name == item)
        now = sum(v for (name, _), v in after.base.ledger.items() if name == item)
        assert np.allclose(now, 1.1 * was)


def test_recalibrate_weighs_again(small):
    options = {"anchor": "evidence", "draws": 300, "seed": SEED}
    more = {"sl_share": PUBLISHED["sl_share"].base * 1.5}
    held = models.run(set_assumptions=more, **options)
    fresh_weights = models.run(set_assumptions=more, recalibrate=True, **options)
    today = models.run(**options)
    days = [r.base.health["sick_days"].mean() for r in (today, fresh_weights, held)]
    assert days[0] < days[1] < days[2]  # the targets pull the edit back part of the way


def test_an_edited_target_weighs_again(tmp_path, small):
    edited = changed_data(tmp_path / "data", "5000000,3000000,8000000", "9000000,8000000,10000000")
    assert edited.hash != PUBLISHED.hash
    days = [
        models.run(assumptions=a, anchor="evidence", draws=300).base.health["sick_days"].mean()
        for a in (None, edited)
    ]
    assert days[1] > days[0] * 1.1


def test_targets_of_one_study_share_their_weight(tmp_path, small):
    edited = changed_data(tmp_path / "data", ",nvab_uwv,seen,1", ",cbs_nea,seen,1")
    alone, shared = (calibration.weigh(a, SEED) for a in (fresh(), edited))
    names = [row["study"] for row in shared.targets]
    assert names.count("cbs_nea") == 2
    for i, study in enumerate(names):
        part = 2 if study == "cbs_nea" else 1
        assert np.allclose(shared.scores[i] * part, alone.scores[i])


def test_no_target_in_use_is_the_prior(tmp_path, small):
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    path = folder / "targets.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",seen,1,", ",seen,0,")
                    .replace(",secondary,1,", ",secondary,0,"), encoding="utf-8")  # fmt: skip
    weighed = calibration.weigh(models.load_assumptions(folder), SEED)
    assert weighed.effective == pytest.approx(POOL)


def test_a_target_that_nothing_meets_leaves_few_draws_and_is_warned_about(tmp_path, small):
    edited = changed_data(tmp_path / "data", "5000000,3000000,8000000", "9e12,8.99e12,9.01e12")
    result = models.run(assumptions=edited, anchor="evidence", draws=10)
    assert result.calibration["effective_draws"] < 2
    assert "few_draws_count" in [one.key for one in models.warnings(result)]


def test_no_draw_at_all_that_agrees_is_an_error_in_words():
    with pytest.raises(models.UsageError, match="none of the prior draws"):
        calibration.Weighed(({"id": "a"},), np.zeros((2, 3)), np.full((1, 3), -np.inf)).without(())


@pytest.mark.parametrize(
    "old, new, row, column",
    [
        ("5000000,3000000,8000000", "9000000,3000000,8000000", "sick_days", "mean"),
        ("5000000,3000000,8000000", "5000000,0,8000000", "sick_days", "mean"),
        ("assessments/year", "persons", "wia_assessments", "unit"),
        ("spell_length,30,,", "spell_length,,,", "long_spells", "from_day"),
        ("wia_assessments,,,", "wia_assessments,,3,", "wia_assessments", "day"),
        ("sick_days,,,5000000", "sick_dagen,,,5000000", "sick_days", "quantity"),
        ("nvab_2021", "nvab_1821", "wia_assessments", "source"),
        (",seen,1,", ",seen,yes,", "wia_assessments", "use"),
    ],
)
def test_a_wrong_target_is_refused_with_its_place(tmp_path, old, new, row, column):
    with pytest.raises(models.DataError) as caught:
        changed_data(tmp_path / "data", old, new)
    assert [(one.file, one.key, one.column) for one in caught.value.findings] == [
        ("targets.csv", row, column)
    ]


def test_few_draws_that_count_are_warned_about(tmp_path, small):
    result = models.run(anchor="evidence", draws=50, seed=SEED)  # of 3,000 prior draws
    keys = [one.key for one in models.warnings(result)]
    assert keys[0] == "few_draws_count"
    assert result.calibration["warning"] is True


def test_quantities_have_their_unit_and_are_positive():
    base = base_case.base_case(draw(PUBLISHED, 50, 1), PUBLISHED.catalogue.care_by_rows)
    for row in PUBLISHED.catalogue["targets"]:
        assert base_case.QUANTITIES[row["quantity"]].unit == row["unit"]
        assert (base_case.quantity(row, base) > 0).all()


def test_the_length_of_long_spells_by_hand():
    """One knot after another with the same hazard: what is left is as long as from the start.

    Shares exp(-t / 10) at weeks 2 ... 104: left after week 30/7 = 10 (1 - exp(-(104 - 30/7) / 10))
    = 9.999533 weeks; in all 30 + 69.996731 = 99.99673 days.
    """
    from models.formulas.absence_curve import Curve, mean_weeks, share_at
    from models.formulas.people import ratio

    weeks = (0, 2, 4, 6, 12, 26, 52, 104)
    c = Curve(weeks, tuple(np.array([math.exp(-t / 10)]) for t in weeks))
    start = np.array([30 / 7])
    assert share_at(c, start)[0] == pytest.approx(math.exp(-3 / 7), rel=1e-12)
    left = ratio(mean_weeks(c) - mean_weeks(c, start), share_at(c, start))
    assert (start + left)[0] * 7 == pytest.approx(99.99673, abs=1e-4)
