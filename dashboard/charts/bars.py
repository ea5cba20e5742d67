"""Horizontal bars with their 95% interval; the figure stands in the label, so no key is needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from textwrap import wrap

import pandas as pd
import plotly.graph_objects as go

from dashboard.finish import plain
from dashboard.formats import million_range, millions
from dashboard.text import Words

ROW, EDGE, LETTERS = 44, 60, 27
MILLION = 1e6


def labels(
    frame: pd.DataFrame, name: Callable[[str], str], words: Words, plus: bool = False
) -> list[str]:
    """Two lines a row: what it is, and its mean with interval in EUR million."""
    found = []
    for key, row in frame.iterrows():
        spread = ""
        if row["p2_5"] != row["p97_5"]:
            spread = f" ({million_range(row['p2_5'], row['p97_5'], words.lang)})"
        lines = [plain(line) for line in wrap(name(key), LETTERS)]
        found.append(
            "<br>".join([*lines, f"<b>{millions(row['mean'], words.lang, plus=plus)}</b>{spread}"])
        )
    return found


def bars(
    frame: pd.DataFrame, names: Sequence[str], colours: Sequence[str], words: Words
) -> go.Figure:
    """Bars from a true zero, the first row on top; whiskers are the 95% interval."""
    mean = frame["mean"].div(MILLION).round(3)
    figure = go.Figure(
        go.Bar(
            x=mean,
            y=list(range(len(frame))),
            orientation="h",
            marker={"color": list(colours)},
            error_x={
                "type": "data",
                "symmetric": False,
                "array": frame["p97_5"].div(MILLION).sub(mean).round(3),
                "arrayminus": mean.sub(frame["p2_5"].div(MILLION)).round(3),
                "thickness": 1.5,
                "width": 4,
            },
        )
    )
    figure.update_yaxes(
        tickvals=list(range(len(frame))), ticktext=list(names), autorange="reversed", showgrid=False
    )
    figure.update_xaxes(
        title={"text": words("chart.million_a_year")}, tickformat=",.0f", rangemode="tozero"
    )
    return figure


def height(rows: int) -> int:
    """Pixels for a number of rows."""
    return EDGE + ROW * rows


def numbers(
    frame: pd.DataFrame, kind: str, name: Callable[[str], str], price_year: int
) -> list[dict]:
    """Rows of the exported CSV: the same figures in EUR, not rounded."""
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
