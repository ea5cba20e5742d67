"""A distribution from three quartiles, and several of them pooled linearly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy
from scipy import special

from models.formulas.distributions import quantile
from models.tables.assumptions import Assumption

QUARTILES = (0.25, 0.5, 0.75)
FAMILIES = ("beta", "gamma", "lognormal", "normal")


@dataclass(frozen=True)
class Fit:
    """A fitted distribution: its family, mean and coefficient of variation; mirrored if sign -1."""

    family: str
    mean: float
    cv: float
    sign: float = 1.0

    def at(self, u: float) -> float:
        """The quantile: the value with a chance `u` (0 to 1) below it."""
        chance = u if self.sign > 0 else 1 - u
        return self.sign * float(quantile(self.family, self.mean, self.cv, chance))

    def below(self, value: float) -> float:
        """The chance of a lower value."""
        x = self.sign * value
        chance = _cumulative(self.family, self.mean, self.cv, x)
        return chance if self.sign > 0 else 1 - chance

    @property
    def signed_mean(self) -> float:
        return self.sign * self.mean


def fit(row: Assumption, quartiles: Sequence[float]) -> Fit:
    """The member of the row's family whose quartiles lie nearest to those stated, least squares.

    Mean and spread are free, so that a family with two parameters meets three quartiles as well as
    it can. Values are in the unit of the row.
    """
    family = row.distribution if row.distribution in FAMILIES else "normal"
    sign = -1.0 if family != "normal" and quartiles[-1] <= 0 else 1.0
    stated = np.sort(sign * np.asarray(quartiles, float))
    width = stated[2] - stated[0]

    def mean_of(free: np.ndarray) -> float:
        if family == "beta":
            return float(special.expit(free[0]))
        return float(free[0] * width if family == "normal" else np.exp(free[0]))

    def misses(free: np.ndarray) -> np.ndarray:
        mean = mean_of(free)
        cv = _spread(family, mean, free[1], width)
        with np.errstate(all="ignore"):
            values = quantile(family, mean, cv, np.array(QUARTILES))
        return np.nan_to_num((values - stated) / width, nan=1e3, posinf=1e3, neginf=-1e3)

    middle = max(float(stated[1]), 1e-9) if family != "normal" else float(stated[1])
    if family == "beta":
        first = float(special.logit(min(middle, 1 - 1e-9)))
    else:
        first = float(middle / width if family == "normal" else np.log(middle))
    log_cv = np.log(width / (2 * special.ndtri(0.75)) / max(abs(middle), 1e-9))
    guess = np.array([first, 0.0 if family == "normal" else log_cv])
    solution = scipy.optimize.least_squares(misses, guess, xtol=1e-14, ftol=1e-14, gtol=1e-14).x
    mean = mean_of(solution)
    return Fit(family, mean, _spread(family, mean, solution[1], width), sign)


def _spread(family: str, mean: float, free: float, width: float) -> float:
    """The coefficient of variation for the unbounded number that the least squares vary."""
    if family == "normal":
        return float(np.exp(free) * width / (2 * special.ndtri(0.75)) / abs(mean or 1e-12))
    most = np.sqrt((1 - mean) / mean) * 0.95 if family == "beta" else 20.0
    return float(min(np.exp(free), most))


def _cumulative(family: str, mean: float, cv: float, x: float) -> float:
    """The chance of a value below x."""
    if family == "normal":
        return float(special.ndtr((x - mean) / (abs(mean) * cv)))
    if x <= 0:
        return 0.0
    if family == "lognormal":
        sigma2 = np.log1p(cv**2)
        return float(special.ndtr((np.log(x / mean) + sigma2 / 2) / np.sqrt(sigma2)))
    if family == "gamma":
        shape = cv**-2
        return float(special.gammainc(shape, x * shape / mean))
    concentration = (1 - mean) / (mean * cv**2) - 1
    return float(special.betainc(mean * concentration, (1 - mean) * concentration, min(x, 1.0)))


def pooled_at(fits: Sequence[Fit], u: float) -> float:
    """The quantile of the linear pool: the value with a chance `u` (0 to 1) below it."""
    ends = [fitted.at(u) for fitted in fits]
    low, high = min(ends), max(ends)
    if high - low <= 1e-12 * max(abs(low), abs(high), 1e-12):
        return low
    return float(scipy.optimize.brentq(
        lambda x: np.mean([fitted.below(x) for fitted in fits]) - u, low, high, xtol=1e-14
    ))  # fmt: skip
