"""A folder that shows every chart without a server: pictures, pages, figures and the brief."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from datetime import date
from xml.etree import ElementTree

from markupsafe import Markup

import models
from dashboard.charts import CHARTS
from dashboard.charts.finish import Chart
from dashboard.charts.style import FONT_FILE, TEXT, TEXT_FILE, font_address
from dashboard.documents import chart_pages, chromium, measure_sheet, png
from dashboard.documents.brief import brief
from dashboard.documents.chart_files import table
from dashboard.documents.chart_pages import DRAWINGS, FONT_NAME, POLICY, name
from dashboard.documents.output import base_of, job, link, name_of, saved, today
from dashboard.documents.ranking_list import ordered, ranked_list
from dashboard.documents.simulator import DRAWS, can_hold, simulator_html
from dashboard.templates import render
from dashboard.templates.field import drawing
from dashboard.wording import about, sentences
from dashboard.wording.catalogue import LANGUAGES, Words, words_in
from models.analysis.choice.rank import RankedLever, Ranking
from models.analysis.uncertainty.swing import swings
from models.command_line.commands import run_arguments
from models.engine.run import run_like

WIDTHS = {"wide": 1200, "square": 1080}  # pixels on a site; print takes the SVG
LETTERS, FEWER = font_address().encode(), font_address(TEXT_FILE).encode()


def site(args: Namespace) -> str:
    """Write the folder; prints the paths. Where no browser is installed it has no pictures."""
    result, day = models.run(**run_arguments(args)), today()
    return "\n".join(saved(args.folder, _files(result, day, base_of(args))))


def _files(result: models.Result, day: date, base: str = "") -> Iterator[tuple[str, bytes]]:
    drawn = bool(chromium.installed())
    known_swings = swings(result.model.assumptions, result.levels, result.options)
    shown = {
        lang: [c for c in (chart(result, words_in(lang)) for chart in CHARTS.values()) if c]
        for lang in LANGUAGES
    }
    live = run_like(result, result.levels, draws=min(result.options.draws, DRAWS))
    sheets, ranked = models.sheets(result), models.rank(result)
    for lang, charts in shown.items():
        words = words_in(lang)
        yield from measure_sheet.pages(sheets, ranked.levers, result, words, day, FONT_NAME)
        if can_hold(result):
            yield f"{lang}/simulator.html", simulator_html(live, words).encode()
        yield f"{lang}/index.html", _page(charts, result, words, day, drawn, ranked).encode()
        yield (
            f"{lang}/brief.html",
            brief(result, words, link(result, lang, base), day, known_swings).encode(),
        )
        yield from chart_pages.files(charts, words, day, base, drawn)
    everything = [chart for charts in shown.values() for chart in charts]
    yield FONT_NAME, FONT_FILE.read_bytes()
    yield "charts.json", chart_pages.contents(everything, base)
    yield "index.html", _page(shown[LANGUAGES[0]], result, words_in(LANGUAGES[0]), day, drawn,
                              ranked, f"{LANGUAGES[0]}/").encode()  # fmt: skip
    if drawn:
        drawings = [(c, *d) for charts in shown.values() for c in charts for d in DRAWINGS]
        jobs = [
            picture_job(c, format, size, result, words_in(c.lang), day)
            for c, format, size in drawings
        ]
        for (chart, format, size), content in zip(drawings, chromium.draw(jobs), strict=True):
            path = f"{chart_pages.at(chart.lang)}c/{name(chart.id, format, size)}"
            yield path, finished(content, chart, format)


def picture_job(
    chart: Chart, format: str, size: str, result: models.Result, words: Words, day: date
) -> dict:
    """One picture of a site for dashboard/documents/chromium.py to draw."""
    return job(chart, format, size, result, words, day) | {"pixels": WIDTHS.get(size)}


def finished(content: bytes, chart: Chart, format: str) -> bytes:
    """A drawn picture as it is published: a light PNG or SVG."""
    return png.published(content, chart) if format == "png" else _lighter(content)


def _lighter(svg: bytes) -> bytes:
    """The drawing with the smaller typeface, where that has all its letters."""
    letters = {
        letter
        for text in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
        for part in text.itertext()
        for letter in part
    }
    return svg.replace(LETTERS, FEWER) if letters <= TEXT else svg


def _page(
    charts: list[Chart],
    result: models.Result,
    words: Words,
    day: date,
    drawn: bool,
    ranked: Ranking,
    folder: str = "",
) -> str:
    document = render(
        "site",
        lang=words.lang,
        policy=POLICY,
        font=FONT_NAME if folder else f"../{FONT_NAME}",
        title=words("app.title"),
        languages=[
            {"lang": lang, "name": words_in(lang)("export.site.name")} for lang in LANGUAGES
        ],
        above="" if folder else "../",
        folder=folder,
        text=words("export.site.text"),
        brief=words("brief.title"),
        measures=words("measures.title"),
        simulator=words("live.title") if can_hold(result) else "",
        identity=about.identity(words),
        mark=f"{result.command} · {day.isoformat()}",
        squares_title=sentences.overview_answer(result, words)[0],
        squares=drawing(result, words, "squares"),
        ranking_title=words("ranking.title"),
        ranking=_ranking(ranked, result, words, folder),
        sections=[_section(chart, words, drawn, folder == "") for chart in charts],
    )
    return f"{document}\n"


def _ranking(answer: Ranking, result: models.Result, words: Words, folder: str) -> Markup:
    """Every lever alone; a row opens the simulator of this folder with that lever set."""
    held = can_hold(result)

    def link(row: RankedLever) -> str:
        return f"{folder}simulator.html#{row.lever}={row.level:.10g}" if held else ""

    return ranked_list(answer, ordered(answer), result, words, link)


def _section(chart: Chart, words: Words, drawn: bool, below: bool) -> Markup:
    """One chart: its picture where there is one, its figures, and links to its page and files.

    `below`: on a page in the folder of its language, not at the root.
    """
    folder = f"{'../' if below else ''}{chart_pages.at(chart.lang)}c/"
    files = [*(d for d in DRAWINGS if drawn and d[1] != "card"), ("csv", "wide")]
    return render(
        "site_chart",
        chart=chart,
        drawn=drawn,
        folder=folder,
        page=f"{folder}{chart.id}/index.html",
        name=name_of(chart.id, words),
        figures=words("export.bar.figures"),
        table=table(chart.table),
        files=[
            (
                name(chart.id, format, size),
                words(f"export.bar.{format if size == 'wide' else size}"),
            )
            for format, size in files
        ],
    )
