"""Packages side by side as panels: the same payers in each, on one scale.

Money saved lies to the right and is solid, money spent to the left and hatched; the word stands
beside it. Panels stand beside one another where there is room, under one another on a telephone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from dashboard.charts.style import COSTS, SAVES
from dashboard.templates import render
from dashboard.templates.blocks import stretch


def multiples(caption: str, sides: tuple[str, str], panels: Iterable[Mapping]) -> Markup:
    """The panels of `wording.multiples`, each with `link` and `says`; one without a link has none.

    `sides` are the words for money spent and saved.
    """
    return render(
        "multiples",
        colours={"save": SAVES, "cost": COSTS},
        caption=caption,
        sides=sides,
        panels=[{**panel, "rows": [_drawn(row) for row in panel["rows"]]} for panel in panels],
    )


def _drawn(row: Mapping) -> dict:
    return {
        **row,
        "nil": f"{row['nil']:.2%}",
        "bar": stretch(*row["bar"]),
        "interval": stretch(*row["interval"]),
    }
