"""Break-even: the value of an assumption at which a lever neither costs nor saves."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
import scipy

from models.analysis.answer import Answer, about
from models.analysis.uncertainty.sensitivity import MEAN
from models.engine.record import Record
from models.engine.result import Result
from models.engine.run import catalogue_of, run, run_like
from models.errors import UsageError
from models.tables.assumptions import Assumptions
from models.tables.edits import origin_of
from models.tables.levers import Lever

GRID = 12  # intervals searched for a change of sign
SEEN = ("article", "published", "recalled")


@dataclass(frozen=True)
class OwnMeasure(Record):
    """A break-even in the lever's own measure of health, in the measure's unit.

    Per participant where the lever has participants, else for the country a year.
    """

    measure: str
    per: str  # participant or year
    at_breakeven: float | None
    at_base: float | None
    at_evidence: tuple[float | None, ...] | None  # low and high, where there is evidence
    at_range: tuple[float | None, ...]  # low and high of the stated range


@dataclass(frozen=True)
class Breakeven(Answer):
    """The value of `parameter`, in `unit`, at which a lever neither costs nor saves.

    `plausible` are the ends of what was searched, `evidence` of what was seen somewhere.
    `incremental_total` is the mean difference that the package makes, EUR a year in force.
    """

    lever: str
    level: float
    parameter: str
    statistic: str
    unit: str
    base: float
    value: float | None
    plausible: tuple[float, float]
    evidence: tuple[float, float] | None
    reason: str
    incremental_total: float
    outcome: OwnMeasure | None


@dataclass(frozen=True)
class PayingPrice(Record):
    """The price of a lever's programme below which it pays for itself on average, in `unit`.

    `base` is the price that the sum uses; `value` is None where no price does it.
    """

    lever: str
    parameter: str
    unit: str
    base: float
    value: float | None


def paying_price(result: Result, lever: str) -> PayingPrice | None:
    """Below which price a lever of this package pays for itself; None without a price in EUR.

    What the programme costs is proportional to its price, and nothing else follows that price
    here: with P the programme's mean cost and D the mean difference it makes, in EUR a year in
    force, the difference is nil at base x (P - D) / P. Not counted: that another price may change
    who takes part. Raises KeyError for a lever that the package does not move.
    """
    used, chosen = result.model.assumptions, result.levers[lever]
    prices = [name for name in chosen.programme_unit if used[name].unit.startswith("EUR")]
    others = {name: level for name, level in result.levels.items() if name != lever}
    if len(others) == len(result.levels):
        raise KeyError(lever)
    without = run_like(result, others)
    cost, before = (run.means("scenario").get("programme", 0.0) for run in (result, without))
    programme = cost - before
    if not prices or programme <= 0:
        return None
    difference = float(np.mean(result.scenario.total - without.scenario.total))
    row, factor = used[prices[0]], (programme - difference) / programme
    value = row.base * factor if factor > 0 else None
    return PayingPrice(lever, row.parameter, row.unit, row.base, value)


def plausible(row) -> tuple[float, float]:
    """Values searched: the stated range and its width once more on either side, within bounds."""
    width = row.high - row.low
    low, high = row.low - width, row.high + width
    if row.distribution != "normal":
        if row.base > 0:
            low = max(low, row.low / 10, 1e-9)
        elif row.base < 0:
            high = min(high, row.high / 10, -1e-9)
    if row.distribution == "beta":
        high = min(high, 1.0)
    return float(low), float(high)


def breakeven(
    lever: str,
    solve: str | None = None,
    levers: dict | None = None,
    scenario: str | dict | None = None,
    assumptions: Assumptions | None = None,
    set_assumptions: dict | None = None,
    **options,
) -> Breakeven:
    """Value of `solve` (default: the lever's main effect) at which the lever costs nothing.

    What is 0 is the mean difference, EUR a year in force, between the package with the lever and
    the same package without it. The lever stands at its level in `levers` or `scenario`, else at
    its strongest; the calibration factor is held. `value` is None, with the `reason`, where no
    value within the plausible range does it. `outcome` says it in the lever's own measure (per
    participant where it has any): at break-even, at the base value, at the ends of the
    evidence and of the stated range.
    Raises UsageError for an unknown lever or parameter.
    """
    used = assumptions if assumptions is not None else Assumptions.default()
    if set_assumptions:
        used = used.with_values(set_assumptions)
    catalogue = catalogue_of(used)
    if lever not in catalogue:
        raise UsageError(f"unknown lever {lever!r}; known: {', '.join(catalogue)}")
    chosen = catalogue[lever]
    parameter = solve or chosen.breakeven_parameter
    if parameter not in used:
        used.with_values({parameter: 0.0})  # raises with the nearest names
    levels = run(levers, scenario, used, None, **options).levels
    strongest = chosen.min if chosen.programme_when == "below" else chosen.max
    levels = {lever: strongest, **levels}
    others = {name: level for name, level in levels.items() if name != lever}
    row = used[parameter]
    low, high = plausible(row)

    def runs(value: float) -> tuple[Result, Result]:
        edited = used.with_values({parameter: value})
        return run(levels, assumptions=edited, **options), run(
            others, assumptions=edited, **options
        )

    @cache  # the figures, not the runs: those hold all their draws
    def differences(value: float) -> tuple[float, float | None]:
        with_lever, without = runs(value)
        cost = float(np.mean(with_lever.scenario.total - without.scenario.total))
        return cost, _in_own_measure(chosen, levels[lever], with_lever, without)

    result = run(levels, assumptions=used, **options)
    value, reason = None, ""
    if row.low == row.high or row.group == "context":
        reason = "the parameter is fixed or not used by the model"
    else:
        value = _root(lambda at: differences(at)[0], low, high, row.base)
        if value is None:
            reason = "no value within the plausible range makes the difference nil"
    evidence = (row.low, row.high) if origin_of(row).provenance in SEEN else None
    return Breakeven(
        **about(result),
        lever=lever,
        level=levels[lever],
        parameter=parameter,
        statistic=MEAN,
        unit=row.unit,
        base=row.base,
        value=value,
        plausible=(low, high),
        evidence=evidence,
        reason=reason,
        incremental_total=result.headline["incremental_total"]["mean"],
        outcome=_own_measure(chosen, differences, value, row, evidence),
    )


def _in_own_measure(
    lever: Lever, level: float, with_lever: Result, without: Result
) -> float | None:
    """The mean change in the lever's own measure, per participant where there are any."""
    measure = lever.expected_measure
    if measure not in with_lever.scenario.health:
        return None
    change = with_lever.scenario.health[measure] - without.scenario.health[measure]
    mean = float(np.mean(change))
    if not lever.programme_population:
        return mean
    model = without.model
    people = abs(level - lever.today) * model.participants(lever, model.today)
    return float(mean / np.mean(people))


