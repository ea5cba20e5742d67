"""How many people have back pain again within a year?"""

from __future__ import annotations

import models
from dashboard.charts.bars import height
from dashboard.charts.dots import dots, labels
from dashboard.charts.finish import Chart
from dashboard.charts.published.published import cached_by_language, published
from dashboard.charts.published.series import points, shares
from dashboard.charts.style import MARKED, TODAY
from dashboard.wording.catalogue import Words


@cached_by_language
def chart(result: models.Result, words: Words) -> Chart:
    series = points("recurrence", words, "within_a_year", "within_a_year_model")
    say = shares(words)
    names = labels(series, say, words)
    colours = [MARKED if p.series == "within_a_year_model" else TODAY for p in series]
    figure = dots(series, colours, names, words)
    axis = words("chart.recurrence_within_a_year.axis")
    figure.update_xaxes(title={"text": axis}, tickformat=".0%", range=[0, 1], dtick=0.25)
    values = [p.value for p in series if p.series == "within_a_year"]
    return published(
        figure, "recurrence_within_a_year", series, say, words,
        height=height(names), low=say(min(values)), high=say(max(values)),
    )  # fmt: skip
