"""Draws: one joint set of all inputs per draw, each parameter from a stream of its own name."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType

import numpy as np
from scipy import interpolate, optimize, special

from models.caching import cached

KNOT_PREFIX = "sl_S"
NOISE = 1e-6
MISFIT = 0.15  # a row is listed when its interval misses by more than this part of its width
TAIL = special.ndtri(0.975)
LEAST = 1e-12  # no uniform lies nearer to 0 or 1
NO_MIXING: Mapping = MappingProxyType({})
SCORES = 4097  # normal scores at which a quantile function is tabulated


@dataclass(frozen=True)
class Selection:
    """Draws picked from a larger prior sample: the same places of every parameter's stream."""

    pool: int  # draws of the prior sample
    key: str  # names the rows: two selections with one key are the same
    rows: np.ndarray = field(compare=False, repr=False)  # places in the prior sample, (draws,)


def uniform(name: str, draws: int, seed: int, chosen: Selection | None = None) -> np.ndarray:
    """`draws` uniforms in (0, 1) that depend on the seed and the name alone; a prefix is stable.

    With `chosen` those at its places in the stream, as many as it has.
    """
    digest = hashlib.sha256(f"{seed}/{name}".encode()).digest()
    stream = np.random.Generator(np.random.Philox(key=int.from_bytes(digest[:16], "big")))
    values = stream.random(draws if chosen is None else chosen.pool)
    return np.clip(values if chosen is None else values[chosen.rows], LEAST, 1 - LEAST)


Mix = tuple[tuple[str, float], ...]  # streams with their weights, squares summing to 1


def mixed(mix: Mix, draws: int, seed: int, chosen: Selection | None = None) -> np.ndarray:
    """Uniforms whose normal score is a weighted sum of the scores of several named streams."""
    scores = sum(weight * special.ndtri(uniform(name, draws, seed, chosen)) for name, weight in mix)
    return np.clip(special.ndtr(scores), LEAST, 1 - LEAST)


def copula(pairs: Mapping[tuple[str, str], float]) -> dict[str, Mix]:
    """How to mix the streams of parameters whose rank correlations are given; Gaussian copula.

    Spearman's rho becomes the correlation 2 sin(pi rho / 6) of normal scores; the streams are
    mixed by the Cholesky factor, names in alphabetical order. Raises numpy's LinAlgError when
    the correlations cannot be together.
    """
    names = sorted({name for pair in pairs for name in pair})
    matrix = np.eye(len(names))
    for (first, second), rho in pairs.items():
        i, j = names.index(first), names.index(second)
        matrix[i, j] = matrix[j, i] = 2 * np.sin(np.pi * rho / 6)
    factor = np.linalg.cholesky(matrix) if names else matrix
    return {
        name: tuple((names[j], float(factor[i, j])) for j in range(i + 1) if factor[i, j])
        for i, name in enumerate(names)
    }


Quantiles = Callable[[np.ndarray], np.ndarray]  # cumulative probabilities -> values


def exact(quantiles: Quantiles, u: np.ndarray) -> np.ndarray:
    """The quantile function at each probability."""
    return quantiles(u)


def tabulated(quantiles: Quantiles, u: np.ndarray) -> np.ndarray:
    """The same to about ten digits and seven times as fast: a cubic spline over normal scores."""
    end = special.ndtri(1 - LEAST)
    scores = np.linspace(-end, end, SCORES)
    spline = interpolate.CubicSpline(scores, quantiles(special.ndtr(scores)))
    return spline(special.ndtri(u))


def _quantile(family: str, mean: float, cv: float, u) -> np.ndarray:
    """Quantiles of a family with this mean and coefficient of variation."""
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
        lo, hi = _quantile(family, size, cv, tails)
        return float(hi - lo - width)

    # skewed families are widest somewhere in between: the least spread that is wide enough counts
    spreads = np.geomspace(1e-6, largest, 40)
    misses = np.array([miss(cv) for cv in spreads])
    if (misses > 0).any():
        first = int(np.argmax(misses > 0))
        if first == 0:
            return float(spreads[0])
        return float(optimize.brentq(miss, spreads[first - 1], spreads[first], xtol=1e-10))
    around = int(np.argmax(misses))
    bounds = spreads[max(around - 1, 0)], spreads[min(around + 1, spreads.size - 1)]
    return float(optimize.minimize_scalar(lambda cv: -miss(cv), bounds=bounds, method="bounded").x)


