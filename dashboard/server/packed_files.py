"""Streamlit's own scripts and styles, compressed once and not for every visitor.

A first visit asks for some megabytes of them, and compressing those takes a quarter of a second of
processor. They belong to the installed package and do not change while the server runs, so what is
kept is never more than that package holds: 7 MB.
"""

from __future__ import annotations

import re
from gzip import compress

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response

_PATH = re.compile(r".*/static/(?:js|css)/[\w.-]+\.(?:js|css)")
_IN_PARTS = ("range", "if-none-match", "if-modified-since")  # the answer may be no whole file


class PackedFiles:
    """Answers a script or style of Streamlit that was asked for before; keeps it the first time."""

    def __init__(self, app):
        self.app = app
        self.kept: dict[str, Response] = {}

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http" or not _whole_file(scope):
            return await self.app(scope, receive, send)
        path = scope["path"]
        if path not in self.kept:
            messages: list[dict] = []

            async def collect(message):
                messages.append(message)

            await self.app(scope, receive, collect)
            headers = Headers(raw=messages[0]["headers"])
            page = headers.get("content-type", "").startswith("text/html")  # no such file
            if messages[0]["status"] != 200 or page or "content-encoding" in headers:
                for message in messages:
                    await send(message)
                return
            body = b"".join(message.get("body", b"") for message in messages[1:])
            self.kept[path] = await run_in_threadpool(_packed, headers, body)
        await self.kept[path](scope, receive, send)


def _whole_file(scope: dict) -> bool:
    """Whether a script or style of Streamlit is asked for, whole and compressed."""
    headers = Headers(scope=scope)
    return (
        scope["method"] == "GET"
        and _PATH.fullmatch(scope["path"]) is not None
        and "gzip" in headers.get("accept-encoding", "")
        and not any(name in headers for name in _IN_PARTS)
    )


def _packed(headers: Headers, body: bytes) -> Response:
    """The answer in gzip; its encoding is set, so the layer that compresses leaves it alone."""
    packed = compress(body, mtime=0)
    changed = {"content-length": str(len(packed)), "content-encoding": "gzip"}
    response = Response(packed, headers={**headers, **changed})
    response.headers.add_vary_header("Accept-Encoding")
    return response
