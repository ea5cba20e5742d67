"""Verdict: is an effect more than noise, in a word and with its arithmetic."""

from __future__ import annotations

from dataclasses import dataclass

from models.engine.record import Record
from models.engine.result import Result
from models.engine.run import run_like
from models.engine.summary import share_saving, summarise
from models.formulas.base_case import SICK_LEAVE
from models.tables.rules import certainty, choose


@dataclass(frozen=True)
class Limits(Record):
    """Limits of a verdict: shares of draws for `sure` and `likely`, EUR a year for `large`."""

    sure: float
    likely: float
    movement: float  # by which sick leave moves from one year to the next


@dataclass(frozen=True)
class Verdict(Record):
    """A word of data/rules.toml and the figures it rests on; EUR a year, in force."""

    word: str
    mean: float
    p2_5: float
    p97_5: float
    probability_saving: float | None  # None where nothing changes
    share_of_total: float  # of the base case
    share_of_range: float  # of the width of the 95% interval of the base case
    movement: float  # EUR by which sick leave moves from one year to the next
    share_of_movement: float
    same_sign: float | None  # share of draws on the commoner side of zero; None as above


def limits(result: Result) -> Limits:
    """The limits of a verdict, from `signal_certainty`, `signal_likely` and `sl_year_movement`."""
    p = result.model.p
    sick = sum(v.mean() for (item, _), v in result.base.ledger.items() if item in SICK_LEAVE)
    return Limits(
        sure=float(p["signal_certainty"].flat[0]),
        likely=float(p["signal_likely"].flat[0]),
        movement=float(result.model.assumptions["sl_year_movement"].base * sick),
    )


def verdict(result: Result) -> Verdict:
    """Is the effect more than noise?

    Sure when the sign is the same in `signal_certainty` of draws, which is where the 95% interval
    leaves zero out; likely from `signal_likely`; else open. Large when the mean exceeds the yearly
    movement of sick leave (`sl_year_movement` x sick leave of the base case).
    """
    mean, low, *_, high = summarise(result.incremental)[0]
    base = summarise(result.base.total)[0]
    limit = limits(result)
    movement = limit.movement
    saves = share_saving(result.incremental)
    costs = share_saving(-result.incremental)
    same = max(saves, costs)
    word = choose(
        "verdict",
        changed=result.changes,
        certainty=certainty(same, {"sure": limit.sure, "likely": limit.likely}),
        large=bool(abs(mean) >= movement),
    )
    return Verdict(
        word=word,
        mean=float(mean),
        p2_5=float(low),
        p97_5=float(high),
        probability_saving=saves if result.changes else None,
        share_of_total=_share(mean, base[0]),
        share_of_range=_share(mean, base[-1] - base[1]),
        movement=movement,
        share_of_movement=_share(mean, movement),
        same_sign=same if result.changes else None,
    )


def verdicts(result: Result) -> dict[str, Verdict]:
    """Verdict of each chosen lever alone, and of the package under `package`."""
    alone = {name: verdict(run_like(result, {name: v})) for name, v in result.levels.items()}
    return {"package": verdict(result), **alone}


def _share(amount: float, whole: float) -> float:
    return float(abs(amount) / whole) if whole else 0.0
