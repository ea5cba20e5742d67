"""Tasks of a new reader, tried in a browser: `python -m benchmarks.tasks [--lang nl] [TASK ...]`.

For each task, on a desktop and on a telephone: the acts (clicks, a number typed) from the start
page, the number of scrolls to find things, the seconds from the loaded start page to the answer,
and the text of the answer. A task that takes more than MOST acts is marked. Seconds depend on the
machine and its load; acts do not.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.browser import chromium, server
from benchmarks.contest import Missing
from benchmarks.screens import AT_REST, PATIENCE, SIZES
from dashboard.languages import LANGUAGES
from dashboard.wording.catalogue import Words, words_in

MOST = 3  # acts from the start page
CALM = 400  # ms without drawing after which a page counts as ready
LEAD = ".sim-lead:visible, .sim-brief:visible"  # on a telephone the short answer stays in view
PAYERS = ".sim-payers:visible, .sim-columns:visible"
CUT = 110  # characters of an answer that are printed


@dataclass
class Visit:
    """A reader's tab: acts are counted, waiting is timed."""

    tab: object
    address: str
    words: Words
    acts: list[str] = field(default_factory=list)
    scrolls: int = 0

    def open(self, path: str = "/") -> None:
        self.tab.goto(self.address + path)
        self.wait()
        self.started = time.monotonic()

    def wait(self) -> None:
        self.tab.wait_for_selector("[data-testid=stMain] h1", timeout=PATIENCE)
        self.tab.wait_for_selector(AT_REST, timeout=PATIENCE)
        if self.tab.locator(".st-key-live").count():
            self.tab.locator("[data-ready]").wait_for(timeout=PATIENCE)

    def press(self, what: str, target) -> None:
        """One act: a click on what a reader sees, after scrolling to it where needed."""
        self.seek(target)
        target.click()
        self.acts.append(f"press {what}")
        self.tab.wait_for_timeout(CALM)
        self.wait()

    def seek(self, target) -> None:
        """Scroll an element that is out of view to the middle, clear of fixed bars."""
        target.wait_for(timeout=PATIENCE)
        if not _in_view(target):
            self.scrolls += 1
            target.evaluate("e => e.scrollIntoView({block: 'center'})")

    def link(self, name: str):
        return self.tab.get_by_role("link", name=name, exact=True).first

    def read(self, target) -> str:
        """The text of the element that answers, after scrolling to it where needed."""
        self.seek(target)
        return " ".join(target.evaluate("e => e.innerText ?? e.textContent").split())


def _in_view(target) -> bool:
    box = target.bounding_box()
    size = target.page.viewport_size
    return bool(box) and box["y"] >= 0 and box["y"] + min(box["height"], 40) <= size["height"]


def costs(visit: Visit) -> str:
    """What does it cost, for what and for whom."""
    visit.open()
    first = visit.read(visit.tab.locator("[data-testid=stMain] h1"))
    label = visit.words("chart.field.payer")
    visit.press("who pays", visit.tab.locator(".field label", has_text=label))
    return f"{first} {visit.read(visit.tab.locator('.field .say.payer').last)}"


def best(visit: Visit) -> str:
    """The measure that saves most, and who loses by it."""
    visit.open()
    measure = visit.read(visit.tab.locator(".finding .lead, .answer .lead").first)
    visit.press("the first of the ranking", visit.tab.locator(".ranking a.row").first)
    return f"{measure}: {visit.read(visit.tab.locator(PAYERS).first)}"


def deductible(visit: Visit) -> str:
    """Physiotherapy without the deductible: premium, deductible, budget 2027-2031."""
    visit.open()
    visit.press("What if", visit.link(visit.words("door.simulator")))
    name = visit.words("question.article_no_deductible")
    visit.press("the question", visit.tab.get_by_role("button", name=name, exact=True))
    visit.press("Brief", visit.link(visit.words("brief.menu")))
    inside = visit.tab.frame_locator("[class*=st-key-preview] iframe")
    return visit.read(inside.locator("h2.cash + ul"))


def opioids(visit: Visit) -> str:
    """Halve opioids: from the ranking, then the number typed."""
    visit.open()
    visit.press("opioids in the ranking", visit.tab.locator(".ranking a.row[href*=opioid_share]"))
    lever = visit.tab.locator(".sim-lever", has=visit.tab.locator("#sim-opioid_share"))
    typed = lever.locator(".sim-typed input")
    visit.seek(typed)
    typed.fill("8,4" if visit.words.lang == "nl" else "8.4")
    typed.press("Enter")
    visit.acts.append("type half of 16.6")
    visit.tab.wait_for_timeout(CALM)
    return visit.read(visit.tab.locator(LEAD).first)


