"""How far each assumption moves the answer over its own range, from a thousand draws.

Like the headline and the tornado these are means over draws, so they start from the same number;
the tornado takes all draws, which is slower.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from models.analysis.uncertainty.sensitivity import PARTS, lever_rates
from models.engine.model import Model
from models.engine.options import Options
from models.engine.run import catalogue_of
from models.errors import UsageError
from models.tables.assumptions import Assumptions

DRAWS = 1_000  # the first of those of the run


@dataclass(frozen=True)
class Swing:
    """What an assumption at the ends of its range adds to the answer, EUR a year in force."""

    today: tuple[float, float]  # at the low and at the high end of its range
    package: tuple[float, float]  # the same for the difference that a package makes

    @property
    def size(self) -> float:
        """How far the answer moves from end to end: today's total or the difference."""
        return max(abs(low - high) for low, high in (self.today, self.package))


def swings(
    assumptions: Assumptions, levels: Mapping[str, float], options: Options
) -> dict[str, Swing]:
    """Every assumption that moves the answer, one at a time, the rest as drawn."""
    fixed, now = lever_rates(assumptions), _answer(assumptions, levels, options)
    moved = {
        name: _swing(assumptions, name, levels, options, now)
        for name, row in assumptions.items()
        if row.group != "context" and row.low != row.high and name not in fixed
    }
    return {name: ends for name, ends in moved.items() if ends.size > 0}


def swing(
    assumptions: Assumptions, name: str, levels: Mapping[str, float], options: Options
) -> Swing:
    """One assumption at both ends of its range, or as near as the others allow.

    The calibration is the published one, as everywhere when an assumption is edited.
    """
    return _swing(assumptions, name, levels, options, _answer(assumptions, levels, options))


def _swing(assumptions, name, levels, options, now: tuple[float, float]) -> Swing:
    row = assumptions[name]
    ends = [_at(assumptions, name, end, levels, options, now) for end in (row.low, row.high)]
    today, package = zip(*ends, strict=True)
    return Swing(today, package)


def _at(assumptions, name, end, levels, options, now) -> tuple[float, float]:
    base = assumptions[name].base
    for part in PARTS:
        try:
            edited = assumptions.with_values({name: base + part * (end - base)})
        except UsageError:
            continue
        today, package = _answer(edited, levels, options)
        return today - now[0], package - now[1]
    return 0.0, 0.0


def _answer(assumptions, levels, options) -> tuple[float, float]:
    """Today's total and the difference that the levels make, means over draws."""
    fewer = replace(options, draws=min(options.draws, DRAWS))
    model = Model(assumptions, Assumptions.default(), fewer)
    today = float(model.base.total.mean())
    if not levels:
        return today, 0.0
    state = model.steady(levels, catalogue_of(assumptions), options.overlap)
    return today, float(state.total.mean()) - today
