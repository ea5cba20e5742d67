"""The ranking of all levers as a list of links with their interval on one scale.

Money saved lies to the right and is solid, money spent to the left and dashed; the word stands
beside it. On a telephone a row becomes two lines and its scale.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from dashboard.charts.style import COSTS, SAVES
from dashboard.templates import render


def ranking(
    caption: str, sides: tuple[str, str], heads: tuple[str, str], rows: Iterable[Mapping]
) -> Markup:
    """The list; a row has name, level, change, spread, certainty, verdict, link, says, at.

    `at` are places of the scale, 0 to 1: nil, the band (2), the ends of the interval (2), the mean.
    A row without a link is the same without one.
    """
    return render(
        "ranking",
        colours={"save": SAVES, "cost": COSTS},
        caption=caption,
        sides=sides,
        heads=heads,
        rows=[{**row, **_strip(**row["at"])} for row in rows],
    )


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
