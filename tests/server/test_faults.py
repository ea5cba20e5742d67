"""What goes wrong around a server: it is killed, moved, starved, or its data are damaged."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import socket
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from benchmarks.browser import server as serving
from benchmarks.load import shown_text
from benchmarks.visitor import Visitor, fetch
from dashboard.server import headers
from models import DataError
from models.engine.inputs import Parameters
from tests.support.loops import finished

ROOT = Path(__file__).parents[2]
PACKAGE = "return_to_work_support=0.5&a.sl_share=0.3&valuation=friction"
ELSEWHERE = {  # another hash seed, time zone, locale, number of threads, no home
    "PATH": os.environ["PATH"], "PYTHONHASHSEED": "7", "TZ": "Pacific/Apia", "LC_ALL": "C",
    "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1",
}  # fmt: skip


def test_an_open_tab_gets_the_same_figures_from_a_server_killed_and_started_elsewhere():
    async def answer(address: str, visitor: Visitor, again: bool) -> tuple[str, str]:
        async with visitor:
            if again:  # a browser comes back with its link and the values of its widgets
                page = await visitor.run(name="simulator")
            else:
                await visitor.open(PACKAGE, "simulator")
                page = await visitor.move(public_campaign=1.0, xray_share=0.05)
            assert not page.broken
            return page.lead, shown_text(page).replace(address, "")

    with serving("streamlit_app.py") as (address, process):
        visitor = Visitor(address)
        before = finished(answer(address, visitor, False))
        os.kill(process, signal.SIGKILL)
    port = urlsplit(address).port
    with serving("streamlit_app.py", port, ROOT, ELSEWHERE) as (address, process):
        after = finished(answer(address, visitor, True))
        start = time.monotonic()
        os.kill(process, signal.SIGTERM)
        while time.monotonic() - start < 10:
            if os.waitpid(process, os.WNOHANG)[0]:
                break
            time.sleep(0.05)
        else:
            pytest.fail("the server did not end within 10 seconds")
    assert after == before


@pytest.fixture(scope="module")
def damaged(tmp_path_factory):
    """A server whose file of care holds bytes and whose texts have been cut off."""
    folder = tmp_path_factory.mktemp("damaged")
    for name in ("dashboard", "models", "data", ".streamlit"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "streamlit_app.py", folder)
    (folder / "data/assumptions/care.csv").write_bytes(bytes(range(256)) * 8)
    with serving("streamlit_app.py", folder=folder) as (address, _):
        yield address, folder


def test_damaged_data_are_named_on_every_page_and_the_server_stays_up(damaged):
    address, folder = damaged

    async def visit(name: str):
        async with Visitor(address) as visitor:
            return await visitor.open("lang=en", name)

    for path in ("", "simulator", "evidence", "assumptions"):
        assert fetch(address, f"/{path}?lang=en")[0] == 200
        page = finished(visit(path))
        assert not page.broken and page.titles == ["The data are not in order"]
        assert "care.csv" in page.texts[0]
        assert str(folder) not in page.written and "Traceback" not in page.written


def test_a_parameter_that_is_gone_from_the_published_files_is_named():
    with pytest.raises(DataError, match="course_acute_weeks"):
        Parameters()["course_acute_weeks"]


# -- uploads that never end -----------------------------------------------------------------------


def test_uploads_that_break_off_leave_the_others_alone(server):
    place = urlsplit(server)

    async def look_on():
        async with Visitor(server) as visitor:
            page = await visitor.open(PACKAGE, "simulator")
            _, given, _ = fetch(server, "/_stcore/health")
            cookie = given["set-cookie"].split(";")[0]
            head = (
                f"PUT /_stcore/upload_file/{page.session}/x HTTP/1.1\r\nHost: {place.netloc}\r\n"
                f"Cookie: {cookie}\r\nX-Xsrftoken: {cookie.partition('=')[2]}\r\n"
                "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 1000000\r\n\r\n"
            )
            lines = [socket.create_connection((place.hostname, place.port)) for _ in range(40)]
            for line in lines:
                line.sendall(head.encode() + b"--x\r\n")
            assert (await visitor.run()).lead == page.lead
            for line in lines:
                line.close()
            assert (await visitor.run()).lead == page.lead

    finished(look_on())


def asked(app, monkeypatch, path: str, method: str = "PUT") -> list[int]:
    """The statuses that an app behind `Hosting` answers with."""
    monkeypatch.setattr(headers, "stored_files", lambda session: 0)
    sent = []

    async def send(message):
        sent.append(message.get("status"))

    scope = {"type": "http", "path": path, "method": method, "headers": []}
    finished(app(scope, None, send))
    return [status for status in sent if status]


def test_an_upload_that_takes_too_long_is_ended(monkeypatch):
    async def never(scope, receive, send):
        await asyncio.sleep(60)

    monkeypatch.setattr(headers, "PATIENCE", 0.05)
    app = headers.Hosting(never)
    for _ in range(headers.MAX_FILES + 2):  # each lets go of its place
        assert asked(app, monkeypatch, "/_stcore/upload_file/a/b") == [408]


def test_uploads_at_the_same_time_are_counted_too(monkeypatch):
    app = headers.Hosting(None)
    app.arriving["a"] = headers.MAX_FILES
    assert asked(app, monkeypatch, "/_stcore/upload_file/a/b") == [413]
