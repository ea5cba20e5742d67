"""A model on the workbench: one draw of base values, or common draws, with some inputs changed."""

from __future__ import annotations

import models
from models.engine.model import Model
from models.engine.options import Options
from models.engine.result import Result
from models.engine.run import catalogue_of

PUBLISHED = models.load_assumptions()
LEVERS = catalogue_of(PUBLISHED)
USED = {name: row for name, row in PUBLISHED.items() if row.group != "context"}
STRONGEST = {
    name: max((lever.min, lever.max), key=lambda level, lever=lever: abs(level - lever.today))
    for name, lever in LEVERS.items()
}


def point(changes: dict | None = None, **options) -> Model:
    """The model on one draw of base values; bottom-up (`anchor="none"`) unless asked otherwise.

    Bottom-up, because a calibration hides what a change of an input does to its own line.
    """
    used = PUBLISHED.with_values(changes) if changes else PUBLISHED
    return Model(used, PUBLISHED, Options(**{"anchor": "none", "draws": 1, **options}), point=True)


def items(state) -> dict[str, float]:
    """Cost item -> EUR a year of a state on one draw."""
    found: dict[str, float] = {}
    for (item, _), amount in state.ledger.items():
        found[item] = found.get(item, 0.0) + float(amount[0])
    return found


def total(state) -> float:
    return float(state.total[0])


def in_force(m: Model, overlap: str = "independent", **levels):
    """The state in force under these levels."""
    return m.steady(levels, catalogue_of(m.assumptions), overlap)


def run(levels: dict | None = None, **options) -> Result:
    return models.run(levers=levels, **{"draws": 1_000, **options})


def saved(m, measure, overlap, **levels):
    """What levers save of a health measure in force, in its unit."""
    state = in_force(m, overlap, **levels)
    return float(m.base.health[measure][0] - state.health[measure][0])
