"""The addresses of charts on the running page: `/c/CHART/`, its figures, and the list of all.

Charts use the published assumptions; one that needs a package shows the proposals of the article.
Pictures and the page to embed come from the static site, where a browser has drawn them. A chart is
calculated at its first request, one at a time, in a thread beside the event loop.
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
from dashboard.visitor.turns import TURNS
from dashboard.wording.catalogue import words_in

PACKAGE = "article_proposals"  # shown by charts that need a package
OTHERS = "|".join(LANGUAGES[1:])
_PATH = re.compile(rf"(?:/({OTHERS}))?/c/([a-z_]{{1,40}})(/(?:index\.html)?|\.(?:json|csv|txt))?")
LIST = "/charts.json"
KINDS = {".json": "application/json", ".csv": "text/csv", ".txt": "text/plain"}
SHORT = "public, max-age=300"
_LOCK = Lock()


@cache
def chart(id: str, lang: str) -> Chart:
    """A chart of today, or of the package where there is nothing of today to draw."""
    make, words = CHARTS[id], words_in(lang)
    with _LOCK, TURNS.taken():
        return make(models.run(), words) or make(models.run(scenario=PACKAGE), words)


def content(id: str, lang: str, kind: str, base: str) -> bytes:
    """The page of a chart, or its file of this kind."""
    shown, words, day = chart(id, lang), words_in(lang), today()
    if kind == ".csv":
        return csv_text(shown, day).encode()
    if kind == ".txt":
        return chart_pages.readme(shown, words, day, base).encode()
    if kind == ".json":
        return chart_pages.json_of(chart_pages.facts(shown, words, day, base))
    return chart_pages.page(shown, words, day, base, drawn=False, site=False).encode()


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
            made = await run_in_threadpool(content, id, lang, kind, base_of(Request(scope)))
            answer = _answer(made, kind)
        await answer(scope, receive, send)


def _answer(made: bytes, kind: str) -> Response:
    headers = {"cache-control": SHORT, "vary": "Host, X-Forwarded-Proto"}
    return Response(made, headers=headers, media_type=KINDS.get(kind, "text/html"))


def base_of(request: Request) -> str:
    """The address at which this page was asked for; empty where the host is not one."""
    scheme = request.headers.get("x-forwarded-proto", request.url.scheme)
    base = f"{scheme}://{request.headers.get('host', '')}"
    return base if ADDRESS.fullmatch(base) else ""
