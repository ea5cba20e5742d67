"""All levers ranked: each alone at the strongest level that research reached, on one scale."""

from __future__ import annotations

import numpy as np

from models.analysis.signal import limits, verdict
from models.engine.document import SCHEMA
from models.engine.result import Result
from models.engine.run import run_like
from models.engine.summary import quantity
from models.tables.levers import Lever

HEALTH = "qaly_loss"
WEAKEST_FIRST = ("red", "amber", "green")


def strongest(lever: Lever) -> tuple[float, bool]:
    """The strongest researched level of a lever, in its unit, and whether research gives it.

    The end of the researched range (`trial_low`, `trial_high`) that lies farthest from today on
    the side on which the lever is a policy, rounded to a step of its slider, towards today.
    A lever without such a range is a rule that holds or does not, or a what-if: then the end of
    its slider on that side, and False.
    """
    above = lever.programme_when == "above"
    if lever.trial_low is None or lever.trial_high is None:
        return (lever.max if above else lever.min), False
    end = lever.trial_high if above else lever.trial_low
    return lever.on_step(min(max(end, lever.min), lever.max)), True


def evidence(result: Result, lever: Lever) -> str:
    """The weakest quality among the assumptions that a lever rests on: `red` is a guess.

    These are its source, the effects of its rows, and what its break-even is solved for.
    """
    names = {lever.source, lever.breakeven_parameter, *(one.effect for one in lever.effects)}
    rows = [result.model.assumptions[name] for name in names if name]
    return min((row.quality for row in rows), key=WEAKEST_FIRST.index)


def rank(result: Result) -> dict:
    """Every lever alone at its strongest researched level; the largest saving first.

    Amounts are in EUR a year in force against today, under the options of the result, whose own
    levels are left out. `qaly` is health gained; `payers` are the means of the resource ledger;
    `premium_per_adult` is by the rule of the Health Insurance Act. `probability_most` is the share
    of draws in which no other lever alone saves more; `other_valuation` is the difference under the
    other way to value lost work. `movement` is EUR by which sick leave moves from year to year.
    """
    alone = {
        lever.id: run_like(result, {lever.id: strongest(lever)[0]})
        for lever in result.levers.values()
    }
    most = _most(np.array([one.incremental for one in alone.values()]))
    rows = [
        _row(result.levers[name], found) | {"probability_most": share}
        for (name, found), share in zip(alone.items(), most, strict=True)
    ]
    rows.sort(key=lambda row: row["incremental"]["mean"])
    return {
        "schema": SCHEMA,
        "assumptions_hash": result.assumptions_hash,
        "draws": result.options.draws,
        "seed": result.options.seed,
        "valuation": result.options.valuation,
        "movement": limits(result)["movement"],
        "levers": rows,
    }


def _most(changes: np.ndarray) -> list[float]:
    """Share of draws in which each of the changes (levers, draws) saves money, and most of all."""
    most = (changes == changes.min(axis=0)) & (changes < 0)
    return [float(share) for share in most.mean(axis=1)]


def _row(lever: Lever, found: Result) -> dict:
    level, researched = strongest(lever)
    before, after = found.base.health[HEALTH], found.scenario.health[HEALTH]
    return {
        "lever": lever.id,
        "label_en": lever.label_en,
        "label_nl": lever.label_nl,
        "level": level,
        "unit": lever.unit,
        "today": lever.today,
        "researched": researched,
        "incremental": found.headline["incremental_total"],
        "probability_saving": found.headline["probability_saving"],
        "qaly": quantity(before - after, "QALY/year"),
        "payers": {
            payer: row["mean"] for payer, row in found.statistics("incremental", "payer").items()
        },
        "cash": {payer: float(a.mean()) for payer, a in found.cash.payers().items()},
        "premium_per_adult": found.cash.premium_quantity("premium_per_adult"),
        "average_deductible": found.cash.premium_quantity("average_deductible"),
        "other_valuation": found.other_valuation["incremental_total"],
        "evidence": evidence(found, lever),
        "source": found.model.assumptions[lever.source].source,
        "verdict": verdict(found).word,
    }
