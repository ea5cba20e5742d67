"""What it is worth to know some inputs before choosing, from the draws of one run.

In each draw an informed chooser takes the option that looks best on what is known; the gain over
the option that is best on average, in that same draw, is what the knowledge brings. So a part is
never worth more than the whole, and more knowledge never less than a part of it.

The choice of the informed chooser comes from a regression on the draws of the run (`regression`).
A regression is never a perfect rule, so the worth is biased downward: more so for a set of inputs
that act together in ways the regression leaves out (products of more than two inputs). Standard
errors are those of the mean gain over draws, for this rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from scipy import special

from models.analysis.uncertainty.regression import Fit
from models.formulas.draws import uniform


class Worth(NamedTuple):
    """What it is worth to know something, and its standard error, EUR a year."""

    value: float
    standard_error: float


def gain(benefit: np.ndarray, rule: np.ndarray) -> Worth:
    """Mean gain of choosing by `rule` over always choosing the option that is best on average.

    `benefit` is (options, draws), EUR a year; `rule` (draws,) has the index of the chosen option.
    """
    best = int(np.argmax(benefit.mean(axis=1)))
    gained = np.take_along_axis(benefit, rule[None], axis=0)[0] - benefit[best]
    error = float(gained.std() / np.sqrt(gained.size))
    return Worth(max(float(gained.mean()), 0.0), error)


def against_first(benefit: np.ndarray) -> np.ndarray:
    """Benefit (options, draws) less that of the first option.

    What all options share does not affect the choice, and its noise would hide from the regression
    how the options differ.
    """
    return benefit - benefit[0]


def evpi(benefit: np.ndarray) -> Worth:
    """Expected value of knowing everything: E[max] - max E; `benefit` is (options, draws)."""
    return gain(benefit, np.argmax(benefit, axis=0))


def evppi(benefit: np.ndarray, inputs: Mapping[str, np.ndarray]) -> Worth:
    """Expected value of knowing these inputs (name -> draws) exactly, alone or together.

    `benefit` may be absolute or against any option: what all options share is taken out first.
    """
    against = against_first(benefit)
    return gain(against, np.argmax(Fit(inputs, against).fitted(), axis=0))


def evsi(
    benefit: np.ndarray,
    inputs: Mapping[str, np.ndarray],
    prior_patients: Mapping[str, float],
    patients: float,
    seed: int = 1,
) -> Worth:
    """Expected value of a study of so many patients that sees these inputs.

    `prior_patients`: to how many patients of such a study today's knowledge of an input amounts,
    that is, variance between patients over variance of belief. The study's finding then
    correlates with the truth by sqrt(n / (n + prior)), and in every draw a finding is imagined,
    the choice made on it, and the gain in that draw counted. Exact for normal beliefs and data
    (conjugate); for others an approximation on the scale of normal scores.
    """
    benefit = against_first(benefit)
    fit = Fit(inputs, benefit)
    sharp, values = {}, {}
    for name, score in fit.scores.items():
        sharp[name] = np.sqrt(patients / (patients + prior_patients[name])) if patients else 0.0
        noise = special.ndtri(uniform(f"study/{name}", score.size, seed))
        values[name] = sharp[name] * score + np.sqrt(1 - sharp[name] ** 2) * noise
    return gain(benefit, np.argmax(fit.seen(sharp, values), axis=0))
