"""The first fields of every answer of an analysis: what it was made with, and its warnings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Self

from models.engine.options import Options, scenario_id
from models.engine.output.document import SCHEMA
from models.engine.output.warnings import Warning, beyond_range, not_drawn, warnings
from models.engine.record import INLINE, Record
from models.engine.result import Result
from models.tables.assumptions import Assumptions
from models.version import VERSION


@dataclass(frozen=True)
class Stamp(Record):
    """What a figure was made with.

    `scenario_id` is the hash of levels, options, assumptions and model version: the same id, the
    same figures. Amounts are in prices of `price_year`.
    """

    schema: int
    assumptions_hash: str
    scenario_id: str
    model_version: str
    price_year: int
    options: Annotated[Options, INLINE]

    @classmethod
    def of(cls, assumptions: Assumptions, levels: Mapping[str, float], options: Options) -> Self:
        """The stamp of a run with these levels (lever -> level) and options."""
        return cls(
            SCHEMA,
            assumptions.hash,
            scenario_id(levels, assumptions.hash, options),
            VERSION,
            int(assumptions["price_base_year"].base),
            options,
        )


@dataclass(frozen=True)
class Answer(Record):
    """Base of what the analyses answer: the stamp, and the warnings that go with the run."""

    stamp: Annotated[Stamp, INLINE]
    warnings: tuple[Warning, ...]


def about(result: Result) -> dict[str, Any]:
    """Stamp and warnings of a run, as the first fields of an `Answer` about it."""
    stamp = Stamp.of(result.model.assumptions, result.levels, result.options)
    return {"stamp": stamp, "warnings": warnings(result)}


def about_assumptions(
    assumptions: Assumptions, levels: Mapping[str, float], options: Options
) -> dict[str, Any]:
    """The same where assumptions are compared: the warnings are those about their values."""
    return {
        "stamp": Stamp.of(assumptions, levels, options),
        "warnings": (*beyond_range(assumptions), *not_drawn(assumptions)),
    }
