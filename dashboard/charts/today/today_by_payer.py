"""Who bears the cost of today?"""

from __future__ import annotations

import models
from dashboard.charts.bars import bars, height, labels, numbers
from dashboard.charts.finish import Chart, Table, finish
from dashboard.charts.style import MARKED, TODAY
from dashboard.wording import row_texts
from dashboard.wording.catalogue import Words
from dashboard.wording.direction import ranks
from dashboard.wording.numbers import within


def chart(result: models.Result, words: Words) -> Chart:
    frame = result.summary("base_case", "payer")
    frame = frame[frame["mean"] > 0].sort_values("mean", ascending=False)
    total = result.summary("base_case", "total")
    name = row_texts.payer_name(words, result.catalogue)
    names = labels(frame, name, words)
    rows = row_texts.costs(frame, total, name, words)
    head = [words(f"table.{column}") for column in ("payer", "amount", "share", "interval")]
    first = {"largest": within(rows[0][0]), "share": rows[0][2]}
    first |= {"next": within(rows[1][0]), "next_share": rows[1][2]}
    kind = "most" if ranks(models.chance_largest_payer(result)[frame.index[0]]) else "two"
    return finish(
        bars(frame, names, [MARKED] + [TODAY] * (len(frame) - 1), words),
        id="today_by_payer",
        title=words(f"chart.today_by_payer.title_{kind}", **first),
        subtitle=words("chart.today_by_payer.subtitle", year=result.price_year),
        source=words("chart.source"),
        alt=words("chart.today_by_payer.alt", **first),
        table=Table(words("overview.payers_caption"), head, rows),
        data=numbers(frame, "payer", name, result.price_year),
        result=result,
        words=words,
        height=height(names),
    )
