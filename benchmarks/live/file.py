"""The simulator in one file: its size, its first answer, and a drag from event to paint."""

from __future__ import annotations

from pathlib import Path
from statistics import median

import models
from benchmarks.live.bars import high, row
from dashboard.documents.simulator import DRAWS, simulator_html
from dashboard.wording.catalogue import words_in

STOPWATCH = Path(__file__).with_name("stopwatch.js")
SLIDER = ".sim input[type=range]"
STEPS = 40  # moves of the mouse in a drag
MANY = 10_000  # draws of the page
SLOW = 4  # a quarter of the processor
PATIENCE = 60_000  # ms
KNOB = 12  # pixels from the end of a native slider to the middle of its knob
NOTHING = """<!doctype html><title>nothing</title>
<input type="range" id="level" min="0" max="100"><output></output><script>
level.oninput = () => (document.querySelector("output").textContent = level.value)</script>"""


def made(folder: str, draws: int) -> Path:
    """The file of today's levels with this many draws."""
    path = Path(folder) / f"simulator_{draws}.html"
    if not path.exists():
        path.write_text(simulator_html(models.run(draws=draws), words_in("nl")), encoding="utf-8")
    return path


def measured(browser, folder: str, rounds: int) -> list[dict]:
    """Rows: a drag at full speed and at a quarter of it, size, first answer."""
    rows = []
    bare = Path(folder) / "nothing.html"
    bare.write_text(NOTHING, encoding="utf-8")
    many, few = made(folder, MANY), made(folder, DRAWS)
    for slow, bars in ((1, (17, 25)), (SLOW, (None, 40))):
        nothing, _ = drags(browser, bare.as_uri(), "input", rounds, slow)
        ours, used = drags(browser, many.as_uri(), SLIDER, rounds, slow)
        at = "" if slow == 1 else ", a quarter of the processor"
        beside = f"nothing: {median(nothing):.1f}, 95% {high(nothing):.1f}"
        about = {"spread": [min(ours), max(ours)], "beside": beside}
        rows.append(row(f"drag, {MANY} draws{at}: median", median(ours), "ms", bars[0], **about))
        rows.append(row(f"drag, {MANY} draws{at}: 95%", high(ours), "ms", bars[1]))
        if slow == 1:
            what = "drag: processor time of the page's main thread an event"
            rows.append(row(what, used, "ms", beside=f"{len(ours)} events"))
    rows.append(row(f"file, {DRAWS} draws", few.stat().st_size / 1e6, "MB", 1))
    seen = [opened(browser, few.as_uri(), SLOW) for _ in range(min(rounds, 5))]
    answers = [opening["answer"] for opening in seen]
    beside = f"readable without the engine: {median(opening['still'] for opening in seen):.0f} ms"
    about = {"spread": [min(answers), max(answers)], "beside": beside}
    what = "file, first answer, a quarter of the processor"
    rows.append(row(what, median(answers), "ms", 1000, **about))
    return rows


def opened(browser, address: str, slow: int) -> dict:
    """The times that the stopwatch script of a page recorded up to its first answer."""
    page = _page(browser, slow)
    page.goto(address)
    page.wait_for_function("() => stopwatch.answer", timeout=PATIENCE)
    seen = page.evaluate(
        "({ still: stopwatch.still ?? stopwatch.answer, answer: stopwatch.answer })"
    )
    page.close()
    return seen


def drags(browser, address: str, slider: str, rounds: int, slow: int) -> tuple:
    """ms from each input event to the next frame, over `rounds` drags to and fro.

    Also the processor time of the page's main thread per event, which other programs do not affect.
    """
    page = _page(browser, slow)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(address)
    grip = page.locator(slider).locator("visible=true").first
    grip.wait_for(timeout=PATIENCE)
    for number in range(rounds + 1):
        if number == 1:  # the first one warms up
            page.evaluate("stopwatch.drags = []")
            before = _busy(session)
        drag(page, grip, to_right=number % 2 == 0)
    page.wait_for_timeout(200)
    seen = page.evaluate("stopwatch.drags")
    used = (_busy(session) - before) / max(1, len(seen)) * 1e3
    page.close()
    return seen, used


def _busy(session) -> float:
    """Seconds of processor time that the main thread of a page has used for tasks."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(metric["value"] for metric in metrics if metric["name"] == "TaskDuration")


def drag(page, grip, to_right: bool, steps: int = STEPS, let_go: bool = True) -> None:
    """Take the knob of a native slider from one end to near the other, a step a frame or so."""
    grip.scroll_into_view_if_needed()
    box = grip.bounding_box()
    left, width = box["x"] + KNOB, box["width"] - 2 * KNOB
    height = box["y"] + box["height"] / 2
    part = float(grip.evaluate("e => (e.value - e.min) / (e.max - e.min)"))
    page.mouse.move(left + part * width, height)
    page.mouse.down()
    goal = 0.95 if to_right else 0.05
    for step in range(1, steps + 1):
        page.mouse.move(left + (part + (goal - part) * step / steps) * width, height)
        page.wait_for_timeout(10)
    if let_go:
        page.mouse.up()


def _page(browser, slow: int):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.add_init_script(path=STOPWATCH)
    if slow > 1:
        session = page.context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": slow})
    return page
