"""How many patients get a picture, and how many have something serious?"""

from __future__ import annotations

import models
from dashboard.charts.bars import height
from dashboard.charts.dots import dots, labels
from dashboard.charts.finish import Chart
from dashboard.charts.published.published import cached_by_language, published
from dashboard.charts.published.series import points, shares
from dashboard.charts.style import CARE, MARKED
from dashboard.wording.catalogue import Words


@cached_by_language
def chart(result: models.Result, words: Words) -> Chart:
    series = points("imaging_and_serious_cause", words, "imaged", "serious")
    say = shares(words)
    names = labels(series, say, words)
    colours = [MARKED if p.series == "serious" else CARE for p in series]
    figure = dots(series, colours, names, words)
    figure.update_xaxes(
        title={"text": words("chart.imaged_and_serious.axis")}, tickformat=".0%", range=[0, 0.16]
    )
    values = {"imaged": say(series[0].value), "serious": say(series[-1].value)}
    values["before"] = say(next(p.value for p in series if p.year == "1998"))
    return published(
        figure, "imaged_and_serious", series, say, words, height=height(names), **values
    )
