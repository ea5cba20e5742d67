"""Streamlit's scripts and styles are compressed once, and are the same bytes for whoever asks."""

import gzip
from pathlib import Path

import pytest
import streamlit
from starlette.datastructures import Headers

from benchmarks.visitor import fetch
from dashboard.server.packed_files import PackedFiles
from tests.support.loops import finished

FILES = Path(streamlit.__file__).parent / "static"
PACKED = {"accept-encoding": "gzip"}


@pytest.fixture
def app():
    """Answers every path; `asked` lists those that reached it."""

    async def answering(scope, receive, send):
        answering.asked.append(scope["path"])
        found = "gone" not in scope["path"]
        kind = b"text/javascript" if found else b"text/html"
        headers = [(b"content-type", kind), (b"cache-control", b"public, immutable")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"one ", "more_body": True})
        await send({"type": "http.response.body", "body": b"two"})

    answering.asked = []
    return answering


def get(served: PackedFiles, path: str, headers: dict[str, str]) -> tuple[Headers, bytes]:
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    messages = []

    async def send(message):
        messages.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "headers": raw}
    finished(served(scope, None, send))
    body = b"".join(message["body"] for message in messages[1:])
    return Headers(raw=messages[0]["headers"]), body


def test_a_file_is_asked_of_the_app_once(app):
    served = PackedFiles(app)
    answers = [get(served, "/base/static/js/a.Xy-1.js", PACKED) for _ in range(3)]
    assert len(app.asked) == 1
    for headers, body in answers:
        assert gzip.decompress(body) == b"one two"
        assert headers["content-encoding"] == "gzip"
        assert headers["vary"] == "Accept-Encoding"
        assert headers["cache-control"] == "public, immutable"
        assert headers["content-type"] == "text/javascript"


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/static/js/a.js", {"accept-encoding": "identity"}),
        ("/static/js/a.js", PACKED | {"range": "bytes=0-1"}),
        ("/static/js/a.js", PACKED | {"if-none-match": '"1"'}),
        ("/static/js/gone.js", PACKED),  # the page of Streamlit, in the reader's language
        ("/static/media/a.woff2", PACKED),
        ("/", PACKED),
    ],
)
def test_anything_else_is_asked_of_the_app_every_time(app, path, headers):
    served = PackedFiles(app)
    for _ in range(2):
        answered, body = get(served, path, headers)
        assert body == b"one two" and "content-encoding" not in answered
    assert app.asked == [path] * 2


def test_the_server_sends_what_the_package_holds(server):
    largest = max((FILES / "static" / "js").glob("*.js"), key=lambda file: file.stat().st_size)
    for file in (largest, next((FILES / "static" / "css").glob("*.css"))):
        address = "/" + file.relative_to(FILES).as_posix()
        plain, *answers = (
            fetch(server, address, Accept_Encoding=kind) for kind in ("identity", "gzip", "gzip")
        )
        assert plain[2] == file.read_bytes()
        for status, headers, body in answers:
            assert status == 200 and headers["content-encoding"] == "gzip"
            assert gzip.decompress(body) == plain[2] and len(body) == int(headers["content-length"])
            assert headers["cache-control"] == plain[1]["cache-control"]
            assert headers["x-content-type-options"] == "nosniff"
