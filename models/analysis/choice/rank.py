"""All levers ranked: each alone at the strongest level that research reached, on one scale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from models.analysis.answer import Answer, about
from models.analysis.signal import limits, verdict
from models.engine.record import Quantity, Record
from models.engine.result import Result
from models.engine.run import run_like
from models.tables.edits import UNJUDGED, origin_of
from models.tables.levers import Lever

HEALTH = "qaly_loss"
WEAKEST_FIRST = (UNJUDGED, "red", "amber", "green")


class StrongestLevel(NamedTuple):
    """A level in the lever's unit, and whether research reached it."""

    level: float
    researched: bool


@dataclass(frozen=True)
class RankedLever(Record):
    """One lever alone at `level`, against today, in force.

    Amounts in EUR a year, of which `payers` (resource ledger) and `cash` (who pays in money) are
    means; `qaly` in QALYs a year, `premium_per_adult` and `average_deductible` in EUR a year.
    """

    lever: str
    label_en: str
    label_nl: str
    level: float
    unit: str
    today: float
    researched: bool
    incremental: Quantity
    probability_saving: float | None  # None where nothing changes
    qaly: Quantity
    payers: Mapping[str, float]
    cash: Mapping[str, float]
    premium_per_adult: Quantity
    average_deductible: Quantity
    other_valuation: Quantity
    evidence: str  # the weakest quality: green, amber or red
    source: str
    verdict: str
    probability_most: float  # share of draws in which no other lever alone saves more


@dataclass(frozen=True)
class Ranking(Answer):
    """All levers, the largest saving first; `movement` is EUR a year by which sick leave moves."""

    movement: float
    levers: tuple[RankedLever, ...]


def strongest(lever: Lever) -> StrongestLevel:
    """The strongest researched level of a lever, in its unit, and whether research gives it.

    The end of the researched range (`trial_low`, `trial_high`) that lies farthest from today on
    the side on which the lever is a policy, rounded to a step of its slider, towards today.
    A lever without such a range is a rule that holds or does not, or a what-if: then the end of
    its slider on that side, and False.
    """
    above = lever.programme_when == "above"
    if lever.trial_low is None or lever.trial_high is None:
        return StrongestLevel(lever.max if above else lever.min, False)
    end = lever.trial_high if above else lever.trial_low
    return StrongestLevel(lever.on_step(min(max(end, lever.min), lever.max)), True)


def evidence(result: Result, lever: Lever) -> str:
    """The weakest quality among the assumptions that a lever rests on: `red` is a guess.

    `unjudged` where one of them is a reader's own number.

    These are its source, the effects of its rows, and what its break-even is solved for.
    """
    names = {lever.source, lever.breakeven_parameter, *(effect.effect for effect in lever.effects)}
    rows = [result.model.assumptions[name] for name in names if name]
    return min((origin_of(row).quality for row in rows), key=WEAKEST_FIRST.index)


def rank(result: Result) -> Ranking:
    """Every lever alone at its strongest researched level; the largest saving first.

    Amounts are in EUR a year in force against today, under the options of the result, whose own
    levels are left out. `qaly` is health gained; `payers` are the means of the resource ledger;
    `premium_per_adult` is by the rule of the Health Insurance Act. `probability_most` is the share
    of draws in which no other lever alone saves more; `other_valuation` is the difference under the
    other way to value lost work. `movement` is EUR by which sick leave moves from year to year.
    """
    alone = {
        lever.id: run_like(result, {lever.id: strongest(lever).level})
        for lever in result.levers.values()
    }
    most = _most(np.array([run.incremental for run in alone.values()]))
    rows = [
        _ranked(result.levers[name], alone_run, share)
        for (name, alone_run), share in zip(alone.items(), most, strict=True)
    ]
    rows.sort(key=lambda row: row.incremental.mean)
    return Ranking(**about(result), movement=limits(result).movement, levers=tuple(rows))


def _most(changes: np.ndarray) -> list[float]:
    """Share of draws in which each of the changes (levers, draws) saves money, and most of all."""
    most = (changes == changes.min(axis=0)) & (changes < 0)
    return [float(share) for share in most.mean(axis=1)]


def _ranked(lever: Lever, alone: Result, probability_most: float) -> RankedLever:
    """The row of a lever from the run in which it moves alone."""
    level, researched = strongest(lever)
    before, after = alone.base.health[HEALTH], alone.scenario.health[HEALTH]
    by_payer = alone.statistics("incremental", "payer")
    return RankedLever(
        lever=lever.id,
        label_en=lever.label_en,
        label_nl=lever.label_nl,
        level=level,
        unit=lever.unit,
        today=lever.today,
        researched=researched,
        incremental=Quantity(**alone.headline["incremental_total"]),
        probability_saving=alone.headline["probability_saving"],
        qaly=Quantity.of(before - after, "QALY/year"),
        payers={payer: row["mean"] for payer, row in by_payer.items()},
        cash={payer: float(draws.mean()) for payer, draws in alone.cash.payers().items()},
        premium_per_adult=Quantity(**alone.cash.premium_quantity("premium_per_adult")),
        average_deductible=Quantity(**alone.cash.premium_quantity("average_deductible")),
        other_valuation=Quantity(**alone.other_valuation["incremental_total"]),
        evidence=evidence(alone, lever),
        source=origin_of(alone.model.assumptions[lever.source]).source,
        verdict=verdict(alone).word,
        probability_most=probability_most,
    )
