"""What each edit of the assumptions is worth: alone, together, and what they do to each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, NamedTuple

import numpy as np

from models.analysis.answer import Answer, about_assumptions
from models.engine.model import Model
from models.engine.options import DEFAULTS, Options
from models.engine.record import Named, Record
from models.engine.run import catalogue_of, scenario_levels
from models.errors import Findings, UsageError
from models.tables.assumptions import Assumption, Assumptions
from models.tables.checks.assumption_rows import check_together
from models.tables.levers import check_levels

PRICED = ("base", "low", "high", "interval", "distribution")  # what moves a result

Progress = Callable[[int, int], None]  # steps done, steps in all


class Effect(NamedTuple):
    """Mean change of the base-case total and of the package's difference, EUR a year."""

    total: float
    incremental: float


@dataclass(frozen=True)
class PricedEdit(Record):
    """An edited assumption: values in `unit`, effects in EUR a year in force."""

    parameter: str
    unit: str
    value_before: Annotated[float, Named("from")]
    value_after: Annotated[float, Named("to")]
    changed: tuple[str, ...]  # columns
    from_range: tuple[float, float]
    to_range: tuple[float, float]
    from_distribution: str
    to_distribution: str
    alone: float
    alone_incremental: float
    standing: str  # how it was priced: alone, last or together
    outside_published: bool
    published_low: float
    published_high: float
    reason: str


@dataclass(frozen=True)
class BeforeAndAfter(Record):
    """A mean, EUR a year in force, under the published and under the edited assumptions."""

    published: float
    edited: float


@dataclass(frozen=True)
class PricedEdits(Answer):
    """What the edits are worth together and one by one, EUR a year in force."""

    published_hash: str
    levers: Mapping[str, float]
    unit: str
    base_case: BeforeAndAfter
    incremental: BeforeAndAfter
    total: float
    interaction: float
    total_incremental: float
    interaction_incremental: float
    catalogue: float
    edits: tuple[PricedEdit, ...]
    words_only: tuple[str, ...]


def price(
    edited: Assumptions,
    levers: Mapping[str, float] | None = None,
    scenario: str | dict | None = None,
    *,
    published: Assumptions | None = None,
    progress: Progress | None = None,
    **options,
) -> PricedEdits:
    """Every edit with its effect on the base-case total, EUR a year in force; largest first.

    `alone` is the mean over common draws of the published assumptions with this edit, less those
    without; `alone_incremental` the same for the difference that the levers make. `interaction` is
    the total less the sum of the edits alone. The calibration factor is held, unless
    `recalibrate` is asked or the anchor itself is edited. Edits of words are listed, not priced.

    Where levers, cost items or shares of payers differ too, the numbers are priced under those of
    the edited ones, and `catalogue` says what these tables by themselves add to the base case.

    `standing` says how an edit was priced: `alone`; `last`, as the last one made, where the
    published values do not allow it by itself (a curve that would rise, shares above 1); or
    `together`, where neither is possible: its effect is then in the interaction.
    """
    published = published if published is not None else Assumptions.default()
    chosen = _options(options)
    catalogue = catalogue_of(edited)
    levels = scenario_levels(scenario, edited) | dict(levers or {})
    checked = check_levels(levels, catalogue)
    names = edits(published, edited)
    start = _under_catalogue(published, edited)
    steps = len(names) + (2 if start is published else 3)
    done = 0

    def answer(used: Assumptions, levels=levels) -> tuple[np.ndarray, np.ndarray]:
        """Draws of the base-case total and of the difference that the levers make."""
        nonlocal done
        model = Model(used, published, chosen)
        after = model.steady(levels, catalogue_of(used), chosen.overlap) if levels else model.base
        done += 1
        if progress is not None:
            progress(min(done, steps), steps)
        return model.base.total, after.total - model.base.total

    before, after = answer(start), answer(edited)
    tables = 0.0 if start is published else _mean(before[0] - answer(published, {})[0])
    together = _moved(before, after)
    priced = []
    for name in names:
        effect, standing = Effect(0.0, 0.0), "together"
        if _stands(with_rows := {**start, name: edited[name]}):
            effect, standing = _moved(before, answer(_like(start, with_rows))), "alone"
        elif _stands(with_rows := {**edited, name: start[name]}):
            effect, standing = _moved(answer(_like(edited, with_rows)), after), "last"
        priced.append(_edit(published[name], edited[name], effect, standing))
    priced.sort(key=lambda edit: (-abs(edit.alone), edit.parameter))
    return PricedEdits(
        **about_assumptions(edited, checked, chosen),
        published_hash=published.hash,
        levers=levels,
        unit="EUR/year",
        base_case=BeforeAndAfter(_mean(before[0]), _mean(after[0])),
        incremental=BeforeAndAfter(_mean(before[1]), _mean(after[1])),
        total=together.total,
        interaction=together.total - sum(edit.alone for edit in priced),
        total_incremental=together.incremental,
        interaction_incremental=together.incremental
        - sum(edit.alone_incremental for edit in priced),
        catalogue=tables,
        edits=tuple(priced),
        words_only=tuple(words_only(published, edited)),
    )


