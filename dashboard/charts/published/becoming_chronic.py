"""How many people keep their back pain?"""

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
    series = points("becoming_chronic", words, "share", "model")
    say = shares(words)
    names = labels(series, say, words)
    colours = [MARKED if p.series == "model" else TODAY for p in series]
    figure = dots(series, colours, names, words)
    axis = words("chart.becoming_chronic.axis")
    figure.update_xaxes(title={"text": axis}, tickformat=".0%", range=[0, 0.4])
    model = series[-1]
    values = [p.value for p in series]
    numbers = {"model": model.value, "low": model.low, "high": model.high}
    numbers |= {"least": min(values), "most": max(values)}
    return published(
        figure, "becoming_chronic", series, say, words,
        height=height(names), **{name: say(share) for name, share in numbers.items()},
    )  # fmt: skip
