"""How much less pain do the treatments give that were shown to work?"""

from __future__ import annotations

import models
from dashboard.charts.bars import height
from dashboard.charts.dots import dots, labels
from dashboard.charts.finish import Chart
from dashboard.charts.published.published import cached_by_language, published
from dashboard.charts.published.series import numbers, points
from dashboard.charts.style import MARKED, TODAY
from dashboard.wording.catalogue import Words


@cached_by_language
def chart(result: models.Result, words: Words) -> Chart:
    series = points("treatments", words, "chronic", "acute")
    series.sort(key=lambda p: -p.value)
    say = numbers(words)
    names = [
        f"{name}, {words(f'chart.treatment_effects.{p.series}')}"
        + (f", {words('chart.treatment_effects.range')}" if p.ranged else "")
        for name, p in zip(labels(series, say, words), series, strict=True)
    ]
    colours = [MARKED if p.ranged else TODAY for p in series]
    figure = dots(series, colours, names, words)
    # none of the ranges was seen in the source, as the notes of their rows state
    figure.update_traces(line={"dash": "dot"}, selector={"mode": "lines+markers"})
    figure.update_xaxes(
        title={"text": words("chart.treatment_effects.axis")}, range=[0, 100], dtick=20
    )
    values = {"most": say(series[0].value), "least": say(series[-1].value)}
    values["exercise"] = say(next(p.value for p in series if p.ranged))
    return published(
        figure, "treatment_effects", series, say, words, height=height(names), **values
    )
