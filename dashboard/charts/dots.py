"""Dots with their interval, one a row; an open dot is a figure that was not seen in its source."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from textwrap import wrap

import plotly.graph_objects as go

from dashboard.charts.bars import LETTERS, name_rows
from dashboard.charts.finish import plain
from dashboard.charts.published.series import Point, spread
from dashboard.wording.catalogue import Words


def labels(points: Sequence[Point], say: Callable[[float], str], words: Words) -> list[str]:
    """For each row its name, figure and range, and its provenance if not seen in a source."""
    names = []
    for point in points:
        figure = words("evidence.no_size") if math.isnan(point.value) else say(point.value)
        more = f" ({spread(point, say)})" if point.ranged else ""
        more += "" if point.seen else f", {words(f'evidence.provenance.{point.provenance}')}"
        lines = [plain(line) for line in wrap(point.label, LETTERS)]
        label = f"<b>{plain(figure)}</b>{plain(more)}"
        if len(lines[-1]) + len(figure + more) + 2 < LETTERS:
            lines[-1] += f"  {label}"
        else:
            lines.append(label)
        names.append("<br>".join(lines))
    return names


def dots(
    points: Sequence[Point],
    colours: Sequence[str],
    names: Sequence[str],
    words: Words,
    *,
    scale: float = 1,
) -> go.Figure:
    """A dot at each value divided by `scale`, its interval as a line; the first row on top."""
    figure = go.Figure()
    for position, (point, colour) in enumerate(zip(points, colours, strict=True)):
        if point.ranged:
            interval(
                figure, [round(x / scale, 6) for x in (point.low, point.high)], position, colour
            )
    figure.add_scatter(
        x=[None if math.isnan(p.value) else round(p.value / scale, 6) for p in points],
        y=list(range(len(points))),
        mode="markers",
        marker={
            "size": 13,
            "color": list(colours),
            "symbol": ["circle" if p.seen else "circle-open" for p in points],
            "line": {"width": 2.5, "color": list(colours)},
        },
        cliponaxis=False,
    )
    figure.update_yaxes(zeroline=False)
    return name_rows(figure, names, words)


def interval(figure: go.Figure, ends: list[float], y: float, colour: str) -> None:
    """A line with a mark at both ends, in the colour of its dot."""
    figure.add_scatter(
        x=ends,
        y=[y, y],
        mode="lines+markers",
        line={"color": colour, "width": 2},
        marker={"symbol": "line-ns", "size": 9, "line": {"width": 2, "color": colour}},
        cliponaxis=False,
    )
