"""The model part of a slider move: levers changed, draws kept, headline worked out again."""

from __future__ import annotations

from itertools import cycle

import numpy as np

import models
from benchmarks.contest import Contender, contest
from benchmarks.report import Report, compared

DRAWS, ROUNDS = 10_000, 9


def strongest() -> dict[str, float]:
    """The level of each lever that lies farthest from today."""
    levers = models.load_levers(None, models.load_assumptions()).values()
    return {
        lever.id: max((lever.min, lever.max), key=lambda level, v=lever: abs(level - v.today))
        for lever in levers
    }


def move(draws: int, lever: str | None = None):
    """Work to time: move one lever, or all levers together, between two levels and back."""
    start = models.run(draws=draws)
    chosen = {name: level for name, level in strongest().items() if lever in (None, name)}
    half = {name: (level + start.levers[name].today) / 2 for name, level in chosen.items()}
    levels = cycle((chosen, half))
    shown = start  # as on the page, the answer in view lives until the next one is there

    def work() -> None:
        nonlocal shown
        result = models.run_like(start, next(levels))
        _ = result.headline
        shown = result

    return work


def floor(draws: int, fresh: bool = False):
    """A lower bound to compare with: read every input of the model and write every array once."""
    result = models.run(draws=draws, levers=strongest())
    model, state = result.model, result.scenario
    inputs = _distinct([*model.p.values(), model.factor])
    parts = (state.ledger, state.health)
    outputs = _distinct([array for part in parts for array in part.values()])
    ready = [np.empty_like(array) for array in outputs]

    def work() -> None:
        for array in inputs:
            array.max()
        for array in [np.empty_like(array) for array in outputs] if fresh else ready:
            array.fill(1.0)

    return work


def _distinct(arrays: list[np.ndarray]) -> list[np.ndarray]:
    return list({id(array): array for array in arrays}.values())


def run(draws: int = DRAWS, rounds: int = ROUNDS, levers: list[str] | None = None) -> Report:
    """Each lever alone and all together, beside streaming the same arrays once."""
    names = list(strongest()) if levers is None else levers
    contenders = [
        Contender("floor: stream the arrays once", floor, (draws,)),
        Contender("the same, outputs newly made", floor, (draws, True)),
        *(Contender(name, move, (draws, name)) for name in names),
        Contender("all levers together", move, (draws,)),
    ]
    entries = contest(contenders, rounds)
    return Report(
        "slider",
        "model part of a slider move, as a ratio to streaming the same arrays once",
        {"draws": draws, "rounds": rounds},
        [compared(entry, entries[0]) for entry in entries],
        [
            "A move: parameters, volumes, absence, costs by payer and health of the "
            "scenario in every draw, then the headline with its ranges. Draws and base case are "
            "kept.",
            "Floor: read each drawn parameter once, write each array of a scenario once, in "
            "buffers that are there already; a move must make its arrays, as in the second row.",
            "Each contender has its own process; a round is the median of five calls; the spread "
            "is over rounds.",
        ],
    )