@dataclass(frozen=True)
class Fitted:
    """What an assumption is drawn from: a family with the row's mean, mirrored or moved up."""

    family: str
    sign: float  # -1 for a row below 0
    least: float  # what no value can be below, such as 1 for people enrolled per one who stays
    mean: float  # above `least`
    cv: float

    def at(self, u) -> np.ndarray:
        """The value at these cumulative probabilities, in the unit of the row."""
        return self.sign * (self.least + _quantile(self.family, self.mean, self.cv, u))


def fitted(row) -> Fitted | None:
    """The distribution of an assumption; None where nothing is drawn."""
    if row.distribution == "fixed" or row.low == row.high or row.base == 0:
        return None
    sign = -1.0 if row.base < 0 and row.distribution != "normal" else 1.0
    least = max(row.support[0], 0.0) if row.distribution in ("gamma", "lognormal") else 0.0
    mean = sign * row.base - least
    cv = fit(row.distribution, mean, *sorted((sign * row.low, sign * row.high)))
    return Fitted(row.distribution, sign, least, mean, cv) if cv > 0 else None


def implied_interval(row) -> tuple[float, float]:
    """95% interval of the fitted distribution of an assumption, in its own unit."""
    found = fitted(row)
    if found is None:
        return row.base, row.base
    ends = found.at(np.array([0.025, 0.975]))
    return float(min(ends)), float(max(ends))


@cached(most=1)
def density(row, points: int = 81) -> tuple[np.ndarray, np.ndarray]:
    """Values of an assumption and how likely each is, as drawn, for a picture; nothing when fixed.

    Shapes (points,). The middle 99% of the fitted distribution; the knots of the absence curve are
    drawn relative to each other, so for those it is the picture of the stated range.
    """
    found = fitted(row)
    if found is None:
        return np.empty(0), np.empty(0)
    end = special.ndtri(0.995)
    score = np.linspace(-end, end, points)
    values = found.at(special.ndtr(score))
    if found.sign < 0:
        values = values[::-1]
    slope = np.gradient(values, score)
    steep = slope > NOISE * (values[-1] - values[0])  # a beta may heap up at an end of its range
    return values[steep], np.exp(-(score[steep] ** 2) / 2) / slope[steep]


def misfits(assumptions: Mapping) -> list[dict]:
    """Rows whose stated interval no distribution with their mean reproduces."""
    found = []
    for name, row in assumptions.items():
        if row.distribution == "fixed" or row.group == "context":
            continue
        low, high = implied_interval(row)
        width = row.high - row.low
        if width and max(abs(low - row.low), abs(high - row.high)) > MISFIT * width:
            found.append({"parameter": name, "stated": (row.low, row.high), "fitted": (low, high)})
    return found


@cached(most=2)  # an edit of one assumption draws that one again, and no other
def parameter_draws(
    row, draws: int, seed: int, chosen: Selection | None = None, mix: Mix = ()
) -> np.ndarray:
    """Draws of one assumption, shape (draws,), read-only; negative rows are mirrored.

    `mix` are the streams it shares with others, where a correlation is stated.
    """
    values = _values(row, draws, seed, chosen, exact, mix)
    values.flags.writeable = False
    return values


def _values(row, draws, seed, chosen, evaluate, mix: Mix = ()) -> np.ndarray:
    found = fitted(row)
    if found is None:
        return np.full(draws, float(row.base))
    return evaluate(found.at, _shared(row.parameter, mix, draws, seed, chosen))


def _shared(name: str, mix: Mix, draws, seed, chosen) -> np.ndarray:
    return mixed(mix, draws, seed, chosen) if mix else uniform(name, draws, seed, chosen)


def knots(names) -> list[int]:
    """Weeks at which the absence curve is known, from the parameter names, ascending."""
    tails = (name[len(KNOT_PREFIX) :] for name in names if name.startswith(KNOT_PREFIX))
    return sorted(int(tail) for tail in tails if tail.isdigit())


