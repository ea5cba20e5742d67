"""What does sick leave for back pain cost, and who says so?"""

from __future__ import annotations

import models
from dashboard.charts.bars import height
from dashboard.charts.dots import dots, labels
from dashboard.charts.finish import Finished
from dashboard.charts.published.published import drawn_once, published
from dashboard.charts.published.series import points
from dashboard.charts.style import MARKED, WORK
from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import euros

BILLION = 1e9
EURO, CEILING = "EUR/year", "ceiling"  # dollars of 1991 do not belong on this axis


@drawn_once
def chart(result: models.Result, words: Words) -> Finished:
    every = points("sick_leave_by_source", words)
    found = [p for p in every if p.unit == EURO and p.series != CEILING]

    def say(amount: float) -> str:
        return euros(amount, words.lang)

    def short(amount: float) -> str:
        return say(amount).removeprefix("EUR ")

    names = labels(found, short, words)
    colours = [MARKED if p.series == "register" else WORK for p in found]
    figure = dots(found, colours, names, words, scale=BILLION)
    axis = words("chart.sick_leave_by_source.axis")
    figure.update_xaxes(title={"text": axis}, tickformat=".1f", range=[0, 3.4])
    least = min(found, key=lambda p: p.value)
    article = next(p for p in found if p.series == "article")
    return published(
        figure, "sick_leave_by_source", found, say, words,
        height=height(names), least=say(least.value), article=say(article.value),
    )  # fmt: skip
