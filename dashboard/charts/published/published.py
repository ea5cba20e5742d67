"""Shared by charts of published figures: texts by the id of the chart, figures of a series."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, wraps

import plotly.graph_objects as go

from dashboard.charts.finish import Chart, finish
from dashboard.charts.published.series import Point, cite, data, table
from dashboard.wording.catalogue import LANGUAGES, Words, words_in


def cached_by_language(chart: Callable) -> Callable:
    """Cache a chart of published figures, which is the same for every reader of a language."""

    @lru_cache(maxsize=len(LANGUAGES))
    def made(lang: str) -> Chart:
        return chart(None, words_in(lang))

    @wraps(chart)
    def cached_chart(result, words: Words) -> Chart:
        return made(words.lang)

    return cached_chart


def published(
    figure: go.Figure,
    id: str,
    series: Sequence[Point],
    say: Callable[[float], str],
    words: Words,
    *,
    height: int,
    at: str = "",
    **texts: object,
) -> Chart:
    """Finish a chart of `series`; `texts` fills in its texts, `at` is the name of its x-axis."""
    return finish(
        figure,
        id=id,
        title=words(f"chart.{id}.title", **texts),
        subtitle=words(f"chart.{id}.subtitle", **texts),
        source=cite(series, words),
        alt=words(f"chart.{id}.alt", **texts),
        table=table(words(f"chart.{id}.caption"), series, say, words, at),
        data=data(series, words),
        result=None,
        words=words,
        height=height,
    )


def end_label(figure: go.Figure, x: float, y: float, text: str, **more) -> None:
    """The name of a line above its end, where it fits on a telephone."""
    anchor = {"xanchor": "right", "yanchor": "bottom", "yshift": 6} | more
    figure.add_annotation(x=x, y=y, text=f"<b>{text}</b>", showarrow=False, **anchor)


def band(figure: go.Figure, line: Sequence[Point], fill: str) -> None:
    """The interval of a line as an area behind it."""
    figure.add_scatter(
        x=[*(p.x for p in line), *(p.x for p in reversed(line))],
        y=[*(p.high for p in line), *(p.low for p in reversed(line))],
        fill="toself",
        mode="none",
        fillcolor=fill,
    )
