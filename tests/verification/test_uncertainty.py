"""E. Uncertainty: the same seed the same bits, common draws, and intervals that mean something."""

import json
import os
import subprocess
import sys

import numpy as np
import pytest

import models
from models.analysis.uncertainty.sensitivity import tornado
from models.engine.options import MAX_DRAWS
from models.errors import UsageError
from models.formulas.draws import base_values, draw, parameter_draws
from tests.verification.bench import PUBLISHED, USED, run

PACKAGE = {"return_to_work_support": 0.5, "walking_programme": 0.2}


def in_another_process(**environment) -> dict:
    words = ["run", "--set", "return_to_work_support=0.5", "--draws", "300", "--format", "json"]
    done = subprocess.run(
        [sys.executable, "-m", "models", *words],
        env={**os.environ, **environment},
        capture_output=True,
        check=True,
        timeout=60,
    )
    return json.loads(done.stdout)


def test_E1_same_seed_same_bits_in_another_process_hash_seed_and_locale():
    here = json.loads(models.run(levers={"return_to_work_support": 0.5}, draws=300).to_json())
    assert in_another_process(PYTHONHASHSEED="1", OMP_NUM_THREADS="1") == here
    assert in_another_process(PYTHONHASHSEED="2", LC_ALL="C", TZ="Asia/Tokyo") == here


def test_E2_another_seed_differs_within_chance():
    first, second = (run(draws=4_000, seed=seed).base.total for seed in (1, 2))
    assert not (first == second).any()
    error = np.hypot(first.std(), second.std()) / np.sqrt(first.size)
    assert abs(first.mean() - second.mean()) < 4 * error


def test_E3_the_mean_is_near_the_point_estimate_with_its_skew_said():
    """The anchor is a gamma with mean 4.0 billion, so the total of today has no skew term."""
    result = run(draws=10_000, anchor="total")
    total = result.base.total
    point = float(result.point.base.total[0])
    assert abs(total.mean() - point) < 3 * total.std() / np.sqrt(total.size)
    # the difference of a package is a product of skewed inputs: within half a standard deviation
    package = run(PACKAGE, draws=10_000)
    m = package.point
    at_base = float((m.steady(package.levels, package.levers, "independent").total
                     - m.base.total)[0])  # fmt: skip
    assert abs(package.incremental.mean() - at_base) < 0.5 * package.incremental.std()


def fixed():
    frame = PUBLISHED.frame.copy()
    frame["low"], frame["high"], frame["distribution"] = frame["base"], frame["base"], "fixed"
    return models.Assumptions.from_frame(frame, baseline=PUBLISHED)


def test_E4_when_everything_is_known_there_is_no_width():
    result = models.run(levers=PACKAGE, assumptions=fixed(), draws=50, recalibrate=True)
    for quantity in ("base_case_total", "incremental_total"):
        row = result.headline[quantity]
        assert row["p2_5"] == row["p97_5"] == pytest.approx(row["mean"], rel=1e-12)
    assert np.ptp(result.incremental) == 0


def test_E5_more_draws_narrow_the_mean_not_the_interval():
    """The error of a mean falls like 1 / sqrt(n): 16 times the draws, a quarter."""
    means = {n: np.std([run(draws=n, seed=s).base.total.mean() for s in range(12)])
             for n in (100, 1_600)}  # fmt: skip
    assert 0.12 < means[1_600] / means[100] < 0.5
    few, many = (run(draws=n).headline["base_case_total"] for n in (5_000, 20_000))
    for end in ("p2_5", "p97_5"):
        assert few[end] == pytest.approx(many[end], rel=0.02)


def test_E6_every_draw_is_possible():
    drawn = draw(PUBLISHED, 5_000, 1)
    for name, row in USED.items():
        values = drawn[name]
        assert np.isfinite(values).all()
        least, most = row.support
        if row.distribution != "normal":  # growth may pass nil in a draw
            assert (values >= least).all() and (values <= most).all(), name
        if row.distribution in ("gamma", "lognormal") and row.base > 0:
            assert (values > 0).all()
        if row.distribution == "beta":
            assert ((values >= 0) & (values <= 1)).all()
    m = run(draws=5_000).model
    for split in m.shares.values():
        shares = [s for s in split.values() if s is not None]
        if shares:
            assert sum(shares) == pytest.approx(np.ones(5_000), rel=1e-12)
            assert all((s >= 0).all() for s in shares)
    curve = np.array(m.curve.shares)
    assert (np.diff(curve, axis=0) <= 0).all()


