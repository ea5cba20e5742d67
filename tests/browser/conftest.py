"""One browser for all browser tests; they skip, with the reason, where there is none."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks import access
from dashboard.charts.style import INK
from dashboard.parts.frame.doors import door_of
from dashboard.wording.catalogue import words_in

FOLLOWED = """(ink) => {  // every chart is drawn, in this ink
  const plots = [...document.querySelectorAll(".js-plotly-plot")]
  return plots.length === document.querySelectorAll("[class*=st-key-export_]").length &&
    plots.every((plot) => plot._fullLayout?.font.color === ink)
}"""
# the simulator tells the server the last of what is released within a quarter of a second
HELD_BACK = "new Promise((later) => setTimeout(later, 300))"
AT_REST = (
    '[data-testid="stApp"][data-test-script-state="notRunning"]'
    '[data-test-connection-state="CONNECTED"]'
)
PAINTED = """new Promise((painted) =>
  requestAnimationFrame(() => requestAnimationFrame(painted)))"""


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in Path(item.fspath).parents:
            item.add_marker(pytest.mark.browser)


class Runs:
    """Whether what this tab asked for last has been answered, by what goes over its websocket.

    The page itself says nothing between a click and the first word of the server.
    """

    def __init__(self, tab):
        self.asked = self.answering = False
        tab.on("websocket", self._opened)

    def _opened(self, socket) -> None:
        self.asked, self.answering = True, False  # a page that opens asks for a first run
        socket.on("framesent", self._sent)
        socket.on("framereceived", self._received)

    def _sent(self, frame: bytes) -> None:
        if BackMsg.FromString(frame).WhichOneof("type") == "rerun_script":
            self.asked, self.answering = True, False

    def _received(self, frame: bytes) -> None:
        message = ForwardMsg.FromString(frame)
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.answering = True
        elif kind == "script_finished" and self.answering:
            self.asked = message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
            self.answering = False


class Reader:
    """A visitor's tab, which waits for the page and keeps what went wrong."""

    def __init__(self, tab, server: str):
        self.tab, self.server = tab, server
        self.outside: list[str] = []
        self.errors: list[str] = []
        self.runs = Runs(tab)
        tab.on("request", self._asked)
        tab.on("pageerror", lambda error: self.errors.append(str(error)))

    def _asked(self, request) -> None:
        if not request.url.startswith((self.server, "data:", "blob:", "about:")):
            self.outside.append(request.url)

    def open(self, path: str = "/") -> Reader:
        self.tab.goto(self.server + path)
        return self.wait()

    def go(self, page: str, lang: str = "nl") -> Reader:
        """To a page as a reader does: through its door, then by its link."""
        door, words = door_of(page), words_in(lang)
        self._press(words(f"door.{door}"), ".st-key-door-links")
        if page != door:
            self._press(words(f"{page}.menu"), ".st-key-page-links, .st-key-contents-list")
        return self

    def stands(self, page: str, lang: str) -> bool:
        """Whether this page is open; the title of the first is its answer."""
        words, title = words_in(lang), self.tab.locator("[data-testid=stMain] h1").inner_text()
        if page == "overview":
            return title.startswith(words.raw("overview.lead").partition("{")[0])
        return title == words(f"{page}.title")

    def _press(self, name: str, where: str) -> None:
        self.tab.locator(where).get_by_role("link", name=name, exact=True).click()
        self.wait()

    def wait(self) -> Reader:
        """Until everything that was asked for has been answered, and the page stands."""
        self.tab.wait_for_selector("[data-testid=stMain] h1", timeout=20_000)
        self.tab.evaluate(PAINTED)  # what was just done has been sent
        end = time.monotonic() + 60
        while self.runs.asked:
            assert time.monotonic() < end, "the server has not answered"
            self.tab.wait_for_timeout(20)
        self.tab.wait_for_selector(AT_REST, timeout=20_000)
        if self.tab.locator(".st-key-live").count():  # all draws are there, or never will be
            self.tab.locator("[data-ready]").wait_for(timeout=20_000)
        self.tab.evaluate(PAINTED)
        return self

    def axe(self) -> list[str]:
        """What axe finds wrong on the page as it stands, but for Streamlit's own uploader."""
        pytest.importorskip("axe_playwright_python", reason="axe is missing")
        return access.axe(self.tab)

    def turn(self, dark: bool) -> Reader:
        """The hour turns the page dark or light; charts follow, where there are any."""
        self.tab.emulate_media(color_scheme="dark" if dark else "light")
        self.tab.wait_for_function(FOLLOWED, arg=INK["dark" if dark else "light"])
        return self.wait()

    def sideways(self) -> list[int]:
        """Pixels that the document and its main part are wider than they show."""
        return self.tab.evaluate(access.SIDEWAYS)

    def lead(self) -> str:
        return self.tab.locator(".answer .lead, .sim-lead").first.inner_text()

    def says(self, lead: str) -> Reader:
        """Waits until this is the answer; fails with what stands there instead."""
        with suppress(Exception):
            self.tab.locator(".sim-lead", has_text=lead).wait_for()
        assert self.wait().lead() == lead
        return self

    def choose(self, label: str, option: str) -> None:
        """Pick from a list; pressed again while the panel round it is still unfolding."""
        box, wanted = (
            self.tab.get_by_role("combobox", name=label),
            self.tab.get_by_role("option", name=option),
        )
        for _ in range(10):
            box.press("ArrowDown")
            try:
                return wanted.click(timeout=1_000)
            except Exception as late:
                missed = late
        raise missed

    def slide(self, label: str, key: str, times: int = 1) -> Reader:
        """Move a lever by the keyboard, wait for another answer and until the server has it."""
        before = self.lead()
        self.unfold()
        thumb = self.tab.get_by_role("slider", name=label)
        thumb.focus()
        for _ in range(times):
            thumb.press(key)
        assert self.lead() != before
        self.tab.evaluate(HELD_BACK)
        return self.wait()

    def unfold(self) -> None:
        """Open every group of levers."""
        groups = self.tab.locator(".sim-group")
        groups.evaluate_all("all => all.forEach((one) => { one.open = true })")


@pytest.fixture
def reader(chromium, server):
    """Opens tabs: reader() is a desktop in light colours. Nothing is kept for the next test."""
    contexts = []

    def opened(width: int = 1440, height: int = 1000, dark: bool = False) -> Reader:
        scheme = "dark" if dark else "light"
        context = chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, locale="nl-NL"
        )
        contexts.append(context)
        return Reader(context.new_page(), server)

    yield opened
    for context in contexts:
        context.close()
