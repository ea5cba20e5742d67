"""Correlations between assumptions: stated, implied by published figures, and their effect."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from models.analysis.answer import Answer, about
from models.caching import cached
from models.engine.inputs import inputs
from models.engine.model import Model
from models.engine.options import Options
from models.engine.record import Quantity, Record
from models.engine.result import Result
from models.tables.assumptions import Assumptions
from models.tables.catalogue import Catalogue

NOTED = 0.1  # change of a rank correlation from which a pair is listed


@dataclass(frozen=True)
class StatedPair(Record):
    """A row of correlations.csv: the rank correlation stated, and that of the draws."""

    first: str
    second: str
    rank_correlation: float
    used: bool
    found: float


@dataclass(frozen=True)
class ImpliedPair(Record):
    """Two assumptions whose rank correlation the calibration changed by `found`."""

    first: str
    second: str
    found: float


@dataclass(frozen=True)
class Totals(Record):
    """Total of the base case and the difference that the package makes, EUR a year in force."""

    base_case_total: Quantity
    incremental_total: Quantity


@dataclass(frozen=True)
class Correlations(Answer):
    """Correlated assumptions, and the totals with none and with all of the stated correlations."""

    levers: Mapping[str, float]
    stated: tuple[StatedPair, ...]
    implied: tuple[ImpliedPair, ...]
    independent: Totals
    correlated: Totals


@cached(most=1)
def correlations(result: Result) -> Correlations:
    """The effect of correlations: total and difference with none and with all of those stated.

    `stated` are the rows of correlations.csv with the rank correlation found in the draws of this
    run. `implied` are pairs whose rank correlation the calibration changed, and by how much,
    because only together do they agree with the published figures; largest first.
    """
    used, rows = result.model.assumptions, result.catalogue["correlations"]
    p, options = result.model.p, result.options
    prior = inputs(used, options.draws, options.seed, False)
    stated = tuple(
        StatedPair(
            first=row["first"],
            second=row["second"],
            rank_correlation=float(row["rank_correlation"]),
            used=row["use"] == "1",
            found=_rank(p[row["first"]], p[row["second"]]),
        )
        for row in rows
    )
    named = {frozenset((r["first"], r["second"])) for r in rows if r["use"] == "1"}
    return Correlations(
        **about(result),
        levers=result.levels,
        stated=stated,
        implied=_implied(prior, p, named),
        independent=_totals(result, _with_all(used, "0")),
        correlated=_totals(result, _with_all(used, "1")),
    )


def _rank(first: np.ndarray, second: np.ndarray) -> float:
    """Spearman's rank correlation, 0 where one of the two does not vary."""
    if np.ptp(first) == 0 or np.ptp(second) == 0:
        return 0.0
    from scipy import stats  # takes as long to import as all else that a run needs of SciPy

    return float(stats.spearmanr(first, second).statistic)


def _implied(prior: dict, p: dict, named: set) -> tuple[ImpliedPair, ...]:
    from scipy import stats

    names = [name for name, values in p.items() if np.ptp(values) > 0]
    before, after = (
        np.corrcoef(stats.rankdata(np.stack([draws[name] for name in names]), axis=1))
        for draws in (prior, p)
    )
    changed = after - before
    pairs = [
        ImpliedPair(names[i], names[j], float(changed[i, j]))
        for i, j in combinations(range(len(names)), 2)
        if abs(changed[i, j]) >= NOTED and frozenset((names[i], names[j])) not in named
    ]
    return tuple(sorted(pairs, key=lambda pair: (-abs(pair.found), pair.first, pair.second)))


def _with_all(used: Assumptions, use: str) -> Assumptions:
    """The same assumptions with every stated correlation on (1) or off (0)."""
    tables = {name: [dict(row) for row in rows] for name, rows in used.catalogue.items()}
    for row in tables["correlations"]:
        row["use"] = use
    return Assumptions(used.values(), used.sources, Catalogue(tables))


def _totals(result: Result, used: Assumptions) -> Totals:
    options = Options(**vars(result.options))
    m = Model(used, Assumptions.default(), options)
    after = m.steady(result.levels, result.levers, options.overlap)
    return Totals(Quantity.of(m.base.total), Quantity.of(after.total - m.base.total))
