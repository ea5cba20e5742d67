"""Horizontal bars with their 95% interval; name and figure are above the bar, so no key is needed.

A label beside a bar would take half the width of a telephone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from textwrap import wrap

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.finish import plain
from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import million_range, millions

BAR, LINE, SPACE, EDGE = 14, 17, 9, 56  # pixels: a bar, a line of text, between rows, the axis
LETTERS = 52  # letters on a line of a telephone
MILLION = 1e6


def labels(
    frame: pd.DataFrame, name: Callable[[str], str], words: Words, plus: bool = False
) -> list[str]:
    """For each row its name, mean and interval in EUR million, in as few lines as fit."""
    names = []
    for key, row in frame.iterrows():
        mean = millions(row["mean"], words.lang, plus=plus)
        spread = ""
        if row["p2_5"] != row["p97_5"]:
            spread = f" ({million_range(row['p2_5'], row['p97_5'], words.lang)})"
        figures = f"<b>{mean}</b>{spread}"
        lines = [plain(line) for line in wrap(name(key), LETTERS)]
        if len(lines[-1]) + len(mean + spread) < LETTERS:
            lines[-1] += f"  {figures}"
        else:
            lines.append(figures)
        names.append("<br>".join(lines))
    return names


def over_bar(label: str, figure: str) -> str:
    """A label and its figure in as few lines as fit over a bar."""
    lines = [plain(line) for line in wrap(label, LETTERS)]
    if len(lines[-1]) + len(figure) + 2 < LETTERS:
        return "<br>".join([*lines[:-1], f"{lines[-1]}  <b>{figure}</b>"])
    return "<br>".join([*lines, f"<b>{figure}</b>"])


def bars(
    frame: pd.DataFrame, names: Sequence[str], colours: Sequence[str], words: Words
) -> go.Figure:
    """Bars from 0, the first row on top; whiskers are the 95% interval. `frame`: EUR a year."""
    mean = frame["mean"].div(MILLION).round(3)
    figure = go.Figure(
        go.Bar(
            x=mean,
            y=list(range(len(frame))),
            orientation="h",
            marker={"color": list(colours)},
            error_x=whiskers(frame),
        )
    )
    return name_rows(figure, names, words)


def whiskers(frame: pd.DataFrame) -> dict:
    """The 95% interval of each row (EUR) as Plotly draws it on a bar in EUR million."""
    mean = frame["mean"].div(MILLION).round(3)
    return {
        "type": "data",
        "symmetric": False,
        "array": frame["p97_5"].div(MILLION).sub(mean).round(3),
        "arrayminus": mean.sub(frame["p2_5"].div(MILLION)).round(3),
        "thickness": 1.5,
        "width": 4,
    }


def name_rows(figure: go.Figure, names: Sequence[str], words: Words) -> go.Figure:
    """Write a label above every bar and set the axes; bar `i` lies at y = i, downwards."""
    thick = BAR / row_height(names)
    figure.update_traces(width=thick, selector={"type": "bar"})
    labels = [
        {
            "text": name,
            "name": "row",  # a wide export writes it beside its bar
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
            "xshift": 3,
            "y": position - 0.5 * thick,
            "yanchor": "bottom",
            "showarrow": False,
            "align": "left",
            "borderpad": 0,
        }
        for position, name in enumerate(names)
    ]
    figure.layout.annotations = (
        *figure.layout.annotations,
        *labels,
    )  # one assignment: Plotly checks all at once
    last = len(names) - 1
    figure.update_yaxes(
        showticklabels=False, showgrid=False, range=[last + 0.2 + thick / 2, thick - 0.8]
    )
    figure.update_xaxes(
        title={"text": words("chart.million_a_year")}, tickformat=",.0f", rangemode="tozero"
    )
    return figure


def row_height(names: Sequence[str]) -> int:
    """Pixels from one bar to the next: room for the longest label."""
    return BAR + SPACE + LINE * max(name.count("<br>") + 1 for name in names)


def height(names: Sequence[str]) -> int:
    """Pixels of a chart with these labels."""
    return EDGE + row_height(names) * len(names)


def numbers(
    frame: pd.DataFrame, kind: str, name: Callable[[str], str], price_year: int
) -> list[dict]:
    """Rows of the exported CSV: the same figures in EUR, unrounded."""
    return [
        {
            kind: key,
            "label": name(key),
            "unit": "EUR/year",
            "price_year": price_year,
            **{column: row[column] for column in ("mean", "p2_5", "p10", "p50", "p90", "p97_5")},
        }
        for key, row in frame.iterrows()
    ]
