"""Pictograms: one square for each unit counted, in blocks under a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

import plotly.graph_objects as go

SPACE = 0.9  # between a block and the next name, in squares
LINE = 17  # pixels of a line of text
SIDE = 0.74  # side of a square, as a share of its cell
FULL, OPEN = "full", "open"


@dataclass(frozen=True)
class Block:
    """A name of one or more lines, and the number, colour and kind of the squares beneath it."""

    name: str
    parts: Sequence[tuple[int, str, str]]

    @property
    def count(self) -> int:
        return sum(n for n, _, _ in self.parts)


def counted(
    blocks: Sequence[Block], columns: int, size: int, wide: int | None = None
) -> tuple[go.Figure, int]:
    """The figure and its height in pixels; `size` is one square with the space around it.

    The squares of a kind are one path in the units of the axes, so that they grow in print; both
    axes have one scale, so that squares stay square on a wide screen. A wide picture has `wide`
    columns, and proportionally more room for names.
    """
    figure = go.Figure(go.Scatter(x=[0], y=[0], mode="none"))
    layout = _arranged(blocks, columns, size)
    if wide:
        longest = max(len(line) for block in blocks for line in block.name.split("<br>"))
        names = [_rewrapped(block.name, longest * wide // columns) for block in blocks]
        blocks = [Block(name, block.parts) for name, block in zip(names, blocks, strict=True)]
        figure.update_layout(meta={"wide": _arranged(blocks, wide, size)})
    return figure.update_layout(layout), layout["height"]


def _arranged(blocks: Sequence[Block], columns: int, size: int) -> dict:
    """Layout for Plotly with names, squares, axes and height."""
    names, shapes, top = [], [], 0.0
    for block in blocks:
        top += (block.name.count("<br>") + 1) * LINE / size + SPACE
        names.append({
            "x": 0, "y": round(top - 0.1, 2), "text": block.name, "xanchor": "left",
            "yanchor": "bottom", "align": "left", "showarrow": False, "borderpad": 0,
        })  # fmt: skip
        first = 0
        for n, colour, kind in block.parts:
            places = [(i % columns, top + i // columns) for i in range(first, first + n)]
            first += n
            shapes.append({
                "type": "path", "path": "".join(_square(x, y) for x, y in places),
                "fillcolor": colour if kind == FULL else "rgba(0,0,0,0)",
                "line": {"width": 1.5, "color": colour},
            })  # fmt: skip
        top += -(-block.count // columns)
    hidden = {"visible": False, "constrain": "domain"}
    same = {"scaleanchor": "x", "scaleratio": 1, "constraintoward": "top"}
    return {
        "annotations": names,
        "shapes": shapes,
        "xaxis": {"range": [0, columns], "constraintoward": "left", **hidden},
        "yaxis": {"range": [top, 0], **same, **hidden},
        "height": round(top * size + 16),
    }


def _rewrapped(name: str, letters: int) -> str:
    """The same name in lines of up to `letters` letters."""
    return "<br>".join(wrap(name.replace("<br>", " "), letters, break_on_hyphens=False))


def _square(x: float, y: float) -> str:
    left, up = x + (1 - SIDE) / 2, y + (1 - SIDE) / 2
    return f"M{left:.2f},{up:.2f}H{left + SIDE:.2f}V{up + SIDE:.2f}H{left:.2f}Z"


def squares(figure: go.Figure) -> list[int]:
    """Number of squares in each path of the figure, in the order of the blocks."""
    return [shape.path.count("Z") for shape in figure.layout.shapes]
