"""The one chart style: six colours with one meaning each, and a template for light and dark.

The colours keep 3:1 contrast on both backgrounds and stay apart for colour-blind readers; a test
computes both. Every file that leaves the page contains the font, so that it looks the same on any
machine.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from pathlib import Path

import plotly.graph_objects as go
import plotly.io as pio

from dashboard.paths import STATIC

WORK = "#0b7a6f"  # lost work
CARE = "#c76b12"  # care
TODAY = "#86909a"  # the base case, and anything for comparison
SAVES = "#3a74c9"  # less than today
COSTS = "#c03b6b"  # more than today
MARKED = "#7a5c99"  # the one thing that a chart is about
COLOURS = {
    "work": WORK, "care": CARE, "today": TODAY, "saves": SAVES, "costs": COSTS, "marked": MARKED,
}  # fmt: skip
BACKGROUND = {"light": "#ffffff", "dark": "#0d1414"}
INK = {"light": "#111a1a", "dark": "#f1f5f5"}
GRID = {"light": "#d9e0e0", "dark": "#2c3838"}
FONT = "'Rug Sans', 'Source Sans', Arial, Helvetica, sans-serif"
FONT_FILE = STATIC / "fonts" / "rug-sans.woff2"  # a Latin subset of Source Sans 3, SIL OFL 1.1
# The letters of charts without words of a reader's own; for these a file half as large does.
TEXT_FILE = STATIC / "fonts" / "rug-sans-text.woff2"
TEXT = frozenset(
    " %'()+,-./0123456789:;=?ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzéèëïóö·–’“”€−"
)
SEPARATORS = {"nl": ",.", "en": ".,"}


@cache
def font_address(file: Path = FONT_FILE) -> str:
    """The font as a data: address, for files that may not request anything."""
    return f"data:font/woff2;base64,{b64encode(file.read_bytes()).decode()}"


def font_face(address: str = "") -> str:
    """The CSS that declares the font: from a file at `address`, or carried inside."""
    source = f"src:url({address or font_address()}) format('woff2')"
    return f"@font-face{{font-family:'Rug Sans';font-weight:400 700;{source}}}"


def template(theme: str) -> go.layout.Template:
    """Fonts, colours and axes of every chart; for print always the light one."""
    axis = {
        "gridcolor": GRID[theme],
        "zerolinecolor": INK[theme],
        "zerolinewidth": 1,
        "ticks": "",
        "automargin": True,
        "title": {"standoff": 8, "font": {"size": 13}},
    }
    whisker = {"color": INK[theme]}
    return go.layout.Template(
        data={
            "bar": [{"error_x": whisker, "error_y": whisker}],
            "scatter": [{"error_x": whisker}],
        },
        layout={
            "font": {"family": FONT, "size": 13, "color": INK[theme]},
            "paper_bgcolor": BACKGROUND[theme],
            "plot_bgcolor": BACKGROUND[theme],
            "colorway": list(COLOURS.values()),
            "xaxis": axis,
            "yaxis": axis,
            "showlegend": False,
            "bargap": 0.35,
            "margin": {"l": 16, "r": 16, "t": 8, "b": 8},  # room for half a figure under an axis
            "hovermode": False,
            "annotationdefaults": {
                "bgcolor": BACKGROUND[theme],
                **{"showarrow": False, "borderpad": 0},
            },
        },
    )


TEMPLATES = {theme: f"rugpijn_{theme}" for theme in BACKGROUND}
for _theme, _name in TEMPLATES.items():
    pio.templates[_name] = template(_theme)
pio.templates.default = TEMPLATES["light"]
