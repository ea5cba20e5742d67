"""At what age do people have neck or back complaints?"""

from __future__ import annotations

import plotly.graph_objects as go

import models
from dashboard.charts.finish import Chart
from dashboard.charts.published.published import cached_by_language, end_label, published
from dashboard.charts.published.series import points
from dashboard.charts.style import MARKED, TODAY
from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import number


@cached_by_language
def chart(result: models.Result, words: Words) -> Chart:
    series = points("prevalence_by_age", words, "women", "men")

    def say(people: float) -> str:
        return number(people, words.lang)

    figure = go.Figure()
    for name, colour in (("women", MARKED), ("men", TODAY)):
        line = [p for p in series if p.series == name]
        figure.add_scatter(
            x=[p.x for p in line],
            y=[p.value for p in line],
            mode="lines+markers",
            line={"color": colour, "width": 3},
            marker={"size": 7, "color": colour},
            cliponaxis=False,
        )
        high = max(p.value for p in line[-2:])  # the line may fall at its end, under the name
        end_label(figure, line[-1].x, high, f"{line[-1].label} {say(line[-1].value)}")
    age = words("chart.prevalence_by_age.axis")
    figure.update_xaxes(title={"text": age}, range=[-1, 87], dtick=20, showgrid=False)
    people = words("chart.prevalence_by_age.people")
    figure.update_yaxes(title={"text": people}, range=[0, 320], dtick=100)
    women = [p for p in series if p.series == "women"]
    return published(
        figure, "prevalence_by_age", series, say, words,
        height=400, at=age, most=say(women[-1].value),
        twenties=say(next(p.value for p in women if p.x == 25)),
    )  # fmt: skip
