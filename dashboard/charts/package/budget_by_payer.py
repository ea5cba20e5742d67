"""Whose budget rises and whose falls, summed over the years?"""

from __future__ import annotations

import models
from dashboard.charts.bars import bars, height, labels, numbers
from dashboard.charts.finish import Chart, Table, finish
from dashboard.charts.style import COSTS, SAVES
from dashboard.wording import row_texts
from dashboard.wording.catalogue import Words
from dashboard.wording.direction import amount_of, clear_ends
from dashboard.wording.numbers import euros, million_range, millions, within

SMALLEST = 0.5e6  # EUR; what rounds to 0 in millions has no bar


def chart(result: models.Result, words: Words, tables: tuple | None = None) -> Chart | None:
    """Bars per payer of the nominal difference over the horizon, EUR; None when nothing differs."""
    added = tables[1] if tables else result.budget_sum()
    table = added[~added["discounted"]].set_index("payer")
    frame = table.drop(index="total").sort_values("mean")
    frame = frame[frame["mean"].abs() >= SMALLEST]
    if frame.empty:
        return None
    name = row_texts.payer_name(words, result.catalogue)
    names = labels(frame, name, words, plus=True)
    largest = frame["mean"].abs().idxmax()
    kind, *furthest = clear_ends(dict(frame.iterrows()))
    texts: dict[str, object] = {"n": result.options.years}
    for end, key in zip(("falls", "rises"), furthest, strict=True):
        if key is not None:
            texts |= {end: within(name(key)), f"{end}_by": amount_of(frame.loc[key], words.lang)}
    values = {
        "n": result.options.years,
        "last": result.first_year + result.options.years - 1,
        "payer": within(name(largest)),
        "amount": euros(frame.loc[largest, "mean"], words.lang, plus=True),
        "total": euros(table.loc["total", "mean"], words.lang, plus=True),
    }
    rows = [
        (name(key), millions(row["mean"], words.lang, plus=True), _interval(row, words))
        for key, row in frame.iterrows()
    ]
    figure = bars(frame, names, [SAVES if m < 0 else COSTS for m in frame["mean"]], words)
    figure.update_xaxes(title={"text": words("chart.million_added", **values)})
    return finish(
        figure,
        id="budget_by_payer",
        title=words(f"chart.budget_by_payer.title_{kind}", **texts),
        subtitle=words("chart.budget_by_payer.subtitle", **values),
        source=words("chart.source"),
        alt=words("chart.budget_by_payer.alt", **values),
        table=Table(
            words("chart.budget_by_payer.caption", **values),
            [words(f"table.{head}") for head in ("payer", "difference", "interval")],
            rows,
        ),
        data=numbers(frame, "payer", name, "nominal"),
        result=result,
        words=words,
        package=True,
        height=height(names),
    )


def _interval(row, words: Words) -> str:
    return million_range(row["p2_5"], row["p97_5"], words.lang)
