"""The measure sheet of a lever: its facts as a policy, and its figures from a run of it alone."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

import pandas as pd

from models.analysis.choice.rank import HEALTH, evidence, strongest
from models.analysis.signal import verdict
from models.analysis.uncertainty.sensitivity import lever_rates
from models.analysis.uncertainty.swing import swing
from models.engine.document import SCHEMA
from models.engine.result import Result
from models.engine.run import run_like
from models.engine.summary import STEADY, quantity
from models.errors import UsageError
from models.formulas.health import MEASURES
from models.similar_names import nearest
from models.tables.levers import Lever
from models.tables.measures import facts, policies

QUANTITY = ("mean", "p2_5", "p97_5")
PREMIUM = ("premium_per_adult", "average_deductible", "employers_contribution", "tax_lost")
HEALTH_MEASURES = ("sick_days", "pain_days")  # on every sheet, beside the lever's own measure


def sheet(result: Result, lever: str, level: float | None = None) -> dict:
    """The sheet of one lever, alone: facts of data/measures.csv and figures of the run.

    At `level`, in the lever's unit; None: the strongest level, as `rank` has it. Amounts are
    differences with today in EUR a year: in force at prices of the price year, and by calendar
    year nominal; `cash` is who pays in money. `qaly` is health gained. `changes` says what each
    number of this lever adds to the amount at the ends of its range (means over 1,000 draws),
    `other_valuation` what the amount is under the other value of lost work. Not counted: other
    levers, which stand at today.
    Raises UsageError for an unknown lever.
    """
    if lever not in result.levers:
        near = ", ".join(nearest(lever, result.levers))
        raise UsageError(f"unknown lever {lever!r}; nearest: {near}")
    chosen = result.levers[lever]
    best, researched = strongest(chosen)
    at = best if level is None else level
    alone = run_like(result, {lever: at})
    return {
        "schema": SCHEMA,
        "assumptions_hash": alone.assumptions_hash,
        "scenario_id": alone.scenario_id,
        "draws": alone.options.draws,
        "seed": alone.options.seed,
        "price_year": alone.price_year,
        "lever": lever,
        "label_en": chosen.label_en,
        "label_nl": chosen.label_nl,
        "group": chosen.group,
        "level": at,
        "unit": chosen.unit,
        "today": chosen.today,
        "researched": researched and level is None,
        "ramp_years": chosen.ramp_years,
        "facts": [dataclasses.asdict(fact) for fact in facts(lever)],
        "policies": [
            {**dataclasses.asdict(one), **_figures(run_like(result, {lever: one.level}), chosen)}
            for one in policies(lever)
        ],
        **_figures(alone, chosen),
        "payers": _by(alone.statistics("incremental", "payer")),
        "cash": {payer: float(draws.mean()) for payer, draws in alone.cash.payers().items()},
        "years": _years(alone),
        "evidence": evidence(alone, chosen),
        "source": alone.model.assumptions[chosen.source].source,
        "verdict": verdict(alone).word,
        "changes": _changes(alone, chosen),
        "other_valuation": _other(alone),
    }


def sheets(result: Result) -> list[dict]:
    """The sheets of all levers at their strongest level; the largest saving first."""
    found = [sheet(result, lever) for lever in result.levers]
    return sorted(found, key=lambda one: one["incremental"]["mean"])


def _figures(alone: Result, lever: Lever) -> dict:
    """What a level does in force: money, premium and health."""
    before, after = alone.base.health, alone.scenario.health
    wanted = (*HEALTH_MEASURES, lever.expected_measure)
    measures = [name for name in dict.fromkeys(wanted) if name in before and name != HEALTH]
    return {
        "incremental": alone.headline["incremental_total"],
        "probability_saving": alone.headline["probability_saving"],
        **{name: alone.cash.premium_quantity(name) for name in PREMIUM},
        "qaly": quantity(before[HEALTH] - after[HEALTH], "QALY/year"),
        "health": {name: quantity(after[name] - before[name], MEASURES[name]) for name in measures},
    }


def _years(alone: Result) -> list[dict]:
    """By calendar year, nominal: payers and their total, premium and average deductible."""
    budget, premium = alone.budget(), alone.cash.premium
    budget = budget[~budget["discounted"]]
    premium = premium[(premium["scenario"] == "incremental") & (premium["view"] != STEADY)]
    found = []
    for year in dict.fromkeys(budget["year"]):
        payers = _rows(budget[budget["year"] == year], "payer")
        total = payers.pop("total")
        measures = _rows(premium[premium["year"] == year], "measure")
        money = {name: measures[name] for name in PREMIUM}
        found.append({"year": int(year), "total": total, "payers": payers, **money})
    return found


def _changes(alone: Result, lever: Lever) -> list[dict]:
    """The numbers of this lever at the ends of their range; the widest first."""
    used, fixed = alone.model.assumptions, lever_rates(alone.model.assumptions)
    found = []
    for name in _parameters(lever):
        row = used[name]
        if name in fixed or row.low == row.high or row.group == "context":
            continue
        low, high = swing(used, name, alone.levels, alone.options).package
        found.append({
            "parameter": name, "label_en": row.label_en, "label_nl": row.label_nl,
            "unit": row.unit, "base": row.base, "low": row.low, "high": row.high,
            "provenance": row.provenance, "at_low": low, "at_high": high,
        })  # fmt: skip
    moving = [one for one in found if one["at_low"] != one["at_high"]]
    return sorted(moving, key=lambda one: -abs(one["at_low"] - one["at_high"]))


def _parameters(lever: Lever) -> tuple[str, ...]:
    """The assumptions that this lever rests on: its effects, its programme, its break-even."""
    effects = (name for one in lever.effects for name in (one.effect, one.reach))
    names = (*effects, lever.programme_fixed, *lever.programme_unit, lever.breakeven_parameter)
    return tuple(dict.fromkeys(name for name in names if name))


def _other(alone: Result) -> dict:
    other = alone.other_valuation
    return {"valuation": other["valuation"], "incremental": other["incremental_total"]}


def _by(statistics: dict) -> dict:
    return {name: {part: row[part] for part in QUANTITY} for name, row in statistics.items()}


def _rows(frame: pd.DataFrame, column: str) -> dict[str, dict[str, float]]:
    """Mean and 95% interval by the name in a column."""
    names: Iterable[str] = frame[column]
    rows = frame[list(QUANTITY)].to_dict("records")
    return {str(name): dict(row) for name, row in zip(names, rows, strict=True)}
