"""What is the money for, who pays it, how sure is it? The same squares, coloured in three ways.

Every amount of a cost item, a payer and a kind of evidence is cut so that each piece lies in one
square in every picture: switching moves the same euros. Squares fill columns of `ROWS`, from the
left.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from math import ceil
from operator import itemgetter

import pandas as pd
import plotly.graph_objects as go

import models
from dashboard.charts.finish import Chart, Table, finish, plain
from dashboard.wording import field as wording
from dashboard.wording import row_texts
from dashboard.wording.catalogue import Words

ROWS = 4
PITCH, SIDE = 10.0, 9.0  # units of the drawing: from one square to the next, and of a square
MANY = 60  # squares at the most; above it a square stands for more
SMALLEST = 0.02  # of the total: a cost item below it goes to the rest of its kind
LINE, ROOM = 26, 32  # pixels: a line of names, clear of the next where the three pictures stand
# beside one another and are smaller; and of a square with what is round it
WORK = ("#0b7a6f", "#2f8f9f", "#5f8f8a")
CARE = ("#c76b12", "#a8480f", "#b08a1e", "#9a6b3f", "#8a7f2e", "#a0795c")
PAYERS = ("#7a5c99", "#86909a", "#3a74c9", "#c03b6b", "#7d8a2f", "#b06a8f", "#5a8fb0")
EVIDENCE = {  # by kind of models.basis, in the order in which it is drawn
    "published": "#3a74c9",
    "estimate": "#86909a",
    "guess": "#c03b6b",
    "reader": "#7d8a2f",
    "unexplained": "#9a6b3f",
}
VIEWS = ("item", "payer", "basis")
ORDERS = (0, 1, 2), (1, 0, 2), (2, 0, 1)  # of the groups of a cell, in each of them
Cell = tuple[int, ...]  # three numbers of a cost item, a payer and a kind of evidence


@dataclass(frozen=True)
class Group:
    """A cost item, payer or kind of evidence as drawn: its id, EUR a year, colour."""

    name: str
    amount: float
    colour: str


@dataclass(frozen=True)
class Piece:
    """A part of one square: the numbers of its groups, and its position in each of `VIEWS`, in
    units of the drawing."""

    groups: Cell
    height: float
    places: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Field:
    """Everything that is drawn; amounts in EUR a year."""

    square: float
    items: tuple[Group, ...]
    payers: tuple[Group, ...]
    basis: tuple[Group, ...]
    pieces: tuple[Piece, ...]
    total: float
    low: float
    high: float

    @property
    def views(self) -> tuple[tuple[str, tuple[Group, ...]], ...]:
        """The groups of each of `VIEWS`."""
        return tuple(zip(VIEWS, (self.items, self.payers, self.basis), strict=True))

    @property
    def columns(self) -> int:
        """Number of columns of squares up to the upper end of the range."""
        return -int(-max(self.high, self.total) // (self.square * ROWS))

    def along(self, amount: float) -> float:
        """Where an amount (EUR a year) ends along the columns, in units of the drawing."""
        return amount / (self.square * ROWS) * PITCH

    def empty(self) -> list[tuple[float, float]]:
        """Positions of the squares between the total and the upper end of its range."""
        first, last = (-int(-amount // self.square) for amount in (self.total, self.high))
        return [_place(i) for i in range(first, last)]


def field(result: models.Result) -> Field:
    """Today's cost as squares; items and payers by amount, items by kind first."""
    today = result.headline["base_case_total"]
    amounts = _grouped(result)
    items, payers = (_groups(amounts.groupby(level=side).sum(), result) for side in (0, 1))
    by_evidence = amounts.groupby(level=2).sum()
    basis = tuple(
        Group(kind, float(by_evidence[kind]), colour)
        for kind, colour in EVIDENCE.items()
        if kind in by_evidence
    )
    total = sum(group.amount for group in items)
    square = 1e8
    while total > MANY * square:
        square *= 10
    names = [[group.name for group in side] for side in (items, payers, basis)]
    cells: dict[Cell, float] = {
        tuple(map(list.index, names, cell)): amount for cell, amount in amounts.items()
    }
    starts = [_starts(sorted(cells, key=itemgetter(*order)), cells) for order in ORDERS]
    pieces = [
        Piece(cell, (end - start) / square * SIDE, tuple(_at(s + start, square) for s in places))
        for cell in sorted(cells)
        for places in [tuple(view[cell] for view in starts)]
        for start, end in _cuts(cells[cell], places, square)
    ]
    return Field(square, items, payers, basis, tuple(pieces), total, today["p2_5"], today["p97_5"])


