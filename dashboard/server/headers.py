"""Security headers of every HTTP response, closed counters, and a bound on uploads of a visitor.

Streamlit sets no security headers, shows its counters to anybody, and keeps every uploaded file
until its visitor has left. A proxy can add all this too; here it holds without one.
"""

from __future__ import annotations

import asyncio
import os
import re
from collections import Counter

from starlette.responses import PlainTextResponse

from dashboard.server.streamlit_private import stored_files

EMBEDDERS = "RUGPIJN_EMBEDDERS"  # who may show the page within theirs: "https://a.example ..."
METRICS = "RUGPIJN_METRICS"  # "open" shows the counters at /_stcore/metrics
MAX_FILES = 4  # of one visitor on the server at one time; the page reads and drops them
PATIENCE = 60  # seconds in which one upload (at most 2 MB) must arrive
_UPLOAD = re.compile(r".*/_stcore/upload_file/([^/]+)/[^/]+/?")
_RULES = (
    "default-src 'self'",
    "script-src 'self' 'unsafe-inline' blob:",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self' data: blob:",
    "worker-src 'self' blob:",
    "frame-src 'self' blob: data:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'none'",
)


def headers() -> list[tuple[bytes, bytes]]:
    """No guessing of content types, no referrer for other sites, nothing from other hosts."""
    allowed = " ".join(["'self'", *os.environ.get(EMBEDDERS, "").split()])
    policy = "; ".join([*_RULES, f"frame-ancestors {allowed}"])
    values = {
        "content-security-policy": policy,
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "cross-origin-opener-policy": "same-origin",
    }
    return [(name.encode(), value.encode("latin-1", "ignore")) for name, value in values.items()]


class Hosting:
    """Adds the headers, closes the counters and bounds uploads."""

    def __init__(self, app):
        self.app = app
        self.headers = headers()
        self.closed = os.environ.get(METRICS) != "open"
        self.arriving: Counter[str] = Counter()

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            return await self.app(scope, receive, send)

        async def send_with_headers(message):
            if message["type"] == "http.response.start":
                own = {name.lower() for name, _ in message["headers"]}
                added = [header for header in self.headers if header[0] not in own]
                message = {**message, "headers": [*message["headers"], *added]}
            await send(message)

        path = scope["path"]
        if self.closed and path.rstrip("/").endswith("/_stcore/metrics"):
            return await PlainTextResponse("Not Found", 404)(scope, receive, send_with_headers)
        upload = _UPLOAD.fullmatch(path)
        if upload and scope["method"] == "PUT":
            return await self._upload(upload[1], scope, receive, send_with_headers)
        await self.app(scope, receive, send_with_headers)

    async def _upload(self, session: str, scope, receive, send):
        if self.arriving[session] + stored_files(session) >= MAX_FILES:
            return await PlainTextResponse("Too many files", 413)(scope, receive, send)
        self.arriving[session] += 1
        try:
            async with asyncio.timeout(PATIENCE):
                await self.app(scope, receive, send)
        except TimeoutError:
            await PlainTextResponse("Too slow", 408)(scope, receive, send)
        finally:
            self.arriving[session] -= 1
            self.arriving += Counter()  # forgets sessions at zero
