"""What surrounds the page: compression, the document's language, and the page of an error.

Streamlit sends one HTML shell that says `lang="en"` and titles itself "Streamlit" until the
script has run, and writes numbers of sliders in the language of the browser. The shell is
rewritten here, so that screen readers, link previews and sliders follow the page's language.
"""

from __future__ import annotations

from functools import lru_cache
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import RedirectResponse

from dashboard.paths import STATIC
from dashboard.server import first_paint
from dashboard.server.chart_addresses import ChartAddresses
from dashboard.server.headers import Hosting
from dashboard.server.live_files import LiveFiles
from dashboard.server.message_check import MAX_FIELDS, MAX_LINK, TOO_LONG, MessageCheck
from dashboard.server.packed_files import PackedFiles
from dashboard.templates import render
from dashboard.visitor import language, session
from dashboard.wording.catalogue import LANGUAGES, Words, words_in
from models import DataError

FIRST = "overview"
NAME = "Wat kost rugpijn?"


class Shell:
    """Rewrites the HTML shell; redirects a link that is too long to the page that reports it."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            return await self.app(scope, receive, send)
        query = scope["query_string"]
        if len(query) > MAX_LINK or query.count(b"&") >= MAX_FIELDS:
            # relative: a path that starts with // would lead to another host
            return await RedirectResponse(f"?{TOO_LONG}")(scope, receive, send)
        if scope["path"].strip("/") == FIRST:  # Streamlit knows the first page by no name
            return await RedirectResponse(f"/?{query.decode('latin-1')}")(scope, receive, send)
        lang = language_of(scope)
        start, body = None, b""

        async def rewriting(message):
            nonlocal start, body
            if message["type"] == "http.response.start":
                headers = dict(message["headers"])
                if not headers.get(b"content-type", b"").startswith(b"text/html"):
                    return await send(message)
                start = message
            elif start is None:
                await send(message)
            else:
                body += message.get("body", b"")
                if not message.get("more_body"):
                    body = rewritten(body, lang)
                    await _send_whole(send, start, painted(body, scope, lang))

        await self.app(_plain(scope), receive, rewriting)


def language_of(scope: dict) -> str:
    """The language in which a request is answered; the script that follows finds the same."""
    in_link = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [None])[-1]
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    try:
        cookies = SimpleCookie(headers.get(b"cookie", ""))
    except CookieError:
        cookies = SimpleCookie()
    values = {name: morsel.value for name, morsel in cookies.items()}
    return language.preferred(in_link, values, headers.get(b"accept-language"))


def _plain(scope: dict) -> dict:
    """The request without Accept-Encoding: another layer, outside this one, compresses."""
    headers = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
    return {**scope, "headers": headers}


async def _send_whole(send, start: dict, body: bytes) -> None:
    headers = [(name, v) for name, v in start["headers"] if name != b"content-length"]
    headers.append((b"content-length", str(len(body)).encode()))
    headers.append((b"vary", b"Accept-Language, Cookie"))
    await send({**start, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def rewritten(html: bytes, lang: str) -> bytes:
    """The shell with the language and title of the page."""
    for template, old, new in (
        ("shell_document", {"lang": "en"}, {"lang": lang}),
        ("shell_title", {"title": "Streamlit"}, {"title": text_or_name(lang, "app.title")}),
        ("shell_head", {"script": ""}, {"script": "shell.js"}),
    ):
        html = html.replace(render(template, **old).encode(), render(template, **new).encode(), 1)
    return html


def painted(html: bytes, scope: dict, lang: str) -> bytes:
    """The shell with what is shown before the page stands; without it where texts are broken."""
    try:
        query = scope["query_string"].decode("latin-1")
        first = first_paint.html(scope["path"], query, lang, html)
        ahead = first_paint.ahead(scope["path"], query, lang)
    except (DataError, KeyError):
        return html
    old, new = (render("shell_root", first=part).encode() for part in ("", first))
    return html.replace(old, new, 1).replace(b"<head>", ahead.encode(), 1)


def text_or_name(lang: str, key: str) -> str:
    """A text, or the name of the product where the texts themselves are what is broken."""
    try:
        return words_in(lang)(key)
    except (DataError, KeyError):
        return NAME


@lru_cache(maxsize=1)
def _document():
    js = (STATIC / "document.js").read_text(encoding="utf-8")
    return st.components.v2.component("document", js=js)


def follow(words: Words, door: str) -> None:
    """The document takes the page's language, and charts the page's colours, without a reload."""
    data = {
        "lang": words.lang,
        "cookie": language.COOKIE,
        "menu": words("door.menu"),
        "door": door,
        "dark": st.context.theme.type == "dark",
    }
    _document()(data=data, key="document", height=0, on_dark_change=lambda: None)


def failed(error: Exception) -> bool:
    """Shown instead of Streamlit's own box when something unforeseen goes wrong; it is logged."""
    try:
        lang = st.session_state.get("lang", LANGUAGES[0])
    except Exception:  # the value of the language field may be the cause
        lang = LANGUAGES[0]
    st.error(text_or_name(lang if lang in LANGUAGES else LANGUAGES[0], "app.failed"))
    way_back(lang)
    return True


def way_back(lang: str | None) -> None:
    """Under an error: a button back to the published assumptions; edited ones may be the cause."""
    if st.session_state.get("own_assumptions") is not None:
        label = text_or_name(lang if lang in LANGUAGES else LANGUAGES[0], "edited.back")
        st.button(label, on_click=session.back_to_published, key="to_published_again")


MIDDLEWARE = [
    Middleware(GZipMiddleware, minimum_size=1_000),
    *map(Middleware, (Hosting, MessageCheck, PackedFiles, LiveFiles, ChartAddresses, Shell)),
]
