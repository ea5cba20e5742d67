"""Two sets of assumptions side by side: where they differ, what each row is worth, what divides.

Two parties rarely disagree about everything. Here the difference between their answers is split
over the rows in which their assumptions differ, whatever the order in which they are agreed on
(Shapley value, see shapley.py), and the rows on which the decision turns are named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from models.analysis.answer import Answer, about_assumptions
from models.analysis.choice.options import of_levels, reference_value
from models.analysis.choice.shapley import EXACT, exact, sampled
from models.analysis.evidence.edit_effects import edits, words_only
from models.engine.model import model
from models.engine.options import DEFAULTS, Options
from models.engine.record import Record
from models.engine.result import Result
from models.engine.run import catalogue_of, scenario_levels, scenarios_of
from models.errors import DataError, Findings, UsageError
from models.formulas.draws import KNOT_PREFIX
from models.tables.assumption_checks import PARTITIONS, check_together
from models.tables.assumptions import Assumptions
from models.tables.levers import check_levels

TOGETHER = " + "  # joins the names of rows that can only be agreed on together
FEW = 1_000  # draws, and two orders with their reverse, where every combination would take too long
FEW_ORDERS = 2
TODAY, PACKAGE = "today", "package"

Progress = Callable[[int], None]  # answers worked out so far


@dataclass(frozen=True)
class DividingRow(Record):
    """A row, or rows joined by +, in which the sides differ: values in `unit`, EUR a year."""

    parameter: str
    unit: str
    a: float | tuple[float, ...]
    b: float | tuple[float, ...]
    alone: float
    share: float
    standard_error: float


@dataclass(frozen=True)
class BothSides(Record):
    """The answer of each side, EUR a year in force."""

    a: float
    b: float


@dataclass(frozen=True)
class Decision(Record):
    """What each side would choose, and the smallest set of rows on which that turns."""

    a: str
    b: str
    changes: bool
    dividing: tuple[str, ...]


@dataclass(frozen=True)
class Deliberation(Answer):
    """Two sets of assumptions compared, EUR a year in force; the stamp is that of side a."""

    a: str  # the hash of each side
    b: str
    levers: Mapping[str, float]
    unit: str
    what: str
    answers: BothSides
    total: float
    interaction: float
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

    Without levers the answer is the base-case total; with levers (or a named scenario) it is the
    difference that this package makes. `total` is the answer of `b` less that of `a`. Of each row
    `alone` is what the answer of `a` moves when only this row is as in `b`; `share` is its part of
    the total, and the shares add up to it. `interaction` is the total less the rows alone. A
    against B is minus B against A.

    `decision` is what each side would choose by mean net benefit (money saved, and QALYs gained at
    `value` euro, by default `mac_wtp` of each side): today or the package, or, without levers,
    today or one of the named packages. `dividing` is the smallest set of rows on whose agreement
    side `a` would decide as `b` does; it is searched in the order of the shares where there are
    many rows. The calibration is held on both sides, so that rows are compared and not targets.

    Rows that cannot be agreed on one by one (points of one absence curve, shares of one whole) are
    one row, their names joined by +. Levers, cost items and shares of payers must be the same on
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
    groups = _groups(a, b)
    chosen = Options(**options)
    many = len(groups) > EXACT
    if many:
        chosen = Options(**{**vars(chosen), "draws": min(chosen.draws, FEW)})
    levels = check_levels(scenario_levels(scenario, a) | dict(levers or {}), catalogue_of(a))
    sides: dict[frozenset, Side] = {}

    def side(names: Iterable[str]) -> Side:
        """The answers when these rows are as in `b` and the others as in `a`."""
        key = frozenset(names)
        if key not in sides:
            rows = {name: b[name] for group in key for name in groups[group]}
            sides[key] = Side(_mixed(a, rows) if rows else a, levels, chosen, value)
            if progress is not None:
                progress(len(sides))
        return sides[key]

    def answer(names: Iterable[str]) -> np.ndarray:
        return side(names).answer

    names = list(groups)
    shares = (
        sampled(names, answer, chosen.seed, FEW_ORDERS)
        if many
        else exact(names, answer, chosen.seed)
    )
    start = answer(())
    total = float(np.mean(answer(names) - start))
    alone = {name: float(np.mean(answer((name,)) - start)) for name in names}
    rows = [
        DividingRow(
            parameter=name,
            unit=TOGETHER.join(dict.fromkeys(a[n].unit for n in groups[name])),
            a=_values(a, groups[name]),
            b=_values(b, groups[name]),
            alone=alone[name],
            share=float(np.mean(shares.draws[name])),
            standard_error=shares.standard_error[name],
        )
        for name in names
    ]
    rows.sort(key=lambda row: (-abs(row.share), row.parameter))
    first, second = side(()).decision, side(names).decision
    dividing = _dividing([row.parameter for row in rows], side, second) if first != second else ()
    return Deliberation(
        **about_assumptions(a, levels, chosen),
        a=a.hash,
        b=b.hash,
        levers=levels,
        unit="EUR/year",
        what="difference the package makes" if levels else "base-case total",
        answers=BothSides(float(np.mean(start)), float(np.mean(answer(names)))),
        total=total,
        interaction=total - sum(alone.values()),
        method="sampled" if many else "exact",
        rows=tuple(rows),
        agreed=len(a) - sum(map(len, groups.values())),
        words_only=tuple(words_only(a, b)),
        decision=Decision(first, second, first != second, tuple(dividing)),
    )


class Side:
    """The answer and the decision under one set of assumptions, on common draws."""

    def __init__(
        self,
        used: Assumptions,
        levels: Mapping[str, float],
        options: Options,
        value: float | None,
    ):
        made = model(used, Assumptions.default(), options)
        self.result = Result(made, dict(levels), catalogue_of(used), options)
        self.levels, self.value = levels, value
        found = self.result.incremental if levels else self.result.base.total
        if not np.isfinite(found).all():
            raise UsageError("with these rows a result is not a finite number")
        self.answer = found

    @property
    def decision(self) -> str:
        """The option with the largest mean net benefit; today where nothing is better."""
        named = {
            name: row["levels"] for name, row in scenarios_of(self.result.model.assumptions).items()
        }
        offered: dict[str, dict[str, float]] = {TODAY: {}} | (
            {PACKAGE: dict(self.levels)} if self.levels else named
        )
        found = of_levels(self.result, offered)
        benefit = found.net_benefit(reference_value(self.result, self.value)).mean(axis=1)
        return list(offered)[int(np.argmax(benefit))]


def _groups(a: Assumptions, b: Assumptions) -> dict[str, tuple[str, ...]]:
    """What can be agreed on one by one: name -> the rows it stands for, in the order of `a`."""
    missing = set(a) ^ set(b)
    if missing:
        listed = ", ".join(sorted(missing)[:5])
        raise UsageError(f"only one of the two sides has {listed}; both need the same rows")
    differing = edits(a, b)
    bound: list[tuple[str, ...]] = [
        tuple(name for name in differing if name.startswith(KNOT_PREFIX)),
        *(tuple(name for name in names if name in differing) for names in PARTITIONS),
    ]
    bound = [names for names in bound if len(names) > 1]
    together = {name: names for names in bound for name in names}
    found = {TOGETHER.join(names): names for names in bound}
    return found | {name: (name,) for name in differing if name not in together}


def _mixed(a: Assumptions, rows: Mapping) -> Assumptions:
    """`a` with some rows of `b`; DataError when they cannot stand together."""
    mixed = Assumptions({**a, **rows}.values(), a.sources, a.catalogue)
    findings = Findings()
    check_together(mixed, findings)
    if findings:
        raise DataError(findings)
    return mixed


def _values(used: Assumptions, names: Iterable[str]) -> float | tuple[float, ...]:
    values = tuple(used[name].base for name in names)
    return values[0] if len(values) == 1 else values


def _dividing(names: list[str], side: Callable, wanted: str) -> tuple[str, ...]:
    """The smallest set of rows that brings `a` to the decision of `b`."""
    if len(names) <= EXACT:
        for size in range(1, len(names) + 1):
            for some in combinations(names, size):
                if side(some).decision == wanted:
                    return some
    for size in range(1, len(names) + 1):
        if side(names[:size]).decision == wanted:
            return tuple(names[:size])
    return tuple(names)
