"""A folder that shows every chart without a server: pictures, pages, figures and the brief."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from datetime import date
from html import escape

import models
from dashboard.charts import CHARTS
from dashboard.charts.finish import Finished
from dashboard.charts.style import FONT, INK, font_face
from dashboard.documents import chromium, measure_sheet
from dashboard.documents.brief import brief
from dashboard.documents.chart_files import csv_text, table
from dashboard.documents.output import job, link, name_of, saved, today
from dashboard.documents.simulator import DRAWS, can_hold, simulator_html
from dashboard.wording import about
from dashboard.wording.catalogue import LANGUAGES, Words, words_in
from models.analysis.uncertainty.swing import swings
from models.command_line.commands import run_arguments
from models.engine.run import run_like

DRAWINGS = (("svg", "wide"), ("png", "wide"), ("png", "square"), ("html", "wide"))
STYLE = f"""
{font_face()}
body {{font: 16px/1.5 {FONT}; color: {INK["light"]}; background: #fff; max-width: 62rem;
  margin: 0 auto; padding: 1rem}}
header {{border-top: 6px solid #0b5d5e; padding-top: .6rem}} h1 {{margin: 0 0 .4rem}}
section {{border-top: 1px solid #c9d3d3; margin-top: 2rem; padding-top: .4rem}}
img {{display: block; width: 100%; height: auto}} h2 {{font-size: 1.05rem; font-weight: normal}}
a {{color: #0b5d5e}} .sheet {{overflow-x: auto}} table {{border-collapse: collapse; width: 100%;
  font-size: .85rem; font-variant-numeric: tabular-nums}} caption {{text-align: left}}
th, td {{text-align: right; font-weight: normal; padding: .25rem .6rem .25rem 0;
  border-bottom: 1px solid #c9d3d3}} th:first-child {{text-align: left}}
.small {{font-size: .85rem}}
"""
POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src 'self'"


def site(args: Namespace) -> str:
    """Write the folder; prints the paths. Where no browser is installed it has no pictures."""
    result, made = models.run(**run_arguments(args)), today()
    return "\n".join(saved(args.folder, _files(result, made)))


def _files(result: models.Result, made: date) -> Iterator[tuple[str, bytes]]:
    drawn = bool(chromium.installed())
    moved = swings(result.model.assumptions, result.levels, result.options)
    shown = {
        lang: [c for c in (chart(result, words_in(lang)) for chart in CHARTS.values()) if c]
        for lang in LANGUAGES
    }
    live = run_like(result, result.levels, draws=min(result.options.draws, DRAWS))
    sheets, ranked = models.sheets(result), models.rank(result)["levers"]
    for lang, charts in shown.items():
        words = words_in(lang)
        yield from measure_sheet.pages(sheets, ranked, result, words, made)
        if can_hold(result):
            yield f"{lang}/simulator.html", simulator_html(live, words).encode()
        yield f"{lang}/index.html", _page(charts, result, words, made, drawn).encode()
        yield f"{lang}/brief.html", brief(result, words, link(result, lang), made, moved).encode()
        for chart in charts:
            yield f"{lang}/{chart.id}.csv", csv_text(chart, made).encode()
    yield "index.html", _page(shown[LANGUAGES[0]], result, words_in(LANGUAGES[0]), made, drawn,
                              f"{LANGUAGES[0]}/").encode()  # fmt: skip
    if drawn:
        every = [(c, *d) for charts in shown.values() for c in charts for d in DRAWINGS]
        jobs = [job(c, format, size, result, words_in(c.lang), made) for c, format, size in every]
        for (chart, format, size), content in zip(every, chromium.draw(jobs), strict=True):
            yield f"{chart.lang}/{_name(chart, format, size)}", content


def _name(chart: Finished, format: str, size: str) -> str:
    return f"{chart.id}{'_square' if size == 'square' else ''}.{format}"


def _page(
    charts: list[Finished],
    result: models.Result,
    words: Words,
    made: date,
    drawn: bool,
    folder: str = "",
) -> str:
    above = "" if folder else "../"
    others = " ".join(
        f'<a href="{above}{lang}/index.html" lang="{lang}" hreflang="{lang}">'
        f"{escape(words_in(lang)('export.site.name'))}</a>"
        for lang in LANGUAGES
    )
    mark = f"{result.command} · {made.isoformat()}"
    simulator = ""
    if can_hold(result):
        simulator = f' · <a href="{folder}simulator.html">{escape(words("live.title"))}</a>'
    sections = "".join(_section(chart, words, drawn, folder) for chart in charts)
    return (
        f'<!doctype html><html lang="{words.lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">'
        f"<title>{escape(words('app.title'))}</title><style>{STYLE}</style></head><body><header>"
        f"<h1>{escape(words('app.title'))}</h1><p>{others}</p>"
        f"<p>{escape(words('export.site.text'))} "
        f'<a href="{folder}brief.html">{escape(words("brief.title"))}</a>{simulator} · '
        f'<a href="{folder}measures.html">{escape(words("measures.title"))}</a></p>'
        f'<p class="small">{escape(mark)}</p><p class="small">{escape(about.identity(words))}</p>'
        f"</header><main>{sections}</main></body></html>\n"
    )


def _section(chart: Finished, words: Words, drawn: bool, folder: str) -> str:
    files = [*(d for d in DRAWINGS if drawn), ("csv", "wide")]
    links = " · ".join(
        f'<a href="{folder}{_name(chart, format, size)}">'
        f"{escape(words('export.bar.' + ('square' if size == 'square' else format)))}</a>"
        for format, size in files
    )
    name = escape(name_of(chart.id, words))
    picture = f'<img src="{folder}{chart.id}.svg" alt="{escape(chart.alt)}" loading="lazy">'
    figures = table(chart.table)
    told = f'<p class="small">{escape(chart.source)} {escape(chart.mark)}</p>'
    if drawn:
        more = escape(words("export.bar.figures"))
        body = f"{picture}<details><summary>{more}</summary>{figures}</details>"
    else:
        body = f"<p>{escape(chart.title)}</p><p>{escape(chart.subtitle)}</p>{figures}{told}"
    return f'<section id="{chart.id}"><h2>{name}</h2>{body}<p class="small">{links}</p></section>'
