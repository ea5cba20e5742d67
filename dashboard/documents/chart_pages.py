"""The address of a chart: `c/ID/` with finding, source, citation and files; the list of all.

Dutch stands at the root, another language in a folder of its name. An address that has been given
out keeps working: `docs/addresses.csv` lists those of the last version. What was corrected since
stands in `docs/corrections.csv`, and on the page of the chart.
"""

from __future__ import annotations

import csv
import json
from base64 import b64encode
from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import sha256

import models
from dashboard.charts.finish import Chart
from dashboard.documents.chart_files import LICENCE, csv_text, table
from dashboard.documents.embed import frame
from dashboard.documents.output import name_of
from dashboard.languages import LANGUAGES
from dashboard.paths import DOCS
from dashboard.templates import render, static
from dashboard.wording import about
from dashboard.wording.catalogue import Words, words_in
from models.engine.record import plain

ADDRESSES, CORRECTIONS = DOCS / "addresses.csv", DOCS / "corrections.csv"
DRAWINGS = (
    *(("svg", "wide"), ("png", "wide"), ("png", "square"), ("png", "tall"), ("png", "card")),
)
FRAMED = {"tall": 480, "square": 760}  # pixels of a frame up to which it shows this picture
CARD = (1200, 630)  # pixels of the picture of a shared link
FRAME = 620  # pixels of an embedded chart until it has told its own height
FONT_NAME = "rug-sans.woff2"  # at the root of the site, once for all its pages
TELL = static("tell_height.js")
_TELL_HASH = f"sha256-{b64encode(sha256(TELL.encode()).digest()).decode()}"
POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src 'self' data:; img-src 'self'"


def at(lang: str) -> str:
    """The folder of a language, from the root of the site."""
    return "" if lang == LANGUAGES[0] else f"{lang}/"


def address(id: str, lang: str) -> str:
    """The page of a chart, from the root of the site."""
    return f"{at(lang)}c/{id}/"


def name(id: str, format: str, size: str = "wide") -> str:
    """The file of a chart in the folder `c` of its language."""
    return f"{id}{'' if size == 'wide' else f'_{size}'}.{format}"


def listed() -> list[str]:
    """Addresses that the last version gave out."""
    with ADDRESSES.open(encoding="utf-8", newline="") as file:
        return [row["address"] for row in csv.DictReader(file)]


def corrections(id: str, lang: str) -> list[dict[str, str]]:
    """Day, version and text of what was corrected in a chart, newest first."""
    with CORRECTIONS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["chart"] == id]
    rows.sort(key=lambda row: row["date"], reverse=True)
    return [{**row, "text": row[f"text_{lang}"]} for row in rows]


def citation(chart: Chart, words: Words, day: date, base: str) -> str:
    """The citation: the original source, then this model, with version, day and address."""
    where = f"{base}/{address(chart.id, chart.lang)}" if base else ""
    parts = words(
        "export.page.cited", title=chart.title, version=models.VERSION, date=day.isoformat()
    )
    return " ".join(filter(None, (chart.source, parts, where)))


def facts(chart: Chart, words: Words, day: date, base: str) -> dict:
    """What the JSON of a chart says: finding, source, figures, and where its files are."""
    return {
        "id": chart.id,
        "lang": chart.lang,
        "name": name_of(chart.id, words),
        "finding": chart.title,
        "about": chart.subtitle,
        "alt": chart.alt,
        "source": chart.source,
        "licence": LICENCE,
        "citation": citation(chart, words, day, base),
        "version": models.VERSION,
        "date": day.isoformat(),
        "scenario_id": chart.scenario,
        "assumptions_hash": chart.assumptions,
        "address": f"{base}/{address(chart.id, chart.lang)}",
        "corrections": corrections(chart.id, chart.lang),
        "data": chart.data,
    }


def oembed(chart: Chart, words: Words, base: str) -> dict:
    """What a newsroom system asks to embed an address (oembed.com, type rich)."""
    return {
        "version": "1.0",
        "type": "rich",
        "title": chart.title,
        "provider_name": words("app.title"),
        "provider_url": f"{base}/",
        "html": str(embed_code(chart, base)),
        "width": 640,
        "height": FRAME,
    }


def embed_code(chart: Chart, base: str) -> str:
    """The frame, and the script that follows its height."""
    source = f"{base}/{at(chart.lang)}c/{name(chart.id, 'html')}"
    shown = frame(source, chart.lang, FRAME, title=chart.title)
    return render("embed_code", frame=shown)


def framed_policy(base: str) -> str:
    """What the page to embed may load: its pictures, and the one script."""
    return f"{POLICY}{f' {base}/' if base else ''}; script-src '{_TELL_HASH}'"


