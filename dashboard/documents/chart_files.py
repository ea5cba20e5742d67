"""What leaves the page with a chart: its CSV, file name, citation, and what is written on it.

The drawing itself is made by dashboard/static/draw.js, in the reader's browser or in one that
the command line starts. Nothing here needs a browser.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from html import escape

from plotly.offline import get_plotlyjs

import models
from dashboard.charts.finish import Finished, Table
from dashboard.charts.style import FONT, font_address, font_face, template
from dashboard.paths import STATIC, TEMPLATES
from dashboard.wording.catalogue import LANGUAGES, Words, words_in
from models.caching import cached
from models.tables.csv_writer import MARK, SEPARATOR, reader_text

PRODUCT = "wat-kost-rugpijn"
LICENCE = "CC BY 4.0"
_STILL = "default-src 'none'; style-src 'unsafe-inline'; font-src data:"
_ALIVE = f"{_STILL}; script-src 'unsafe-inline'; img-src data: blob:"


def file_stem(chart: Finished, made: date) -> str:
    """wat-kost-rugpijn_today_by_item_today_nl_2026-01-02: what a file is, said by its name."""
    return f"{PRODUCT}_{chart.id}_{chart.scenario}_{chart.lang}_{made.isoformat()}"


def csv_text(chart: Finished, made: date) -> str:
    """The figures behind a chart as a CSV that a reader of its language can open in Excel."""
    rows, about = csv_parts(chart, made)
    lines = (f"{row}{about[min(number, 1)]}\r\n" for number, row in enumerate(rows))
    return MARK[chart.lang] + "".join(lines)


@cached(2)
def csv_parts(chart: Finished, made: date) -> tuple[list[str], list[str]]:
    """The rows of the CSV, and what ends its head and every other row.

    What is the same in every row, such as a unit or a source, stands last and is sent once.
    """
    columns = list(dict.fromkeys(name for row in chart.data for name in row))
    same = {
        name: chart.data[0].get(name)
        for name in columns[1:]
        if all(row.get(name) == chart.data[0].get(name) for row in chart.data)
    }
    origin = {
        "chart": chart.id,
        "scenario_id": chart.scenario,
        "assumptions_hash": chart.assumptions,
        "model_version": models.VERSION,
        "chart_source": chart.source,
        "made": made.isoformat(),
    }
    own = [name for name in columns if name not in same]
    rows = [own, *([row.get(name) for name in own] for row in chart.data)]
    ends = same | origin
    said = [reader_text([row], chart.lang, end="") for row in rows]
    about = [reader_text([part], chart.lang, end="") for part in (list(ends), list(ends.values()))]
    return said, [f"{SEPARATOR[chart.lang]}{part}" for part in about]


def said(chart: Finished, words: Words, made: date) -> dict:
    """What is written on and in every file of a chart."""
    return {
        "title": chart.title,
        "subtitle": chart.subtitle,
        "source": chart.source,
        "mark": chart.mark,
        "alt": chart.alt,
        "lang": chart.lang,
        "date": made.isoformat(),
        "about": f"{chart.scenario} {chart.assumptions}".strip(),
        "table": vars(chart.table),
        "name": file_stem(chart, made),
    }


def payload(chart: Finished, words: Words, query: str, made: date) -> dict:
    """What the buttons under a chart need besides the figure, which is on the page already."""
    rows, about = csv_parts(chart, made)
    return {
        **said(chart, words, made),
        "stamp": chart.stamp,
        "query": query,
        "csv": {"rows": rows, "about": about, "mark": MARK[chart.lang]},
    }


@lru_cache(maxsize=1)
def constants() -> dict:
    """What the scripts know beforehand: sent once, not with every chart."""
    keys = words_in(LANGUAGES[0]).keys("export.bar.")
    return {
        "WORDS": {
            lang: {key.rpartition(".")[2]: words_in(lang)(key) for key in keys}
            for lang in LANGUAGES
        },
        "TEMPLATE": template("light").to_plotly_json(),
        "EMBED": _embed(),
        "FONT": FONT,
        "FONT_ADDRESS": font_address(),
        "FONT_FACE": font_face(),
        "POLICY": _STILL,
        "LICENCE": LICENCE,
    }


def _embed() -> str:
    """The frozen page with the chart's font inside; its other holes are filled for each chart."""
    page = (TEMPLATES / "embed.html").read_text(encoding="utf-8")
    return page.replace("/* font */", f"{font_face()}\nbody {{font-family: {FONT}}}")


def script_of(*names: str) -> str:
    """These scripts as one, with what they know beforehand."""
    known = [f"const {name} = {json.dumps(value)}" for name, value in constants().items()]
    texts = [(STATIC / name).read_text(encoding="utf-8") for name in names]
    return "\n".join([*known, *texts])


def interactive(chart: Finished, words: Words, made: date, origin: str) -> str:
    """The frozen page with the chart alive: plotly.js is inside, which makes it about 5 MB.

    It asks nothing of the outside either; its rule forbids the reader's browser to.
    """
    figure = chart.screen().update_layout(hovermode="closest", height=None, width=None)
    drawing = (
        f'<div id="chart" role="img" aria-label="{escape(chart.alt)}" '
        f'style="height:{chart.figure.layout.height}px"></div><script>{get_plotlyjs()}</script>'
        f"<script>const figure = {_in_script(figure)}; "
        'Plotly.newPlot("chart", {...figure, config: {responsive: true, displayModeBar: false}})'
        "</script>"
    )
    fields = said(chart, words, made) | {
        "origin": origin,
        "figures": words("export.bar.figures"),
        "policy": _ALIVE,
    }
    raw = {"drawing": drawing, "table": table(chart.table)}
    del fields["table"]
    filled = {name: escape(text) for name, text in fields.items()} | raw
    return re.sub(r"\$\{(\w+)\}", lambda hole: filled[hole[1]], constants()["EMBED"])


def table(table: Table) -> str:
    """A plain table, as draw.js writes it too; templates/blocks.py makes those of a page."""

    def row(cells: Sequence[str], first: str, other: str) -> str:
        kinds = [first, *[other] * (len(cells) - 1)]
        said = zip(kinds, cells, strict=True)
        return f"<tr>{''.join(f'<{kind}>{escape(cell)}</{kind[:2]}>' for kind, cell in said)}</tr>"

    head = row(table.head, *['th scope="col"'] * 2)
    body = "".join(row(cells, 'th scope="row"', "td") for cells in table.rows)
    return (
        f'<div class="sheet"><table><caption>{escape(table.caption)}</caption>'
        f"<thead>{head}</thead><tbody>{body}</tbody></table></div>"
    )


def _in_script(figure) -> str:
    """A figure as JavaScript inside HTML: no text of it can end the script."""
    return figure.to_json().replace("<", r"\u003c").replace("\u2028", r"\u2028")
