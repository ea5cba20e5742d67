"""Break-even: the value of an assumption at which a lever neither costs nor saves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import optimize

from models.analysis.answer import Answer, about
from models.analysis.uncertainty.sensitivity import MEAN
from models.engine.record import Record
from models.engine.result import Result
from models.engine.run import catalogue_of, run
from models.errors import UsageError
from models.tables.assumptions import Assumptions
from models.tables.edits import origin_of

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

    def difference(value: float) -> float:
        with_lever, without = runs(value)
        return float(np.mean(with_lever.scenario.total - without.scenario.total))

    result = run(levels, assumptions=used, **options)
    value, reason = None, ""
    if row.low == row.high or row.group == "context":
        reason = "the parameter is fixed or not used by the model"
    else:
        value = _root(difference, low, high, row.base)
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
        outcome=_own_measure(chosen, levels[lever], runs, value, row, evidence),
    )


def _own_measure(lever, level, runs, value, row, evidence) -> OwnMeasure | None:
    """The lever's own measure at the values that matter, per participant where there are any."""
    measure = lever.expected_measure

    def moved(at: float | None) -> float | None:
        if at is None:
            return None
        with_lever, without = runs(at)
        change = with_lever.scenario.health[measure] - without.scenario.health[measure]
        people = 1.0
        if lever.programme_population:
            m = without.model
            people = abs(level - lever.today) * m.participants(lever, m.today)
        return float(np.mean(change) / np.mean(people))

    result = runs(row.base)[0]
    if measure not in result.scenario.health:
        return None
    return OwnMeasure(
        measure=measure,
        per="participant" if lever.programme_population else "year",
        at_breakeven=moved(value),
        at_base=moved(row.base),
        at_evidence=tuple(moved(end) for end in evidence) if evidence else None,
        at_range=(moved(row.low), moved(row.high)),
    )


def _root(f, low: float, high: float, base: float) -> float | None:
    """Root nearest to base among the sign changes on a grid, solved to within a euro."""
    points = sorted({low + (high - low) * i / GRID for i in range(GRID + 1)})
    values = [f(x) for x in points]
    roots = [
        optimize.brentq(f, x1, x2, xtol=1e-14 * max(abs(x1), abs(x2), 1e-9), rtol=1e-14)
        for x1, x2, y1, y2 in zip(points, points[1:], values, values[1:], strict=False)
        if y1 == 0 or y1 * y2 < 0
    ]
    return min(roots, key=lambda root: abs(root - base)) if roots else None
