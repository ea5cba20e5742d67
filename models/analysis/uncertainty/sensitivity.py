"""Sensitivity: what each assumption affects, and how far it moves the answer over its range."""

from __future__ import annotations

import ast
from dataclasses import dataclass

import numpy as np

from models.analysis.answer import Answer, about
from models.analysis.uncertainty.regression import STUDY_PREFIX, first_order
from models.caching import cached
from models.engine.model import Model
from models.engine.options import Options
from models.engine.record import Record
from models.engine.result import Result
from models.engine.run import catalogue_of, run
from models.errors import UsageError
from models.formulas.draws import KNOT_PREFIX
from models.formulas.lever_effects import CURVE
from models.paths import PACKAGE
from models.tables.assumptions import Assumptions

# files that read assumptions by name
FORMULAS = {
    **{
        name: f"formulas/{name}.py"
        for name in ("people", "care", "absence_curve", "work", "health", "payers", "cash")
    },
    **{
        name: f"engine/{name}.py"
        for name in ("model", "inputs", "outcome", "result", "cost_tables", "budget")
    },
    **{name: f"engine/output/{name}.py" for name in ("document", "warnings")},
    "signal": "analysis/signal.py",
    "reconciliation": "analysis/evidence/reconciliation.py",
    "options": "analysis/choice/options.py",
    "value_of_information": "analysis/uncertainty/value_of_information.py",
}
NOISE = 1e-9  # relative; below it two sums of the same parts may differ
MEAN = "mean over draws"  # what every amount is; the number of the headline
STEP = 0.1  # relative change that shows what a parameter feeds
PARTS = (1.0, 0.75, 0.5, 0.25)  # of the way to the end of a range, where shares would pass 1
OUTCOMES = ("base_case_total", "incremental_total")


@dataclass(frozen=True)
class Bar(Record):
    """One assumption at the ends of its range (`unit`), and the mean outcome there, EUR a year."""

    parameter: str
    unit: str
    input_low: float
    input_high: float
    low: float
    high: float

    @property
    def width(self) -> float:
        return abs(self.high - self.low)


@dataclass(frozen=True)
class Tornado(Answer):
    """Bars round `base`, the mean of the outcome as it is, EUR a year in force; widest first."""

    outcome: str
    statistic: str
    base: float
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class VarianceShare(Record):
    """Part of the variance, 0 to 1, that goes with one assumption, and its standard error."""

    parameter: str
    share: float
    standard_error: float


@dataclass(frozen=True)
class VarianceShares(Record):
    """Main effects on the variance (EUR a year, squared) of an outcome, largest first."""

    outcome: str
    variance: float
    shares: tuple[VarianceShare, ...]


@dataclass(frozen=True)
class Feeds(Record):
    """What an assumption moves: cost items, measures of health, levers; and who reads it."""

    cost_items: tuple[str, ...]
    health: tuple[str, ...]
    levers: tuple[str, ...]
    formulas: tuple[str, ...]  # as file.function


@cached(most=2)
def tornado(result: Result, outcome: str = "incremental_total") -> Tornado:
    """One assumption at a time at the ends of its range, the rest as drawn; largest first.

    Amounts are means over the same draws, EUR a year in force; the calibration factor is held.
    A bar equals a run with only that value changed. Fixed and unused rows have no bar.
    """
    used, levels, options = result.model.assumptions, result.levels, vars(result.options)
    outcome = outcome if levels else "base_case_total"

    def at(name: str, base: float, end: float) -> tuple[float, float]:
        """Value and mean as near to the end of the range as the other assumptions allow."""
        for part in PARTS:
            value = base + part * (end - base)
            try:
                edited = run(levels, assumptions=used, set_assumptions={name: value}, **options)
            except UsageError:
                continue
            total = edited.base.total if outcome == "base_case_total" else edited.incremental
            return value, float(np.mean(total))
        return base, float(np.mean(now))

    now = result.base.total if outcome == "base_case_total" else result.incremental
    bars: list[Bar] = []
    for name, row in used.items():
        if row.group == "context" or row.low == row.high or name in lever_rates(used):
            continue
        (input_low, low), (input_high, high) = (
            at(name, row.base, end) for end in (row.low, row.high)
        )
        if low == high:
            continue
        bars.append(Bar(name, row.unit, input_low, input_high, low, high))
    bars.sort(key=lambda bar: (-bar.width, bar.parameter))
    return Tornado(
        **about(result),
        outcome=outcome,
        statistic=MEAN,
        base=float(np.mean(now)),
        bars=tuple(bars),
    )


