"""What a newsroom needs for a package, in one ZIP: text that holds, charts, figures, how to cite.

The text claims no more than its interval; the charts are those of the page. Where no browser is
installed there are no pictures, and the text says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from threading import Lock
from zipfile import ZIP_DEFLATED, ZipFile

import models
from dashboard.charts import CHARTS
from dashboard.charts.finish import Chart
from dashboard.documents import chart_pages, chromium
from dashboard.documents.chart_files import csv_text
from dashboard.documents.site import finished, picture_job
from dashboard.templates import render
from dashboard.wording import brief as briefly
from dashboard.wording import sentences
from dashboard.wording.catalogue import Words

OF_PACKAGE, OF_TODAY = ("change_by_payer", "budget_impact"), ("today_by_item", "today_by_payer")
PICTURES = (("svg", "wide"), ("png", "wide"), ("png", "square"), ("png", "tall"))
SAID, DOUBTS = 3, 3  # sentences beside the headline; reasons to doubt
_LOCK = Lock()  # one browser at a time


def story_kit(result: models.Result, words: Words, link: str, day: date, name: str = "") -> bytes:
    """The ZIP; `link` reopens the package, `name` is what the reader calls it."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as folder:
        for path, content in _files(result, words, link, day, name):
            folder.writestr(path, content)
    return made.getvalue()


def _files(
    result: models.Result, words: Words, link: str, day: date, name: str
) -> Iterator[tuple[str, bytes]]:
    chosen = OF_PACKAGE if result.levels else OF_TODAY
    charts = [chart for id in chosen if (chart := CHARTS[id](result, words))]
    if name:
        charts = [chart.of_package(name) if chart.package else chart for chart in charts]
    drawn = bool(chromium.installed())
    yield f"{words('kit.file')}.txt", _text(result, words, link, day, name, charts, drawn).encode()
    for chart in charts:
        yield chart_pages.name(chart.id, "csv"), csv_text(chart, day).encode()
        yield chart_pages.name(chart.id, "txt"), chart_pages.readme(chart, words, day, "").encode()
        if drawn:
            yield f"{chart.id}_{words('kit.embed')}.html", render("kit_embed", chart=chart).encode()
    if drawn:
        wanted = [(chart, *picture) for chart in charts for picture in PICTURES]
        jobs = [picture_job(*picture, result, words, day) for picture in wanted]
        with _LOCK:
            contents = list(chromium.draw(jobs))
        for (chart, kind, size), content in zip(wanted, contents, strict=True):
            yield chart_pages.name(chart.id, kind, size), finished(content, chart, kind)


def _text(
    result: models.Result,
    words: Words,
    link: str,
    day: date,
    name: str,
    charts: list[Chart],
    drawn: bool,
) -> str:
    """Headline, sentences, what is in dispute, what not to write, and how to cite it."""
    if result.levels:
        headline, said = sentences.simulator_answer(result, words)
        total = result.headline["incremental_total"]
        open_ended = total["p2_5"] <= 0 <= total["p97_5"]
        never = ["range", "makers", *(["saves"] if open_ended else [])]
    else:
        headline, said = sentences.overview_answer(result, words)
        never = ["range", "precise"]
    asked = name or briefly.question(result, words)
    doubts = briefly.unknown(result, words, {})[:DOUBTS]
    parts = {
        "headline": headline,
        "said": _listed(said[:SAID]),
        "dispute": _listed(doubts),
        "never": _listed(words(f"kit.never_{key}") for key in never),
        "charts": _listed(f"{chart.id}: {chart.title}" for chart in charts)
        + ("" if drawn else f"\n{words('kit.no_pictures')}"),
        "cited": words(
            "kit.cited", asked=asked, version=models.VERSION, date=day.isoformat(), link=link
        ),
    }
    sections = [f"{words(f'kit.head.{key}').upper()}\n{text}" for key, text in parts.items()]
    return "\n\n".join([asked, *sections, sentences.footer(result, words)]) + "\n"


def _listed(texts) -> str:
    return "\n".join(f"- {text}" for text in texts)
