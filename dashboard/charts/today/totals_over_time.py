"""What totals were published over the years?"""

from __future__ import annotations

from dataclasses import replace

import plotly.graph_objects as go

import models
from dashboard.charts.finish import Chart
from dashboard.charts.published.published import cached_by_language, published
from dashboard.charts.published.series import Point, points
from dashboard.charts.style import MARKED, TODAY
from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import euros, number

BILLION = 1e9
COLOURS = {"as_published": TODAY, "prices_2024": MARKED}
SIDES = {
    "above": {"xanchor": "center", "yanchor": "bottom", "yshift": 9},
    "below": {"xanchor": "center", "yanchor": "top", "yshift": -9},
    "under": {"xanchor": "left", "xshift": -9, "yanchor": "top", "yshift": -9},
    "left": {"xanchor": "right", "xshift": -12, "yanchor": "middle"},
    "right": {"xanchor": "left", "xshift": 12, "yanchor": "middle"},
}


@cached_by_language
def chart(result: models.Result, words: Words) -> Chart:
    series = points("totals_over_time", words, *COLOURS)

    def say(amount: float) -> str:
        return euros(amount, words.lang)

    figure = go.Figure()
    for point in series:
        _dot(figure, point)
        _label(
            figure,
            point,
            f"<b>{number(point.value / BILLION, words.lang, 1)}</b>",
            "left" if point.ranged else "below" if point.x == 2007 and point.seen else "above",
        )
    nominal, indexed = (
        next(p for p in series if p.series == name and p.x == 2007)
        for name in ("as_published", "prices_2024")
    )
    figure.add_annotation(
        x=indexed.x, y=indexed.value / BILLION, ax=nominal.x, ay=nominal.value / BILLION,
        axref="x", ayref="y", text="", arrowhead=2, arrowwidth=1.5, standoff=9, startstandoff=9,
        showarrow=True, bgcolor="rgba(0,0,0,0)",
    )  # fmt: skip
    article = next(p for p in series if p.ranged)
    for key, point, side in (
        ("as_published", series[0], "under"),
        ("prices_2024", indexed, "right"),
        ("article", replace(article, value=article.low), "below"),
    ):
        _label(figure, point, words(f"chart.totals_over_time.{key}"), side)
    year = words("chart.totals_over_time.axis")
    figure.update_xaxes(title={"text": year}, range=[1989, 2027], dtick=10, tickformat="d")
    figure.update_yaxes(range=[0, 6], dtick=1, tickformat="d")
    marked = {"nominal": nominal, "indexed": indexed, "article": article}
    texts = {name: say(point.value) for name, point in marked.items()}
    texts["totals"] = ", ".join(f"{say(p.value)} ({p.x:.0f})" for p in series if p.seen)
    return published(figure, "totals_over_time", series, say, words, height=430, at=year, **texts)


def _label(figure: go.Figure, point: Point, text: str, side: str) -> None:
    """A text beside a point, clear of its dot."""
    figure.add_annotation(
        x=point.x, y=point.value / BILLION, text=text, showarrow=False, align="left", **SIDES[side]
    )


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