def test_E6_intervals_are_in_order_everywhere():
    result = run(PACKAGE, draws=500, years=1)
    for row in (result.headline[k] for k in ("base_case_total", "scenario_total")):
        assert row["p2_5"] < row["mean"] < row["p97_5"]
    ends = result.table[["p2_5", "p10", "p50", "p90", "p97_5"]].to_numpy()
    assert (np.diff(ends, axis=1) >= 0).all()


def test_E7_the_point_estimate_lies_within_every_shown_interval():
    result = run(PACKAGE, draws=5_000)
    m = result.point
    state = m.steady(result.levels, result.levers, "independent")
    for by in ("payer", "cost_item"):
        frame = result.summary("incremental", by)
        at = 1 if by == "payer" else 0
        for name, row in frame.iterrows():
            value = sum(
                float(amount[0]) - float(m.base.ledger.get(key, np.zeros(1))[0])
                for key, amount in state.ledger.items()
                if key[at] == name
            )
            slack = 1e-6 * abs(value) + 0.01
            assert row["p2_5"] - slack <= value <= row["p97_5"] + slack


def test_E8_one_way_swings_explain_the_variance_when_nearly_linear():
    """Three narrow normal inputs, the rest known: a 95% range is 3.92 standard deviations, and
    variances add up."""
    frame = fixed().frame.copy()
    for name in ("price_hour", "price_physio", "sl_disability_output"):
        row = frame["parameter"] == name
        frame.loc[row, "low"], frame.loc[row, "high"] = (f * frame.loc[row, "base"] for f in
                                                         (0.95, 1.05))  # fmt: skip
        frame.loc[row, "distribution"] = "normal"
    used = models.Assumptions.from_frame(frame, baseline=PUBLISHED)
    result = models.run(assumptions=used, draws=8_000, anchor="none")
    bars = tornado(result)["bars"]
    assert len(bars) == 3
    explained = sum(((bar["high"] - bar["low"]) / 3.919928) ** 2 for bar in bars)
    assert explained == pytest.approx(result.base.total.var(), rel=0.05)


def test_E8_the_order_is_stable_across_seeds():
    first, second = (
        [b["parameter"] for b in tornado(run(PACKAGE, draws=500, seed=s))["bars"]][:2]
        for s in (1, 2)
    )
    assert set(first) == set(second)


def test_E10_an_edit_leaves_the_other_streams_alone():
    before = draw(PUBLISHED, 500, 1)
    edited = PUBLISHED.with_values({"price_hour": 41.0})
    after = draw(edited, 500, 1)
    assert not (before["price_hour"] == after["price_hour"]).any()
    others = [name for name in before if name != "price_hour"]
    assert all((before[name] == after[name]).all() for name in others)
    backwards = models.Assumptions.from_frame(PUBLISHED.frame.iloc[::-1], baseline=PUBLISHED)
    reordered = draw(backwards, 500, 1)
    assert all((before[name] == reordered[name]).all() for name in before)


def test_E10_more_draws_begin_with_the_same_ones():
    row = PUBLISHED["price_hour"]
    assert (parameter_draws(row, 100, 1) == parameter_draws(row, 1_000, 1)[:100]).all()


def test_E11_one_draw_and_the_most_run_and_more_is_refused():
    assert models.run(draws=1).headline["base_case_total"]["mean"] > 0
    assert np.isfinite(models.run(draws=MAX_DRAWS).headline["base_case_total"]["mean"])
    with pytest.raises(UsageError, match="draws"):
        models.run(draws=MAX_DRAWS + 1)
    with pytest.raises(UsageError, match="draws"):
        models.run(draws=0)


def test_base_values_are_the_stated_ones():
    found = base_values(PUBLISHED)
    assert {name: value[0] for name, value in found.items()} == {n: r.base for n, r in USED.items()}