@cached(most=2)
def variance_shares(result: Result, outcome: str = "incremental_total") -> VarianceShares:
    """Main effect of each drawn assumption on the spread of an outcome, largest first.

    From the draws of the run (`regression.first_order`). Unlike in the tornado the calibration is
    solved in every draw, so an effect that it compensates has no share here. Shares may add up to
    more than 1 where inputs are correlated, as the knots of the absence curve are; what is missing
    from 1 is due to combinations of inputs.
    """
    draws = result.incremental if result.levels and outcome != OUTCOMES[0] else result.base.total
    p = result.model.p
    inputs = {name: p[name] for name in result.model.assumptions if name in p}
    inputs = {name: values for name, values in inputs.items() if np.ptp(values) > 0}
    estimates = first_order(inputs, draws)
    shares = (
        VarianceShare(name, estimate.share, estimate.standard_error)
        for name, estimate in estimates.items()
    )
    return VarianceShares(
        outcome=OUTCOMES[0] if draws is result.base.total else OUTCOMES[1],
        variance=float(draws.var()),
        shares=tuple(sorted(shares, key=lambda row: (-row.share, row.parameter))),
    )


def lever_rates(assumptions: Assumptions) -> set[str]:
    """Assumptions of 0 that say how far a policy is in place today: levers, not facts in doubt."""
    return {
        name
        for lever in catalogue_of(assumptions).values()
        for name in lever.today_from
        if assumptions[name].base == 0
    }


@cached(most=1)
def feeds(assumptions: Assumptions) -> dict[str, Feeds]:
    """What each assumption moves: cost items and health measures of today, and levers.

    Found by changing it by a tenth in the point estimate with calibration off, so it is true of
    the formulas as they run. `formulas` names the functions that read it.
    """
    options = Options(draws=1, seed=0, anchor="none", presenteeism=True)
    today = Model(assumptions, assumptions, options, point=True)
    readers = formulas_of(assumptions)
    fed = {}
    for name, row in assumptions.items():
        items: set[str] = set()
        measures: set[str] = set()
        if row.group != "context" and row.base != 0:
            outcomes = _nudged(assumptions, name, options)
            if outcomes is not None:
                items = {
                    item
                    for (item, payer), amount in outcomes.base.ledger.items()
                    if _differs(amount[0], today.base.ledger[item, payer][0])
                }
                measures = {
                    measure
                    for measure, amount in outcomes.base.health.items()
                    if _differs(amount[0], today.base.health[measure][0])
                }
        fed[name] = Feeds(
            cost_items=tuple(sorted(items)),
            health=tuple(sorted(measures)),
            levers=tuple(_levers_with(assumptions, name)),
            formulas=readers.get(name, ()),
        )
    return fed


def _differs(a: float, b: float) -> bool:
    return abs(a - b) > NOISE * max(abs(a), abs(b))


def _nudged(assumptions: Assumptions, name: str, options: Options) -> Model | None:
    """The point estimate with one value a tenth higher, or lower where that cannot be."""
    base = assumptions[name].base
    for factor in (1 + STEP, 1 - STEP):
        try:
            edited = assumptions.with_values({name: base * factor})
        except UsageError:
            continue
        return Model(edited, edited, options, point=True)
    return None


def _levers_with(assumptions: Assumptions, name: str) -> list[str]:
    """Levers whose effect, reach, price or level of today rests on this assumption."""
    levers = []
    for lever in catalogue_of(assumptions).values():
        named = {*lever.today_from, *lever.programme_unit, lever.programme_fixed}
        for effect in lever.effects:
            named |= {effect.parameter, effect.effect}
            if effect.parameter == CURVE and name.startswith(KNOT_PREFIX):
                week = name.removeprefix(KNOT_PREFIX)
                if week.isdigit() and float(week) >= effect.from_week:
                    named.add(name)
        if name in named:
            levers.append(lever.id)
    return levers


@cached(most=1)
def formulas_of(assumptions: Assumptions) -> dict[str, tuple[str, ...]]:
    """Assumption -> the functions that read it, as `file.function`, from the source itself."""
    readers: dict[str, set[str]] = {}
    for stem, path in FORMULAS.items():
        tree = ast.parse((PACKAGE / path).read_text(encoding="utf-8"))
        for function in ast.walk(tree):
            if not isinstance(function, ast.FunctionDef):
                continue
            for node in ast.walk(function):
                read = node.value if isinstance(node, ast.Constant) else None
                if isinstance(read, str) and read in assumptions:
                    readers.setdefault(read, set()).add(f"{stem}.{function.name}")
    for name in assumptions:
        tail = name.removeprefix(KNOT_PREFIX)
        if name.startswith(KNOT_PREFIX) and tail.isdigit():
            readers.setdefault(name, set()).add("absence_curve.curve")
        if name.startswith(STUDY_PREFIX):
            readers.setdefault(name, set()).add("value_of_information.study")
    return {name: tuple(sorted(functions)) for name, functions in readers.items()}