def _grouped(result: models.Result) -> pd.Series:
    """Amounts above nil by item, payer and kind of evidence, EUR a year.

    Small items of a kind are one, named rest_care or rest_work.
    """
    whole = result.matrix("base_case").drop(index="total", columns="total").clip(lower=0)
    small = whole.sum(axis=1) < SMALLEST * whole.to_numpy().sum()
    amounts: dict[tuple[str, str, str], float] = {}
    for row in models.basis(result).items:
        name = f"rest_{_kind(row.item, result)}" if small[row.item] else row.item
        for payer, amount in whole.loc[row.item].items():
            for kind in EVIDENCE:
                if (part := amount * row[kind]) > 0:
                    key = name, str(payer), kind
                    amounts[key] = amounts.get(key, 0.0) + part
    return pd.Series(amounts)


def _kind(name: str, result: models.Result) -> str:
    return result.catalogue.cost_items[name]["category"]


def _groups(amounts: pd.Series, result: models.Result) -> tuple[Group, ...]:
    """Groups by amount, the largest first; lost work before care, and sums of small items last."""
    if amounts.index[0] in result.catalogue.cost_items or amounts.index[0].startswith("rest_"):
        kinds = {n: n[5:] if n.startswith("rest_") else _kind(n, result) for n in amounts.index}
    else:
        kinds = dict.fromkeys(amounts.index, "payer")
    order = sorted(
        amounts.index,
        key=lambda n: (kinds[n] != "work", n.startswith("rest_"), -amounts[n]),
    )
    colours = {"work": WORK, "care": CARE, "payer": PAYERS}
    used: dict[str, int] = {}
    groups = []
    for name in order:
        number = used[kinds[name]] = used.get(kinds[name], -1) + 1
        palette = colours[kinds[name]]
        groups.append(Group(name, float(amounts[name]), palette[number % len(palette)]))
    return tuple(groups)


def _starts(order: list[Cell], cells: dict[Cell, float]) -> dict[Cell, float]:
    """Where each cell begins when the cells lie one after another."""
    return dict(zip(order, accumulate((cells[c] for c in order), initial=0.0), strict=False))


