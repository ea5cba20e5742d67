"""Calibration: prior draws are weighed by published figures, and resampled.

Bayesian melding by sampling importance resampling: `POOL` joint draws of the assumptions, the
base case of each, a weight for how well its quantities agree with the rows of targets.csv, and
as many draws as a run asks for, picked in proportion to their weights. A picked draw is kept as its
position in the named random streams, not as values: an edited assumption then uses the same
positions. Methods and sources are in docs/method.md, section 6.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from models.caching import cached, cached_property
from models.disk_cache import remembered
from models.errors import UsageError
from models.formulas.base_case import base_case, quantity
from models.formulas.distributions import fit
from models.formulas.draws import NamesRead, PriorSample, Selection, base_values, uniform
from models.tables.assumptions import Assumptions

POOL = 100_000  # prior draws that are weighed
STREAM = "calibration"  # the named stream of the resampling
TOTAL = {"quantity": "total", "from_day": "", "day": ""}

Target = Mapping[str, str]


@dataclass(frozen=True)
class Weighed:
    """The prior draws with how well each of them agrees with each target."""

    targets: tuple[Target, ...]  # those that are used
    quantities: np.ndarray  # (targets + 1, pool): the model's figure for each, the total last
    scores: np.ndarray  # (targets, pool): log density of each target / targets of the same study

    @cached_property
    def weights(self) -> np.ndarray:
        """Relative weight of each prior draw, (pool,), summing to 1."""
        return self.without(())

    def without(self, left_out: Sequence[str]) -> np.ndarray:
        """Weights when the targets with these ids are left out; the others keep their exponent."""
        rows = [i for i, row in enumerate(self.targets) if row["id"] not in left_out]
        return _normalised(self.scores[rows].sum(axis=0))

    @cached_property
    def effective(self) -> float:
        """Kish's effective number of prior draws: (sum of weights)^2 / sum of squared weights."""
        return 1.0 / float(np.sum(self.weights**2))

    @property
    def total(self) -> np.ndarray:
        """Total of the base case in every prior draw, EUR a year, (pool,)."""
        return self.quantities[-1]


def in_use(targets: Sequence[Target]) -> tuple[Target, ...]:
    """The targets that count as evidence: their rows of targets.csv are marked as used."""
    return tuple(row for row in targets if row["use"] == "1")


def log_density(target: Target, values: np.ndarray) -> np.ndarray:
    """Logarithm of the lognormal density of a target at `values`, less a constant; same shape.

    The density has the target's mean, and a central 95% interval as wide as the published range.
    A value of zero or less has density zero.
    """
    mean, sigma = log_moments(target)
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(values)
        score = -logs - ((logs - mean) / sigma) ** 2 / 2
    return np.where(values > 0, score, -np.inf)


def log_moments(target: Target) -> tuple[float, float]:
    """Mean and standard deviation of the logarithm of a target's density."""
    mean, low, high = (float(target[name]) for name in ("mean", "low", "high"))
    variance = float(np.log1p(fit("lognormal", mean, low, high) ** 2))
    return float(np.log(mean)) - variance / 2, variance**0.5


def _normalised(scores: np.ndarray) -> np.ndarray:
    most = scores.max()
    if not np.isfinite(most):
        raise UsageError(
            "none of the prior draws agrees with the targets in use; widen a range in "
            "targets.csv, undo the last edit, or choose another anchor"
        )
    weights = np.exp(scores - most)
    return weights / weights.sum()


@cached(most=4)
def weigh(assumptions: Assumptions, seed: int) -> Weighed:
    """The prior draws of these assumptions, weighed by the targets of their catalogue.

    A study with several targets counts once: the log density of each is divided by their number.
    """
    targets = in_use(assumptions.catalogue["targets"])
    wanted_quantities = tuple({name: row[name] for name in TOTAL} for row in targets) + (TOTAL,)

    def evaluate() -> np.ndarray:
        by_rows = assumptions.catalogue.care_by_rows
        read = NamesRead(base_values(assumptions))
        base_case(read, by_rows)  # one draw shows which parameters the base case needs
        p = PriorSample(assumptions, POOL, seed, assumptions.catalogue.mixing)
        p.draw(read.names)
        base = base_case(p, by_rows)
        return np.stack([quantity(row, base) for row in wanted_quantities])

    quantities = remembered(STREAM, _depends_on(assumptions, seed, wanted_quantities), evaluate)
    studies = [row["study"] for row in targets]
    scores = [
        log_density(row, values) / studies.count(row["study"])
        for row, values in zip(targets, quantities, strict=False)
    ]
    return Weighed(targets, quantities, np.stack(scores) if scores else np.zeros((0, POOL)))


def _depends_on(assumptions: Assumptions, seed: int, quantities: tuple) -> str:
    """Everything but the code that the quantities of the prior draws depend on, as one text."""
    rows = [
        [row.parameter, row.base, row.low, row.high, row.distribution, *row.support]
        for row in assumptions.values()
        if row.group != "context"
    ]
    made, mixing = assumptions.catalogue.care_by_rows, assumptions.catalogue.mixing
    return json.dumps([POOL, seed, quantities, sorted(made.items()), sorted(mixing.items()), rows])


def select(weights: np.ndarray, draws: int, seed: int) -> Selection:
    """Positions of `draws` draws in the prior sample, ascending, by systematic resampling.

    `draws` points at equal distances, shifted by one uniform number of the stream `calibration`,
    are laid over the cumulative `weights` (pool,); a prior draw is picked once for every point that
    falls within its weight.
    """
    edges = np.cumsum(weights)
    teeth = (np.arange(draws) + uniform(STREAM, 1, seed)[0]) / draws * edges[-1]
    rows = np.searchsorted(edges, teeth, side="right").clip(max=weights.size - 1)
    rows.flags.writeable = False
    return Selection(weights.size, hashlib.sha256(rows.tobytes()).hexdigest(), rows)


@cached(most=4)
def selection(assumptions: Assumptions, draws: int, seed: int) -> Selection:
    """The calibrated draws of these assumptions, as positions in the named random streams."""
    return select(weigh(assumptions, seed).weights, draws, seed)
