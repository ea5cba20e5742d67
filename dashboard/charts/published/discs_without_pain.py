"""How many people without pain have worn discs?"""

from __future__ import annotations

import plotly.graph_objects as go

import models
from dashboard.charts.finish import Chart
from dashboard.charts.published.published import cached_by_language, end_label, published
from dashboard.charts.published.series import Point, points, shares
from dashboard.charts.style import MARKED, TODAY
from dashboard.wording.catalogue import Words

NAMES = ("disc_degeneration", "disc_bulge", "disc_protrusion", "annular_fissure")
NAMED = 118  # pixels beside the lines for their names
GAP = 50  # years of age: no figure was found from here to 80


@cached_by_language
def chart(result: models.Result, words: Words) -> Chart:
    series = points("discs_without_pain", words, *NAMES, "article")
    say = shares(words)
    figure = go.Figure()
    for name in NAMES:
        line = [p for p in series if p.series == name]
        _line(figure, line, MARKED if name == NAMES[0] else TODAY)
        text = words(f"chart.discs_without_pain.{name}", share=say(line[-1].value))
        end_label(
            figure, line[-1].x, line[-1].value, text,
            xanchor="left", xshift=12, yanchor="middle", yshift=0,
        )  # fmt: skip
    article = [p for p in series if p.series == "article"]
    figure.add_scatter(
        x=[p.x for p in article],
        y=[p.value for p in article],
        mode="markers",
        marker={"symbol": "diamond-open", "size": 15, "line": {"width": 2.5, "color": MARKED}},
        cliponaxis=False,
    )
    for line in (article, series):
        end_label(
            figure, line[0].x, line[0].value, say(line[0].value),
            xanchor="right", yanchor="middle", yshift=0, xshift=-12,
        )  # fmt: skip
    age = words("chart.discs_without_pain.age")
    figure.update_xaxes(
        title={"text": age}, tickvals=list(range(20, 90, 10)), range=[12, 82], showgrid=False
    )
    figure.update_yaxes(tickformat=".0%", range=[0, 1.03], tickvals=[0, 0.25, 0.5, 0.75, 1])
    figure.update_layout(margin={"r": NAMED})
    worn = [p for p in series if p.series == NAMES[0]]
    values = {"young": worn[0], "old": worn[-1], "article": article[0]}
    values = {name: say(point.value) for name, point in values.items()}
    return published(figure, "discs_without_pain", series, say, words, height=430, at=age, **values)


def _line(figure: go.Figure, line: list[Point], colour: str) -> None:
    """Solid where figures were found, dotted over the ages without one."""
    for part, dash in (
        ([p for p in line if p.x <= GAP], "solid"),
        ([p for p in line if p.x >= GAP], "dot"),
    ):
        figure.add_scatter(
            x=[p.x for p in part],
            y=[p.value for p in part],
            mode="lines+markers",
            line={"color": colour, "width": 3, "dash": dash},
            marker={"size": 8, "color": colour},
            cliponaxis=False,
        )
