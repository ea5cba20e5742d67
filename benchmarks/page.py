"""Release of a slider to the last paint, in a real browser, beside a bare Streamlit page."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from statistics import median

from benchmarks.browser import chromium, cpu_seconds, drag, open_page, server, settle
from benchmarks.contest import progress
from benchmarks.report import Report
from dashboard.parts.doors import LISTED

ROUNDS = 12
APP, BARE = "streamlit_app.py", "benchmarks/bare_page.py"
LEVER, BARE_SLIDER = ".st-key-xray_share", ".st-key-level"
TABS = "[data-testid=stMain] [role=tab], .st-key-section [role=radio]"


def run(rounds: int = ROUNDS, views: list[tuple[str, int]] | None = None) -> Report:
    """Every view of the app and the bare page by turns, in one browser."""
    report = Report(
        "page",
        "release of a slider to the last paint, as a ratio to a bare page with the same settings",
        {"rounds": rounds},
        notes=[
            "Pages take turns, move by move, in one browser, on servers of their own with the "
            "project's settings; each move goes to a level not asked for before.",
            "message: until the last message from the server; the rest is the browser's drawing. "
            "Paint: the frame after the last change of a text or drawing outside the sidebar.",
            "CPU: processor time of the server's process per move (Linux counts in steps of "
            "10 ms; the mean over all moves).",
        ],
    )
    with ExitStack() as stack:
        browser = stack.enter_context(chromium())
        bare_address, bare_id = stack.enter_context(server(BARE))
        address, server_id = stack.enter_context(server(APP))
        bare = open_page(browser, bare_address, BARE_SLIDER)
        for number, (name, tab) in enumerate(views or find_views(browser, address)):
            progress(f"/{name}" + (f" tab {tab + 1}" if tab >= 0 else ""))
            # another seed: nothing that an earlier view worked out can be found again
            app = open_page(browser, f"{address}/{name}?seed={number + 2}", LEVER)
            label = f"/{name}"
            if tab >= 0:
                label += f" {app.locator(TABS).nth(tab).inner_text()}"
            if tab > 0:  # the first is open
                app.locator(TABS).nth(tab).click()
                settle(app)
            pages = (bare, BARE_SLIDER, bare_id), (app, LEVER, server_id)
            report.rows.append({"view": label, **_by_turns(pages, rounds)})
            app.close()
    return report


def find_views(browser, address: str) -> list[tuple[str, int]]:
    """Every page of the navigation, and every tab within it: (path, tab or -1)."""
    page = open_page(browser, address, LEVER)
    views = []
    for path in LISTED:
        page.goto(f"{address}/{path}")
        settle(page)
        tabs = page.locator(TABS).count()
        views += [(path, tab) for tab in range(tabs)] or [(path, -1)]
    page.close()
    return views


def _by_turns(pages, rounds: int) -> dict:
    """Moves of both pages by turns: times, ratio round by round, processor time a move."""
    seen, used = ([], []), [0.0, 0.0]
    for number in range(-1, rounds):
        part = 0.08 + 0.84 * ((number + 1) * 7 % (rounds + 1)) / (rounds + 1)
        for which, (page, slider, process) in enumerate(pages):
            before = cpu_seconds(process)
            times = drag(page, slider, part)
            if number >= 0:  # the first one loads what the browser needs to draw
                seen[which].append(times)
                used[which] += 0 if before is None else cpu_seconds(process) - before
    bare, app = ([times["painted"] for times in side] for side in seen)
    ratios = [a / b for a, b in zip(app, bare, strict=True)]
    counted = sys.platform == "linux"
    return {
        "ms": median(app), "ms_spread": [min(app), max(app)],
        "message_ms": median(times["message"] for times in seen[1]),
        "bare_ms": median(bare), "bare_spread": [min(bare), max(bare)],
        "ratio": median(ratios), "ratio_spread": [min(ratios), max(ratios)],
        "cpu_ms": used[1] / rounds * 1e3 if counted else None,
        "bare_cpu_ms": used[0] / rounds * 1e3 if counted else None,
    }  # fmt: skip
