"""Scores: predictions on record beside what came out.

Two rules, both smaller when better. The interval score of the 95% interval is its width plus
40 times the distance by which the outcome lies outside, divided by the predicted median, so that
persons and days can be added up. The log score is minus the logarithm of the density of
log(outcome) under a normal distribution through the predicted median and the ends of the 95%
interval. Both are proper (Gneiting and Raftery 2007, doi 10.1198/016214506000001437).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.analysis.history.predictions import Prediction, read_predictions
from models.analysis.history.records import read_records
from models.engine.output.document import SCHEMA
from models.engine.record import Record
from models.errors import Findings
from models.formulas.distributions import TAIL
from models.similar_names import hint

LEVEL = 0.95


@dataclass(frozen=True)
class Outcome:
    """A row of a file of outcomes: what came out, and who says so."""

    prediction: str
    value: float
    source: str
    published_on: str
    note: str


@dataclass(frozen=True)
class ScoredPrediction(Record):
    """A prediction beside what came out, in `unit`; scores as the module says."""

    prediction: str
    year: int
    unit: str
    p50: float
    p2_5: float
    p97_5: float
    outcome: float
    source: str
    inside: bool
    interval_score: float
    log_score: float


@dataclass(frozen=True)
class ScoreSummary(Record):
    """How many were scored, the share inside their interval, and the means of both scores."""

    scored: int
    expected_inside: float
    inside: float
    interval_score: float
    log_score: float


@dataclass(frozen=True)
class Scores(Record):
    """Predictions of a file on record, scored; those without an outcome are `open`.

    No run is made: hash, version, draws and seed are those that the file was made with.
    """

    schema: int
    assumptions_hash: str
    model_version: str
    draws: int
    seed: int
    predictions: str
    rows: tuple[ScoredPrediction, ...]
    open: tuple[str, ...]
    summary: ScoreSummary


def read_outcomes(source: Path | tuple[str, bytes], known: set[str]) -> tuple[Outcome, ...]:
    """The outcomes of a file, or `DataError`: unknown or repeated predictions, values of 0."""
    rows = read_records(source, Outcome, {})
    name = source[0] if isinstance(source, tuple) else source.name
    findings = Findings()
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, start=2):
        where = {"file": name, "row": number, "column": "prediction", "found": row.prediction}
        if row.prediction not in known:
            near = hint(row.prediction, known)
            findings.add("name_unknown", **where, names=", ".join(sorted(known)), nearest=near)
        elif row.prediction in seen:
            findings.add("id_twice", **where, other=f"row {seen[row.prediction]}")
        elif row.value <= 0:
            what = row.prediction
            findings.add("positive", **where | {"column": "value", "found": row.value}, what=what)
        seen.setdefault(row.prediction, number)
    findings.check()
    return rows


def score(predictions: Path, outcomes: Path | tuple[str, bytes]) -> Scores:
    """How predictions on record fared against a file of outcomes.

    `rows`: prediction, year, unit, predicted median and 95% interval, outcome, `inside`,
    `interval_score` and `log_score`. `summary`: number scored, share inside (95% is expected) and
    the means of both scores. Predictions without an outcome are `open` and not scored.
    """
    on_record = {row.prediction: row for row in read_predictions(predictions)}
    came_out = read_outcomes(outcomes, set(on_record))
    rows = tuple(_scored(on_record[outcome.prediction], outcome) for outcome in came_out)
    scored = {outcome.prediction for outcome in came_out}
    first = next(iter(on_record.values()))
    return Scores(
        schema=SCHEMA,
        assumptions_hash=first.assumptions_hash,
        model_version=first.model_version,
        draws=first.draws,
        seed=first.seed,
        predictions=predictions.name,
        rows=rows,
        open=tuple(name for name in on_record if name not in scored),
        summary=ScoreSummary(
            scored=len(rows),
            expected_inside=LEVEL,
            inside=float(np.mean([row.inside for row in rows])),
            interval_score=float(np.mean([row.interval_score for row in rows])),
            log_score=float(np.mean([row.log_score for row in rows])),
        ),
    )


def _scored(predicted: Prediction, outcome: Outcome) -> ScoredPrediction:
    value = outcome.value
    return ScoredPrediction(
        prediction=predicted.prediction,
        year=predicted.year,
        unit=predicted.unit,
        p50=predicted.p50,
        p2_5=predicted.p2_5,
        p97_5=predicted.p97_5,
        outcome=value,
        source=outcome.source,
        inside=predicted.p2_5 <= value <= predicted.p97_5,
        interval_score=interval_score(predicted, value),
        log_score=log_score(predicted, value),
    )


def interval_score(predicted: Prediction, value: float) -> float:
    """Width of the 95% interval + 2/0.05 x distance outside it, as a share of the median."""
    outside = max(predicted.p2_5 - value, value - predicted.p97_5, 0.0)
    width = predicted.p97_5 - predicted.p2_5
    return (width + 2 / (1 - LEVEL) * outside) / predicted.p50


def log_score(predicted: Prediction, value: float) -> float:
    """Minus the log density of log(value), normal through the median and the interval."""
    spread = np.log(predicted.p97_5 / predicted.p2_5) / (2 * TAIL)
    distance = np.log(value / predicted.p50) / spread
    return float(distance**2 / 2 + np.log(spread) + np.log(2 * np.pi) / 2)
