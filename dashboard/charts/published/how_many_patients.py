"""How many people have back pain in a year?"""

from __future__ import annotations

import models
from dashboard.charts.bars import MILLION, height
from dashboard.charts.dots import dots, labels
from dashboard.charts.finish import Chart
from dashboard.charts.published.published import cached_by_language, published
from dashboard.charts.published.series import numbers, points
from dashboard.charts.style import MARKED, TODAY
from dashboard.wording.catalogue import Words


@cached_by_language
def chart(result: models.Result, words: Words) -> Chart:
    series = points("how_many_patients", words, "people")
    say = numbers(words)
    names = labels(series, say, words)
    colours = [TODAY if p.seen else MARKED for p in series]
    figure = dots(series, colours, names, words, scale=MILLION)
    axis = words("chart.how_many_patients.axis")
    figure.update_xaxes(title={"text": axis}, tickformat=".1f", range=[0, 2.2])
    values = [p.value for p in series]
    return published(
        figure, "how_many_patients", series, say, words,
        height=height(names), least=say(min(values)), most=say(max(values)),
    )  # fmt: skip
