"""How does back pain go on?"""

from __future__ import annotations

import plotly.graph_objects as go

import models
from dashboard.charts.finish import Chart
from dashboard.charts.published.published import band, cached_by_language, end_label, published
from dashboard.charts.published.series import numbers, points
from dashboard.charts.style import MARKED, TODAY
from dashboard.wording.catalogue import Words

GROUPS = {
    "persistent": (TODAY, "rgba(134,144,154,0.28)"),
    "acute": (MARKED, "rgba(122,92,153,0.22)"),
}


@cached_by_language
def chart(result: models.Result, words: Words) -> Chart:
    series = points("course_of_pain", words, *GROUPS)
    say = numbers(words)
    figure = go.Figure()
    for name, (colour, fill) in GROUPS.items():
        line = [p for p in series if p.series == name]
        band(figure, line, fill)
        figure.add_scatter(
            x=[p.x for p in line],
            y=[p.value for p in line],
            mode="lines+markers",
            line={"color": colour, "width": 3},
            marker={"size": 9, "color": colour},
            cliponaxis=False,
        )
        text = words("chart.course_of_pain.end", name=line[-1].label, points=say(line[-1].value))
        end_label(figure, line[-1].x, line[-1].high, text, yshift=2)
    weeks = words("chart.course_of_pain.axis")
    figure.update_xaxes(title={"text": weeks}, range=[-1.5, 53], tickvals=[0, 6, 26, 52])
    figure.update_yaxes(range=[0, 100], dtick=25)
    acute, long = ([p for p in series if p.series == name] for name in ("acute", "persistent"))
    return published(
        figure, "course_of_pain", series, say, words,
        height=400, at=weeks, first=say(acute[0].value), last=say(acute[-1].value),
        first_long=say(long[0].value), last_long=say(long[-1].value),
    )  # fmt: skip
