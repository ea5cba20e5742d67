"""The squares of today's cost as HTML with one SVG, for page, first paint and site."""

from __future__ import annotations

from markupsafe import Markup

import models
from dashboard.charts.today.field import PITCH, ROWS, SIDE, Field, field
from dashboard.templates import render
from dashboard.wording import field as wording
from dashboard.wording.catalogue import Words


def drawing(today: models.Result, words: Words, name: str) -> Markup:
    """The squares of a result of today; `name` as `squares` has it."""
    drawn = field(today)
    texts = wording.texts(drawn, today, words)
    return squares(drawn, texts, words("chart.field.choose"), words("chart.field.sum"), name)


def squares(drawn: Field, texts: dict, choose: str, sum_label: str, name: str) -> Markup:
    """The drawing; `name` tells the switch apart from another one on the same page."""
    views = [
        {
            "id": view,
            "label": texts[view]["label"],
            "finding": texts[view]["finding"],
            "note": texts[view]["note"],
            "rows": [
                (group.colour, label, amount)
                for group, label, amount in zip(
                    groups, texts[view]["names"], texts[view]["amounts"], strict=True
                )
            ],
        }
        for view, groups in drawn.views
    ]
    sides = [groups for _, groups in drawn.views]
    pieces = [
        {
            "height": round(piece.height, 3),
            "places": [tuple(round(at, 3) for at in place) for place in piece.places],
            "colours": [side[n].colour for side, n in zip(sides, piece.groups, strict=True)],
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
        alt=" ".join(texts[view]["alt"] for view, _ in drawn.views),
        scale=texts["scale"],
        range=texts["range"],
        sum=texts["sum"],
        sum_label=sum_label,
    )
