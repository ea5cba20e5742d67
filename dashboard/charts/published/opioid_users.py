"""How many people get an opioid prescription, and how many of them for their back?"""

from __future__ import annotations

import plotly.graph_objects as go

import models
from dashboard.charts.bars import MILLION
from dashboard.charts.finish import Chart
from dashboard.charts.published.published import cached_by_language, end_label, published
from dashboard.charts.published.series import numbers, points
from dashboard.charts.style import MARKED, TODAY
from dashboard.wording.catalogue import Words

DASHES = {"all": "solid", "strong": "dash"}


@cached_by_language
def chart(result: models.Result, words: Words) -> Chart:
    series = points("opioids", words, *DASHES, "back")
    say = numbers(words)
    figure = go.Figure()
    for name, dash in DASHES.items():
        line = [p for p in series if p.series == name]
        figure.add_scatter(
            x=[p.x for p in line],
            y=[p.value / MILLION for p in line],
            mode="lines+markers",
            line={"color": TODAY, "width": 3, "dash": dash},
            marker={"size": 9, "color": TODAY},
            cliponaxis=False,
        )
        last = line[-1]
        text = words(f"chart.opioid_users.{name}", people=say(last.value))
        anchor = {} if name == "all" else {"yanchor": "top", "yshift": -10, "align": "right"}
        end_label(figure, last.x, last.value / MILLION, text, **anchor)
    back = series[-1]
    figure.add_scatter(
        x=[float(back.year)],
        y=[back.value / MILLION],
        mode="markers",
        marker={
            "symbol": "circle-open", "size": 14, "color": MARKED,
            "line": {"width": 2.5, "color": MARKED},
        },
        error_y={
            "symmetric": False,
            "array": [(back.high - back.value) / MILLION],
            "arrayminus": [(back.value - back.low) / MILLION],
            "thickness": 2,
            "width": 5,
            "color": MARKED,
        },
    )  # fmt: skip
    text = words("chart.opioid_users.back", people=say(back.value))
    anchor = {"yanchor": "middle", "yshift": 0, "xshift": -12}
    end_label(figure, float(back.year), back.value / MILLION, text, **anchor)
    year = words("chart.opioid_users.axis")
    figure.update_xaxes(title={"text": year}, range=[2002, 2023], dtick=5, tickformat="d")
    figure.update_yaxes(range=[0, 1.25], tickformat=".2f", dtick=0.25)
    users = [p for p in series if p.series == "all"]
    return published(
        figure, "opioid_users", series, say, words,
        height=420, at=year, first=say(users[0].value), last=say(users[-1].value),
        back=say(back.value), low=say(back.low), high=say(back.high),
    )  # fmt: skip
