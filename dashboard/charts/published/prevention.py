"""What keeps back pain away, and do lifting lessons?"""

from __future__ import annotations

import models
from dashboard.charts.bars import height
from dashboard.charts.dots import dots, labels
from dashboard.charts.finish import Chart
from dashboard.charts.published.published import cached_by_language, published
from dashboard.charts.published.series import numbers, points
from dashboard.charts.style import MARKED, TODAY
from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import number


@cached_by_language
def chart(result: models.Result, words: Words) -> Chart:
    series = points("prevention", words, "prevents", "lifting", "no_effect")

    def say(ratio: float) -> str:
        return number(ratio, words.lang, 2)

    names = labels(series, say, words)
    colours = [MARKED if p.series == "prevents" else TODAY for p in series]
    figure = dots(series, colours, names, words)
    figure.update_xaxes(
        title={"text": words("chart.prevention.axis")},
        type="log",
        range=[-0.48, 0.34],  # 0.33 to 2.2
        tickvals=[0.5, 1, 2],
        ticktext=[numbers(words)(x) for x in (0.5, 1, 2)],
    )
    figure.add_vline(x=1, line={"width": 1, "dash": "dot"})
    best, lessons = series[0], next(p for p in series if p.series == "lifting")
    return published(
        figure, "prevention", series, say, words,
        height=height(names), best=say(best.value), lessons=say(lessons.value),
    )  # fmt: skip