def _own_measure(lever: Lever, differences, value, row, evidence) -> OwnMeasure | None:
    """The lever's own measure at the values that matter."""

    def moved(at: float | None) -> float | None:
        return None if at is None else differences(at)[1]

    at_base = moved(row.base)
    if at_base is None:
        return None
    return OwnMeasure(
        measure=lever.expected_measure,
        per="participant" if lever.programme_population else "year",
        at_breakeven=moved(value),
        at_base=at_base,
        at_evidence=tuple(moved(end) for end in evidence) if evidence else None,
        at_range=(moved(row.low), moved(row.high)),
    )


def _root(f, low: float, high: float, base: float) -> float | None:
    """Root nearest to base among the sign changes on a grid, solved to within a euro.

    Intervals of the grid are searched from the base outwards, as long as one may hold a nearer one.
    """
    points = sorted({low + (high - low) * i / GRID for i in range(GRID + 1)})

    def distance(interval: tuple[float, float]) -> float:
        left, right = interval
        return max(left - base, base - right, 0.0)

    nearest = None
    for left, right in sorted(pairwise(points), key=distance):
        if nearest is not None and distance((left, right)) > abs(nearest - base):
            break
        if f(left) == 0 or f(left) * f(right) < 0:
            xtol = 1e-14 * max(abs(left), abs(right), 1e-9)
            root = scipy.optimize.brentq(f, left, right, xtol=xtol, rtol=1e-14)
            if nearest is None or abs(root - base) < abs(nearest - base):
                nearest = root
    return nearest
