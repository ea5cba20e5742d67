"""Trials behind the effects: what each found, their pooled effect, and what it would change.

A row of `data/trials.csv` is one comparison in a trial. `data/certainty.csv` has the five reasons
to doubt an effect (the domains of GRADE, in our own words), and why its row in the assumptions is
what it is. No formula reads these tables: the published effects stay until somebody changes them.
An effect with two or more trials that count is pooled (`pooling`), and the answer with the pooled
effect is given beside the present one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from models.analysis.answer import Answer, about_assumptions
from models.analysis.choice.rank import strongest
from models.analysis.evidence.pooling import FEWEST, Pooled, pool, standard_error
from models.analysis.evidence.sides import Side
from models.analysis.evidence.trial_rows import (
    BY_HAND,
    RATIOS,
    REASONS,
    Reason,
    Trial,
    certainty,
    read_trials,
)
from models.engine.options import DEFAULTS, Options
from models.engine.record import Quantity, Record
from models.engine.run import catalogue_of, scenario_levels
from models.errors import UsageError
from models.similar_names import nearest
from models.tables.assumptions import Assumptions
from models.tables.levers import check_levels

LEVELS = ("very low", "low", "moderate", "high")


@dataclass(frozen=True)
class Moved(Record):
    """The change by the pooled effect, EUR a year in force.

    `total`: pooled less present base-case total (mean). `incremental_now`, `incremental_pooled`:
    the difference that `levers` make, with the present and with the pooled effect.
    """

    levers: Mapping[str, float]
    total: float
    incremental_now: Quantity
    incremental_pooled: Quantity


@dataclass(frozen=True)
class EffectEvidence(Record):
    """The trials of one effect beside its row in the assumptions.

    `pooled`: None below two trials that count. `certainty`: empty where its reasons are not on
    file. `moved`: what the answer would be with the pooled effect and its prediction interval,
    None where nothing is pooled.
    """

    effect: str
    label_en: str
    label_nl: str
    unit: str
    base: float
    low: float
    high: float
    trials: tuple[Trial, ...]
    counted: int
    pooled: Pooled | None
    certainty: str
    reasons: tuple[Reason, ...]
    by_hand_en: str
    by_hand_nl: str
    moved: Moved | None


@dataclass(frozen=True)
class Evidence(Answer):
    """All effects that have a trial on file, in the order of the table."""

    left_out: tuple[str, ...]
    effects: tuple[EffectEvidence, ...]


def pooled_effect(trials: Sequence[Trial]) -> Pooled | None:
    """The trials that count, pooled; None below two. UsageError where measures are mixed."""
    counted = [row for row in trials if row.counts]
    if len(counted) < FEWEST:
        return None
    measures = {row.measure for row in counted}
    if len(measures) > 1:
        effect, listed = counted[0].effect, ", ".join(sorted(measures))
        raise UsageError(f"{effect}: trials in {listed} cannot be pooled; keep to one measure")
    ratio = measures <= set(RATIOS)
    figures = np.array([row.figures for row in counted], float)
    estimate, low, high = (np.log(figures) if ratio else figures).T
    return pool(estimate, standard_error(low, high), ratio)


def with_pooled(used: Assumptions, effect: str, pooled: Pooled) -> Assumptions:
    """The assumptions with the pooled effect and its prediction interval in the row of the effect.

    Values beyond the bounds of the row are set to those bounds.
    """
    least, most = used[effect].support
    three = (pooled.estimate, pooled.predicted_low, pooled.predicted_high)
    base, low, high = (float(np.clip(value, least, most)) for value in three)
    return used.with_values({effect: (base, low, high)})


def trials(
    assumptions: Assumptions | None = None,
    levers: Mapping[str, float] | None = None,
    scenario: str | dict | None = None,
    *,
    table: Sequence[Trial] | None = None,
    drop: Sequence[str] = (),
    only: str | None = None,
    **options,
) -> Evidence:
    """Every effect with its trials, pooled where two or more count; nothing published is changed.

    `table`: other trials than the published ones; `drop`: trials that do not count; `only`: one
    effect. `moved` is worked out for the levers given or, without any, for the levers that the
    effect belongs to at their strongest researched level. EUR a year in force, common draws.
    """
    unknown = sorted(set(options) - set(DEFAULTS))
    if unknown:
        raise UsageError(f"unknown option: {', '.join(unknown)}")
    used = assumptions if assumptions is not None else Assumptions.default()
    rows = tuple(table) if table is not None else read_trials()
    for name in drop:
        if name not in {row.id for row in rows}:
            near = ", ".join(nearest(name, [row.id for row in rows]))
            raise UsageError(f"unknown trial {name!r}; nearest: {near or 'none'}")
    effects = list(dict.fromkeys(row.effect for row in rows))
    if only is not None:
        if only not in effects:
            raise UsageError(f"no trial of {only!r} on file; there are: {', '.join(effects)}")
        effects = [only]
    given = check_levels(scenario_levels(scenario, used) | dict(levers or {}), catalogue_of(used))
    evidence = tuple(
        _evidence(name, [r for r in rows if r.effect == name], drop, used, given, options)
        for name in effects
    )
    return Evidence(
        **about_assumptions(used, given, Options(**options)), left_out=tuple(drop), effects=evidence
    )


def _evidence(
    effect: str,
    rows: Sequence[Trial],
    drop: Sequence[str],
    used: Assumptions,
    given: Mapping[str, float],
    options: Mapping,
) -> EffectEvidence:
    row = used[effect]
    counted = [trial for trial in rows if trial.id not in drop]
    pooled = pooled_effect(counted)
    reasons = certainty().get(effect, ())
    doubts = tuple(reason for reason in reasons if reason.reason in REASONS)
    by_hand = next((reason for reason in reasons if reason.reason == BY_HAND), None)
    steps = sum(reason.steps for reason in doubts)
    return EffectEvidence(
        effect=effect,
        label_en=row.label_en,
        label_nl=row.label_nl,
        unit=row.unit,
        base=row.base,
        low=row.low,
        high=row.high,
        trials=tuple(rows),
        counted=sum(trial.counts for trial in counted),
        pooled=pooled,
        certainty=LEVELS[max(3 - steps, 0)] if doubts else "",
        reasons=doubts,
        by_hand_en=by_hand.text_en if by_hand else "",
        by_hand_nl=by_hand.text_nl if by_hand else "",
        moved=_moved(effect, pooled, used, given, options) if pooled else None,
    )


def _moved(
    effect: str, pooled: Pooled, used: Assumptions, given: Mapping[str, float], options: Mapping
) -> Moved:
    levels = dict(given) or {
        lever.id: strongest(lever).level
        for lever in catalogue_of(used).values()
        if any(moved.effect == effect for moved in lever.effects)
    }
    chosen = Options(**options)
    now, then = (
        Side(numbers, levels, chosen) for numbers in (used, with_pooled(used, effect, pooled))
    )
    return Moved(
        levels,
        float(np.mean(then.total - now.total)),
        Quantity.of(now.incremental),
        Quantity.of(then.incremental),
    )
