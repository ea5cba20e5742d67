"""What leaves the page with a chart: its CSV, file name, citation, and what is written on it.

The drawing itself is made by dashboard/static/draw.js, in the reader's browser or in one that
the command line starts. Nothing here needs a browser.
"""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache

from markupsafe import Markup

import models
from dashboard.charts.finish import Chart, Table
from dashboard.charts.style import FONT, font_address, font_face, template
from dashboard.paths import STATIC
from dashboard.templates import render
from dashboard.wording.catalogue import LANGUAGES, Words, words_in
from models.caching import cached
from models.tables.csv_writer import MARK, SEPARATOR, reader_text

PRODUCT = "wat-kost-rugpijn"
LICENCE = "CC BY 4.0"
_STILL = "default-src 'none'; style-src 'unsafe-inline'; font-src data:"
_HOLES = (
    *("lang", "policy", "date", "title", "subtitle", "drawing", "source", "mark", "origin"),
    *("figures", "table"),
)
_ALIVE = f"{_STILL}; script-src 'unsafe-inline'; img-src data: blob:"


def file_stem(chart: Chart, day: date) -> str:
    """wat-kost-rugpijn_today_by_item_today_nl_2026-01-02: a name that says what the file is."""
    return f"{PRODUCT}_{chart.id}_{chart.scenario}_{chart.lang}_{day.isoformat()}"


def csv_text(chart: Chart, day: date) -> str:
    """The figures behind a chart as a CSV that a reader of its language can open in Excel."""
    rows, about = csv_parts(chart, day)
    lines = (f"{row}{about[min(number, 1)]}\r\n" for number, row in enumerate(rows))
    return MARK[chart.lang] + "".join(lines)


@cached(2)
def csv_parts(chart: Chart, day: date) -> tuple[list[str], list[str]]:
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
        "made": day.isoformat(),
    }
    own = [name for name in columns if name not in same]
    rows = [own, *([row.get(name) for name in own] for row in chart.data)]
    ends = same | origin
    lines = [reader_text([row], chart.lang, end="") for row in rows]
    about = [reader_text([part], chart.lang, end="") for part in (list(ends), list(ends.values()))]
    return lines, [f"{SEPARATOR[chart.lang]}{part}" for part in about]


def texts_of(chart: Chart, words: Words, day: date) -> dict:
    """What is written on and in every file of a chart."""
    return {
        "title": chart.title,
        "subtitle": chart.subtitle,
        "source": chart.source,
        "mark": chart.mark,
        "alt": chart.alt,
        "lang": chart.lang,
        "date": day.isoformat(),
        "about": f"{chart.scenario} {chart.assumptions}".strip(),
        "table": vars(chart.table),
        "name": file_stem(chart, day),
    }


def payload(chart: Chart, words: Words, query: str, day: date) -> dict:
    """What the buttons under a chart need besides the figure, which is on the page already."""
    rows, about = csv_parts(chart, day)
    return {
        **texts_of(chart, words, day),
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
    """The frozen page with ${name} where draw.js fills in what belongs to a chart."""
    return str(render("embed", **{name: f"${{{name}}}" for name in _HOLES}))


def script_of(*names: str) -> str:
    """These scripts joined, after the constants that they use."""
    known = [f"const {name} = {json.dumps(value)}" for name, value in constants().items()]
    texts = [(STATIC / name).read_text(encoding="utf-8") for name in names]
    return "\n".join([*known, *texts])


def interactive(chart: Chart, words: Words, day: date, origin: str) -> str:
    """The frozen page with the chart alive: plotly.js is inside, which makes it about 5 MB.

    It loads nothing from elsewhere; its content security policy forbids the browser to.
    """
    figure = chart.screen().update_layout(hovermode="closest", height=None, width=None)
    texts = texts_of(chart, words, day) | {
        "origin": origin,
        "figures": words("export.bar.figures"),
        "policy": _ALIVE,
        "table": table(chart.table),
    }
    height = chart.figure.layout.height
    return str(render("interactive", figure=figure.to_json(), height=height, **texts))


def table(table: Table) -> Markup:
    """A plain table, as draw.js writes it too; templates/blocks.py makes those of a page."""
    return render("plain_table", caption=table.caption, head=table.head, rows=table.rows)
