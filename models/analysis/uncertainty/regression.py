"""How an outcome depends on one input: a regression on the draws of one run.

An input is replaced by its normal score (the normal quantile of its rank), and an outcome is
regressed on Hermite polynomials of that score. This follows any smooth dependence, gives the same
result for a monotone transformation of the input, and needs one sort per input. Terms that do not
differ from 0 by more than chance are left out, so that noise is not taken for influence. Sources:
Strong, Oakley and Brennan 2014 (value of partial information by regression), Sudret 2008
(variance shares from polynomial coefficients).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

import numpy as np
from scipy import special

DEGREE = 3  # of the polynomials
STUDY_PREFIX = "study_sd_"  # assumption: how far single patients differ in the one named after it


def hermite(score: np.ndarray) -> np.ndarray:
    """Orthonormal Hermite polynomials of degree 1 to DEGREE of a normal score, (DEGREE, draws)."""
    terms = [np.ones_like(score), score]
    for k in range(1, DEGREE):
        terms.append((score * terms[k] - np.sqrt(k) * terms[k - 1]) / np.sqrt(k + 1))
    return np.stack(terms[1:])


@lru_cache(maxsize=4)
def _ladder(draws: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Scores of the ranks in order; their polynomials, centred; the inverse of the products."""
    score = special.ndtri((np.arange(draws) + 0.5) / draws)
    terms = hermite(score)
    terms -= terms.mean(axis=1, keepdims=True)
    return score, terms, np.linalg.pinv(terms @ terms.T)


def scores(values: np.ndarray) -> np.ndarray:
    """Normal scores of draws, (draws,)."""
    scores = np.empty(values.size)
    scores[np.argsort(values, kind="stable")] = _ladder(values.size)[0]
    return scores


class Slopes(NamedTuple):
    """Coefficients of the terms of one input and their squared t-values, (DEGREE, outcomes)."""

    coefficients: np.ndarray
    squared_t: np.ndarray


class VarianceEstimate(NamedTuple):
    """Share of a variance, 0 to 1, and its standard error."""

    share: float
    standard_error: float


def slopes(values: np.ndarray, outcomes: np.ndarray) -> Slopes:
    """Slopes of outcomes (outcomes, draws) on the terms of one input (draws,)."""
    draws = values.size
    _, terms, inverse = _ladder(draws)
    ordered = outcomes[:, np.argsort(values, kind="stable")]
    coefficients = inverse @ (terms @ ordered.T)
    explained = np.einsum("ko,ko->o", coefficients, terms @ ordered.T)
    centred = ordered - ordered.mean(axis=1, keepdims=True)
    left = np.maximum(np.einsum("od,od->o", centred, centred) - explained, 0)
    error = np.outer(np.diag(inverse), left / max(draws - DEGREE - 1, 1))
    squares = np.divide(
        coefficients**2, error, out=np.full_like(coefficients, np.inf), where=error > 0
    )
    return Slopes(coefficients, np.where(coefficients == 0, 0.0, squares))


def told_apart(squares: np.ndarray, draws: int) -> np.ndarray:
    """Which terms differ from 0 by more than chance: t squared above ln(draws), as in the BIC."""
    return np.greater(squares, np.log(max(draws, 2)))


# factors of a product: (input, which of its scores)
Term = tuple[tuple[str, int], ...]