def edits(published: Mapping[str, Assumption], edited: Mapping[str, Assumption]) -> list[str]:
    """Parameters of both whose value, range or distribution differs."""
    return [
        name for name in edited if name in published and _changed(published[name], edited[name])
    ]


def words_only(published: Mapping[str, Assumption], edited: Mapping[str, Assumption]) -> list[str]:
    """Parameters of both that differ in words only: source, note, quality, label."""
    return [
        name
        for name in edited
        if name in published
        and published[name] != edited[name]
        and not _changed(published[name], edited[name])
    ]


def _options(options: Mapping) -> Options:
    unknown = sorted(set(options) - set(DEFAULTS))
    if unknown:
        raise UsageError(f"unknown option: {', '.join(unknown)}")
    return Options(**options)


def _changed(was: Assumption, now: Assumption) -> list[str]:
    return [column for column in PRICED if getattr(was, column) != getattr(now, column)]


def _edit(was: Assumption, now: Assumption, effect: Effect, standing: str) -> PricedEdit:
    return PricedEdit(
        parameter=now.parameter,
        unit=now.unit,
        value_before=was.base,
        value_after=now.base,
        changed=tuple(_changed(was, now)),
        from_range=(was.low, was.high),
        to_range=(now.low, now.high),
        from_distribution=was.distribution,
        to_distribution=now.distribution,
        alone=effect.total,
        alone_incremental=effect.incremental,
        standing=standing,
        outside_published=not was.low <= now.base <= was.high,
        published_low=was.low,
        published_high=was.high,
        reason=now.reason,
    )


def _stands(rows: Mapping[str, Assumption]) -> bool:
    findings = Findings()
    check_together(rows, findings)
    return not findings


def _like(used: Assumptions, rows: Mapping[str, Assumption]) -> Assumptions:
    return Assumptions(rows.values(), used.sources, used.catalogue)


def _under_catalogue(published: Assumptions, edited: Assumptions) -> Assumptions:
    """The published numbers under the levers and cost items of the edited ones.

    So only numbers are priced, and both sides know the same levers. What the catalogue brought
    along, or took up from the rows that are only shown, counts on both sides.
    """
    if published.catalogue == edited.catalogue:
        return published
    rows = {n: row for n, row in published.items() if n in edited and row.group == edited[n].group}
    return _like(edited, {**edited, **rows})


def _moved(before: Iterable[np.ndarray], after: Iterable[np.ndarray]) -> Effect:
    return Effect(*(_mean(b - a) for a, b in zip(before, after, strict=True)))


def _mean(draws: np.ndarray) -> float:
    mean = float(np.mean(draws))
    if not np.isfinite(mean):
        raise UsageError("with these edits a result is not a finite number; undo the last one")
    return mean
