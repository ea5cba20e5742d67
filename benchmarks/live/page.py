"""The simulator as a page of the app, beside a bare Streamlit page, by turns."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from benchmarks.browser import cpu_seconds, hold, server
from benchmarks.live.bars import ratio, row
from benchmarks.live.file import STEPS, drag

APP, BARE = "streamlit_app.py", "benchmarks/bare_page.py"
LEVERS = ".sim input[type=range]"  # native; those of Streamlit lie elsewhere than they seem
BARE_LEVER = ".st-key-level"
ANSWER = ".sim-lead, .answer .lead"
WATCH = Path(__file__).with_name("rest.js")
QUIET, PATIENCE = 500, 30_000  # ms without a change: the page is at rest
TABS = {"years": "years", "compare": "beside"}  # of the frame beside the levers
SECTIONS = {"years": 3, "even": 7}  # of the switch under the simulator
FIRST, SIMULATOR = 1.6, "/simulator"
MORE = 2.5


def measured(browser, folder: str, rounds: int) -> list[dict]:
    """Rows: first view, release, sections on release, processor time of the server in a drag."""
    with ExitStack() as stack:
        bare_address, _ = stack.enter_context(server(BARE))
        address, process = stack.enter_context(server(APP))
        rows = [_first_view(browser, bare_address, address, min(rounds, 5))]
        bare = _opened(browser, bare_address, BARE_LEVER)
        app = _opened(browser, f"{address}{SIMULATOR}?seed=2", LEVERS)
        rows.append(_release("release, what the window shows", app, bare, rounds, FIRST, "seen"))
        rows.append(_release("release, the whole simulator page", app, bare, rounds, None))
        rows.append(_dragging(app, process))
        for name, tab in TABS.items():
            what = f"release, {name} in the simulator"
            if _tab(app, tab):
                rows.append(_release(what, app, bare, rounds, MORE, "seen"))
            else:
                rows.append(row(what, None, "times", MORE, beside="no such tab"))
        for name, number in SECTIONS.items():
            what = f"release, section {name} below it"
            if _switch(app, number):
                rows.append(_release(what, app, bare, rounds, MORE))
            else:
                rows.append(row(what, None, "times", MORE))
        app.close()
    return rows


def _first_view(browser, bare: str, address: str, rounds: int) -> dict:
    """From navigation until the answer stands and a slider is there; the first of each warms up."""
    seen = {bare: [], address: []}
    for number in range(rounds + 1):
        for where, path, answer, lever in (
            (bare, "", "[data-testid=stMain] p", BARE_LEVER),
            (address, SIMULATOR, ANSWER, LEVERS),
        ):
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.goto(where + path, wait_until="commit")
            page.locator(answer).filter(has_text=" ").first.wait_for(timeout=PATIENCE)
            page.locator(
                f"{lever} input[type=range]" if lever == BARE_LEVER else lever
            ).first.wait_for(state="attached", timeout=PATIENCE)
            if number:
                seen[where].append(page.evaluate("performance.now()"))
            page.close()
    return ratio("first view of the simulator, usable", seen[address], seen[bare], 1.5)


def _release(what: str, app, bare, rounds: int, bar: float | None, until: str = "painted") -> dict:
    ours, theirs = [], []
    for number in range(-1, rounds):
        for page, lever, times in ((bare, BARE_LEVER, theirs), (app, LEVERS, ours)):
            took = _released(page, lever, number, until)
            if number >= 0:
                times.append(took)
    return ratio(what, ours, theirs, bar)


def _released(page, lever: str, number: int, until: str) -> float:
    """Drag to a place not asked for before; ms from release to the last paint."""
    if lever == BARE_LEVER:
        hold(page, lever, 0.1 + 0.6 * (number % 2) + 0.05 * (number % 5))
    else:
        page.bring_to_front()
        grip = page.locator(lever).filter(visible=True).first
        to_right = grip.evaluate("e => e.value - e.min < (e.max - e.min) / 2")
        drag(page, grip, to_right, steps=4 + number % 5, let_go=False)
    page.mouse.up()
    page.wait_for_function(
        f"() => rest.painted > 0 && performance.now() - rest.painted > {QUIET}", timeout=PATIENCE
    )
    # the answer may be on the page already at the release: then there is nothing to wait for
    return page.evaluate(f"rest.{until} ? rest.{until} - rest.released : 0")


def _dragging(app, process: int) -> dict:
    """Processor time of the server while a hand is on a lever, and over the same time at rest."""
    grip = app.locator(LEVERS).filter(visible=True).first
    used = []
    for held in (True, False):
        before, start = cpu_seconds(process), app.evaluate("performance.now()")
        if held:
            for number in range(6):
                drag(app, grip, to_right=number % 2 == 0, let_go=False)
            after = cpu_seconds(process)
            span = app.evaluate("performance.now()") - start
            app.mouse.up()
            app.wait_for_timeout(1_500)
        else:
            app.wait_for_timeout(span)
            after = cpu_seconds(process)
        used.append(None if before is None else (after - before) * 1e3)
    if used[0] is None:
        return row("processor of the server while dragging", None, "ms", 0)
    beside = f"at rest for as long: {used[1]:.0f} ms; {6 * STEPS} events in {span / 1e3:.1f} s"
    what = "processor of the server while dragging, above rest"
    return row(what, max(0.0, used[0] - used[1]), "ms", 10, beside=beside)


def _tab(page, name: str) -> bool:
    """Open a tab of the frame; first keep the package, so that there is one to compare with."""
    tab = page.locator(f"#sim-tab-{name}")
    if not tab.count():
        return False
    if name == TABS["compare"]:
        page.locator(".st-key-keep_package button").first.click()
        page.wait_for_timeout(4 * QUIET)
    tab.click()  # an open tab draws nothing again, so there is no paint to wait for
    page.wait_for_timeout(4 * QUIET)
    return True


def _switch(page, number: int) -> bool:
    tabs = page.locator(".st-key-section [role=radio]")
    if tabs.count() <= number:
        return False
    tabs.nth(number).click()
    _rest(page)
    return True


def _rest(page) -> None:
    """Wait until nothing has changed for a while."""
    page.wait_for_timeout(200)
    page.wait_for_function(
        f"() => rest.painted > 0 && performance.now() - rest.painted > {QUIET}", timeout=PATIENCE
    )


def _opened(browser, address: str, lever: str):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.add_init_script(path=WATCH)
    page.goto(address)
    page.locator("[data-testid=stMain]").wait_for(timeout=PATIENCE)
    page.locator(lever).first.wait_for(state="attached", timeout=PATIENCE)
    page.wait_for_function(
        f"() => rest.painted > 0 && performance.now() - rest.painted > {2 * QUIET}",
        timeout=PATIENCE,
    )
    return page
