"""What does a consultation, a picture or a course of physiotherapy cost, and who pays?"""

from __future__ import annotations

import plotly.graph_objects as go

import models
from dashboard.charts.bars import height, name_rows
from dashboard.charts.dots import labels
from dashboard.charts.finish import Chart
from dashboard.charts.published.published import cached_by_language, published
from dashboard.charts.published.series import Point, points
from dashboard.charts.style import CARE, MARKED
from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import euros

GROUPS = {"basic_exempt": CARE, "basic_deductible": CARE, "not_covered": MARKED}
GAP = 2  # EUR between two sessions of a course


@cached_by_language
def chart(result: models.Result, words: Words) -> Chart:
    series = points("who_pays_what", words, *GROUPS, "deductible")

    def say(amount: float) -> str:
        return euros(amount, words.lang)

    *prices, deductible = series
    names = [
        f"{name},<br>{words(f'chart.who_pays_what.{p.series}')}"
        for name, p in zip(labels(prices, _short(words), words), prices, strict=True)
    ]
    figure = go.Figure()
    for place, price in enumerate(prices):
        base, length = _sessions(price, prices[place - 1])
        figure.add_bar(
            x=length,
            base=base,
            y=[place] * len(length),
            orientation="h",
            marker={"color": GROUPS[price.series], "line": {"width": 0}},
        )
    figure.add_bar(  # invisible but for its whiskers
        x=[p.value for p in prices],
        y=list(range(len(prices))),
        orientation="h",
        marker={"color": "rgba(0,0,0,0)", "line": {"width": 0}},
        error_x={
            "symmetric": False,
            "array": [p.high - p.value for p in prices],
            "arrayminus": [p.value - p.low for p in prices],
            "thickness": 1.5,
            "width": 4,
        },
    )
    figure.update_layout(barmode="overlay")
    figure.update_yaxes(zeroline=False)
    name_rows(figure, names, words)
    figure.add_vline(x=deductible.value, line={"width": 1.5, "dash": "dash"})
    text = words("chart.who_pays_what.deductible", amount=say(deductible.value))
    figure.add_annotation(
        x=deductible.value, y=1, yref="paper", text=text, xanchor="right", yanchor="top",
        xshift=-6, align="right", showarrow=False,
    )  # fmt: skip
    figure.update_xaxes(title={"text": words("chart.who_pays_what.axis")}, range=[0, 430])
    by_place = dict(zip(("gp", "xray", "mri", "session", "course"), prices, strict=True))
    texts = {name: say(p.value) for name, p in by_place.items()}
    return published(
        figure, "who_pays_what", series, say, words,
        height=height(names), deductible=say(deductible.value), **texts,
    )  # fmt: skip


def _short(words: Words):
    return lambda amount: euros(amount, words.lang).removeprefix("EUR ")


def _sessions(price: Point, before: Point) -> tuple[list[float], list[float]]:
    """Where the blocks of a bar start and how long they are: a course is a row of sessions."""
    if price.unit != "EUR/course":
        return [0], [price.value]
    whole = int(price.value // before.value)
    starts = [before.value * n for n in range(whole + 1)]
    ends = [*starts[1:], price.value]
    starts = [start + GAP * (start > 0) for start in starts]
    return starts, [end - start for start, end in zip(starts, ends, strict=True)]
