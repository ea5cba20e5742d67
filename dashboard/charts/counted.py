"""Things counted one by one: a dot for each, in blocks under their name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

SPACE = 0.9  # between a block and the next name, in dots
LINE = 17  # pixels of a line of text


@dataclass(frozen=True)
class Block:
    """A name of one or more lines, and how many dots of which colour and symbol stand under it."""

    name: str
    parts: Sequence[tuple[int, str, str]]

    @property
    def count(self) -> int:
        return sum(n for n, _, _ in self.parts)


def counted(blocks: Sequence[Block], columns: int, size: int) -> tuple[go.Figure, int]:
    """The figure and its height in pixels; `size` is the room of one dot.

    The scale of both axes is the same, so that the dots stay together on a wide screen.
    """
    figure = go.Figure()
    top = 0.0
    for block in blocks:
        lines = block.name.count("<br>") + 1
        top += lines * LINE / size + SPACE
        figure.add_annotation(
            x=0, y=top - 0.55, text=block.name, xanchor="left", yanchor="bottom", align="left",
            showarrow=False, borderpad=0,
        )  # fmt: skip
        kinds = [(colour, symbol) for n, colour, symbol in block.parts for _ in range(n)]
        for kind in dict.fromkeys(kinds):
            places = [i for i, other in enumerate(kinds) if other == kind]
            figure.add_scatter(
                x=[i % columns + 0.5 for i in places],
                y=[round(top + i // columns, 2) for i in places],
                mode="markers",
                marker={
                    "color": kind[0],
                    "symbol": kind[1],
                    "size": round(size * 0.68),
                    "line": {"width": 2 if "open" in kind[1] else 0, "color": kind[0]},
                },
                cliponaxis=False,
            )
        top += -(-block.count // columns)
    hidden = {"visible": False, "fixedrange": True, "constrain": "domain"}
    figure.update_xaxes(range=[0, columns], constraintoward="left", **hidden)
    figure.update_yaxes(
        range=[top, 0], scaleanchor="x", scaleratio=1, constraintoward="top", **hidden
    )
    return figure, round(top * size + 16)
