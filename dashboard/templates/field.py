"""The squares of today's cost as HTML with one SVG: the page and its first paint share it."""

from __future__ import annotations

from markupsafe import Markup

from dashboard.charts.today.field import PITCH, ROWS, SIDE, Field
from dashboard.templates import render


def squares(drawn: Field, texts: dict, choose: str, sum_label: str, name: str) -> Markup:
    """The drawing; `name` tells the switch apart from another one on the same page."""
    views = [
        {
            "id": view,
            "label": texts[view]["label"],
            "finding": texts[view]["finding"],
            "rows": [
                (group.colour, label, amount)
                for group, label, amount in zip(
                    groups, texts[view]["names"], texts[view]["amounts"], strict=True
                )
            ],
        }
        for view, groups in (("item", drawn.items), ("payer", drawn.payers))
    ]
    pieces = [
        {
            "height": round(piece.height, 3),
            **dict(zip("ab", (round(at, 3) for at in piece.by_item), strict=True)),
            **dict(zip("cd", (round(at, 3) for at in piece.by_payer), strict=True)),
            "item": drawn.items[piece.item].colour,
            "payer": drawn.payers[piece.payer].colour,
        }
        for piece in drawn.pieces
    ]
    return render(
        "field",
        name=name,
        choose=choose,
        views=views,
        across=drawn.columns * PITCH,
        down=ROWS * PITCH,
        side=SIDE,
        empty=drawn.empty(),
        pieces=pieces,
        low=round(drawn.along(drawn.low), 2),
        high=round(drawn.along(drawn.high), 2),
        mean=round(drawn.along(drawn.total), 2),
        alt=f"{texts['item']['alt']} {texts['payer']['alt']}",
        scale=texts["scale"],
        range=texts["range"],
        sum=texts["sum"],
        sum_label=sum_label,
    )
