"""Several trials of one effect pooled: random effects, with an interval and a prediction interval.

Each trial has its own true effect around a common mean. The variance between trials, tau squared,
is the value at which the trials differ as much as their own errors and tau together predict (Paule
and Mandel 1982). The interval of the mean is that of Hartung and Knapp (2001) and Sidik and Jonkman
(2002): a variance from the squared distances of the trials to the mean, and a t-distribution with
(trials - 1) degrees of freedom. The prediction interval is for the effect in a new setting, such
as the Netherlands. All agrees with R's metafor within a millionth (method "PM", test "knha"); see
tests/cases/metafor.R. Sources: DerSimonian and Laird 1986 for the model; IntHout 2014 for why the
t-distribution.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy
from scipy import special

from models.engine.record import Record
from models.errors import UsageError

NORMAL = float(special.ndtri(0.975))  # standard errors from the middle of a 95% interval to its end
FEWEST = 2

Numbers = np.ndarray | Sequence[float]


@dataclass(frozen=True)
class Pooled(Record):
    """Mean effect of several trials with its 95% intervals, on the scale of the measure.

    `low` and `high`: interval of Hartung and Knapp. `cautious_low` and `cautious_high`: the same,
    but never narrower than the errors of the trials alone give, which matters where few trials
    happen to agree. `predicted_low` and `predicted_high`: for the effect in a new setting. `tau`:
    standard deviation between trials on the scale of pooling (for ratios the logarithm). `i2`:
    share of the differences that is not chance, 0 to 1. `q`: Cochran's sum of squares.
    """

    trials: int
    estimate: float
    low: float
    high: float
    cautious_low: float
    cautious_high: float
    predicted_low: float
    predicted_high: float
    tau: float
    i2: float
    q: float


def standard_error(low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Standard errors of figures from their 95% intervals, on the scale of the intervals."""
    return (high - low) / (2 * NORMAL)


def between(effects: np.ndarray, variances: np.ndarray) -> float:
    """Variance between trials, tau squared (Paule and Mandel); 0 where chance explains it all."""
    degrees = effects.size - 1

    def excess(tau2: float) -> float:
        weights = 1 / (variances + tau2)
        mean = weights @ effects / weights.sum()
        return float(weights @ (effects - mean) ** 2) - degrees

    if excess(0.0) <= 0:
        return 0.0
    most = float(np.ptp(effects) ** 2 + variances.max())
    while excess(most) > 0:
        most *= 2
    return float(scipy.optimize.brentq(excess, 0.0, most, xtol=1e-14))


def pool(
    effects: np.ndarray | Sequence[float], errors: np.ndarray | Sequence[float], ratio: bool
) -> Pooled:
    """Pool effects with their standard errors, both (trials,); for a `ratio` both are logarithms.

    The result is on the scale of the measure: for a ratio no longer logarithms. UsageError for
    fewer than two trials, or where an error is not above 0.
    """
    values, variances = np.asarray(effects, float), np.asarray(errors, float) ** 2
    if values.size < FEWEST:
        raise UsageError(f"{values.size} trials to pool; pooling needs {FEWEST} or more")
    if not (np.isfinite(values).all() and (variances > 0).all()):
        raise UsageError("a trial without a figure or a standard error cannot be pooled")
    degrees = values.size - 1
    fixed = 1 / variances
    q = float(fixed @ (values - fixed @ values / fixed.sum()) ** 2)
    tau2 = between(values, variances)
    weights = 1 / (variances + tau2)
    mean = float(weights @ values / weights.sum())
    spread = float(weights @ (values - mean) ** 2) / degrees  # 1 when trials differ as predicted
    variance = spread / weights.sum()
    t = float(special.stdtrit(degrees, 0.975))
    half = t * variance**0.5
    cautious = t * (max(spread, 1.0) / weights.sum()) ** 0.5
    next_place = t * (tau2 + variance) ** 0.5

    def shown(value: float) -> float:
        return float(np.exp(value)) if ratio else float(value)

    return Pooled(
        trials=values.size,
        estimate=shown(mean),
        low=shown(mean - half),
        high=shown(mean + half),
        cautious_low=shown(mean - cautious),
        cautious_high=shown(mean + cautious),
        predicted_low=shown(mean - next_place),
        predicted_high=shown(mean + next_place),
        tau=tau2**0.5,
        i2=max(0.0, (q - degrees) / q) if q > 0 else 0.0,
        q=q,
    )
