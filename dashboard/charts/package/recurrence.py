"""How long until back pain returns, with and without a walking programme?

Only the medians and their intervals were found. The curves assume the same chance every day; they
are dashed and labelled as derived.
"""

from __future__ import annotations

from dataclasses import replace

import plotly.graph_objects as go

import models
from dashboard.charts.finish import Chart
from dashboard.charts.published.published import band, cached_by_language, end_label, published
from dashboard.charts.published.series import Point, numbers, points
from dashboard.charts.style import MARKED, TODAY
from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import percent

LAST, STEP = 365, 7  # days
HALF = 0.5
GROUPS = {
    "median_days_walking": (MARKED, "rgba(122,92,153,0.22)"),
    "median_days_control": (TODAY, "rgba(134,144,154,0.28)"),
}


@cached_by_language
def chart(result: models.Result, words: Words) -> Chart:
    series = points("recurrence", words, *GROUPS)
    say = numbers(words)
    figure = go.Figure()
    for point in series:
        curve, (colour, fill) = implied(point), GROUPS[point.series]
        band(figure, curve, fill)
        figure.add_scatter(
            x=[p.x for p in curve],
            y=[round(p.value, 4) for p in curve],
            mode="lines",
            line={"color": colour, "width": 2, "dash": "dash"},
        )
    for point in series:
        colour = GROUPS[point.series][0]
        figure.add_scatter(
            x=[point.value],
            y=[HALF],
            mode="markers",
            marker={"size": 14, "color": colour},
            error_x={
                "symmetric": False,
                "array": [point.high - point.value],
                "arrayminus": [point.value - point.low],
                "thickness": 2.5,
                "width": 6,
                "color": colour,
            },
        )
        walks = point is series[0]
        text = words("chart.recurrence.days", name=point.label, days=say(point.value))
        anchor = {"xanchor": "center", "yanchor": "bottom", "yshift": 10}
        if not walks:
            anchor = {"xanchor": "left", "yanchor": "top", "yshift": -10}
        end_label(figure, point.value, HALF, text, **anchor)
    days = words("chart.recurrence.axis")
    figure.update_xaxes(title={"text": days}, range=[0, LAST], tickvals=[0, 100, 200, 300, LAST])
    figure.update_yaxes(tickformat=".0%", range=[0, 1.02], tickvals=[0, 0.25, 0.5, 0.75, 1])
    walking, control = series
    return published(
        figure, "recurrence", [*series, *points("recurrence", words, "hazard_ratio")], say, words,
        height=420, walking=say(walking.value), control=say(control.value),
        half=percent(HALF, words.lang),
    )  # fmt: skip


def implied(median: Point) -> list[Point]:
    """Share still free of pain by day: 1/2 to the power day / median; the same for its interval."""
    return [
        replace(
            median,
            x=day,
            value=HALF ** (day / median.value),
            low=round(HALF ** (day / median.low), 4),
            high=round(HALF ** (day / median.high), 4),
        )
        for day in (*range(0, LAST, STEP), LAST)
    ]
