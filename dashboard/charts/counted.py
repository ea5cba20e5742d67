"""Things counted one by one: a square for each, in blocks under their name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

SPACE = 0.9  # between a block and the next name, in squares
LINE = 17  # pixels of a line of text
SIDE = 0.74  # of a square, in the room that it has
FULL, OPEN = "full", "open"


@dataclass(frozen=True)
class Block:
    """A name of one or more lines, and how many squares of which colour and kind stand under it."""

    name: str
    parts: Sequence[tuple[int, str, str]]

    @property
    def count(self) -> int:
        return sum(n for n, _, _ in self.parts)


def counted(blocks: Sequence[Block], columns: int, size: int) -> tuple[go.Figure, int]:
    """The figure and its height in pixels; `size` is the room of one square.

    The squares of a kind are one path, as large as the axes say, so that they grow in print; the
    scale of both axes is the same, so that they stay together on a wide screen.
    """
    figure = go.Figure(go.Scatter(x=[0], y=[0], mode="none"))
    top = 0.0
    for block in blocks:
        top += (block.name.count("<br>") + 1) * LINE / size + SPACE
        figure.add_annotation(
            x=0, y=top - 0.1, text=block.name, xanchor="left", yanchor="bottom", align="left",
            showarrow=False, borderpad=0,
        )  # fmt: skip
        first = 0
        for n, colour, kind in block.parts:
            places = [(i % columns, top + i // columns) for i in range(first, first + n)]
            first += n
            figure.add_shape(
                type="path",
                path="".join(_square(x, y) for x, y in places),
                fillcolor=colour if kind == FULL else "rgba(0,0,0,0)",
                line={"width": 1.5, "color": colour},
            )
        top += -(-block.count // columns)
    hidden = {"visible": False, "constrain": "domain"}
    figure.update_xaxes(range=[0, columns], constraintoward="left", **hidden)
    figure.update_yaxes(
        range=[top, 0], scaleanchor="x", scaleratio=1, constraintoward="top", **hidden
    )
    return figure, round(top * size + 16)


def _square(x: float, y: float) -> str:
    left, up = x + (1 - SIDE) / 2, y + (1 - SIDE) / 2
    return f"M{left:.2f},{up:.2f}H{left + SIDE:.2f}V{up + SIDE:.2f}H{left:.2f}Z"


def squares(figure: go.Figure) -> list[int]:
    """How many squares each path of the figure has, in the order of the blocks."""
    return [shape.path.count("Z") for shape in figure.layout.shapes]
