"""Differences with today as bars to both sides of zero."""

from __future__ import annotations

from collections.abc import Callable

import models
from dashboard.charts.bars import MILLION, bars, height, labels, numbers
from dashboard.charts.finish import Chart, Table, finish
from dashboard.charts.style import COSTS, SAVES
from dashboard.wording import row_texts
from dashboard.wording.catalogue import Words
from dashboard.wording.direction import amount_of, clear_ends
from dashboard.wording.numbers import estimate, euros

SMALLEST = 0.5e6  # EUR a year; what rounds to 0 in millions has no bar


def changes(
    result: models.Result, by: str, name: Callable[[str], str], words: Words
) -> Chart | None:
    """Bars of the difference per payer or cost item; None when nothing differs."""
    frame = result.summary("incremental", by)
    frame = frame[frame["mean"].abs() >= SMALLEST].sort_values("mean")
    if frame.empty:
        return None
    total = result.headline["incremental_total"]
    amount, spread = estimate(total["mean"], total["p2_5"], total["p97_5"], words.lang)
    names = labels(frame, name, words, plus=True)
    rows = dict(frame.iterrows())
    kind, *furthest = clear_ends(rows)
    values: dict[str, str] = {}
    for end, key in zip(("falls", "rises"), furthest, strict=True):
        if key is not None:
            values |= {end: name(key), f"{end}_by": amount_of(rows[key], words.lang)}
    ends = {"amount": amount, "spread": spread}
    for end, row in (("least", 0), ("most", -1)):
        ends[end] = name(frame.index[row])
        mean = frame["mean"].iloc[row]
        ends[f"{end}_amount"] = euros(mean, words.lang, step=MILLION, plus=True)
    colours = [SAVES if mean < 0 else COSTS for mean in frame["mean"]]
    head = [
        words("table.payer" if by == "payer" else "table.item"),
        *(words(f"table.{column}") for column in ("today", "scenario", "difference", "interval")),
    ]
    id = f"change_by_{by.removeprefix('cost_')}"
    return finish(
        bars(frame, names, colours, words),
        id=id,
        title=words(f"chart.{id}.title_{kind}", **values),
        subtitle=words(f"chart.{id}.subtitle", year=result.price_year),
        source=words("chart.source"),
        alt=words(f"chart.{id}.alt", **ends),
        table=Table(
            words(f"simulator.{'payers' if by == 'payer' else 'items'}.caption"),
            head,
            row_texts.changes(result, by, name, words),
        ),
        data=numbers(frame, by, name, result.price_year),
        result=result,
        words=words,
        package=True,
        height=height(names),
    )
