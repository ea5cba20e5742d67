"""Two or more sides at one table: what each would answer and choose, and every pair compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations

from models.analysis.evidence.deliberation import Deliberation, deliberate
from models.engine.output.document import SCHEMA
from models.engine.record import Record
from models.errors import UsageError
from models.tables.assumptions import Assumptions

MOST = 6  # sides at one table: fifteen pairs

Progress = Callable[[int, int, int], None]  # pair, pairs in all, answers worked out of this pair


@dataclass(frozen=True)
class Seat(Record):
    """One side: the means of its answers, EUR a year in force, and what it would choose."""

    name: str
    assumptions_hash: str
    base_case: float
    incremental: float
    decision: str


@dataclass(frozen=True)
class Pair(Record):
    """Two of the sides by name, side a first, and where they differ."""

    a: str
    b: str
    deliberation: Deliberation


@dataclass(frozen=True)
class RoundTable(Record):
    """All sides in the order given, and every pair of them."""

    schema: int
    unit: str
    sides: tuple[Seat, ...]
    agree: bool  # whether all would choose alike
    pairs: tuple[Pair, ...]


def round_table(
    sides: Mapping[str, Assumptions],
    levers: Mapping[str, float] | None = None,
    scenario: str | dict | None = None,
    *,
    value: float | None = None,
    progress: Progress | None = None,
    **options,
) -> RoundTable:
    """Every pair of two to MOST sides by name; arguments and amounts as in `deliberate`."""
    if not 2 <= len(sides) <= MOST:
        raise UsageError(f"{len(sides)} sides given; a deliberation has 2 to {MOST}")
    couples = list(combinations(sides, 2))
    pairs = []
    for number, (a, b) in enumerate(couples, start=1):

        def report(answers: int, number: int = number) -> None:
            if progress is not None:
                progress(number, len(couples), answers)

        compared = deliberate(
            sides[a], sides[b], levers, scenario, value=value, progress=report, **options
        )
        pairs.append(Pair(a, b, compared))
    seats: dict[str, Seat] = {}
    for pair in pairs:
        comparison = pair.deliberation
        for letter in ("a", "b"):
            name = getattr(pair, letter)
            seats[name] = Seat(
                name,
                sides[name].hash,
                getattr(comparison.base_case, letter),
                getattr(comparison.incremental, letter),
                getattr(comparison.decision, letter),
            )
    listed = tuple(seats[name] for name in sides)
    alike = len({chooser.decision for chooser in listed}) == 1
    return RoundTable(SCHEMA, "EUR/year", listed, alike, tuple(pairs))
