"""Trials behind the effects: what each found, what they say together, and what that would move.

Rows of `data/trials.csv`, a contrast each, and of `data/certainty.csv`: the five reasons to doubt
an effect (the domains of GRADE, in our own words), with why its row in the assumptions is what it
is. No formula reads them: the published effects stay until somebody changes them. An effect with
two or more trials that count is pooled (`pooling`), and what that would make of the answer stands
beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

import numpy as np

from models.analysis.answer import Answer, about_assumptions
from models.analysis.choice.rank import strongest
from models.analysis.evidence.pooling import FEWEST, Pooled, pool, standard_error
from models.analysis.evidence.sides import Side
from models.analysis.history.records import read_records
from models.engine.options import DEFAULTS, Options
from models.engine.record import Quantity, Record
from models.engine.run import catalogue_of, scenario_levels
from models.errors import Findings, UsageError
from models.paths import DATA
from models.similar_names import hint, nearest
from models.tables.assumptions import Assumptions
from models.tables.csv_file import read_table
from models.tables.levers import check_levels

TRIALS, CERTAINTY = "trials.csv", "certainty.csv"
RATIOS = ("hazard_ratio", "ratio", "odds_ratio")
MEASURES = (*RATIOS, "mean_difference", "risk_difference")
WORDS = {
    "measure": MEASURES,
    "bias": ("low", "some", "high"),
    "pooled": ("0", "1"),
    "status": ("seen", "not_seen"),
}
REASONS = ("bias", "inconsistency", "indirectness", "imprecision", "publication")
BY_HAND = "by_hand"
LEVELS = ("very low", "low", "moderate", "high")


@dataclass(frozen=True)
class Trial(Record):
    """A contrast of a trial: treated against control, with its 95% interval in the measure's unit.

    Empty where no figure was seen. `pooled`: 1 where it counts, else `remark` says why not.
    `status`: whether the figures were `seen` in a source that was read.
    """

    id: str
    effect: str
    measure: str
    estimate: float | None
    low: float | None
    high: float | None
    n_treated: int | None
    n_control: int | None
    population_en: str
    population_nl: str
    country: str
    year: int
    bias: str
    bias_reason_en: str
    bias_reason_nl: str
    pooled: str
    remark_en: str
    remark_nl: str
    source: str
    status: str

    @property
    def counts(self) -> bool:
        return self.pooled == "1" and None not in (self.estimate, self.low, self.high)


@dataclass(frozen=True)
class Reason(Record):
    """One reason to doubt an effect: steps down, 0 to 2, and why."""

    reason: str
    steps: int
    text_en: str
    text_nl: str


@dataclass(frozen=True)
class Moved(Record):
    """What pooling would do, EUR a year in force: to the total (mean), and to what levers make."""

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


def read_trials(source: Path | tuple[str, bytes] = DATA / TRIALS) -> tuple[Trial, ...]:
    """The rows of a table of trials, checked; DataError with everything that is wrong.

    Estimate, low and high are all there in order or, where no interval was seen, not both ends; a
    ratio is above 0; an id stands once; the effect is an assumption that is published.
    """
    rows = read_records(source, Trial, WORDS)
    name = source[0] if isinstance(source, tuple) else source.name
    findings, known, seen = Findings(), Assumptions.default(), set()
    for number, row in enumerate(rows, start=2):
        place = {"file": name, "row": number, "key": row.id}
        if row.id in seen:
            other = f"{row.id}, {name}"
            findings.add("id_twice", **place, column="id", found=row.id, other=other)
        seen.add(row.id)
        if row.effect not in known:
            near = hint(row.effect, known)
            findings.add(
                "name_unknown", **place, column="effect", found=row.effect, names="assumptions",
                nearest=near,
            )  # fmt: skip
        ends = [one for one in (row.low, row.estimate, row.high) if one is not None]
        whole = len(ends) == 3 and ends[0] < ends[2]
        if ends != sorted(ends) or (row.pooled == "1" and not whole):
            shown = ", ".join(
                "" if one is None else f"{one:g}" for one in (row.low, row.estimate, row.high)
            )
            findings.add("trial_interval", **place, column="estimate", found=shown)
        if row.measure in RATIOS and any(one <= 0 for one in ends):
            findings.add("positive", **place, column="estimate", found=min(ends), what=row.measure)
    findings.check()
    return rows


@cache
def _certainty() -> dict[str, tuple[Reason, ...]]:
    columns = ("effect", *(one.name for one in fields(Reason)))
    found: dict[str, tuple[Reason, ...]] = {}
    for row in read_table(DATA / CERTAINTY, name=CERTAINTY, required=columns):
        one = Reason(row["reason"], int(row["steps"]), row["text_en"], row["text_nl"])
        found[row["effect"]] = (*found.get(row["effect"], ()), one)
    return found


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
    scale = np.log if ratio else float
    values = [float(scale(row.estimate)) for row in counted]
    errors = [standard_error(float(scale(row.low)), float(scale(row.high))) for row in counted]
    return pool(values, errors, ratio)


def with_pooled(used: Assumptions, effect: str, pooled: Pooled) -> Assumptions:
    """The assumptions with the pooled effect and its prediction interval in the row of the effect.

    What the row cannot be is cut off at what it can be.
    """
    least, most = used[effect].support
    three = (pooled.estimate, pooled.predicted_low, pooled.predicted_high)
    base, low, high = (float(np.clip(one, least, most)) for one in three)
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
    found = tuple(
        _evidence(name, [r for r in rows if r.effect == name], drop, used, given, options)
        for name in effects
    )
    return Evidence(
        **about_assumptions(used, given, Options(**options)), left_out=tuple(drop), effects=found
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
    counted = [one for one in rows if one.id not in drop]
    pooled = pooled_effect(counted)
    reasons = _certainty().get(effect, ())
    doubts = tuple(one for one in reasons if one.reason in REASONS)
    by_hand = next((one for one in reasons if one.reason == BY_HAND), None)
    steps = sum(one.steps for one in doubts)
    return EffectEvidence(
        effect=effect,
        label_en=row.label_en,
        label_nl=row.label_nl,
        unit=row.unit,
        base=row.base,
        low=row.low,
        high=row.high,
        trials=tuple(rows),
        counted=sum(one.counts for one in counted),
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
        if any(one.effect == effect for one in lever.effects)
    }
    chosen = Options(**options)
    now, then = (Side(one, levels, chosen) for one in (used, with_pooled(used, effect, pooled)))
    return Moved(
        levels,
        float(np.mean(then.total - now.total)),
        Quantity.of(now.incremental),
        Quantity.of(then.incremental),
    )
