"""Break-even: the value of an assumption at which a lever neither costs nor saves."""

from __future__ import annotations

from scipy import optimize

from models.assumptions import Assumptions
from models.errors import UsageError
from models.run import catalogue_of, run

GRID = 12  # intervals searched for a change of sign
SEEN = ("article", "published", "recalled")


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
    assumptions: Assumptions | None = None,
    set_assumptions: dict | None = None,
    **options,
) -> dict:
    """Value of `solve` (default: the lever's main effect) at which the mean difference is nil.

    The lever stands at its level in `levers`, else at its strongest level; other levers stay as
    given. The calibration factor is held. Value is None, with the reason, where no value within
    the plausible range does it. EUR a year in force, mean over draws.
    """
    used = assumptions if assumptions is not None else Assumptions.default()
    catalogue = catalogue_of(used)
    if lever not in catalogue:
        raise UsageError(f"unknown lever {lever!r}; known: {', '.join(catalogue)}")
    chosen = catalogue[lever]
    parameter = solve or chosen.breakeven_parameter
    if parameter not in used:
        used.with_values({parameter: 0.0})  # raises with the nearest names
    levels = dict(levers or {})
    strongest = chosen.min if chosen.programme_when == "below" else chosen.max
    levels.setdefault(lever, strongest)
    row = used[parameter]
    low, high = plausible(row)

    def difference(value: float) -> float:
        edits = {**(set_assumptions or {}), parameter: value}
        return run(levels, assumptions=used, set_assumptions=edits, **options).headline[
            "incremental_total"
        ]["mean"]

    result = run(levels, assumptions=used, set_assumptions=set_assumptions, **options)
    value, reason = None, ""
    if row.low == row.high or row.group == "context":
        reason = "the parameter is fixed or not used by the model"
    else:
        value = _root(difference, low, high, row.base)
        if value is None:
            reason = "no value within the plausible range makes the difference nil"
    return {
        "schema": 1,
        "assumptions_hash": result.assumptions_hash,
        "draws": result.options.draws,
        "seed": result.options.seed,
        "lever": lever,
        "level": levels[lever],
        "parameter": parameter,
        "unit": row.unit,
        "base": row.base,
        "value": value,
        "plausible": [low, high],
        "evidence": [row.low, row.high] if row.provenance in SEEN else None,
        "reason": reason,
        "incremental_total": result.headline["incremental_total"]["mean"],
    }


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
