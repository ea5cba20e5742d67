"""The simulator in an article of 2,000 words, read on a cheap telephone over a slow network."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
import threading
import time
from contextlib import contextmanager
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from statistics import median

from benchmarks.browser import installed
from benchmarks.live.bars import row
from benchmarks.live.file import PATIENCE, SLOW, STOPWATCH, made
from dashboard.documents.embed import HEIGHT_HASH, HEIGHT_SCRIPT, frame
from dashboard.documents.simulator import DRAWS

WORDS, PARAGRAPH, BEFORE = 2_000, 80, 5  # words, words of a paragraph, paragraphs above the frame
DELAY, SPEED = 0.150, 1.6e6 / 8  # seconds before an answer, bytes a second: "slow 4G"
CHUNK = 4_096
TELEPHONE = {"width": 390, "height": 844}
FLAGS = ["--no-sandbox", "--disable-features=IsolateSandboxedIframes"]
NOTES = (
    "article: 2,000 words with the frame after 400 of them, served with `default-src 'none'` and "
    "the file with its own two hashes, packed; 390 pixels wide, processor at a quarter, 1.6 Mbit "
    "a second after 150 ms. The frame stays in the process of the article, so that both are slow.",
    "shift: the sum of layout shifts that the reader sees, as Chromium counts them; 0.1 is the "
    "usual bar of the web.",
)


def article() -> tuple[str, str]:
    """The page and the policy that it is sent with."""
    sentence = " ".join(["woord"] * PARAGRAPH)
    paragraphs = [f"<p>{sentence}</p>"] * (WORDS // PARAGRAPH)
    style = "body{font:18px/1.6 serif;max-width:40rem;margin:0 auto;padding:16px}"
    paragraphs.insert(BEFORE, frame("simulator.html", "nl"))
    body = "".join(paragraphs)
    page = (
        '<!doctype html><html lang="nl"><meta charset="utf-8"><meta name="viewport" '
        f'content="width=device-width"><title>Artikel</title><style>{style}</style>'
        f"<h1>Wat kost rugpijn?</h1>{body}<script>{HEIGHT_SCRIPT}</script></html>"
    )
    policy = (
        f"default-src 'none'; frame-src 'self'; style-src 'sha256-{_hash(style)}'; "
        f"script-src '{HEIGHT_HASH}'"
    )
    return page, policy


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def files(folder: str) -> dict[str, tuple[bytes, str]]:
    """Path -> packed content and policy, as a newspaper would serve them."""
    text = made(folder, DRAWS).read_text("utf-8")
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)[1]
    page, around = article()
    return {
        "/": (gzip.compress(page.encode()), around),
        "/simulator.html": (gzip.compress(text.encode()), unescape(policy)),
    }


@contextmanager
def newspaper(served: dict[str, tuple[bytes, str]], delay: float = 0.0, speed: float = 0.0):
    """A server of these files that counts what it sends: (address, path -> bytes)."""
    sent: dict[str, int] = {}

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *arguments):
            pass

        def do_GET(self):
            content, policy = served.get(self.path, (b"", ""))
            time.sleep(delay)
            self.send_response(200 if content else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            sent[self.path] = len(content)
            for start in range(0, len(content), CHUNK):
                self.wfile.write(content[start : start + CHUNK])
                if speed:
                    time.sleep(CHUNK / speed)

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", sent
        server.shutdown()


def measured(browser, folder: str, rounds: int) -> list[dict]:
    """Rows: bytes sent, time to the first answer, and layout shift while reading."""
    served, seen = files(folder), []
    with newspaper(served, DELAY, SPEED) as (address, sent):
        telephone = browser.browser_type.launch(executable_path=installed(), args=FLAGS)
        for _ in range(min(rounds, 3)):
            seen.append(read(telephone, address))
        telephone.close()
        bytes_ = sum(sent.get(path, 0) for path in served)
    answer = [reading["answer"] for reading in seen]
    shifts = [reading["shift"] for reading in seen]
    beside = f"article readable: {median(reading['article'] for reading in seen):.0f} ms, " + (
        f"answer without the engine: {median(reading['still'] for reading in seen):.0f} ms"
    )
    return [
        row("article, bytes sent", bytes_ / 1e6, "MB"),
        row("article, first answer of the engine", median(answer), "ms",
            spread=[min(answer), max(answer)], beside=beside),
        row("article, layout shift", median(shifts), "", 0.1, spread=[min(shifts), max(shifts)]),
    ]  # fmt: skip


def read(browser, address: str) -> dict:
    """Open the article, scroll through it as a reader does, and time what appears."""
    page = browser.new_page(viewport=TELEPHONE, has_touch=True, is_mobile=True)
    page.add_init_script(path=STOPWATCH)
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOW})
    page.goto(address, wait_until="commit")
    page.wait_for_selector("iframe", state="attached")
    for _ in range(4):
        page.mouse.wheel(0, 500)
        page.wait_for_timeout(400)
    inside = next(frame for frame in page.frames if frame != page.main_frame)
    end = time.monotonic() + PATIENCE / 1e3
    while not inside.evaluate("globalThis.stopwatch?.answer"):  # its policy forbids to wait inside
        if time.monotonic() > end:
            raise RuntimeError("the frame in the article gives no answer")
        page.wait_for_timeout(20)
    page.wait_for_timeout(500)
    for _ in range(12):
        page.mouse.wheel(0, 600)
        page.wait_for_timeout(100)
    frame_seen = inside.evaluate(
        "({ still: stopwatch.still ?? 0, answer: stopwatch.answer, start: performance.timeOrigin })"
    )
    around = page.evaluate(
        "({ shift: stopwatch.shift, start: performance.timeOrigin, "
        "article: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0 })"
    )
    page.close()
    late = frame_seen["start"] - around["start"]
    return {
        "still": frame_seen["still"] + late,
        "answer": frame_seen["answer"] + late,
        "article": around["article"],
        "shift": around["shift"],
    }
