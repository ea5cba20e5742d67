"""finish(): the last step of every chart, which checks that finding and source are there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from zlib import crc32

import plotly.graph_objects as go

import models
from dashboard.address.link import HASH
from dashboard.charts.style import SEPARATORS, TEMPLATES
from dashboard.wording import origin
from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import number
from dashboard.wording.package import levels_in_words
from models.caching import cached

NAMED = 3  # policies of a package that a chart names
PUBLISHED = "published"  # stands for the scenario of a chart of published figures


@dataclass(frozen=True)
class Table:
    """The figures of a chart as rows of text, for readers who do not see the picture."""

    caption: str
    head: list[str]
    rows: Sequence[tuple[str, ...]]


@dataclass(frozen=True)
class Chart:
    """A chart with title, source, table and data, ready to print; only `finish` makes one."""

    id: str
    title: str  # the finding
    subtitle: str  # what is drawn, unit, price year, range
    source: str  # source and licence
    mark: str  # scenario id, assumptions and draws
    scenario: str  # scenario id, for file names
    assumptions: str  # hash, whole; empty for published figures
    alt: str
    table: Table
    lang: str
    data: list[dict] = field(repr=False)  # numbers as numbers: the rows of the exported CSV
    figure: go.Figure = field(repr=False)
    package: str = ""  # what a title calls the package; empty for a chart of none
    memory: dict = field(default_factory=dict, repr=False, compare=False)  # see `caching.cached`

    @property
    def finding(self) -> str:
        """The title without the name of the package before it."""
        return self.title.removeprefix(f"{self.package}. ")

    def of_package(self, name: str) -> Chart:
        """The same chart with a reader's name for its package."""
        return replace(self, title=f"{name}. {self.finding}", package=name)

    @property
    def stamp(self) -> int:
        """A number that identifies this figure: the same chart with other numbers has another."""
        return self.figure.layout.meta["stamp"]

    def screen(self, theme: str = "light") -> go.Figure:
        """The figure without title and source, which are HTML around it and can wrap.

        dashboard/static/draw.js makes the printed picture, with the texts inside, from it.
        """
        return go.Figure(self.figure).update_layout(template=TEMPLATES[theme])

    @cached(2)
    def shown(self, theme: str) -> go.Figure:
        """As `screen`, for display only: the figure itself where no other colours are needed."""
        return self.figure if theme == "light" else self.screen(theme)


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
    package: bool = False,
) -> Chart:
    """Give a chart its style, texts, table and data.

    ValueError names what is missing: a chart without finding, unit, source, alternative text,
    table or data cannot be made. `result` is None for a chart of published figures only. A chart of
    a `package` has its name in the title, unless the finding names its only policy, and its
    policies with their levels in the subtitle.
    `height` is in pixels.
    """
    texts = {"id": id, "title": title, "subtitle": subtitle, "source": source, "alt": alt}
    missing = [name for name, text in texts.items() if not text.strip()]
    missing += [name for name, rows in (("table", table.rows), ("data", data)) if not rows]
    if missing:
        raise ValueError(f"chart {id!r} cannot be shown without {', '.join(missing)}")
    mark = _mark(result, words)
    name = ""
    if package and result is not None and result.levels:
        name = _name(result, words)
        title = title if _told(title, result, words) else f"{name}. {title}"
        subtitle = f"{_package(result, words)} {subtitle}"
    figure.update_layout(
        template=TEMPLATES["light"],
        height=height,
        separators=SEPARATORS[words.lang],
        meta={**(figure.layout.meta or {}), "stamp": crc32(repr((id, title, mark, data)).encode())},
    )
    return Chart(
        id=id,
        title=title,
        subtitle=subtitle,
        source=origin.source(result, words, source),
        mark=mark,
        scenario=PUBLISHED if result is None else result.scenario_id,
        assumptions="" if result is None else result.assumptions_hash,
        alt=alt,
        table=table,
        lang=words.lang,
        data=data,
        figure=figure,
        package=name,
    )


def _told(title: str, result: models.Result, words: Words) -> bool:
    """Whether the finding itself names the only policy of the package, which is then said once."""
    names = [words.of(result.levers[lever]) for lever in result.levels]
    return len(names) == 1 and names[0].casefold() in title.casefold()


def _name(result: models.Result, words: Words) -> str:
    """What a title calls a package: its own name if it is a signed one, else its first policy."""
    tables = result.catalogue
    for row in tables["scenarios"]:
        signed = [level for level in tables["scenario_levels"] if level["scenario"] == row["id"]]
        if {level["lever"]: float(level["level"]) for level in signed} == result.levels:
            return words.of(row)
    moved = levels_in_words(result.levels, result.levers, words)
    if len(moved) == 1:
        return moved[0]
    others = len(moved) - 1
    return words(f"chart.named_{'one' if others == 1 else 'many'}", first=moved[0], n=others)


def _package(result: models.Result, words: Words) -> str:
    """The policies of the package with their levels; the first `NAMED` of many."""
    moved = levels_in_words(result.levels, result.levers, words)
    more = len(moved) - NAMED
    rest = words("chart.package_more", n=more) if more > 0 else ""
    return words("chart.package", names="; ".join(moved[:NAMED]) + rest)


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
    """Text with the markup of Plotly escaped, so that text from a file is never read as markup."""
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("$", "&#36;")
    )
