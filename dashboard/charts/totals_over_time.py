"""What totals were published over the years?"""

from __future__ import annotations

import plotly.graph_objects as go

import models
from dashboard.charts.published import drawn_once, published
from dashboard.finish import Finished
from dashboard.formats import euros, number
from dashboard.series import Point, points
from dashboard.style import MARKED, TODAY
from dashboard.text import Words

BILLION = 1e9
COLOURS = {"as_published": TODAY, "prices_2024": MARKED}


@drawn_once
def chart(result: models.Result, words: Words) -> Finished:
    found = points("totals_over_time", words, *COLOURS)

    def say(amount: float) -> str:
        return euros(amount, words.lang)

    figure = go.Figure()
    for point in found:
        _dot(figure, point)
        figure.add_annotation(
            x=point.x, y=point.value / BILLION, xanchor="center", yanchor="bottom", yshift=9,
            text=f"<b>{number(point.value / BILLION, words.lang, 1)}</b>", showarrow=False,
        )  # fmt: skip
    nominal, indexed = (
        next(p for p in found if p.series == name and p.x == 2007)
        for name in ("as_published", "prices_2024")
    )
    figure.add_annotation(
        x=indexed.x, y=indexed.value / BILLION, ax=nominal.x, ay=nominal.value / BILLION + 0.42,
        axref="x", ayref="y", text="", arrowhead=2, arrowwidth=1.5, standoff=9,
    )  # fmt: skip
    for key, x, y, anchor in (
        ("as_published", 1990.5, 3.6, "left"),
        ("prices_2024", 2008, 5.2, "left"),
        ("article", 2026, 2.85, "right"),
    ):
        text = words(f"chart.totals_over_time.{key}")
        figure.add_annotation(x=x, y=y, text=text, xanchor=anchor, align=anchor, showarrow=False)
    year = words("chart.totals_over_time.axis")
    figure.update_xaxes(title={"text": year}, range=[1989, 2027], dtick=10, tickformat="d")
    figure.update_yaxes(range=[0, 6], dtick=1, tickformat="d")
    said = {"nominal": say(nominal.value), "indexed": say(indexed.value)}
    return published(figure, "totals_over_time", found, say, words, height=430, at=year, **said)


def _dot(figure: go.Figure, point: Point) -> None:
    colour = COLOURS[point.series]
    figure.add_scatter(
        x=[point.x],
        y=[point.value / BILLION],
        mode="markers",
        marker={
            "size": 14,
            "color": colour,
            "symbol": "circle" if point.seen else "circle-open",
            "line": {"width": 2.5, "color": colour},
        },
        error_y=_range(point, colour) if point.ranged else None,
        cliponaxis=False,
    )


def _range(point: Point, colour: str) -> dict:
    return {
        "symmetric": False,
        "array": [(point.high - point.value) / BILLION],
        "arrayminus": [(point.value - point.low) / BILLION],
        "thickness": 2,
        "width": 5,
        "color": colour,
    }
