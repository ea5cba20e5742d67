"""How certain is the total? Twenty equally likely outcomes, bottom-up and as the base case."""

from __future__ import annotations

from collections import Counter

import numpy as np
import plotly.graph_objects as go

import models
from dashboard.charts.finish import Chart, Table, finish, plain
from dashboard.charts.style import MARKED, TODAY
from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import euros, number
from models.analysis.evidence.reconciliation import step_draws

DOTS, BILLION, BIN = 20, 1e9, 0.25  # a dot is a twentieth of the draws; dots stack by a quarter
SPACE, SIZE = 1.2, 22  # between rows, in dots; pixels of a dot
ROWS = {"bottom_up": TODAY, "base_case": MARKED}


def chart(result: models.Result, words: Words) -> Chart:
    draws = step_draws(result)

    def name_of(step: str) -> str:
        return words(f"step.{step}")

    places = (np.arange(DOTS) + 0.5) / DOTS
    quantiles = {name: np.quantile(draws[name], places) for name in ROWS}
    figure, foot = go.Figure(), 0.0
    for name in reversed(ROWS):
        xs, heights = _stacked(quantiles[name] / BILLION)
        figure.add_scatter(
            x=xs,
            y=[foot + height for height in heights],
            mode="markers",
            marker={"size": SIZE - 4, "color": ROWS[name]},
            cliponaxis=False,
        )
        figure.add_hline(y=foot, line={"width": 1, "color": TODAY})
        figure.add_annotation(  # at the height of the top, where dots to the left are few
            x=0, xref="paper", y=foot + max(heights) + 0.5, text=f"<b>{plain(name_of(name))}</b>",
            xanchor="left", yanchor="top", showarrow=False,
        )  # fmt: skip
        foot += max(heights) + SPACE
    last = max(float(np.max(values)) for values in quantiles.values()) / BILLION
    axis = words("chart.total_dots.axis")
    figure.update_xaxes(
        title={"text": axis}, range=[0, last + BIN], dtick=1, tickformat="d", zeroline=False
    )
    figure.update_yaxes(visible=False, range=[-0.1, foot])
    total = quantiles["base_case"]
    texts = {
        "low": euros(total[1], words.lang),
        "high": euros(total[-2], words.lang),
        "reach": int(np.sum(quantiles["bottom_up"] >= draws["base_case"].mean())),
        "total": euros(draws["base_case"].mean(), words.lang),
        "dots": DOTS,
    }
    rows = [
        (number(i + 1, words.lang), *(euros(quantiles[name][i], words.lang) for name in ROWS))
        for i in range(DOTS)
    ]
    head = [words("chart.total_dots.dot"), *map(name_of, ROWS)]
    return finish(
        figure,
        id="total_dots",
        title=words("chart.total_dots.title", **texts),
        subtitle=words("chart.total_dots.subtitle", year=result.price_year, **texts),
        source=words("chart.source"),
        alt=words("chart.total_dots.alt", **texts),
        table=Table(words("chart.total_dots.caption"), head, rows),
        data=[
            {
                "step": name,
                "label": name_of(name),
                "quantile": float(place),
                "value": float(value),
                "unit": "EUR/year",
                "price_year": result.price_year,
            }
            for name in ROWS
            for place, value in zip(places, quantiles[name], strict=True)
        ],
        result=result,
        words=words,
        height=round(foot * SIZE + 50),
    )


def _stacked(values: np.ndarray) -> tuple[list[float], list[float]]:
    """Dots on a grid of `BIN`, stacked where several fall in one bin."""
    xs = [round(float(round(value / BIN) * BIN), 2) for value in values]
    seen: Counter = Counter()
    heights = []
    for x in xs:
        heights.append(seen[x] + 0.5)
        seen[x] += 1
    return xs, heights
