"""Draws: one joint set of all inputs per draw, each parameter from a stream of its own name."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import accumulate
from types import MappingProxyType

import numpy as np
from scipy import special

from models.caching import cached
from models.formulas.distributions import LEAST, Quantiles, exact, fit, fitted, quantile, tabulated
from models.parallel import each

KNOT_PREFIX = "sl_S"
NO_MIXING: Mapping = MappingProxyType({})


@dataclass(frozen=True)
class Selection:
    """Draws picked from a larger prior sample: the same rows in every parameter's stream."""

    pool: int  # draws of the prior sample
    key: str  # names the rows: two selections with one key are the same
    rows: np.ndarray = field(compare=False, repr=False)  # places in the prior sample, (draws,)


def uniform(name: str, draws: int, seed: int, chosen: Selection | None = None) -> np.ndarray:
    """`draws` uniforms in (0, 1) that depend on the seed and the name alone.

    The first draws are the same however many are asked for. With `chosen` those at its rows of the
    stream, as many as it has.
    """
    digest = hashlib.sha256(f"{seed}/{name}".encode()).digest()
    stream = np.random.Generator(np.random.Philox(key=int.from_bytes(digest[:16], "big")))
    values = stream.random(draws if chosen is None else chosen.pool)
    return np.clip(values if chosen is None else values[chosen.rows], LEAST, 1 - LEAST)


Mix = tuple[tuple[str, float], ...]  # streams with their weights, squares summing to 1


def mixed(mix: Mix, draws: int, seed: int, chosen: Selection | None = None) -> np.ndarray:
    """Uniforms (draws,) whose normal score is a weighted sum of the scores of several streams.

    `mix` names the streams and weights, whose squares sum to 1; the other arguments as in
    `uniform`.
    """
    scores = sum(weight * special.ndtri(uniform(name, draws, seed, chosen)) for name, weight in mix)
    return np.clip(special.ndtr(scores), LEAST, 1 - LEAST)


def copula(pairs: Mapping[tuple[str, str], float]) -> dict[str, Mix]:
    """Weights that mix streams of random numbers so that parameters have given rank correlations.

    `pairs`: (parameter, parameter) -> Spearman's rho. A Gaussian copula: rho becomes the
    correlation 2 sin(pi rho / 6) of normal scores, and the streams are mixed by the Cholesky
    factor, names in alphabetical order. Raises numpy's LinAlgError when the correlations are not
    possible together.
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


@cached(most=2)  # an edit of one assumption redraws only that one
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
    distribution = fitted(row)
    if distribution is None:
        return np.full(draws, float(row.base))
    return evaluate(distribution.at, _shared(row.parameter, mix, draws, seed, chosen))


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
    conditional: dict[str, Callable[[], np.ndarray]] = {}
    previous_base, carried = 1.0, 0.0
    for week in knots(assumptions):
        name = f"{KNOT_PREFIX}{week}"
        row = assumptions[name]
        share = row.base / previous_base if previous_base else 0.0
        spread = fit(row.distribution, row.base, row.low, row.high) ** 2 if _varies(row) else 0.0
        extra = (1 + spread) / (1 + carried) - 1 if _varies(row) else 0.0
        if extra > 0 and 0 < share < 1:
            cv = min(np.sqrt(extra), 0.95 * np.sqrt((1 - share) / share))
            drawn = partial(quantile, "beta", share, cv)
            stream = partial(_shared, name, mixing.get(name, ()), draws, seed, chosen)
            conditional[name] = partial(_evaluated, evaluate, drawn, stream)
        else:
            conditional[name] = partial(np.full, draws, share)
        carried = max(carried, spread)
        previous_base = row.base
    shares = each(lambda make: make(), conditional.values())
    return dict(zip(conditional, accumulate(shares, np.multiply), strict=True))


def _evaluated(evaluate, quantiles: Quantiles, stream: Callable[[], np.ndarray]) -> np.ndarray:
    return evaluate(quantiles, stream())


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

    `curve` is the absence curve, where it has been drawn before; `chosen` the draws to take from
    each stream, default the first ones; `mixing` the streams that correlated parameters share.
    """
    requests = {
        name: (row, draws, seed, chosen, mixing.get(name, ()))
        for name, row in assumptions.items()
        if row.group != "context" and not is_knot(name)
    }
    new = [name for name, request in requests.items() if not parameter_draws.known(*request)]
    each(lambda name: parameter_draws(*requests[name]), new)
    values = {name: parameter_draws(*request) for name, request in requests.items()}
    return values | dict(curve or absence_curve(assumptions, draws, seed, chosen, mixing=mixing))


class PriorSample(Mapping[str, np.ndarray]):
    """A large sample of the assumptions in which a parameter is drawn at its first use.

    Arrays (draws,) in the unit of the parameter. The same streams as `draw`, with tabulated
    quantile functions.
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
            self.draw([name])
        return self._drawn[name]

    def draw(self, names: Iterable[str]) -> None:
        """Draw these parameters together, on all cores; the others at their first use."""
        new = [name for name in names if name not in self._drawn]
        single = [name for name in new if not is_knot(name)]
        self._drawn |= zip(single, each(self._parameter, single), strict=True)
        if len(single) < len(new):
            self._drawn |= absence_curve(
                self._rows, *self._size, evaluate=tabulated, mixing=self._mixing
            )

    def _parameter(self, name: str) -> np.ndarray:
        mix = self._mixing.get(name, ())
        return _values(self._rows[name], *self._size, None, tabulated, mix)

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def curve_rows(assumptions: Mapping) -> dict:
    """The rows that the absence curve is drawn from."""
    return {name: row for name, row in assumptions.items() if is_knot(name)}


class NamesRead(dict):
    """A mapping of parameters that records which of them were read."""

    def __init__(self, values: Mapping[str, np.ndarray]):
        super().__init__(values)
        self.names: dict[str, None] = {}  # in the order of their first reading

    def __getitem__(self, name: str) -> np.ndarray:
        self.names[name] = None
        return super().__getitem__(name)


def base_values(assumptions: Mapping) -> dict[str, np.ndarray]:
    """Parameters the model uses with one draw, shape (1,): base values, for the point estimate."""
    return {n: np.array([float(r.base)]) for n, r in assumptions.items() if r.group != "context"}


def is_knot(name: str) -> bool:
    """Whether this is a point of the absence curve: sl_S and a number of weeks."""
    return name.startswith(KNOT_PREFIX) and name[len(KNOT_PREFIX) :].isdigit()
