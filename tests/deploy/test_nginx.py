"""nginx with the shipped configuration, in front of two processes of the page and the service.

Only addresses and folders of this machine are put in place of those of the containers.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed

from benchmarks.browser import server as serving
from benchmarks.visitor import Visitor, fetch

ROOT = Path(__file__).parents[2]
CONFIGURATION = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
pytestmark = pytest.mark.skipif(not NGINX, reason="nginx is not installed")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def configured(folder: Path, places: dict[str, str]) -> Path:
    """The configuration with other addresses, and with nothing written outside the folder."""
    text = CONFIGURATION
    for old, new in places.items():
        assert old in text, old
        text = text.replace(old, new)
    path = folder / "nginx.conf"
    user = "" if os.geteuid() else "user root;\n"  # others may not read the folder of a test
    path.write_text(f"{user}pid {folder}/nginx.pid;\ndaemon off;\n{text}", "utf-8")
    return path


class Deployed:
    """Two pages, a service and nginx; `log` reads what nginx noted."""

    def __init__(self, folder: Path, stack: ExitStack, first: str):
        self.folder, self.port = folder, free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        # as a process of its own, so that it can be lost
        self.lost = ExitStack()
        second, _ = self.lost.enter_context(serving("streamlit_app.py"))
        stack.callback(self.lost.close)
        self.pages = [urllib.request.urlparse(each).netloc for each in (first, second)]
        service = free_port()
        command = "from dashboard.command_line.program import main; main()"
        started = subprocess.Popen(
            [sys.executable, "-c", command, "serve", "--port", str(service)],
            cwd=ROOT, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        stack.callback(started.wait)
        stack.callback(started.terminate)
        site = folder / "site"
        site.mkdir()
        (site / "index.html").write_text("<title>static</title>", "utf-8")
        path = configured(folder, {
            "listen 8080;": f"listen 127.0.0.1:{self.port};",
            "page1:8501": self.pages[0], "page2:8501": self.pages[1],
            "service:8600": f"127.0.0.1:{service}",
            "/srv/rugpijn": str(folder), "/dev/stdout": f"{folder}/access.log",
            "worker_processes auto;": "worker_processes 1;",
        })  # fmt: skip
        errors = (folder / "said.txt").open("w")
        nginx = subprocess.Popen([NGINX, "-c", path, "-e", "stderr"], stderr=errors)
        stack.callback(nginx.wait)
        stack.callback(nginx.terminate)
        for _ in range(300):
            try:
                if self.ask("/health_of_nothing")[0] and self.ask("/openapi.json")[0] == 200:
                    return
            except OSError:
                pass
            time.sleep(0.1)
        raise RuntimeError((folder / "said.txt").read_text())

    def ask(self, path: str, *args, **headers):
        return fetch(self.address, path, *args, **headers)

    def log(self) -> list[dict]:
        time.sleep(0.2)
        text = (self.folder / "access.log").read_text("utf-8")
        return [json.loads(line) for line in text.splitlines()]


@pytest.fixture(scope="module")
def deployed(tmp_path_factory, server):
    with ExitStack() as stack:
        yield Deployed(tmp_path_factory.mktemp("nginx"), stack, server)


def visitor_id(headers: dict) -> str:
    return re.search(r"replica=([0-9a-f]{32});", headers["set-cookie"])[1]


def test_a_visitor_stays_with_one_process_and_visitors_are_shared_out(deployed):
    used = set()
    for _ in range(12):
        status, headers, _ = deployed.ask("/_stcore/health")
        assert status == 200
        cookie = f"replica={visitor_id(headers)}"
        for _ in range(3):
            status, headers, _ = deployed.ask("/_stcore/health", Cookie=cookie)
            assert status == 200 and "replica=" not in headers.get("set-cookie", "")
        places = {line["upstream"] for line in deployed.log()[-4:]}
        assert len(places) == 1
        used |= places
    assert used == set(deployed.pages)


def test_what_the_proxy_closes_serves_and_bounds(deployed):
    assert deployed.ask("/_stcore/metrics")[0] == 404
    status, headers, body = deployed.ask("/site/")
    assert (status, headers["cache-control"]) == (200, "public, max-age=300") and b"static" in body
    assert deployed.ask("/site/../nginx.conf")[0] != 200
    status, _, body = deployed.ask("/v1/run", "POST", b'{"draws": 50}')
    assert status == 200 and json.loads(body)["draws"] == 50
    assert deployed.ask("/v1/run", "POST", b" " * 70_000)[0] == 413
    assert deployed.ask("/", "POST", b" " * 3_200_000)[0] == 413
    many = [deployed.ask("/v1/levers")[0] for _ in range(60)]
    assert many[0] == 200 and 429 in many
    assert "127.0.0.1" not in {line["path"] for line in deployed.log()}
    assert set(deployed.log()[-1]) == {"time", "path", "status", "seconds", "bytes", "upstream"}


def test_headers_of_the_page_pass(deployed):
    status, headers, _ = deployed.ask("/")
    assert status == 200
    assert headers["x-content-type-options"] == "nosniff"
    assert "default-src" in headers["content-security-policy"]


def test_a_lost_process_costs_its_visitors_nothing_that_the_address_holds(deployed):
    """The tab connects again with its address, lands on the other process, and sees the same."""
    query = "s.xray_share=0.05&lang=nl"

    async def seen() -> tuple[str, str]:
        async with Visitor(deployed.address) as visitor:
            page = await visitor.open(query)
            return page.lead, page.query

    async def lose() -> list:
        visitors = [Visitor(deployed.address) for _ in range(6)]
        for visitor in visitors:
            await visitor.__aenter__()
            await visitor.open(query)
        await asyncio.to_thread(deployed.lost.close)
        closed = 0
        for visitor in visitors:
            try:
                await visitor.run()
            except ConnectionClosed:
                closed += 1
        return closed

    def run(what):  # the browser of other tests has a loop of its own in this thread
        with ThreadPoolExecutor(1) as apart:
            return apart.submit(asyncio.run, what).result()

    before = run(seen())
    assert before[0]
    assert 1 <= run(lose()) <= 5
    assert [run(seen()) for _ in range(4)] == [before] * 4
    assert {deployed.ask("/_stcore/health")[0] for _ in range(6)} == {200}
