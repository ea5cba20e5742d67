"""Pooling of trials: by hand for two, and beside R's metafor for more."""

import csv
import math
from pathlib import Path

import pytest

from models.analysis.evidence.pooling import pool, standard_error
from models.errors import UsageError

CASES = Path(__file__).parents[2] / "cases"
T1 = math.tan(math.pi * 0.475)  # t with one degree of freedom (Cauchy): 12.706


def rows(name: str) -> list[dict]:
    with (CASES / name).open(newline="") as file:
        return list(csv.DictReader(file))


def test_two_trials_that_agree_by_hand():
    """Effects 1 and 2, errors 1 and 2: weights 1 and 1/4, mean (1 + 2/4) / 1.25 = 1.2.

    Q = 1 x 0.2^2 + 0.8^2 / 4 = 0.04 + 0.16 = 0.2, below 1: tau is 0. Variance by Hartung and Knapp
    Q / 1 / 1.25 = 0.16, so the ends lie 12.706 x 0.4 from the mean; by the errors alone
    12.706 x sqrt(1 / 1.25).
    """
    found = pool([1, 2], [1, 2], ratio=False)
    assert (found.estimate, found.tau, found.i2) == (pytest.approx(1.2), 0, 0)
    assert found.q == pytest.approx(0.2)
    assert (found.low, found.high) == pytest.approx((1.2 - T1 * 0.4, 1.2 + T1 * 0.4))
    assert found.cautious_high == pytest.approx(1.2 + T1 * 0.8**0.5)
    assert (found.predicted_low, found.predicted_high) == pytest.approx((found.low, found.high))


def test_two_trials_that_differ_by_hand():
    """Effects 0 and 4, errors 1 and 1. Paule and Mandel: Q = (4^2 / 2) / (1 + tau2) = 1: tau2 = 7.

    Mean 2; weights 1/8 each, so the variance is 1 / (2/8) = 4 and the ends 12.706 x 2 away. In a
    next place 12.706 x sqrt(7 + 4). Q with equal errors is 8: I2 = (8 - 1) / 8.
    """
    found = pool([0, 4], [1, 1], ratio=False)
    assert found.tau**2 == pytest.approx(7)
    assert (found.estimate, found.high) == pytest.approx((2, 2 + T1 * 2))
    assert found.predicted_high == pytest.approx(2 + T1 * 11**0.5)
    assert found.i2 == pytest.approx(7 / 8)


@pytest.mark.parametrize("expected", rows("metafor.csv"), ids=lambda row: row["set"])
def test_the_same_as_metafor(expected):
    some = [row for row in rows("metafor_input.csv") if row["set"] == expected["set"]]
    found = pool([float(r["effect"]) for r in some], [float(r["error"]) for r in some], ratio=False)
    for name, text in expected.items():
        if name not in ("set", "trials"):
            assert found[name] == pytest.approx(float(text), rel=1e-6, abs=1e-7), name


def test_a_ratio_is_pooled_as_a_logarithm():
    """Two trials of 2 and 8 with equal errors: sqrt(2 x 8) = 4."""
    assert pool([math.log(2), math.log(8)], [0.3, 0.3], ratio=True).estimate == pytest.approx(4)


def test_what_cannot_be_pooled_is_said():
    with pytest.raises(UsageError, match="1 trials to pool; pooling needs 2"):
        pool([1], [1], ratio=False)
    with pytest.raises(UsageError, match="standard error"):
        pool([1, 2], [0, 1], ratio=False)


def test_the_standard_error_of_an_interval():
    """A 95% interval of 2 x 1.959964 wide is one standard error to each side."""
    assert standard_error(-1.959964, 1.959964) == pytest.approx(1, rel=1e-6)
