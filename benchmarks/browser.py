"""Servers and a real browser for the benchmark of the page; all on this machine alone."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from benchmarks.contest import Missing

ROOT = Path(__file__).parents[1]


@contextmanager
def server(script: str, port: int = 0, folder: Path = ROOT, surroundings: dict | None = None):
    """A Streamlit server of this script with the project's settings: (address, process id)."""
    with socket.socket() as free:
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        free.bind(("127.0.0.1", port))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [
            sys.executable, "-m", "streamlit", "run", script,
            "--server.port", str(port), "--server.address", "127.0.0.1",
        ],
        cwd=folder, env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/_stcore/health", process)
        yield address, process.pid
    finally:
        process.terminate()
        process.wait()


def _wait_for(address: str, process: subprocess.Popen) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(address, timeout=1) as answer:
                if answer.status == 200:
                    return
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.1)
    raise RuntimeError(f"no answer from {address}")


@contextmanager
def chromium():
    """A Chromium of this machine, or Playwright's own; Missing says what to install."""
    if importlib.util.find_spec("playwright") is None:
        raise Missing("Playwright is not installed; pip install -r requirements-dev.txt")
    from playwright.sync_api import Error, sync_playwright

    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=installed(), args=["--no-sandbox"])
        except Error:
            raise Missing("no Chromium that starts; apt-get install chromium") from None
        with browser:
            yield browser


def installed() -> str | None:
    """The path of this machine's Chromium; None: Playwright's own."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def cpu_seconds(pid: int) -> float | None:
    """Processor time of a process so far; None where the system does not tell (no /proc)."""
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        return None
    fields = stat.read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def hold(page, slider: str, part: float) -> None:
    """Drag a slider of Streamlit to this part of its track and do not let go."""
    page.bring_to_front()
    handle = page.locator(f"{slider} input[type=range]").locator("xpath=../..")
    handle.scroll_into_view_if_needed()
    thumb, track = handle.bounding_box(), handle.locator("xpath=..").bounding_box()
    height = thumb["y"] + thumb["height"] / 2
    page.mouse.move(thumb["x"] + thumb["width"] / 2, height)
    page.mouse.down()
    page.mouse.move(track["x"] + part * track["width"], height, steps=4)
