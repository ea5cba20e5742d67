"""The addresses of charts on the running page: `/c/CHART/`, its figures, and the list of all.

Charts use the published assumptions; one that needs a package shows the proposals of the article.
A chart is calculated at its first request, one at a time, in a thread beside the event loop. Its
pictures, the page to embed and oembed are there where a browser is installed that draws them.
"""

from __future__ import annotations

import re
from functools import cache
from threading import Lock

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

import models
from dashboard.charts import CHARTS
from dashboard.charts.finish import Chart
from dashboard.documents import chart_pages
from dashboard.documents.chart_files import csv_text
from dashboard.documents.output import ADDRESS, today
from dashboard.languages import LANGUAGES
from dashboard.server import chart_pictures
from dashboard.visitor.turns import TURNS
from dashboard.wording.catalogue import words_in
from models.errors import DataError

PACKAGE = "article_proposals"  # shown by charts that need a package
OTHERS = "|".join(LANGUAGES[1:])
_PATH = re.compile(
    rf"(?:/({OTHERS}))?/c/([a-z_]{{1,40}}?)"
    r"(/(?:index\.html)?|\.(?:json|csv|txt|svg|html|oembed\.json)|(?:_(?:square|tall|card))?\.png)?"
)
LIST = "/charts.json"
KINDS = {
    ".json": "application/json",
    ".csv": "text/csv",
    ".txt": "text/plain",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}
PICTURES = {  # ending of an address -> format and size
    (f".{format}" if size == "wide" else f"_{size}.{format}"): (format, size)
    for format, size in chart_pages.DRAWINGS
}
DRAWN = (*PICTURES, ".html", ".oembed.json")  # these need a browser
NONE = "No picture: no browser is installed on this server, or it is busy or failed. Try again."
SHORT = "public, max-age=300"
_LOCK = Lock()


@cache
def made(id: str, lang: str) -> tuple[Chart, models.Result]:
    """A chart of today, or of the package where there is nothing of today; and its run."""
    make, words = CHARTS[id], words_in(lang)
    with _LOCK, TURNS.taken():
        result = models.run()
        if chart := make(result, words):
            return chart, result
        result = models.run(scenario=PACKAGE)
        return make(result, words), result


def chart(id: str, lang: str) -> Chart:
    """The chart at an address."""
    return made(id, lang)[0]


def content(id: str, lang: str, kind: str, base: str) -> bytes | None:
    """The page of a chart, or its file of this kind; None where there is none now."""
    (shown, result), words, day = made(id, lang), words_in(lang), today()
    drawn = chart_pictures.installed()
    if kind in DRAWN and not drawn:
        return None
    if kind in PICTURES:
        return chart_pictures.picture(shown, result, *PICTURES[kind])
    if kind == ".html":
        return chart_pages.framed(shown, words, day, base).encode()
    if kind == ".oembed.json":
        return chart_pages.json_of(chart_pages.oembed(shown, words, base))
    if kind == ".csv":
        return csv_text(shown, day).encode()
    if kind == ".txt":
        return chart_pages.readme(shown, words, day, base).encode()
    if kind == ".json":
        return chart_pages.json_of(chart_pages.facts(shown, words, day, base))
    return chart_pages.page(shown, words, day, base, drawn, site=False).encode()


def listed(base: str) -> bytes:
    """charts.json without findings: a list that needs no chart to be worked out."""
    rows = [
        {
            "id": id,
            "lang": lang,
            "name": chart_pages.name_of(id, words_in(lang)),
            "address": f"{base}/{chart_pages.address(id, lang)}",
            "json": f"{base}/{chart_pages.at(lang)}c/{chart_pages.name(id, 'json')}",
            "version": models.VERSION,
        }
        for lang in LANGUAGES
        for id in CHARTS
    ]
    return chart_pages.json_of({"schema": 1, "charts": rows})


class ChartAddresses:
    """Answers what lies under /c/ and /en/c/, and leaves everything else to the app."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        reads = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        match = _PATH.fullmatch(scope["path"]) if reads else None
        if reads and scope["path"] == LIST:
            answer = _answer(await run_in_threadpool(listed, base_of(Request(scope))), ".json")
        elif match is None:
            return await self.app(scope, receive, send)
        elif match[2] not in CHARTS:
            answer = PlainTextResponse("Not Found", 404)
        elif match[3] is None:  # relative, so that it cannot lead to another host
            answer = RedirectResponse(f"{match[2]}/")
        else:
            lang, id, kind = match[1] or LANGUAGES[0], match[2], match[3]
            base = base_of(Request(scope))
            try:
                file = await run_in_threadpool(content, id, lang, kind, base)
            except DataError:
                file = None  # the browser failed
            answer = PlainTextResponse(NONE, 503) if file is None else _answer(file, kind, base)
        await answer(scope, receive, send)


def _answer(file: bytes, kind: str, base: str = "") -> Response:
    headers = {"cache-control": SHORT, "vary": "Host, X-Forwarded-Proto"}
    if kind == ".html":  # the page to embed stands in the pages of anybody
        headers["content-security-policy"] = f"{chart_pages.framed_policy(base)}; frame-ancestors *"
    ending = f".{kind.rpartition('.')[2]}"
    return Response(file, headers=headers, media_type=KINDS.get(ending, "text/html"))


def base_of(request: Request) -> str:
    """The address at which this page was asked for; empty where the host is not one."""
    scheme = request.headers.get("x-forwarded-proto", request.url.scheme)
    base = f"{scheme}://{request.headers.get('host', '')}"
    return base if ADDRESS.fullmatch(base) else ""
