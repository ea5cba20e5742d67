"""Speed of the simulator, in one file and on its page, against the limits ("bars") set for it.

The bars are in docs/engine.md; `held` or `missed` is about this machine in this run.
"""

from __future__ import annotations

from contextlib import ExitStack
from tempfile import TemporaryDirectory

from benchmarks.browser import chromium
from benchmarks.contest import progress
from benchmarks.live import article, file, page
from benchmarks.report import Report

ROUNDS = 12


def run(rounds: int = ROUNDS) -> Report:
    """All measurements in one browser, alternating with a bare page."""
    report = Report(
        "live",
        "does the answer follow the hand?",
        {"rounds": rounds, "events a drag": file.STEPS},
        notes=[
            "drag: from the input event of a native slider to the frame after the one that draws "
            "the answer; nothing: a page with one slider and one number beside it.",
            "release: until the last change of a text or drawing in the main part of the page, "
            "also inside the simulator; a bare page has one slider and one sentence and is moved "
            "by turns with it, with the same settings of Streamlit.",
            "first view: from the navigation until the answer stands there and a slider can be "
            "moved; the draws may load behind it.",
            *article.NOTES,
        ],
    )
    with ExitStack() as stack:
        browser = stack.enter_context(chromium())
        folder = stack.enter_context(TemporaryDirectory())
        for part in (file, article, page):
            progress(part.__name__)
            report.rows += part.measured(browser, folder, rounds)
    return report
