"""Published figures before and after calibration, which contradict each other, and the anchors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from models.analysis.answer import Answer, about
from models.caching import cached
from models.engine.calibration import Target, Weighed, log_moments, select, weigh
from models.engine.model import Model, model
from models.engine.options import ANCHORS, Options
from models.engine.record import Quantity, Record
from models.engine.result import Result
from models.engine.summary import SMALLEST, chance_of_saving
from models.formulas.base_case import SICK_LEAVE, base_case, quantity
from models.tables.assumptions import Assumptions

MOVED = 0.1  # standard deviations of its prior by which a parameter is said to have moved
PULLS = 0.25  # standard deviations of a target by which another one is said to pull it away
AS_IN_TABLE = ("id", "quantity", "unit", "year", "source", "study", "seen")


@dataclass(frozen=True)
class TargetRow(Record):
    """A published figure, and the model's own before and after calibration, in `unit`."""

    id: str
    quantity: str
    unit: str
    year: str
    source: str
    study: str
    seen: str
    used: bool
    published: Quantity
    before: Quantity
    after: Quantity


@dataclass(frozen=True)
class MovedParameter(Record):
    """A parameter that calibration moved: `shift` in standard deviations of its prior."""

    parameter: str
    unit: str
    shift: float
    before: Quantity
    after: Quantity


@dataclass(frozen=True)
class Contradiction(Record):
    """How far a target lies from what the others lead to, and which of them pull it away.

    `distance` is in standard deviations of the two together, `gap` (the model's figure less the
    target) in those of the target.
    """

    target: str
    distance: float
    gap: float
    pulled_by: tuple[str, ...]


@dataclass(frozen=True)
class WithoutStudy(Record):
    """The base-case total, EUR a year, when no figure of one study weighs."""

    study: str
    targets: tuple[str, ...]
    total: Quantity
    effective_share: float


@dataclass(frozen=True)
class AnchorRow(Record):
    """Total, its parts and the difference of the package under one anchor, EUR a year."""

    anchor: str
    base_case_total: Quantity
    composition: Mapping[str, float]
    sick_days: Quantity
    incremental_total: Quantity
    probability_saving: float | None  # None where nothing changes
    answer: str  # saves, costs or nothing


@dataclass(frozen=True)
class Targets(Answer):
    """Published figures and what calibration makes of them."""

    levers: Mapping[str, float]
    prior_draws: int
    effective_draws: float
    effective_share: float
    targets: tuple[TargetRow, ...]
    parameters: tuple[MovedParameter, ...]
    contradictions: tuple[Contradiction, ...]
    without: tuple[WithoutStudy, ...]
    anchors: tuple[AnchorRow, ...]
    decision_changes: bool | None


@cached(most=1)
def targets(result: Result) -> Targets:
    """Every published figure with the model's own, before and after the calibration in force.

    Figures are mean and 95% interval over draws, in the unit of the target. `before` are the prior
    draws, `after` those of this run. `contradictions`: which target in use pulls another one away
    from its published figure; `distance` is how far a published figure lies from what the other
    targets in use lead to, in standard deviations of the two together. `without`: the total when
    all figures of one study are left out. `anchors`: total, composition and the answer of the
    package under each anchor.
    """
    prior, now = _beside(result, "none"), result.model
    before = base_case(prior.p, prior.assumptions.catalogue.care_by_rows)
    after = base_case(now.p, now.assumptions.catalogue.care_by_rows, now.factor)
    weighed = weighed_of(result)
    listed = tuple(
        TargetRow(
            **{name: row[name] for name in AS_IN_TABLE},
            used=row["use"] == "1",
            published=_published(row),
            before=Quantity.of(quantity(row, before), row["unit"]),
            after=Quantity.of(quantity(row, after), row["unit"]),
        )
        for row in result.catalogue["targets"]
    )
    anchors = tuple(_anchor(result, name) for name in ANCHORS)
    answers = {row.answer for row in anchors}
    return Targets(
        **about(result),
        levers=result.levels,
        prior_draws=int(weighed.weights.size),
        effective_draws=weighed.effective,
        effective_share=weighed.effective / weighed.weights.size,
        targets=listed,
        parameters=parameters_moved(result, prior),
        contradictions=contradictions(weighed),
        without=without_studies(result, weighed),
        anchors=anchors,
        decision_changes=len(answers) > 1 if result.levels else None,
    )


def targets_frame(answer: Targets) -> pd.DataFrame:
    """One row a published figure, with the columns of all three figures; units in `unit`."""
    stages = ("published", "before", "after")
    rows = []
    for row in answer.targets:
        three = {
            f"{stage}_{name}": getattr(getattr(row, stage), name)
            for stage in stages
            for name in ("mean", "p2_5", "p97_5")
        }
        rows.append({name: value for name, value in row.entries() if name not in stages} | three)
    return pd.DataFrame(rows).assign(anchor=answer.stamp.options.anchor)


def weighed_of(result: Result) -> Weighed:
    """The prior draws that calibration by evidence of this run rests on, whatever its anchor."""
    return weigh(_beside(result, "evidence").source, result.options.seed)