def absence_curve(
    assumptions: Mapping,
    draws: int,
    seed: int,
    chosen: Selection | None = None,
    evaluate: Callable[[Quantiles, np.ndarray], np.ndarray] = exact,
    mixing: Mapping[str, Mix] = NO_MIXING,
) -> dict[str, np.ndarray]:
    """Shares still absent, drawn as conditional shares so that the curve always falls.

    Each conditional share is a beta with mean S(t)/S(previous). Its spread is what the range of
    S(t) has beyond the spread already carried by the knots before it, so that a range is not
    counted twice. Shapes (draws,), one array per knot.
    """
    curve: dict[str, np.ndarray] = {}
    previous = np.ones(draws)
    previous_base, carried = 1.0, 0.0
    for week in knots(assumptions):
        name = f"{KNOT_PREFIX}{week}"
        row = assumptions[name]
        share = row.base / previous_base if previous_base else 0.0
        spread = fit(row.distribution, row.base, row.low, row.high) ** 2 if _varies(row) else 0.0
        extra = (1 + spread) / (1 + carried) - 1 if _varies(row) else 0.0
        if extra > 0 and 0 < share < 1:
            cv = min(np.sqrt(extra), 0.95 * np.sqrt((1 - share) / share))
            conditional = evaluate(
                partial(_quantile, "beta", share, cv),
                _shared(name, mixing.get(name, ()), draws, seed, chosen),
            )
        else:
            conditional = np.full(draws, share)
        carried = max(carried, spread)
        previous = previous * conditional
        previous_base = row.base
        curve[name] = previous
    return curve


def _varies(row) -> bool:
    return row.distribution != "fixed" and row.base > 0 and row.high > row.low


def draw(
    assumptions: Mapping,
    draws: int,
    seed: int,
    curve: Mapping | None = None,
    chosen: Selection | None = None,
    mixing: Mapping[str, Mix] = NO_MIXING,
) -> dict[str, np.ndarray]:
    """All parameters the model uses: name -> array (draws,), in the parameter's own unit.

    `curve` is the absence curve where it has been drawn already; `chosen` the places in the
    streams, default the first ones; `mixing` the streams that correlated parameters share.
    """
    values = {
        name: parameter_draws(row, draws, seed, chosen, mixing.get(name, ()))
        for name, row in assumptions.items()
        if row.group != "context" and not is_knot(name)
    }
    return values | dict(curve or absence_curve(assumptions, draws, seed, chosen, mixing=mixing))


class PriorSample(Mapping[str, np.ndarray]):
    """A large sample of the assumptions in which a parameter is drawn when it is first read.

    Arrays (draws,). The same streams as `draw`, their quantile functions tabulated.
    """

    def __init__(
        self, assumptions: Mapping, draws: int, seed: int, mixing: Mapping[str, Mix] = NO_MIXING
    ):
        self._mixing = mixing
        self._rows = {n: row for n, row in assumptions.items() if row.group != "context"}
        self._size = draws, seed
        self._drawn: dict[str, np.ndarray] = {}

    def __getitem__(self, name: str) -> np.ndarray:
        if name not in self._drawn:
            row = self._rows[name]
            if is_knot(name):
                self._drawn |= absence_curve(
                    self._rows, *self._size, evaluate=tabulated, mixing=self._mixing
                )
            else:
                mix = self._mixing.get(name, ())
                self._drawn[name] = _values(row, *self._size, None, tabulated, mix)
        return self._drawn[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def curve_rows(assumptions: Mapping) -> dict:
    """The rows that the absence curve is drawn from."""
    return {name: row for name, row in assumptions.items() if is_knot(name)}


def base_values(assumptions: Mapping) -> dict[str, np.ndarray]:
    """The same mapping with one draw: the base values, for the point estimate."""
    return {n: np.array([float(r.base)]) for n, r in assumptions.items() if r.group != "context"}


def is_knot(name: str) -> bool:
    """Whether this is a point of the absence curve: sl_S and a number of weeks."""
    return name.startswith(KNOT_PREFIX) and name[len(KNOT_PREFIX) :].isdigit()
