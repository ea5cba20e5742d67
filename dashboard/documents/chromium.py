"""A Chrome or Chromium that is on this machine, for pictures and PDFs from the command line.

It runs the same script as the page (static/draw.js), so both make the same files. It only opens a
page of this program on this machine, and loads nothing from elsewhere.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Empty, Queue
from secrets import token_urlsafe
from tempfile import TemporaryDirectory
from threading import Thread

import plotly

from dashboard.documents.chart_files import script_of
from dashboard.templates import render
from models.errors import DataError, Finding

NAMES = (  # the first has no window to paint, and takes a third less of the processor
    *("chromium-headless-shell", "chrome-headless-shell"),
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    *("msedge", "microsoft-edge"),
)
PLACES = (  # where installers put it without telling the path
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
FLAGS = (
    *("--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--hide-scrollbars", "--font-render-hinting=none"),  # letters as at any size
)
PATIENCE = 60  # seconds for one file; the first waits for the browser to start
ALLOWED = ("an installed Chrome or Chromium", "een geïnstalleerde Chrome of Chromium")
REMEDY = (
    "install one (Debian: apt-get install chromium), name it in the variable CHROMIUM, or ask for "
    "csv or html, which need none",
    "installeer er een (Debian: apt-get install chromium), noem hem in de variabele CHROMIUM, of "
    "vraag om csv of html, die er geen nodig hebben",
)


def installed() -> str | None:
    """The browser: the one that CHROMIUM names, else the first that is found."""
    named = os.environ.get("CHROMIUM")
    if named is not None:
        return shutil.which(named)
    return next(filter(None, map(shutil.which, (*NAMES, *PLACES))), None)


def needed() -> str:
    """The browser; DataError says how to come by one where there is none."""
    path = installed()
    if path is None:
        raise _problem(os.environ.get("CHROMIUM") or "no browser")
    return path


def _problem(path: str) -> DataError:
    return DataError([Finding("", None, None, path, ALLOWED, REMEDY)])


def _command(profile: str, *rest: str) -> list[str]:
    # a browser run by root, as in a container, refuses to start with its sandbox
    root = getattr(os, "geteuid", lambda: 1)() == 0
    free = ("--no-sandbox",) if root else ()
    return [needed(), *FLAGS, *free, f"--user-data-dir={profile}", *rest]


def pdf(html: str) -> bytes:
    """A document of ours, printed."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        page, out = Path(folder) / "page.html", Path(folder) / "page.pdf"
        page.write_text(html, encoding="utf-8")
        command = _command(
            f"{folder}/profile", "--no-pdf-header-footer", f"--print-to-pdf={out}", page.as_uri()
        )
        with _started(command) as process:
            try:
                process.wait(timeout=PATIENCE)
            except subprocess.TimeoutExpired as error:
                raise _problem(f"{command[0]}: {type(error).__name__}") from None
        if not out.is_file():
            raise _problem(f"{command[0]} made no PDF")
        return out.read_bytes()


def draw(jobs: Sequence[dict]) -> Iterator[bytes]:
    """The files of these jobs, in their order: format, size, figure and what is said of it."""
    queue: Queue[tuple[str, bytes]] = Queue()
    with _served(jobs, queue) as address, TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        command = _command(folder, "--remote-debugging-port=0", address)
        with _started(command) as process:
            for _ in jobs:
                yield _next(queue, process, command[0])


@contextmanager
def _started(command: list[str]) -> Iterator[subprocess.Popen]:
    """The browser, ended with all it started: Debian's command is a script that outlives it."""
    silent = subprocess.DEVNULL
    try:
        process = subprocess.Popen(command, stdout=silent, stderr=silent, start_new_session=True)
    except OSError as error:
        raise _problem(f"{command[0]}: {error.strerror}") from None
    try:
        yield process
    finally:
        if hasattr(os, "killpg"):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
        else:
            process.terminate()
        process.wait(timeout=PATIENCE)


def _next(queue: Queue, process: subprocess.Popen, name: str) -> bytes:
    for _ in range(PATIENCE):
        try:
            kind, content = queue.get(timeout=1)
        except Empty:
            if process.poll() is not None:
                raise _problem(f"{name} stopped with code {process.returncode}") from None
            continue
        if kind == "failed":
            raise _problem(f"{name}: {content.decode(errors='replace')}")
        return content
    raise _problem(f"{name} made nothing within {PATIENCE} seconds")


@contextmanager
def _served(jobs: Sequence[dict], queue: Queue) -> Iterator[str]:
    """A page on this machine that does the jobs, behind a name that cannot be guessed."""
    secret = token_urlsafe()
    answers = {
        f"/{secret}/": (_page().encode(), "text/html; charset=utf-8"),
        f"/{secret}/jobs": (json.dumps(jobs).encode(), "application/json"),
        f"/{secret}/plotly.js": (_library().read_bytes(), "text/javascript"),
    }

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self):
            content, kind = answers.get(self.path, (b"", ""))
            self.send_response(200 if kind else 404)
            self.send_header("Content-Type", kind or "text/plain")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def do_POST(self):
            content = self.rfile.read(int(self.headers["Content-Length"]))
            kind = self.path.removeprefix(f"/{secret}/")
            if kind in ("file", "failed"):
                queue.put((kind, content))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/{secret}/"
        finally:
            server.shutdown()


def _page() -> str:
    script = script_of("draw.js", "files.js").replace("</", r"<\/")
    return render("renderer", script=script)


def _library() -> Path:
    return Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