def _cuts(amount: float, starts: tuple[float, ...], square: float) -> list[tuple]:
    """A cell in parts that cross no edge of a square in any picture."""
    edges = {0.0, amount}
    for start in starts:
        first = -(-start // square) * square - start
        edges |= {first + k * square for k in range(int((amount - first) // square) + 1)}
    inside = sorted(edge for edge in edges if 0 <= edge <= amount)
    return [(a, b) for a, b in zip(inside, inside[1:], strict=False) if b - a > 1e-6 * square]


def _at(amount: float, square: float) -> tuple[float, float]:
    """Position of the euro after `amount`, in units of the drawing."""
    number = int((amount + 1e-6 * square) // square)
    x, y = _place(number)
    return x, y + max(0.0, amount / square - number) * SIDE


def _place(number: int) -> tuple[float, float]:
    return number // ROWS * PITCH, number % ROWS * PITCH


def chart(result: models.Result, words: Words) -> Chart:
    """The pictures to keep or place elsewhere: beside one another where there is room."""
    drawn = field(result)
    texts = wording.texts(drawn, result, words)
    narrow, wide = (_arranged(drawn, texts, beside) for beside in (False, True))
    figure = go.Figure(go.Scatter(x=[0], y=[0], mode="none"))
    # the picture of items stands at the same place, wide or narrow
    keep = {"annotations": len(drawn.items) + 1, "shapes": len(drawn.items)}
    apart = {part: wide[part][first:] for part, first in keep.items()}
    figure.update_layout(meta={"wide": wide | apart | {"keep": keep}})
    figure.update_layout(narrow)
    head, rows = row_texts.ledger(result, "base_case", words)
    return finish(
        figure,
        id="field",
        title=texts["item"]["finding"],
        subtitle=words("chart.field.subtitle", square=texts["square"], year=result.price_year),
        source=words("chart.source"),
        alt=" ".join(texts[view]["alt"] for view in VIEWS),
        table=Table(words("chart.money_flow.caption"), head, rows),
        data=[
            {
                "by": "cost_item" if view == "item" else view,
                "name": group.name,
                "label": label,
                "unit": "EUR/year",
                "price_year": result.price_year,
                "mean": group.amount,
            }
            for view, groups in drawn.views
            for group, label in zip(groups, texts[view]["names"], strict=True)
        ],
        result=result,
        words=words,
        height=narrow["height"],
    )


def _arranged(drawn: Field, texts: dict, beside: bool) -> dict:
    """Squares, and under them names and amounts, of all pictures as a Plotly layout."""
    shapes, notes, lowest, left, top = [], [], 0.0, 0.0, 0.0
    across, line = drawn.columns * PITCH, LINE / ROOM * PITCH
    for view, groups in drawn.views:
        view_texts = texts[view]
        notes.append(_note(left, top + line, f"<b>{plain(view_texts['label'])}</b>"))
        top = ceil(top + line * 1.4)  # whole numbers make short paths
        paths = ["" for _ in groups]
        for number, x, y, height in _runs(groups, drawn.square):
            paths[number] += _path(left + x, top + y, SIDE, height)
        top += ROWS * PITCH
        for number, (name, amount) in enumerate(
            zip(view_texts["names"], view_texts["amounts"], strict=True)
        ):
            top += line
            paths[number] += _path(left, top - line * 0.55, line * 0.45, line * 0.45)
            notes.append(_note(left + line * 0.75, top, f"{plain(name)} <b>{amount}</b>"))
        shapes += [
            {
                "type": "path", "path": path, "fillcolor": group.colour,
                "line": {"width": 0.5, "color": group.colour},
            }
            for path, group in zip(paths, groups, strict=True)
        ]  # fmt: skip
        lowest = max(lowest, top)
        left, top = (left + across + 2 * PITCH, 0.0) if beside else (0.0, top + line)
    hidden = {"visible": False, "constrain": "domain"}
    same = {"scaleanchor": "x", "scaleratio": 1, "constraintoward": "top"}
    return {
        "annotations": notes,
        "shapes": shapes,
        "xaxis": {
            "range": [0, left - 2 * PITCH if beside else across],
            "constraintoward": "left",
            **hidden,
        },
        "yaxis": {"range": [lowest + line / 2, 0], **same, **hidden},
        "height": round((lowest + line / 2) / PITCH * ROOM + 16),
    }


def _runs(groups: tuple[Group, ...], square: float) -> Iterator[tuple[int, float, float, float]]:
    """Each group in parts of one square: the index of the group, its position and height."""
    start = 0.0
    for number, group in enumerate(groups):
        for first, last in _cuts(group.amount, (start,), square):
            yield number, *_at(start + first, square), (last - first) / square * SIDE
        start += group.amount


def _path(x: float, y: float, width: float, height: float) -> str:
    """A rectangle as an SVG path in absolute coordinates, the only ones that Plotly accepts."""
    left, right, up, down = (
        f"{end:.1f}".removesuffix(".0") for end in (x, x + width, y, y + height)
    )
    return f"M{left},{up}H{right}V{down}H{left}Z"


def _note(x: float, y: float, text: str) -> dict:
    return {
        "x": round(x, 1), "y": round(y, 1), "text": text, "xanchor": "left", "yanchor": "bottom",
    }  # fmt: skip
