"""Regression on draws at hand, against cases with a known answer."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.analysis.uncertainty.regression import DEGREE, Fit, first_order, hermite, scores

N = 10_000
RNG = np.random.default_rng(7)
X, Y, Z = RNG.standard_normal((3, N))


def test_hermite_polynomials_are_the_known_ones():
    """Hand: x, (x^2 - 1) / sqrt(2), (x^3 - 3 x) / sqrt(6)."""
    x = np.array([-2.0, 0.0, 0.5, 3.0])
    first, second, third = hermite(x)
    assert DEGREE == 3
    assert first == pytest.approx(x)
    assert second == pytest.approx((x**2 - 1) / np.sqrt(2))
    assert third == pytest.approx((x**3 - 3 * x) / np.sqrt(6))


def test_scores_are_normal_and_keep_the_order():
    found = scores(np.array([5.0, 1.0, 3.0]))
    # hand: ranks 2, 0, 1 of three; normal quantiles of 5/6, 1/6, 1/2
    assert found == pytest.approx([0.967422, -0.967422, 0.0], abs=1e-6)


def test_variance_shares_of_a_linear_sum_are_its_squared_weights():
    """3 x + 2 y + z: variances 9, 4 and 1 of 14; an input that is not in it has none."""
    idle = np.random.default_rng(8).standard_normal(N)
    found = first_order({"x": X, "y": Y, "z": Z, "idle": idle}, 3 * X + 2 * Y + Z)
    for name, share in {"x": 9 / 14, "y": 4 / 14, "z": 1 / 14}.items():
        assert abs(found[name][0] - share) < 4 * found[name][1]
    assert found["idle"] == (0.0, 0.0)


def test_variance_shares_of_a_product():
    """(2 + x)(2 + y): variance 25 - 16 = 9, of which 4 goes with each alone and 1 with both."""
    found = first_order({"x": X, "y": Y}, (2 + X) * (2 + Y))
    for share, error in found.values():
        assert abs(share - 4 / 9) < 4 * error


def test_waves_get_less_than_their_share_and_never_more():
    """Ishigami: sin x1 + 7 sin(x2)^2 + 0.1 x3^4 sin x1, uniform on -pi to pi; S1 = 0.3139,
    S2 = 0.4424, S3 = 0. Whole waves are not what an assumption does; a cubic does not follow."""
    x1, x2, x3 = np.random.default_rng(3).uniform(-np.pi, np.pi, (3, N))
    outcome = np.sin(x1) + 7 * np.sin(x2) ** 2 + 0.1 * x3**4 * np.sin(x1)
    found = first_order({"x1": x1, "x2": x2, "x3": x3}, outcome)
    assert 0.1 < found["x1"][0] <= 0.3139
    assert found["x2"][0] <= 0.4424
    assert found["x3"][0] == 0


@given(st.integers(0, 1000), st.sampled_from([np.exp, np.arctan, lambda v: v**3]))
@settings(max_examples=15, deadline=None)
def test_another_scale_of_an_input_changes_nothing(seed, scale):
    x, y = np.random.default_rng(seed).standard_normal((2, 400))
    outcome = x + 0.5 * y
    assert first_order({"x": scale(x)}, outcome) == first_order({"x": x}, outcome)


def test_nothing_that_varies_has_no_shares():
    assert first_order({"x": X}, np.full(N, 3.0)) == {"x": (0.0, 0.0)}


def test_a_fit_finds_sums_and_products():
    outcome = np.stack([np.zeros(N), 2 + X - 0.5 * Y + 0.8 * X * Y + 0.1 * Z])
    fitted = Fit({"x": X, "y": Y}, outcome).fitted()
    assert fitted[0] == pytest.approx(np.zeros(N), abs=1e-12)
    expected = 2 + X - 0.5 * Y + 0.8 * X * Y
    assert np.corrcoef(fitted[1], expected)[0, 1] > 0.999
    assert fitted[1].mean() == pytest.approx(outcome[1].mean())


def test_a_study_that_shows_nothing_leaves_the_mean():
    fit = Fit({"x": X}, np.stack([np.zeros(N), X]))
    blunt = fit.seen({"x": 0.0}, {"x": np.ones(N)})
    assert blunt[1] == pytest.approx(np.full(N, X.mean()))
