"""The ranking of all levers as a list of links with their interval on one scale.

Money saved lies to the right and is solid, money spent to the left and dashed; the word stands
beside it. On a telephone a row becomes two lines and its scale.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from dashboard.charts.style import COSTS, SAVES
from dashboard.templates import render

HALF = 20  # pixels of the tallest mark of a payer
SMALLEST = 0.02  # of the tallest: less is not drawn


def ranking(
    caption: str,
    sides: tuple[str, str],
    heads: tuple[str, str],
    rows: Iterable[Mapping],
    payers: Mapping,
) -> Markup:
    """The list; a row has name, level, change, spread, certainty, verdict, link, says, at, who.

    `payers` of a row are changes as a part of the largest, -1 to 1, in the order of the letters of
    `payers`: less money is a mark up and solid, more a mark down and hatched.

    `at` are places of the scale, 0 to 1: 0, the band (2), the ends of the interval (2), the mean.
    A row without a link is the same without one.
    """
    return render(
        "ranking",
        colours={"save": SAVES, "cost": COSTS},
        caption=caption,
        sides=sides,
        heads=heads,
        payers=payers,
        rows=[{**row, **_strip(**row["at"]), "marks": _marks(row["payers"])} for row in rows],
    )


def _marks(parts: Iterable[float]) -> list[dict[str, object]]:
    """The mark of each payer as CSS: its height and its side; hardly anything is no mark."""
    return [
        {"height": f"{max(2.0, abs(part) * HALF):.0f}px", "side": "less" if part < 0 else "more"}
        if abs(part) >= SMALLEST
        else {"height": "0px", "side": "less"}
        for part in parts
    ]


def _strip(
    nil: float, band: tuple[float, float], ends: tuple[float, float], mean: float
) -> dict[str, object]:
    """The marks of one row as CSS: the bars that have a width, zero, and the mean with its side."""
    low, high = ends
    bars = {
        "band": band,
        "cost": (low, min(high, nil)),
        "save": (max(low, nil), high),
    }
    shown = {name: (max(0.0, first), min(1.0, last)) for name, (first, last) in bars.items()}
    return {
        "bars": [
            {"name": name, "left": f"{first:.2%}", "width": f"{last - first:.2%}"}
            for name, (first, last) in shown.items()
            if last > first
        ],
        "zero": f"{nil:.2%}",
        "mean": f"{mean:.2%}",
        "side": "save" if mean > nil else "cost",
    }
