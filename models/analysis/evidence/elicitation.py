"""Experts' ranges: a form for the guesses that carry the answer, and what experts make of it.

Each expert states three quartiles of a number: a quarter of the chance lies below the first, half
below the middle one, and a quarter above the last. A distribution of the same family as that of
the assumption is fitted to them. Several experts are pooled linearly with equal weights: the chance
of a value is the mean of the chances that they give it, so disagreement widens the pool. Source:
O'Hagan 2006, "Uncertain Judgements", for quartiles and the linear pool. Experts need not give a
name: a label is enough.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.analysis.answer import Answer, about_assumptions
from models.analysis.evidence.quartiles import FAMILIES, Fit, fit, pooled_at
from models.analysis.evidence.sides import SHOWN_ONLY, Side
from models.analysis.history.records import read_records
from models.analysis.uncertainty.swing import swing
from models.engine.options import DEFAULTS, Options
from models.engine.record import Quantity, Record
from models.engine.run import catalogue_of, scenario_levels
from models.errors import Findings, UsageError
from models.similar_names import hint
from models.tables.assumptions import Assumption, Assumptions
from models.tables.levers import check_levels

GUESS = "expert_guess"
TAILS = (0.025, 0.975)
MOST = 8  # questions of a form: more than an hour of an expert's time gives worse answers
POOL = "pool"


@dataclass(frozen=True)
class Question(Record):
    """A row of the form, in `unit`; the expert fills in a label, three quartiles and a reason.

    `least` and `most` are what the number can be; None where there is no bound.
    """

    expert: str
    parameter: str
    question_en: str
    question_nl: str
    unit: str
    least: float | None
    most: float | None
    q25: float | None
    q50: float | None
    q75: float | None
    reason: str


@dataclass(frozen=True)
class Judgement(Record):
    """What an expert, or the pool, says of a number: a mean and a 95% interval, in its unit."""

    expert: str
    parameter: str
    unit: str
    base: float
    low: float
    high: float


@dataclass(frozen=True)
class Outcome(Record):
    """The answer when every judgement of one expert, or of the pool, is used; EUR a year in force.

    The first is that of the assumptions as they are, under an empty label.
    """

    expert: str
    base_case: Quantity
    incremental: Quantity


@dataclass(frozen=True)
class Elicited(Answer):
    """The judgements of all experts and of the pool, and the answer under each."""

    experts: tuple[str, ...]
    judgements: tuple[Judgement, ...]
    outcomes: tuple[Outcome, ...]


def form(
    assumptions: Assumptions | None = None,
    levers: Mapping[str, float] | None = None,
    scenario: str | dict | None = None,
    most: int = MOST,
    **options,
) -> tuple[Question, ...]:
    """The guesses that matter most, as at most `most` empty questions.

    A guess is an assumption of provenance `expert_guess` that is drawn. Those that move the answer
    furthest over their own range come first. The value in use is not shown, as it would influence
    the expert.
    """
    used = assumptions if assumptions is not None else Assumptions.default()
    levels = check_levels(scenario_levels(scenario, used) | dict(levers or {}), catalogue_of(used))
    chosen = Options(**options)
    sizes = {
        name: swing(used, name, levels, chosen).size
        for name, row in used.items()
        if row.provenance == GUESS and row.distribution in FAMILIES and row.low < row.high
        and row.group != SHOWN_ONLY
    }  # fmt: skip
    guesses = [name for name in sizes if sizes[name] > 0]
    guesses.sort(key=lambda name: (-sizes[name], name))
    rows = [used[name] for name in guesses[:most]]
    return tuple(
        Question("", row.parameter, row.label_en, row.label_nl, row.unit, *_limits(row),
                 None, None, None, "")
        for row in rows
    )  # fmt: skip


def _limits(row: Assumption) -> tuple[float | None, float | None]:
    """The lowest and highest value that the number can have; None where there is no bound."""
    least, most = (float(end) for end in row.support)
    return (least if np.isfinite(least) else None), (most if abs(most) < 1e9 else None)


def read_answers(
    sources: Sequence[Path | tuple[str, bytes]], used: Assumptions
) -> tuple[Question, ...]:
    """The filled-in rows of one or more forms, checked; DataError with everything that is wrong.

    A row without quartiles is skipped. Quartiles must rise, and lie within what the number can be;
    an expert answers a question once.
    """
    answered: list[Question] = []
    findings = Findings()
    for source in sources:
        name = source[0] if isinstance(source, tuple) else source.name
        for number, row in enumerate(read_records(source, Question, {}), start=2):
            three = [row.q25, row.q50, row.q75]
            if three == [None] * 3:
                continue
            place = {"file": name, "row": number, "key": row.parameter}
            if row.parameter not in used:
                near = hint(row.parameter, used)
                findings.add("name_unknown", **place, column="parameter", found=row.parameter,
                             names="assumptions", nearest=near)  # fmt: skip
                continue
            least, most = used[row.parameter].support
            values = [value for value in three if value is not None]
            rising = len(values) == 3 and values[0] < values[1] < values[2]
            if not rising or values[0] < least or values[-1] > most:
                shown = ", ".join("" if value is None else f"{value:g}" for value in three)
                findings.add("quartiles", **place, column="q50", found=shown, lower=f"{least:g}",
                             upper=f"{most:g}")  # fmt: skip
            elif not row.expert.strip():
                findings.add("text_empty", **place, column="expert", found="")
            elif any(
                (earlier.expert, earlier.parameter) == (row.expert, row.parameter)
                for earlier in answered
            ):
                findings.add("id_twice", **place, column="expert", found=row.expert, other=name)
            else:
                answered.append(row)
    findings.check()
    return tuple(answered)


def judgement(expert: str, row: Assumption, fits: Sequence[Fit]) -> Judgement:
    """Mean and central 95% interval of the linear pool of these fits; of one fit its own."""
    least, most = row.support
    mean = float(np.mean([fitted.signed_mean for fitted in fits]))
    ends = (float(np.clip(pooled_at(fits, u), least, most)) for u in TAILS)
    return Judgement(expert, row.parameter, row.unit, mean, *ends)


def elicited(
    answers: Sequence[Question],
    assumptions: Assumptions | None = None,
    levers: Mapping[str, float] | None = None,
    scenario: str | dict | None = None,
    **options,
) -> Elicited:
    """Each expert's judgements, their linear pool, and the answer under each, EUR a year in force.

    Where an expert left a question open, the number in use counts for that expert, and the pool is
    of those who answered.
    """
    unknown = sorted(set(options) - set(DEFAULTS))
    if unknown:
        raise UsageError(f"unknown option: {', '.join(unknown)}")
    if not answers:
        raise UsageError("no question is answered: fill in q25, q50 and q75 of a row")
    used = assumptions if assumptions is not None else Assumptions.default()
    chosen = Options(**options)
    levels = check_levels(scenario_levels(scenario, used) | dict(levers or {}), catalogue_of(used))
    experts = list(dict.fromkeys(row.expert for row in answers))
    fits: dict[str, dict[str, Fit]] = {}
    for row in answers:
        three = [value for value in (row.q25, row.q50, row.q75) if value is not None]
        fits.setdefault(row.parameter, {})[row.expert] = fit(used[row.parameter], three)
    judgements = [
        judgement(expert, used[name], [some[expert]])
        for expert in experts
        for name, some in fits.items()
        if expert in some
    ]
    judgements += [judgement(POOL, used[name], list(some.values())) for name, some in fits.items()]
    outcomes = []
    for label in ("", *experts, POOL):
        own = {j.parameter: (j.base, j.low, j.high) for j in judgements if j.expert == label}
        side = Side(used.with_values(own) if own else used, levels, chosen)
        outcomes.append(Outcome(label, Quantity.of(side.total), Quantity.of(side.incremental)))
    return Elicited(
        **about_assumptions(used, levels, chosen),
        experts=tuple(experts),
        judgements=tuple(judgements),
        outcomes=tuple(outcomes),
    )
