"""finish(): every chart passes here, so that none can leave without its finding and its source."""

from __future__ import annotations

from dataclasses import dataclass, field
from textwrap import wrap

import plotly.graph_objects as go

import models
from dashboard.formats import number
from dashboard.state import HASH
from dashboard.style import INK, SEPARATORS, TEMPLATES
from dashboard.text import Words

EXPORT_SIZES = {"wide": (1200, 675), "square": (1080, 1080)}


@dataclass(frozen=True)
class Table:
    """The figures of a chart as rows of text, for readers who cannot or will not see it."""

    caption: str
    head: list[str]
    rows: list[tuple[str, ...]]


@dataclass(frozen=True)
class Finished:
    """A chart with everything that makes it printable; made by `finish` only."""

    id: str
    title: str  # the finding
    subtitle: str  # what is drawn, unit, price year, range
    source: str  # source and licence
    mark: str  # scenario id, assumptions and draws
    alt: str
    table: Table
    lang: str
    data: list[dict] = field(repr=False)  # numbers as numbers: the rows of the exported CSV
    figure: go.Figure = field(repr=False)

    def screen(self, theme: str = "light") -> go.Figure:
        """The chart body; title and source stand as text around it, where they can wrap."""
        return go.Figure(self.figure).update_layout(template=TEMPLATES[theme])

    def printed(self, size: str = "wide", theme: str = "light") -> go.Figure:
        """The chart as it leaves the page: finding, unit and source inside the picture."""
        width, height = EXPORT_SIZES[size]
        letters = int(width / 14.5)
        title, subtitle = wrap(self.title, letters), wrap(self.subtitle, int(letters * 1.6))
        foot = [
            line for text in (self.source, self.mark) for line in wrap(text, int(letters * 1.8))
        ]
        top = 46 + 34 * len(title) + 22 * len(subtitle)
        bottom = 44 + 18 * len(foot)
        figure = self.screen(theme)
        figure.update_layout(
            width=width,
            height=height,
            margin={"l": 40, "r": 48, "t": top, "b": bottom},
            font={"size": 16},
            title={
                "text": f"<b>{'<br>'.join(map(plain, title))}</b>",
                "subtitle": {"text": "<br>".join(map(plain, subtitle)), "font": {"size": 17}},
                "font": {"size": 27},
                "x": 0,
                "xref": "container",
                "pad": {"l": 40, "t": 36},
                "y": 1,
                "yanchor": "top",
            },
        )
        figure.add_annotation(
            text="<br>".join(map(plain, foot)),
            xref="paper",
            yref="paper",
            x=0,
            y=0,
            xanchor="left",
            yanchor="top",
            yshift=-40,
            align="left",
            showarrow=False,
            font={"size": 13, "color": INK[theme]},
        )
        return figure


def finish(
    figure: go.Figure,
    *,
    id: str,
    title: str,
    subtitle: str,
    source: str,
    alt: str,
    table: Table,
    data: list[dict],
    result: models.Result | None,
    words: Words,
    height: int = 420,
) -> Finished:
    """Give a chart its style and everything that it must carry.

    ValueError names what is missing: a chart without finding, unit, source, alternative text,
    table or data cannot be made. `result` is None for a chart of published figures only.
    """
    texts = {"id": id, "title": title, "subtitle": subtitle, "source": source, "alt": alt}
    missing = [name for name, text in texts.items() if not text.strip()]
    missing += [name for name, rows in (("table", table.rows), ("data", data)) if not rows]
    if missing:
        raise ValueError(f"chart {id!r} cannot be shown without {', '.join(missing)}")
    figure.update_layout(
        template=TEMPLATES["light"], height=height, separators=SEPARATORS[words.lang]
    )
    return Finished(
        id=id,
        title=title,
        subtitle=subtitle,
        source=source,
        mark=_mark(result, words),
        alt=alt,
        table=table,
        lang=words.lang,
        data=data,
        figure=figure,
    )


def _mark(result: models.Result | None, words: Words) -> str:
    if result is None:
        return words("chart.mark_published", version=models.VERSION)
    return words(
        "chart.mark",
        scenario=result.scenario_id,
        hash=result.assumptions_hash[:HASH],
        draws=number(result.options.draws, words.lang),
        version=models.VERSION,
    )


def plain(text: str) -> str:
    """Text for Plotly, which reads pseudo-HTML: what comes from a file never becomes markup."""
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("$", "&#36;")
    )