def _beside(result: Result, anchor: str) -> Model:
    """The same run under another anchor: the same assumptions, seed and number of draws."""
    if anchor == result.options.anchor:
        return result.model
    options = Options(**{**vars(result.options), "anchor": anchor})
    return model(result.model.assumptions, Assumptions.default(), options)


def _published(row: Target) -> Quantity:
    mean, low, high = float(row["mean"]), float(row["low"]), float(row["high"])
    return Quantity(mean, low, high, row["unit"])


def parameters_moved(result: Result, prior: Model) -> tuple[MovedParameter, ...]:
    """Parameters whose mean the calibration moved, furthest first; EUR and units as their rows.

    `shift` is the move of the mean in standard deviations of the prior.
    """
    parameters = []
    for name, after in result.model.p.items():
        before, row = prior.p[name], result.model.assumptions[name]
        spread = float(before.std())
        shift = float(after.mean() - before.mean()) / spread if spread else 0.0
        if abs(shift) >= MOVED:
            figures = Quantity.of(before, row.unit), Quantity.of(after, row.unit)
            parameters.append(MovedParameter(name, row.unit, shift, *figures))
    return tuple(sorted(parameters, key=lambda row: (-abs(row.shift), row.parameter)))


def contradictions(weighed: Weighed) -> tuple[Contradiction, ...]:
    """For each target in use: its distance from what the others lead to, and which cause it."""
    names = [row["id"] for row in weighed.targets]
    logs = np.log(np.maximum(weighed.quantities[:-1], np.finfo(float).tiny))
    moments = [log_moments(row) for row in weighed.targets]
    weights = {"": weighed.weights} | {name: weighed.without((name,)) for name in names}

    def gap(i: int, left_out: str) -> float:
        """How far the model's figure lies from target i, in the target's standard deviations."""
        return float(weights[left_out] @ logs[i] - moments[i][0]) / moments[i][1]

    rows = []
    for i, name in enumerate(names):
        others = weights[name]
        mean = float(others @ logs[i])
        spread = float(others @ (logs[i] - mean) ** 2)
        published, sigma = moments[i]
        pulled_by = tuple(
            other
            for other in names
            if other != name and abs(gap(i, "")) - abs(gap(i, other)) > PULLS
        )
        distance = (published - mean) / (spread + sigma**2) ** 0.5
        rows.append(Contradiction(name, distance, gap(i, ""), pulled_by))
    return tuple(rows)


def without_studies(result: Result, weighed: Weighed) -> tuple[WithoutStudy, ...]:
    """The base-case total when no figure of one study weighs, study by study, EUR a year.

    As many draws are picked as the run has, so a figure here is what the run would say.
    """
    studies = dict.fromkeys(row["study"] for row in weighed.targets)
    rows = []
    for study in studies:
        left_out = [row["id"] for row in weighed.targets if row["study"] == study]
        weights = weighed.without(left_out)
        chosen = select(weights, result.options.draws, result.options.seed)
        rows.append(
            WithoutStudy(
                study=study,
                targets=tuple(left_out),
                total=Quantity.of(weighed.total[chosen.rows]),
                effective_share=1 / float(np.sum(weights**2)) / weights.size,
            )
        )
    return tuple(rows)


def total_without_newspaper(result: Result) -> Quantity | None:
    """The calibrated total without the study of the published total; None when that is not used."""
    weighed = weighed_of(result)
    totals = {row["study"] for row in weighed.targets if row["quantity"] == "total"}
    left_out = without_studies(result, weighed)
    return next((row.total for row in left_out if row.study in totals), None)


def newspaper_free(answer: Targets) -> WithoutStudy | None:
    """The total without the study that the published total rests on; None when it is not used."""
    totals = {row.study for row in answer.targets if row.quantity == "total"}
    return next((row for row in answer.without if row.study in totals), None)


def _anchor(result: Result, anchor: str) -> AnchorRow:
    """Total, composition and the answer of the package under one anchor, EUR a year."""
    m = _beside(result, anchor)
    after = m.steady(result.levels, result.levers, result.options.overlap)
    change = after.total - m.base.total
    mean = float(change.mean())
    return AnchorRow(
        anchor=anchor,
        base_case_total=Quantity.of(m.base.total),
        composition=_composition(result, m),
        sick_days=Quantity.of(m.base.health["sick_days"], "working days/year"),
        incremental_total=Quantity.of(change),
        probability_saving=chance_of_saving(change),
        answer="nothing" if abs(mean) < SMALLEST else "saves" if mean < 0 else "costs",
    )


def _composition(result: Result, m: Model) -> dict[str, float]:
    """Mean cost of care, sick leave and the rest of work, EUR a year; they add up to the total."""
    parts: dict[str, float] = {}
    for (item, _), amount in m.base.ledger.items():
        name = "sick_leave" if item in SICK_LEAVE else item
        if result.catalogue.cost_items[item]["category"] == "care":
            name = "care"
        parts[name] = parts.get(name, 0.0) + float(amount.mean())
    return parts


__all__ = [
    "contradictions",
    "newspaper_free",
    "targets",
    "targets_frame",
    "total_without_newspaper",
    "without_studies",
]
