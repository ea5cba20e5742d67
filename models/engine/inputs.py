"""The parameters that a model is made with: drawn, at their means, or for one calendar year."""

from __future__ import annotations

import numpy as np

from models.caching import cached
from models.engine.calibration import selection
from models.errors import DataError, finding
from models.formulas import draws as drawing
from models.formulas.draws import Selection
from models.tables.assumptions import Assumptions


class Parameters(dict):
    """Parameter -> draws, (draws,); a missing name raises DataError with a sentence."""

    def __missing__(self, name: str):
        raise DataError([finding("row_missing", file="assumptions", key=name, name=name)])


def inputs(
    assumptions: Assumptions, draws: int, seed: int, point: bool, chosen: Selection | None = None
) -> dict:
    """Parameter -> draws (draws,), or with `point` the base values, shape (1,); read-only.

    `chosen`: positions of the calibrated draws in the random streams; None: the first `draws`.
    """
    return _inputs(assumptions, draws, seed, point, chosen)


@cached(most=4)
def _inputs(assumptions, draws: int, seed: int, point: bool, chosen: Selection | None) -> dict:
    if point:
        values = drawing.base_values(assumptions)
    else:
        curve = _curve_as_published(assumptions, draws, seed, chosen)
        mixing = assumptions.catalogue.mixing
        values = drawing.draw(assumptions, draws, seed, curve, chosen, mixing)
    return _read_only(values)


def _read_only(values: dict) -> Parameters:
    for array in values.values():
        array.flags.writeable = False
    return Parameters(values)


def at_means(assumptions: Assumptions, source: Assumptions, draws: int, seed: int) -> dict:
    """The point estimate under calibration by evidence: one draw, shape (1,), read-only.

    Each base value is multiplied by (mean over the calibrated draws / base value) of the same
    assumption in `source`, and kept within its bounds; the absence curve never rises.
    """
    at_mean = _moved(source, draws, seed)
    values, last = {}, np.ones(1)
    for name, row in assumptions.items():
        if row.group != "context":
            value = np.clip(row.base * at_mean.get(name, 1.0), *row.support)
            values[name] = np.array([float(value)])
    for week in drawing.knots(values):
        name = f"{drawing.KNOT_PREFIX}{week}"
        last = values[name] = np.minimum(values[name], last)
    return _read_only(values)


@cached(most=4)
def _moved(source: Assumptions, draws: int, seed: int) -> dict[str, float]:
    """Mean over the calibrated draws relative to the base, for each assumption with a range."""
    p = inputs(source, draws, seed, False, selection(source, draws, seed))
    return {
        name: float(values.mean()) / source[name].base
        for name, values in p.items()
        if source[name].low < source[name].high and source[name].base
    }


def _curve_as_published(
    assumptions: Assumptions, draws: int, seed: int, chosen: Selection | None
) -> dict | None:
    """The drawn absence curve of the published assumptions; None where these have another one."""
    published = Assumptions.default()
    rows = drawing.curve_rows(assumptions)
    same = rows == drawing.curve_rows(published)
    same = same and assumptions.catalogue.mixing == published.catalogue.mixing
    if assumptions is published or not same:
        return None
    drawn_once = inputs(published, draws, seed, False, chosen)
    return {name: drawn_once[name] for name in rows}
