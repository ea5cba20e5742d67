"""What does sick leave for back pain cost, according to which source?"""

from __future__ import annotations

import models
from dashboard.charts.bars import height
from dashboard.charts.dots import dots, labels
from dashboard.charts.finish import Chart
from dashboard.charts.published.published import cached_by_language, published
from dashboard.charts.published.series import points
from dashboard.charts.style import MARKED, WORK
from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import euros

BILLION = 1e9
EURO, CEILING = "EUR/year", "ceiling"  # rows in dollars of 1991 are left out


@cached_by_language
def chart(result: models.Result, words: Words) -> Chart:
    listed = points("sick_leave_by_source", words)
    in_euros = [p for p in listed if p.unit == EURO and p.series != CEILING]

    def say(amount: float) -> str:
        return euros(amount, words.lang)

    def short(amount: float) -> str:
        return say(amount).removeprefix("EUR ")

    names = labels(in_euros, short, words)
    colours = [MARKED if p.series == "register" else WORK for p in in_euros]
    figure = dots(in_euros, colours, names, words, scale=BILLION)
    axis = words("chart.sick_leave_by_source.axis")
    figure.update_xaxes(title={"text": axis}, tickformat=".1f", range=[0, 3.4])
    least = min(in_euros, key=lambda p: p.value)
    article = next(p for p in in_euros if p.series == "article")
    return published(
        figure, "sick_leave_by_source", in_euros, say, words,
        height=height(names), least=say(least.value), article=say(article.value),
    )  # fmt: skip
