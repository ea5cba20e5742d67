"""From the mean and interval of a row to a distribution and its quantiles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import scipy  # its optimize and interpolate are loaded where a fit is first made
from scipy import special

from models.caching import cached

NOISE = 1e-6
MISFIT = 0.15  # a row is listed when its interval misses by more than this part of its width
TAIL = special.ndtri(0.975)
LEAST = 1e-12  # no uniform lies nearer to 0 or 1
SCORES = 4097  # normal scores at which a quantile function is tabulated

Quantiles = Callable[[np.ndarray], np.ndarray]  # cumulative probabilities -> values


def exact(quantiles: Quantiles, u: np.ndarray) -> np.ndarray:
    """Values at the probabilities `u`, each by the quantile function itself."""
    return quantiles(u)


def tabulated(quantiles: Quantiles, u: np.ndarray) -> np.ndarray:
    """Values at the probabilities `u` to about ten digits and many times as fast as `exact`.

    A cubic spline over normal scores. The spline's own call searches the piece of every value by
    halving; the pieces are equally long, so a division finds it, and the same polynomial gives the
    same digits.
    """
    end = special.ndtri(1 - LEAST)
    scores = np.linspace(-end, end, SCORES)
    spline = scipy.interpolate.CubicSpline(scores, quantiles(special.ndtr(scores)))
    score = special.ndtri(u)
    piece = ((score + end) / (scores[1] - scores[0])).astype(np.intp).clip(0, SCORES - 2)
    cubic, square, slope, start = (terms.take(piece) for terms in spline.c)
    past = score - scores.take(piece)
    return start + slope * past + square * (past * past) + cubic * (past * past * past)


def quantile(family: str, mean: float, cv: float | np.ndarray, u) -> np.ndarray:
    """Quantiles at cumulative probabilities `u`, (draws,), of a family with this mean and spread.

    `family` is normal, lognormal, gamma or beta; `cv` is the coefficient of variation.
    """
    if family == "normal":
        return mean + abs(mean) * cv * special.ndtri(u)
    if family == "lognormal":
        sigma2 = np.log1p(cv**2)
        return mean * np.exp(np.sqrt(sigma2) * special.ndtri(u) - sigma2 / 2)
    if family == "gamma":
        shape = cv**-2
        return special.gammaincinv(shape, u) * (mean / shape)
    if family == "beta":
        concentration = (1 - mean) / (mean * cv**2) - 1
        return special.betaincinv(mean * concentration, (1 - mean) * concentration, u)
    raise ValueError(f"unknown distribution {family!r}")


@lru_cache(maxsize=4096)  # an iterative search; all combinations of rows repeat the same fits
def fit(family: str, mean: float, low: float, high: float) -> float:
    """Coefficient of variation whose central 95% interval is as wide as [low, high].

    The mean is kept; where no member of the family is that wide, the widest that is still
    unimodal in practice is taken. Returns 0 for a degenerate row.
    """
    size, width = abs(mean), high - low
    if width <= 0 or size == 0:
        return 0.0
    if family == "normal":
        return width / (2 * TAIL) / size
    largest = np.sqrt((1 - size) / size) * 0.95 if family == "beta" else 2.0
    tails = np.array([0.025, 0.975])

    def miss(cv: float) -> float:
        lo, hi = quantile(family, size, cv, tails)
        return float(hi - lo - width)

    # skewed families have their widest interval at a middle spread: take the least one that fits
    spreads = np.geomspace(1e-6, largest, 40)
    ends = quantile(family, size, spreads[:, np.newaxis], tails)
    misses = ends[:, 1] - ends[:, 0] - width
    if (misses > 0).any():
        first = int(np.argmax(misses > 0))
        if first == 0:
            return float(spreads[0])
        return float(scipy.optimize.brentq(miss, spreads[first - 1], spreads[first], xtol=1e-10))
    around = int(np.argmax(misses))
    bounds = spreads[max(around - 1, 0)], spreads[min(around + 1, spreads.size - 1)]
    return float(
        scipy.optimize.minimize_scalar(lambda cv: -miss(cv), bounds=bounds, method="bounded").x
    )


@dataclass(frozen=True)
class Fitted:
    """The distribution of an assumption: a family with the row's mean, mirrored or shifted."""

    family: str
    sign: float  # -1 for a row below 0
    least: float  # lower bound of all values, such as 1 for people enrolled per one who stays
    mean: float  # above `least`
    cv: float

    def at(self, u) -> np.ndarray:
        """The value at these cumulative probabilities, in the unit of the row."""
        return self.sign * (self.least + quantile(self.family, self.mean, self.cv, u))


def fitted(row) -> Fitted | None:
    """The distribution of an assumption; None for a fixed number."""
    if row.distribution == "fixed" or row.low == row.high or row.base == 0:
        return None
    sign = -1.0 if row.base < 0 and row.distribution != "normal" else 1.0
    least = max(row.support[0], 0.0) if row.distribution in ("gamma", "lognormal") else 0.0
    mean = sign * row.base - least
    cv = fit(row.distribution, mean, *sorted((sign * row.low, sign * row.high)))
    return Fitted(row.distribution, sign, least, mean, cv) if cv > 0 else None


def implied_interval(row) -> tuple[float, float]:
    """95% interval of the fitted distribution of an assumption, in its own unit."""
    distribution = fitted(row)
    if distribution is None:
        return row.base, row.base
    ends = distribution.at(np.array([0.025, 0.975]))
    return float(min(ends)), float(max(ends))


@cached(most=1)
def density(row, points: int = 81) -> tuple[np.ndarray, np.ndarray]:
    """Values of an assumption and their probability density for a picture; empty when fixed.

    Shapes (points,); values in the unit of the row. The middle 99% of the fitted distribution;
    knots of the absence curve are drawn relative to each other, so theirs is a picture of the
    stated range.
    """
    distribution = fitted(row)
    if distribution is None:
        return np.empty(0), np.empty(0)
    end = special.ndtri(0.995)
    score = np.linspace(-end, end, points)
    values = distribution.at(special.ndtr(score))
    if distribution.sign < 0:
        values = values[::-1]
    slope = np.gradient(values, score)
    steep = slope > NOISE * (
        values[-1] - values[0]
    )  # the density of a beta may rise to infinity at an end
    return values[steep], np.exp(-(score[steep] ** 2) / 2) / slope[steep]


def misfits(assumptions: Mapping) -> list[dict]:
    """Rows whose stated interval no distribution with their mean reproduces."""
    misfits = []
    for name, row in assumptions.items():
        if row.distribution == "fixed" or row.group == "context":
            continue
        low, high = implied_interval(row)
        width = row.high - row.low
        if width and max(abs(low - row.low), abs(high - row.high)) > MISFIT * width:
            misfits.append(
                {"parameter": name, "stated": (row.low, row.high), "fitted": (low, high)}
            )
    return misfits
