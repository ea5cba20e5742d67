"""What each edit of the assumptions is worth: alone, together, and what they do to each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import numpy as np

from models.engine.document import SCHEMA
from models.engine.model import Model
from models.engine.options import DEFAULTS, Options
from models.engine.run import catalogue_of, scenario_levels
from models.errors import Findings, UsageError
from models.tables.assumption_checks import check_together
from models.tables.assumptions import Assumption, Assumptions
from models.tables.levers import check_levels

PRICED = ("base", "low", "high", "interval", "distribution")  # what moves a result

Progress = Callable[[int, int], None]  # steps done, steps in all


def price(
    edited: Assumptions,
    levers: Mapping[str, float] | None = None,
    scenario: str | dict | None = None,
    *,
    published: Assumptions | None = None,
    progress: Progress | None = None,
    **options,
) -> dict:
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
    check_levels(levels, catalogue)
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
    total, total_incremental = _moved(before, after)
    found = []
    for name in names:
        effect, standing = (0.0, 0.0), "together"
        if _stands(with_rows := {**start, name: edited[name]}):
            effect, standing = _moved(before, answer(_like(start, with_rows))), "alone"
        elif _stands(with_rows := {**edited, name: start[name]}):
            effect, standing = _moved(answer(_like(edited, with_rows)), after), "last"
        found.append(_edit(published[name], edited[name], effect, standing))
    found.sort(key=lambda edit: (-abs(edit["alone"]), edit["parameter"]))
    return {
        "schema": SCHEMA,
        "assumptions_hash": edited.hash,
        "published_hash": published.hash,
        **vars(chosen),
        "levers": levels,
        "unit": "EUR/year",
        "base_case": {"published": _mean(before[0]), "edited": _mean(after[0])},
        "incremental": {"published": _mean(before[1]), "edited": _mean(after[1])},
        "total": total,
        "interaction": total - sum(edit["alone"] for edit in found),
        "total_incremental": total_incremental,
        "interaction_incremental": total_incremental
        - sum(edit["alone_incremental"] for edit in found),
        "catalogue": tables,
        "edits": found,
        "words_only": words_only(published, edited),
    }


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


def _options(given: Mapping) -> Options:
    unknown = sorted(set(given) - set(DEFAULTS))
    if unknown:
        raise UsageError(f"unknown option: {', '.join(unknown)}")
    return Options(**given)


def _changed(was: Assumption, now: Assumption) -> list[str]:
    return [column for column in PRICED if getattr(was, column) != getattr(now, column)]


def _edit(was: Assumption, now: Assumption, effect: tuple[float, float], standing: str) -> dict:
    return {
        "parameter": now.parameter,
        "unit": now.unit,
        "from": was.base,
        "to": now.base,
        "changed": _changed(was, now),
        "from_range": [was.low, was.high],
        "to_range": [now.low, now.high],
        "from_distribution": was.distribution,
        "to_distribution": now.distribution,
        "alone": effect[0],
        "alone_incremental": effect[1],
        "standing": standing,
        "outside_published": not was.low <= now.base <= was.high,
        "published_low": was.low,
        "published_high": was.high,
        "reason": now.reason,
    }


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
    kept = {n: row for n, row in published.items() if n in edited and row.group == edited[n].group}
    return _like(edited, {**edited, **kept})


def _moved(before: Iterable[np.ndarray], after: Iterable[np.ndarray]) -> tuple[float, float]:
    first, second = (_mean(b - a) for a, b in zip(before, after, strict=True))
    return first, second


def _mean(draws: np.ndarray) -> float:
    mean = float(np.mean(draws))
    if not np.isfinite(mean):
        raise UsageError("with these edits a result is not a finite number; undo the last one")
    return mean
