"""Who bears the cost of today?"""

from __future__ import annotations

import models
from dashboard.charts.bars import bars, height, labels, numbers
from dashboard.charts.finish import Finished, Table, finish
from dashboard.charts.style import MARKED, TODAY
from dashboard.wording import row_texts
from dashboard.wording.catalogue import Words


def chart(result: models.Result, words: Words) -> Finished:
    frame = result.summary("base_case", "payer")
    frame = frame[frame["mean"] > 0].sort_values("mean", ascending=False)
    total = result.summary("base_case", "total")
    name = row_texts.payer_name(words, result.catalogue)
    names = labels(frame, name, words)
    rows = row_texts.costs(frame, total, name, words)
    head = [words(f"table.{column}") for column in ("payer", "amount", "share", "interval")]
    first = {"largest": rows[0][0], "share": rows[0][2]}
    return finish(
        bars(frame, names, [MARKED] + [TODAY] * (len(frame) - 1), words),
        id="today_by_payer",
        title=words("chart.today_by_payer.title", **first),
        subtitle=words("chart.today_by_payer.subtitle", year=result.price_year),
        source=words("chart.source"),
        alt=words("chart.today_by_payer.alt", **first),
        table=Table(words("overview.payers_caption"), head, rows),
        data=numbers(frame, "payer", name, result.price_year),
        result=result,
        words=words,
        height=height(names),
    )
