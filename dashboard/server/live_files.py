"""The files of the simulator over HTTP: its view, and the engine that a page refers to.

An address is the hash of its content, so a browser may cache it for good. Making an engine takes a
second, so it runs in a thread beside the event loop.
"""

from __future__ import annotations

import re
from gzip import decompress
from mimetypes import guess_type

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from dashboard.visitor import engines
from models.browser.errors import TracingError

_PATH = re.compile(r".*/live/([0-9a-f]{32})/([a-z0-9-]+\.[a-z0-9]+)")
_KINDS = {"js": "text/javascript", "bin": "application/octet-stream", "woff2": "font/woff2"}
FOR_GOOD = "public, max-age=31536000, immutable"


class LiveFiles:
    """Answers what lies under /live/, and leaves everything else to the app."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        match = _PATH.fullmatch(scope["path"]) if scope["type"] == "http" else None
        if not match or scope["method"] not in ("GET", "HEAD"):
            return await self.app(scope, receive, send)
        await (await self._answer(Request(scope), *match.groups()))(scope, receive, send)

    async def _answer(self, request: Request, address: str, name: str) -> Response:
        try:
            content = await run_in_threadpool(engines.content, address, name)
        except TracingError as error:
            return PlainTextResponse(str(error).splitlines()[0], 409)
        if content is None:
            return PlainTextResponse("Not Found", 404)
        # set here, so that the layer that compresses leaves it alone
        encoding = "identity"
        if engines.packed(content):
            if "gzip" in request.headers.get("accept-encoding", ""):
                encoding = "gzip"
            else:
                content = decompress(content)
        headers = {
            "cache-control": FOR_GOOD,
            "content-encoding": encoding,
            "vary": "Accept-Encoding",
        }
        kind = _KINDS.get(name.rpartition(".")[2]) or guess_type(name)[0]
        return Response(content, headers=headers, media_type=kind)
