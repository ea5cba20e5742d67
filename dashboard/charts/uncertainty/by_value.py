"""Shared by the charts of a choice: a line or cloud an option, with its name below the picture."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go

import models
from dashboard.charts.finish import plain
from dashboard.charts.style import CARE, COSTS, MARKED, SAVES, TODAY, WORK
from dashboard.wording.catalogue import Words
from dashboard.wording.drivers import option_name
from dashboard.wording.numbers import euros, percent
from models.analysis.choice.decision import AtValue, Decision

THOUSAND = 1_000
LETTERS = 38  # of a line in the key
LINES = (  # colour and dash of an option by its place; they tell apart and mean nothing more
    (TODAY, "solid"), (WORK, "solid"), (CARE, "dash"), (SAVES, "solid"), (COSTS, "dash"),
    (MARKED, "solid"), (WORK, "dot"), (CARE, "dot"), (SAVES, "dot"), (COSTS, "dot"),
)  # fmt: skip


def look(place: int) -> tuple[str, str]:
    return LINES[place % len(LINES)]


def lines(
    answer: Decision, amounts: Sequence[Sequence[float]], result: models.Result, words: Words
) -> go.Figure:
    """A line an option over the value of a QALY, in thousands of EUR; amounts by option."""
    figure = go.Figure()
    at = [value.reference_value / THOUSAND for value in answer.values]
    for place, (option, row) in enumerate(zip(answer.options, amounts, strict=True)):
        colour, dash = look(place)
        figure.add_scatter(
            x=at,
            y=list(row),
            mode="lines",
            line={"color": colour, "dash": dash, "width": 2},
            name=named(option.option, result, words),
        )
    figure.update_xaxes(title={"text": words("chart.decision.axis")}, tickformat=",.0f")
    return keyed(figure)


def named(option: str, result: models.Result, words: Words) -> str:
    """The name of an option, in lines that fit a telephone."""
    return "<br>".join(map(plain, wrap(option_name(option, result, words), LETTERS)))


def keyed(figure: go.Figure) -> go.Figure:
    """The names of the options in a row below the picture."""
    return figure.update_layout(
        showlegend=True,
        legend={
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "y": -0.22,
            "yanchor": "top",
            "itemsizing": "constant",
        },
    )


def in_force(answer: Decision) -> AtValue:
    """What holds at the value of a QALY that the run uses."""
    return next(at for at in answer.values if at.reference_value == answer.reference_value)


def texts(answer: Decision, result: models.Result, words: Words) -> dict[str, Any]:
    """What the sentences of the three charts quote."""
    at = in_force(answer)
    views = result.catalogue["perspectives"]
    return {
        "name": option_name(at.preferred, result, words),
        "value": euros(answer.reference_value, words.lang),
        "chance": percent(at.chance_preferred, words.lang),
        "loss": euros(at.evpi, words.lang, 1e5),
        "view": words.of(next(row for row in views if row["id"] == answer.perspective)).lower(),
        "year": result.price_year,
        "n": len(answer.options),
    }
