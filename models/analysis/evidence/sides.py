"""One side of a deliberation: a set of assumptions with its answer and what it would choose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from models.analysis.choice.options import HEALTH, of_levels, reference_value
from models.analysis.evidence.edit_effects import edits
from models.engine.model import model
from models.engine.options import Options
from models.engine.result import Result
from models.engine.run import catalogue_of, scenarios_of
from models.errors import DataError, Findings, UsageError
from models.formulas.draws import KNOT_PREFIX
from models.tables.assumptions import Assumptions
from models.tables.checks.assumption_rows import PARTITIONS, check_together

TOGETHER = " + "  # joins the names of rows that can only be agreed on together
TODAY, PACKAGE = "today", "package"
SHOWN_ONLY = "context"  # the group of rows that no formula reads

Levels = Mapping[str, float]


class Side:
    """Answers under one set of assumptions: draws (draws,), EUR a year in force.

    `total` is the base-case total; `incremental` the difference that the package makes with today.
    """

    def __init__(
        self, used: Assumptions, levels: Levels, options: Options, value: float | None = None
    ):
        self.used, self.levels, self.options, self.value = used, dict(levels), options, value
        made = model(used, Assumptions.default(), options)
        after = made.steady(self.levels, catalogue_of(used), options.overlap)
        self.total = made.base.total
        self.incremental = after.total - made.base.total
        gained = made.base.health[HEALTH] - after.health[HEALTH]
        worth = value if value is not None else used["mac_wtp"].base
        self._package = float(np.mean(worth * gained - self.incremental))
        for draws in (self.total, self.incremental):
            if not np.isfinite(draws).all():
                raise UsageError("with these rows a result is not a finite number")

    def result(self) -> Result:
        """The run, calculated at each call: a side keeps only its answers, to save memory."""
        made = model(self.used, Assumptions.default(), self.options)
        return Result(made, dict(self.levels), catalogue_of(self.used), self.options)

    def offered(self) -> dict[str, Levels]:
        """What may be chosen: today or the package; without levers today or a named package."""
        if self.levels:
            return {TODAY: {}, PACKAGE: self.levels}
        named = scenarios_of(self.used)
        return {TODAY: {}} | {name: row["levels"] for name, row in named.items()}

    def benefit(self, options: Mapping[str, Levels]) -> np.ndarray:
        """Net benefit of each option against the first, (options, draws), EUR a year."""
        result = self.result()
        return of_levels(result, options).net_benefit(reference_value(result, self.value))

    @property
    def decision(self) -> str:
        """The option with the largest mean net benefit; today where nothing is better."""
        if self.levels:
            return PACKAGE if self._package > 0 else TODAY
        offered = self.offered()
        return list(offered)[int(np.argmax(self.benefit(offered).mean(axis=1)))]

    def advantage(self, first: str, second: str) -> float:
        """Mean net benefit of option `second` over option `first`, EUR a year."""
        if self.levels:
            return self._package * ((second == PACKAGE) - (first == PACKAGE))
        offered = self.offered()
        both = {name: offered[name] for name in (first, second)}
        return float(self.benefit(both)[1].mean())


def groups(a: Assumptions, b: Assumptions) -> dict[str, tuple[str, ...]]:
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
    joined = {TOGETHER.join(names): names for names in bound}
    return joined | {name: (name,) for name in differing if name not in together}


def moving(a: Assumptions, b: Assumptions, names: Iterable[str]) -> bool:
    """Whether a formula reads one of these rows on either side."""
    return any(SHOWN_ONLY != side[name].group for side in (a, b) for name in names)


def mixed(a: Assumptions, rows: Mapping) -> Assumptions:
    """`a` with some rows of `b`; DataError when they cannot stand together."""
    made = Assumptions({**a, **rows}.values(), a.sources, a.catalogue)
    findings = Findings()
    check_together(made, findings)
    if findings:
        raise DataError(findings)
    return made
