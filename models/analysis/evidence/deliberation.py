"""Two sets of assumptions side by side: where they differ, and which differences matter.

Two parties rarely disagree about everything. Here the difference between their answers is split
over the rows in which their assumptions differ, averaged over all orders in which they could agree
on them (Shapley value, see shapley.py). The rows that make them choose differently are found by
dividing.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from models.analysis.answer import Answer, about_assumptions
from models.analysis.choice.shapley import EXACT, Shares, exact, sampled
from models.analysis.evidence.dividing import Settling, settling, smallest
from models.analysis.evidence.edit_effects import words_only
from models.analysis.evidence.sides import TOGETHER, Side, groups, mixed, moving
from models.engine.options import DEFAULTS, Options
from models.engine.record import Record
from models.engine.run import catalogue_of, scenario_levels
from models.errors import UsageError
from models.tables.assumptions import Assumptions
from models.tables.levers import check_levels

FEW = 1_000  # draws, and two orders with their reverse, where every combination would take too long
FEW_ORDERS = 2
QUESTIONS = ("total", "incremental")  # answers of a side

Progress = Callable[[int], None]  # answers worked out so far


@dataclass(frozen=True)
class DividingRow(Record):
    """A row, or rows joined by +, in which the sides differ: `a` and `b` in `unit`.

    `alone` and `share` are effects on the base-case total, those with `incremental` on the
    difference that the package makes, all in EUR a year. Standard errors are those of sampling
    orders; 0 when every combination was run.
    """

    parameter: str
    unit: str
    a: float | tuple[float, ...]
    b: float | tuple[float, ...]
    alone: float
    share: float
    standard_error: float
    alone_incremental: float
    share_incremental: float
    standard_error_incremental: float


@dataclass(frozen=True)
class BothSides(Record):
    """A mean of each side, EUR a year in force."""

    a: float
    b: float


@dataclass(frozen=True)
class Decision(Record):
    """What each side would choose, and the smallest set of rows on which that turns.

    `dividing`: agreed on as `b` has them, `a` would choose as `b` does; `dividing_b` the other way
    round. `proven`: no smaller set does; otherwise none smaller was found. `research`: None where
    the sides choose alike, for then no row divides them.
    """

    a: str
    b: str
    changes: bool
    dividing: tuple[str, ...]
    dividing_b: tuple[str, ...]
    proven: bool
    research: Settling | None


@dataclass(frozen=True)
class Deliberation(Answer):
    """Two sets of assumptions compared, EUR a year in force; the stamp is that of side a."""

    a: str  # the hash of each side
    b: str
    levers: Mapping[str, float]
    unit: str
    base_case: BothSides
    incremental: BothSides
    total: float
    interaction: float
    total_incremental: float
    interaction_incremental: float
    method: str  # exact or sampled
    rows: tuple[DividingRow, ...]
    agreed: int
    words_only: tuple[str, ...]
    decision: Decision


def deliberate(
    a: Assumptions,
    b: Assumptions,
    levers: Mapping[str, float] | None = None,
    scenario: str | dict | None = None,
    *,
    value: float | None = None,
    progress: Progress | None = None,
    **options,
) -> Deliberation:
    """Where `a` and `b` differ, EUR a year in force; rows with the largest share first.

    `total` is the base-case total of `b` less that of `a`, `total_incremental` the same for the
    difference that the current package (levers, or a named scenario) makes; zero without one. Of
    each row `alone` is what moves when only this row is as in `b`; `share` is its part of the
    total, and the shares add up to it. `interaction` is the total less the rows alone. A against B
    is minus B against A.

    `decision` is what each side would choose by mean net benefit (money saved, and QALYs gained at
    `value` euro, by default `mac_wtp` of each side): today or the package, or, without levers,
    today or one of the named packages. The calibration is held on both sides, so that rows are
    compared and not targets.

    Rows that cannot be agreed on one by one (points of one absence curve, shares of one whole) are
    one row, their names joined by +. Up to EXACT rows every combination is run; beyond that orders
    are sampled, with at most FEW draws. Levers, cost items and shares of payers must be the same on
    both sides; UsageError says so otherwise.
    """
    unknown = sorted(set(options) - set(DEFAULTS))
    if unknown:
        raise UsageError(f"unknown option: {', '.join(unknown)}")
    if a.catalogue != b.catalogue:
        raise UsageError(
            "the two sides have other levers, cost items or payers; compare their rows with "
            "`compare`, or give both the same tables"
        )
    rows_of = groups(a, b)
    names = [name for name, rows in rows_of.items() if moving(a, b, rows)]
    chosen = Options(**options)
    many = len(names) > EXACT
    if many:
        chosen = Options(**{**vars(chosen), "draws": min(chosen.draws, FEW)})
    levels = check_levels(scenario_levels(scenario, a) | dict(levers or {}), catalogue_of(a))
    sides: dict[frozenset, Side] = {}

    def side(some: Iterable[str]) -> Side:
        """The side that has these rows as in `b` and the others as in `a`."""
        key = frozenset(some)
        if key not in sides:
            rows = {name: b[name] for group in key for name in rows_of[group]}
            sides[key] = Side(mixed(a, rows) if rows else a, levels, chosen, value)
            if progress is not None:
                progress(len(sides))
        return sides[key]

    shares, alone, difference = {}, {}, {}
    for question in QUESTIONS:

        def answer(some: Iterable[str], question: str = question) -> np.ndarray:
            return getattr(side(some), question)

        divided: Shares = (
            sampled(names, answer, chosen.seed, FEW_ORDERS)
            if many
            else exact(names, answer, chosen.seed)
        )
        shares[question] = divided
        start = answer(())
        difference[question] = float(np.mean(answer(names) - start))
        alone[question] = {name: float(np.mean(answer((name,)) - start)) for name in names}

    def row(name: str) -> DividingRow:
        def of(question: str) -> tuple[float, float, float]:
            if name not in alone[question]:
                return 0.0, 0.0, 0.0
            share = float(np.mean(shares[question].draws[name]))
            return alone[question][name], share, shares[question].standard_error[name]

        return DividingRow(
            name,
            TOGETHER.join(dict.fromkeys(a[n].unit for n in rows_of[name])),
            _values(a, rows_of[name]),
            _values(b, rows_of[name]),
            *of("total"),
            *of("incremental"),
        )

    rows = sorted(map(row, rows_of), key=_size)
    in_order = [dividing.parameter for dividing in rows if dividing.parameter in names]
    ends = side(()), side(names)
    return Deliberation(
        **about_assumptions(a, levels, chosen),
        a=a.hash,
        b=b.hash,
        levers=levels,
        unit="EUR/year",
        base_case=BothSides(*(float(np.mean(end.total)) for end in ends)),
        incremental=BothSides(*(float(np.mean(end.incremental)) for end in ends)),
        total=difference["total"],
        interaction=difference["total"] - sum(alone["total"].values()),
        total_incremental=difference["incremental"],
        interaction_incremental=difference["incremental"] - sum(alone["incremental"].values()),
        method="sampled" if many else "exact",
        rows=tuple(rows),
        agreed=len(a) - sum(map(len, rows_of.values())),
        words_only=tuple(words_only(a, b)),
        decision=_decision(in_order, side, rows_of),
    )


def _size(row: DividingRow) -> tuple:
    """Largest part of the package's difference first, then of the total, then by name."""
    return -abs(row.share_incremental), -abs(row.share), row.parameter


def _decision(names: list[str], side: Callable[[Iterable[str]], Side], rows_of) -> Decision:
    """What each side would choose; on what that turns, and what settling it is worth."""
    a, b = side(()), side(names)
    first, second = a.decision, b.decision
    if first == second:
        return Decision(first, second, False, (), (), True, None)

    def taken_over(some: Iterable[str]) -> float:
        """What b's choice is worth more to a with these rows as in b."""
        return side(some).advantage(first, second)

    def given_up(some: Iterable[str]) -> float:
        """What a's choice is worth more to b with these rows as in a."""
        return side(set(names) - set(some)).advantage(second, first)

    dividing, proven = smallest(names, taken_over)
    dividing_b, proven_b = smallest(names, given_up)
    single = [name for group in dividing for name in rows_of[group]]
    return Decision(
        first, second, True, dividing, dividing_b, proven and proven_b,
        settling(a, b, single, taken_over(dividing), (first, second)),
    )  # fmt: skip


def _values(used: Assumptions, names: Iterable[str]) -> float | tuple[float, ...]:
    values = tuple(used[name].base for name in names)
    return values[0] if len(values) == 1 else values