def framed(chart: Chart, words: Words, day: date, base: str) -> str:
    """The page to embed: the picture that suits its width, the figures, and the one script.

    It tells its height to the page that it stands in. Its pictures stand beside it.
    """
    sizes = [(name(chart.id, "png", size), width) for size, width in FRAMED.items()]
    return render(
        "chart_frame",
        chart=chart,
        policy=framed_policy(base),
        day=day.isoformat(),
        narrow=sizes,
        picture=name(chart.id, "svg"),
        figures=words("export.bar.figures"),
        table=table(chart.table),
        here=f"{base}/{address(chart.id, chart.lang)}" if base else "",
    )


def files(
    charts: Sequence[Chart], words: Words, day: date, base: str, drawn: bool
) -> Iterator[tuple[str, bytes]]:
    """Page, JSON, figures with their readme and oembed of every chart of one language."""
    folder = f"{at(words.lang)}c/"
    for chart in charts:
        yield (
            f"{address(chart.id, words.lang)}index.html",
            page(chart, words, day, base, drawn).encode(),
        )
        if drawn:
            yield folder + name(chart.id, "html"), framed(chart, words, day, base).encode()
        yield folder + name(chart.id, "csv"), csv_text(chart, day).encode()
        yield folder + name(chart.id, "txt"), readme(chart, words, day, base).encode()
        yield folder + name(chart.id, "json"), json_of(facts(chart, words, day, base))
        if base and drawn:
            yield folder + f"{chart.id}.oembed.json", json_of(oembed(chart, words, base))


def contents(charts: Sequence[Chart], base: str) -> bytes:
    """charts.json: every chart of the site with its address and files."""
    rows = [
        {
            "id": chart.id,
            "lang": chart.lang,
            "name": name_of(chart.id, words_in(chart.lang)),
            "finding": chart.title,
            "address": f"{base}/{address(chart.id, chart.lang)}",
            "json": f"{base}/{at(chart.lang)}c/{name(chart.id, 'json')}",
            "version": models.VERSION,
        }
        for chart in charts
    ]
    return json_of({"schema": 1, "charts": rows})


def readme(chart: Chart, words: Words, day: date, base: str) -> str:
    """What the columns of the CSV are, whose figures they are, and how to cite them."""
    columns = ", ".join(dict.fromkeys(key for row in chart.data for key in row))
    text = words(
        "export.page.readme",
        file=name(chart.id, "csv"),
        title=chart.title,
        about=chart.subtitle,
        columns=columns,
        mark=chart.mark,
        citation=citation(chart, words, day, base),
    )
    return f"{text}\n"


def page(chart: Chart, words: Words, day: date, base: str, drawn: bool, site: bool = True) -> str:
    """The page of one chart; it asks nothing of the outside.

    `site`: in a folder of files, where a page is a file and all charts stand in one list.
    """
    here, folder = f"{base}/{address(chart.id, chart.lang)}", "../"
    shown = [*(d for d in DRAWINGS if drawn and d != ("png", "card")), ("csv", "wide")]
    shown += [("html", "wide")] * drawn
    others = [lang for lang in LANGUAGES if lang != chart.lang]
    root = "../" * (2 + (chart.lang != LANGUAGES[0]))
    return render(
        "chart_page",
        words=words,
        chart=chart,
        policy=POLICY,
        font=root + FONT_NAME if site else "",
        base=base,
        here=here,
        card=f"{base}/{at(chart.lang)}c/{name(chart.id, 'png', 'card')}" if drawn else "",
        card_size=CARD,
        picture=f"{folder}{name(chart.id, 'svg')}" if drawn else "",
        tall=f"{folder}{name(chart.id, 'png', 'tall')}",
        files=[
            (folder + name(chart.id, format, size), words(f"export.bar.{_kind(format, size)}"))
            for format, size in shown
        ]
        + [
            (folder + name(chart.id, "txt"), words("export.page.readme_link")),
            (folder + name(chart.id, "json"), "JSON"),
        ],
        languages=[
            (lang, f"{root}{address(chart.id, lang)}{'index.html' if site else ''}")
            for lang in others
        ],
        all=f"{root}{chart.lang}/index.html" if site else f"{root}evidence?lang={chart.lang}",
        oembed=f"{base}/{at(chart.lang)}c/{chart.id}.oembed.json" if base and drawn else "",
        citation=citation(chart, words, day, base),
        embed=str(embed_code(chart, base)) if base and drawn else "",
        frame=str(frame(f"{base}/{at(chart.lang)}c/{name(chart.id, 'html')}", chart.lang, FRAME,
                        title=chart.title)) if base and drawn else "",
        corrections=corrections(chart.id, chart.lang),
        table=table(chart.table),
        identity=about.identity(words),
        day=day.isoformat(),
    )  # fmt: skip


def _kind(format: str, size: str) -> str:
    return size if size != "wide" else format


def json_of(value: object) -> bytes:
    """An object as a file of JSON."""
    return json.dumps(plain(value), ensure_ascii=False, allow_nan=False, default=str).encode()
