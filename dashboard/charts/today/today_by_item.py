"""What does back pain cost today, and of what?"""

from __future__ import annotations

import models
from dashboard.charts.bars import bars, height, labels, numbers
from dashboard.charts.finish import Chart, Table, finish
from dashboard.charts.style import CARE, WORK
from dashboard.wording import row_texts
from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import percent

COLOUR = {"care": CARE, "work": WORK}


def chart(result: models.Result, words: Words) -> Chart:
    frame = result.summary("base_case")
    frame = frame[frame["mean"] > 0].sort_values("mean", ascending=False)
    total = result.summary("base_case", "total")
    work = result.summary("base_case", "category").loc["work", "mean"]
    share = percent(work / total.iloc[0]["mean"], words.lang)
    name = row_texts.item_name(words, result.catalogue)
    names = labels(frame, name, words)
    colours = [COLOUR[result.catalogue.cost_items[key]["category"]] for key in frame.index]
    head = [words(f"table.{column}") for column in ("item", "amount", "share", "interval")]
    rows = row_texts.costs(frame, total, name, words)
    return finish(
        bars(frame, names, colours, words),
        id="today_by_item",
        title=words("chart.today_by_item.title", share=share),
        subtitle=words("chart.today_by_item.subtitle", year=result.price_year),
        source=words("chart.source"),
        alt=words("chart.today_by_item.alt", share=share, largest=rows[0][0], amount=rows[0][1]),
        table=Table(words("overview.items_caption"), head, rows),
        data=numbers(frame, "cost_item", name, result.price_year),
        result=result,
        words=words,
        height=height(names),
    )
