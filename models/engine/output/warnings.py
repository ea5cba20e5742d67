"""Warnings that go with the results of a run, as keys of the text catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from models.caching import cached
from models.engine.options import NUMBERS
from models.engine.record import Record
from models.engine.summary import standard_errors
from models.formulas.distributions import misfits
from models.tables.assumptions import Assumptions
from models.tables.catalogue import fed
from models.tables.catalogue_columns import SIDES
from models.tables.rows import Assumption

if TYPE_CHECKING:
    from models.engine.result import Result

# outcomes beside the total that no lever sets to a level of its own
MOVED = ("episodes", "chronic_patients", "sick_days", "physiotherapy_sessions")


@dataclass(frozen=True)
class Warning(Record):
    """A key of the text catalogue, and the values that its sentence quotes, in their own units."""

    key: str
    values: Mapping[str, Any]


@cached(most=1)
def warnings(result: Result) -> tuple[Warning, ...]:
    """All warnings of a result; none when there is nothing to warn about."""
    return (
        *_calibration(result),
        *beyond_range(result.model.assumptions),
        *not_drawn(result.model.assumptions),
        *_large_changes(result),
        *_beyond_evidence(result),
        *_conflicts(result),
        *_capacity(result),
        *_shares(result),
    )


def about_request(result: Result) -> tuple[Warning, ...]:
    """What was asked for and does not do what it seems to: the page does not offer these."""
    options, published = result.options, Assumptions.default()
    least, listed = NUMBERS["draws"].offered[0], []
    if options.draws < least:
        listed.append(Warning("few_draws", {"number": options.draws, "least": least}))
    if options.recalibrate and options.anchor == "none":
        listed.append(Warning("nothing_to_recalibrate", {}))
    used = fed(result.model.assumptions.catalogue)
    listed += [
        Warning("shown_not_used", {"parameter": row.parameter})
        for row in result.model.assumptions.shown
        if row.parameter not in used and row != published.get(row.parameter)
    ]
    error, mean = standard_errors(result)["incremental_total"], float(result.incremental.mean())
    if result.changes and abs(mean) < 2 * error:
        values = {"mean": mean, "error": error, "unit": "EUR/year"}
        listed.append(Warning("sign_is_noise", values))
    return tuple(listed)


def _calibration(result: Result) -> list[Warning]:
    """The factor is not credible in more draws than `warn_draws`, or few prior draws count."""
    calibration = result.calibration
    if not calibration["warning"]:
        return []
    a = result.model.assumptions
    if calibration["effective_draws"] is not None:
        values = {"effective": calibration["effective_draws"], "pool": calibration["prior_draws"]}
        return [Warning("few_draws_count", values | {"least": a["cal_warn_effective"].base})]
    allowed = {"low": a["cal_warn_low"].base, "high": a["cal_warn_high"].base}
    outside = {"factor": calibration["factor"], "draws": calibration["draws_outside"]}
    return [Warning("factor_out_of_range", {**outside, **allowed})]


@cached(most=1)  # the same for every level
def beyond_range(assumptions: Assumptions) -> tuple[Warning, ...]:
    """Edited assumptions that lie outside the range their source gives."""
    published = Assumptions.default()
    return tuple(
        Warning("assumption_beyond_range", {"parameter": name, "value": row.base, "unit": row.unit,
                                            "low": known.low, "high": known.high})
        for name, row in assumptions.items()
        if (known := published.get(name)) is not None
        and row.base != known.base
        and not known.low <= row.base <= known.high
        and known.low < known.high
    )  # fmt: skip


@cached(most=1)  # the same for every level
def not_drawn(assumptions: Assumptions) -> tuple[Warning, ...]:
    """Edited assumptions whose stated interval no distribution with their mean has."""
    published = Assumptions.default()
    return tuple(
        warning
        for warning in drawn_otherwise(assumptions)
        if assumptions[warning.values["parameter"]] != published.get(warning.values["parameter"])
    )


def drawn_otherwise(assumptions: Mapping[str, Assumption]) -> list[Warning]:
    """Assumptions whose stated interval no distribution with their mean has, with what is drawn."""
    return [
        Warning("interval_not_drawn", {
            "parameter": misfit["parameter"], "unit": assumptions[misfit["parameter"]].unit,
            **dict(zip(("low", "high"), misfit["stated"], strict=True)),
            **dict(zip(("drawn_low", "drawn_high"), _readable(misfit), strict=True)),
        })
        for misfit in misfits(assumptions)
    ]  # fmt: skip


def _readable(misfit: Mapping) -> list[float]:
    """The 95% interval of the draws, rounded to 1/10,000 of the stated width."""
    low, high = misfit["stated"]
    places = 4 - int(np.floor(np.log10(high - low)))
    return [round(float(end), places) for end in misfit["fitted"]]


def _large_changes(result: Result) -> list[Warning]:
    """Outcomes that change, in too many draws, by more than any trial behind a lever has shown."""
    if not result.levels:
        return []
    p, before, after = result.model.p, result.base, result.scenario
    pairs = {"total": (before.total, after.total)} | {
        name: (before.health[name], after.health[name]) for name in MOVED
    }
    warnings = []
    for name, (today, then) in pairs.items():
        over = float(np.mean(np.abs(then - today) > p["warn_change"] * today))
        if over > p["warn_draws"].flat[0]:
            change = float(p["warn_change"].flat[0])
            warnings.append(Warning("large_change", {"of": name, "draws": over, "change": change}))
    return warnings


def _beyond_evidence(result: Result) -> list[Warning]:
    warnings = []
    for name, level in result.levels.items():
        lever = result.levers[name]
        if lever.trial_low is None or lever.trial_high is None:
            continue
        low, high = min(lever.trial_low, lever.today), max(lever.trial_high, lever.today)
        if not low <= level <= high:
            values = {"lever": name, "level": level, "low": lever.trial_low}
            warnings.append(Warning("beyond_evidence", {**values, "high": lever.trial_high}))
    return warnings


def _conflicts(result: Result) -> list[Warning]:
    def side(name: str) -> int:
        today = result.levers[name].today
        return int(np.sign(result.levels.get(name, today) - today))

    return [
        Warning(row["key"], {"lever": row["lever"], "other": row["other"]})
        for row in result.catalogue["lever_conflicts"]
        if row["lever"] in result.levers
        and row["other"] in result.levers
        and side(row["lever"]) == SIDES[row["side"]]
        and side(row["other"]) == SIDES[row["other_side"]]
    ]


def _capacity(result: Result) -> list[Warning]:
    """More physiotherapists than could be found: extra sessions over sessions per therapist."""
    a = result.model.assumptions
    sessions = "physiotherapy_sessions"
    extra = float(np.mean(result.scenario.health[sessions] - result.base.health[sessions]))
    extra += sum(_coaching(result, name) for name in result.levels)
    needed = extra / a["use_physio_sessions_per_therapist"].base
    spare = a["physio_spare"].base * a["vol_physiotherapists"].base
    if needed <= spare:
        return []
    there = a["vol_physiotherapists"].base
    return [Warning("physiotherapists", {"needed": needed, "spare": spare, "there": there})]


def _coaching(result: Result, name: str) -> float:
    """Sessions a year of a programme that is paid for by the physiotherapy session."""
    lever, p = result.levers[name], result.model.p
    if "price_physio" not in lever.programme_unit or not lever.effort(result.levels[name]):
        return 0.0
    unit = np.prod([p[n] for n in lever.programme_unit if n != "price_physio"], axis=0)
    m = result.model
    people = m.participants(lever, m.today) * lever.reach(result.levels[name])
    return float(np.mean(unit * people))


def _shares(result: Result) -> list[Warning]:
    """Draws in which shares of one whole would pass 1 and are scaled back."""
    p = result.model.p
    parts = {
        "physiotherapy": p["ins_physio_cover"] + p["ins_basic_physio_today"],
        "sick_leave": p["pay_employer"] + p["pay_uwv"],
    }
    warnings = []
    for name, total in parts.items():
        over = float(np.mean(total > 1))
        if over > p["warn_draws"].flat[0]:
            warnings.append(Warning("shares_above_one", {"of": name, "draws": over}))
    return warnings