class Fit:
    """Outcomes as a function of some inputs: main terms, and products of two linear terms.

    Main terms are kept where any outcome can tell them from 0; products are of inputs whose
    linear term is kept, and are kept on the same condition.
    """

    def __init__(self, inputs: Mapping[str, np.ndarray], outcomes: np.ndarray):
        self.draws = outcomes.shape[1]
        self.scores: dict[str, np.ndarray] = {}
        self.terms: list[Term] = []
        for name, values in inputs.items():
            clear = told_apart(slopes(values, outcomes).squared_t, self.draws).any(axis=1)
            if clear.any():
                self.scores[name] = scores(values)
                self.terms += [((name, int(k) + 1),) for k in np.flatnonzero(clear)]
        self.mean = outcomes.mean(axis=1)
        centred = outcomes - self.mean[:, None]
        linear = [factor for (factor,) in self.terms if factor[1] == 1]
        products: list[Term] = list(combinations(linear, 2))
        main = self._columns(self.scores, self.terms)
        self.offset, self.weights = _least_squares(main, centred)
        if products:
            columns = self._columns(self.scores, products)
            residual = centred - self.weights @ (main - self.offset[:, None])
            spread = columns.std(axis=1)
            slope = residual @ (columns - columns.mean(axis=1, keepdims=True)).T / self.draws
            error = residual.std(axis=1)[:, None] * spread / np.sqrt(self.draws)
            squares = np.divide(slope, error, out=np.zeros_like(slope), where=error > 0) ** 2
            clear = told_apart(squares, self.draws).any(axis=0)
            self.terms += [products[k] for k in np.flatnonzero(clear)]
            self.offset, self.weights = _least_squares(
                self._columns(self.scores, self.terms), centred
            )

    def _columns(self, at: Mapping[str, np.ndarray], terms: list) -> np.ndarray:
        if not terms:
            return np.empty((0, self.draws))
        powers = {name: hermite(score) for name, score in at.items()}
        return np.stack([np.prod([powers[n][k - 1] for n, k in term], axis=0) for term in terms])

    def fitted(self) -> np.ndarray:
        """Expected outcomes given these inputs, in every draw, (outcomes, draws)."""
        return self.seen(dict.fromkeys(self.scores, 1.0), self.scores)

    def seen(self, sharpness: Mapping[str, float], at: Mapping[str, np.ndarray]) -> np.ndarray:
        """Expected outcomes when a study shows each input with a correlation `sharpness` to it.

        `at` are the standardised findings. A Hermite term of degree k then shrinks by sharpness
        to the power k (Mehler), which is exact for normal inputs and data.
        """
        if not self.terms:
            return np.repeat(self.mean[:, None], self.draws, axis=1)
        shrunk = np.array(
            [np.prod([sharpness.get(n, 0.0) ** k for n, k in term]) for term in self.terms]
        )
        columns = self._columns(at, self.terms) - self.offset[:, None]
        return self.mean[:, None] + (self.weights * shrunk) @ columns


def _least_squares(columns: np.ndarray, centred: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Means of the columns and the weights (outcomes, columns) of the best fit."""
    offset = columns.mean(axis=1)
    free = columns - offset[:, None]
    return offset, centred @ free.T @ np.linalg.pinv(free @ free.T)


def first_order(
    inputs: Mapping[str, np.ndarray], outcome: np.ndarray
) -> dict[str, VarianceEstimate]:
    """Share of the variance of an outcome (draws,) that goes with each input.

    The main effect: the variance of the outcome's expectation given the input, over all of it.
    Estimator: sum of squared coefficients less their noise, of the terms told apart. The standard
    error is that of a squared correlation, 2 sqrt(s) (1 - s) / sqrt(draws).
    """
    draws, total = outcome.size, float(outcome.var())
    if total == 0:
        return dict.fromkeys(inputs, VarianceEstimate(0.0, 0.0))
    estimates = {}
    for name, values in inputs.items():
        slope = slopes(values, outcome[None])
        coefficients, squares = slope.coefficients[:, 0], slope.squared_t[:, 0]
        clear = told_apart(squares, draws)
        noise = np.divide(1, squares, out=np.zeros_like(squares), where=squares > 0)
        sizes = np.var(_ladder(draws)[1], axis=1) * coefficients**2 * (1 - noise)
        share = float(min(sizes[clear].sum() / total, 1.0)) if clear.any() else 0.0
        error = float(2 * np.sqrt(share) * (1 - share) / np.sqrt(draws))
        estimates[name] = VarianceEstimate(share, error)
    return estimates