def compare(visit: Visit) -> str:
    """Make two packages and compare them, without leaving What if."""
    visit.open()
    visit.press("the first of the ranking", visit.tab.locator(".ranking a.row").first)
    visit.press("keep", visit.tab.get_by_role("button", name=visit.words("compare.keep_short")))
    visit.press("a question", visit.tab.locator(".st-key-examples button:visible").nth(2))
    both = visit.tab.locator(".sim-beside")
    return f"{both.locator('thead th').count()} packages: {visit.read(both)}"


def share(visit: Visit) -> str:
    """Share a package; the link opens the same in another browser."""
    visit.open("/simulator?xray_share=0.05")
    before = visit.read(visit.tab.locator(LEAD).first)
    visit.press("share", visit.tab.get_by_role("button", name=visit.words("share.title")))
    code = visit.tab.locator("[data-testid=stPopoverBody] code").first
    link = urlsplit(visit.read(code).replace(" ", ""))
    size = visit.tab.viewport_size
    other = visit.tab.context.browser.new_page(locale=visit.words.lang, viewport=size)
    other.goto(f"{visit.address}{link.path}?{link.query}")
    again = Visit(other, visit.address, visit.words)
    again.wait()
    after = again.read(other.locator(LEAD).first)
    other.close()
    return after if after == before else f"NOT THE SAME: {before} / {after}"


def brief(visit: Visit) -> str:
    """The brief of a package as PDF."""
    visit.open("/?return_to_work_support=0.5")
    visit.press("What if", visit.link(visit.words("door.simulator")))
    visit.press("Brief", visit.link(visit.words("brief.menu")))
    button = visit.tab.get_by_role("button", name=visit.words("brief.download"))
    with visit.tab.expect_download() as waiting:
        visit.press("download", button)
    page = visit.tab.context.browser.new_page()
    page.set_content(Path(waiting.value.path()).read_text(encoding="utf-8"))
    sheets = _sheets(page.pdf(prefer_css_page_size=True))
    page.close()
    return f"{waiting.value.suggested_filename}, {sheets} sheets"


def sheet(visit: Visit) -> str:
    """Print a page: the costs on A4."""
    visit.open()
    whole = visit.tab.pdf(format="A4", print_background=True)
    visit.acts.append("print")
    return f"{_sheets(whole)} sheets"


def _sheets(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


TASKS: dict[str, Callable[[Visit], str]] = {
    each.__name__: each for each in (costs, best, deductible, opioids, compare, share, brief, sheet)
}


def main(arguments: list[str] | None = None) -> int:
    """Try the tasks and print a line for each; 1 where one fails or takes too many acts."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.tasks", description=__doc__)
    parser.add_argument("tasks", nargs="*", metavar="TASK", help=f"of: {', '.join(TASKS)}")
    parser.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0])
    args = parser.parse_args(arguments)
    unknown = [name for name in args.tasks if name not in TASKS]
    if unknown:
        parser.error(f"unknown task {unknown[0]!r}; choose from: {', '.join(TASKS)}")
    try:
        with chromium() as browser, server("streamlit_app.py") as (address, _):
            done = [_try(browser, address, args.lang, name, size)
                    for name in args.tasks or TASKS for size in SIZES]  # fmt: skip
    except Missing as reason:
        print(f"no tasks: {reason}", file=sys.stderr)
        return 1
    return 0 if all(done) else 1


def _try(browser, address: str, lang: str, name: str, size: str) -> bool:
    """Whether a task was done in few enough acts; its line is printed."""
    width, height = SIZES[size]
    tab = browser.new_page(viewport={"width": width, "height": height}, locale=lang)
    visit = Visit(tab, address, words_in(lang))
    try:
        outcome = TASKS[name](visit)
    except Exception as failed:
        outcome = f"FAILED: {str(failed).splitlines()[0]}"
    seconds = time.monotonic() - getattr(visit, "started", time.monotonic())
    tab.close()
    good = not outcome.startswith(("FAILED", "NOT")) and len(visit.acts) <= MOST
    mark = "" if good else " !"
    effort = f"{len(visit.acts)} acts {visit.scrolls} scrolls {seconds:5.1f} s{mark}"
    print(f"{name:11}{size:7}{effort}  {outcome[:CUT]}")
    print(f"{'':18}{', '.join(visit.acts)}", flush=True)
    return good


if __name__ == "__main__":
    sys.exit(main())
