"""The measure sheet of a lever: its facts as a policy, and its figures from a run of it alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

import pandas as pd

from models.analysis.choice.rank import HEALTH, evidence, strongest
from models.analysis.signal import verdict
from models.analysis.uncertainty.sensitivity import lever_rates
from models.analysis.uncertainty.swing import swing
from models.engine.output.document import SCHEMA
from models.engine.record import INLINE, Interval, Quantity, Record
from models.engine.result import Result
from models.engine.run import run_like
from models.engine.summary import STEADY
from models.errors import UsageError
from models.formulas.health import MEASURES
from models.similar_names import nearest
from models.tables.edits import origin_of
from models.tables.levers import Lever
from models.tables.measures import Fact, Policy, facts, policies

QUANTITY = ("mean", "p2_5", "p97_5")
PREMIUM = ("premium_per_adult", "average_deductible", "employers_contribution", "tax_lost")
HEALTH_MEASURES = ("sick_days", "pain_days")  # on every sheet, beside the lever's own measure


@dataclass(frozen=True)
class Figures(Record):
    """What a level does in force, against today: money, premium and health.

    `incremental` is EUR a year, `qaly` QALYs a year gained; the others have units of their own.
    """

    incremental: Quantity
    probability_saving: float | None  # None where nothing changes
    premium_per_adult: Quantity
    average_deductible: Quantity
    employers_contribution: Quantity
    tax_lost: Quantity
    qaly: Quantity
    health: Mapping[str, Quantity]

    def premium_of(self, adults: int) -> Interval:
        """The premium of a household with so many adults, EUR a year: each pays the same.

        The state pays for children. Not counted: the deductible, and what follows income.
        """
        ends = (getattr(self.premium_per_adult, end) for end in QUANTITY)
        return Interval(*(adults * amount for amount in ends))


@dataclass(frozen=True)
class PolicyFigures(Record):
    """One of the policies that a lever stands for, with the figures of its level."""

    policy: Annotated[Policy, INLINE]
    figures: Annotated[Figures, INLINE]


@dataclass(frozen=True)
class YearFigures(Record):
    """A calendar year, nominal, against today: EUR a year, or EUR an adult a year."""

    year: int
    total: Interval
    payers: Mapping[str, Interval]
    premium_per_adult: Interval
    average_deductible: Interval
    employers_contribution: Interval
    tax_lost: Interval


@dataclass(frozen=True)
class Change(Record):
    """What a number of this lever adds to the amount at the ends of its range, EUR a year.

    `base`, `low` and `high` are in `unit`; the means are over 1,000 draws.
    """

    parameter: str
    label_en: str
    label_nl: str
    unit: str
    base: float
    low: float
    high: float
    provenance: str
    at_low: float
    at_high: float


@dataclass(frozen=True)
class OtherValuation(Record):
    """The amount, EUR a year, under the other value of lost work."""

    valuation: str
    incremental: Quantity


@dataclass(frozen=True)
class Sheet(Record):
    """Facts and figures of one lever alone, at `level` in its `unit`.

    `payers` and `cash` are differences in force, EUR a year: by the resource ledger, and by who
    pays in money (means). `researched`: it stands at its strongest level that research reached.
    `ramp_years` is the number of years to full effect.
    """

    schema: int
    assumptions_hash: str
    scenario_id: str
    draws: int
    seed: int
    price_year: int
    lever: str
    label_en: str
    label_nl: str
    group: str
    level: float
    unit: str
    today: float
    researched: bool
    ramp_years: float
    facts: tuple[Fact, ...]
    policies: tuple[PolicyFigures, ...]
    figures: Annotated[Figures, INLINE]
    payers: Mapping[str, Interval]
    cash: Mapping[str, float]
    years: tuple[YearFigures, ...]
    evidence: str
    source: str
    verdict: str
    changes: tuple[Change, ...]
    other_valuation: OtherValuation


def sheet(result: Result, lever: str, level: float | None = None) -> Sheet:
    """The sheet of one lever, alone: facts of data/measures.csv and figures of the run.

    At `level`, in the lever's unit; None: the strongest level, as `rank` has it. Amounts are
    differences with today in EUR a year: in force at prices of the price year, and by calendar
    year nominal. Not counted: other levers, which stand at today.
    Raises UsageError for an unknown lever.
    """
    if lever not in result.levers:
        near = ", ".join(nearest(lever, result.levers))
        raise UsageError(f"unknown lever {lever!r}; nearest: {near}")
    row = result.levers[lever]
    best, researched = strongest(row)
    level_used = best if level is None else level
    alone = run_like(result, {lever: level_used})
    by_payer = alone.statistics("incremental", "payer")
    other = alone.other_valuation
    return Sheet(
        schema=SCHEMA,
        assumptions_hash=alone.assumptions_hash,
        scenario_id=alone.scenario_id,
        draws=alone.options.draws,
        seed=alone.options.seed,
        price_year=alone.price_year,
        lever=lever,
        label_en=row.label_en,
        label_nl=row.label_nl,
        group=row.group,
        level=level_used,
        unit=row.unit,
        today=row.today,
        researched=researched and level is None,
        ramp_years=row.ramp_years,
        facts=facts(lever),
        policies=tuple(
            PolicyFigures(policy, _figures(run_like(result, {lever: policy.level}), row))
            for policy in policies(lever)
        ),
        figures=_figures(alone, row),
        payers={payer: _interval(statistics) for payer, statistics in by_payer.items()},
        cash={payer: float(draws.mean()) for payer, draws in alone.cash.payers().items()},
        years=_years(alone),
        evidence=evidence(alone, row),
        source=origin_of(alone.model.assumptions[row.source]).source,
        verdict=verdict(alone).word,
        changes=_changes(alone, row),
        other_valuation=OtherValuation(other["valuation"], Quantity(**other["incremental_total"])),
    )


def sheets(result: Result) -> list[Sheet]:
    """The sheets of all levers at their strongest level; the largest saving first."""
    unsorted = [sheet(result, lever) for lever in result.levers]
    return sorted(unsorted, key=lambda sheet: sheet.figures.incremental.mean)


def _figures(alone: Result, lever: Lever) -> Figures:
    before, after = alone.base.health, alone.scenario.health
    names = (*HEALTH_MEASURES, lever.expected_measure)
    measures = [name for name in dict.fromkeys(names) if name in before and name != HEALTH]
    return Figures(
        incremental=Quantity(**alone.headline["incremental_total"]),
        probability_saving=alone.headline["probability_saving"],
        **{name: Quantity(**alone.cash.premium_quantity(name)) for name in PREMIUM},
        qaly=Quantity.of(before[HEALTH] - after[HEALTH], "QALY/year"),
        health={name: Quantity.of(after[name] - before[name], MEASURES[name]) for name in measures},
    )


def _years(alone: Result) -> tuple[YearFigures, ...]:
    """By calendar year: payers and their total, premium and average deductible."""
    budget, premium = alone.budget(), alone.cash.premium
    budget = budget[~budget["discounted"]]
    premium = premium[(premium["scenario"] == "incremental") & (premium["view"] != STEADY)]
    years = []
    for year in dict.fromkeys(budget["year"]):
        payers = _intervals(budget[budget["year"] == year], "payer")
        total = payers.pop("total")
        measures = _intervals(premium[premium["year"] == year], "measure")
        money = {name: measures[name] for name in PREMIUM}
        years.append(YearFigures(int(year), total, payers, **money))
    return tuple(years)


def _changes(alone: Result, lever: Lever) -> tuple[Change, ...]:
    """The numbers of this lever at the ends of their range; the widest first."""
    used, fixed = alone.model.assumptions, lever_rates(alone.model.assumptions)
    changes = []
    for name in _parameters(lever):
        row = used[name]
        if name in fixed or row.low == row.high or row.group == "context":
            continue
        low, high = swing(used, name, alone.levels, alone.options).package
        if low == high:
            continue
        change = Change(
            parameter=name,
            label_en=row.label_en,
            label_nl=row.label_nl,
            unit=row.unit,
            base=row.base,
            low=row.low,
            high=row.high,
            provenance=origin_of(row).provenance,
            at_low=low,
            at_high=high,
        )
        changes.append(change)
    return tuple(sorted(changes, key=lambda change: -abs(change.at_low - change.at_high)))


def _parameters(lever: Lever) -> tuple[str, ...]:
    """The assumptions that this lever rests on: its effects, its programme, its break-even."""
    effects = (name for row in lever.effects for name in (row.effect, row.reach))
    names = (*effects, lever.programme_fixed, *lever.programme_unit, lever.breakeven_parameter)
    return tuple(dict.fromkeys(name for name in names if name))


def _interval(row: Mapping) -> Interval:
    return Interval(*(row[name] for name in QUANTITY))


def _intervals(frame: pd.DataFrame, column: str) -> dict[str, Interval]:
    """Mean and 95% interval by the name in a column."""
    rows = frame[list(QUANTITY)].to_dict("records")
    return {str(name): _interval(row) for name, row in zip(frame[column], rows, strict=True)}
