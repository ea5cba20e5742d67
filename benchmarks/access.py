"""Access to every page: `python -m benchmarks.access [PAGE ...] [--query PACKAGE]`.

axe in two languages, two widths, light and dark, with what is wider than the screen; and once a
page the keyboard (stops before the page's own content, stops without a visible focus), twice the
size of letters, and the narrowest screen that a reader may need (400%). Fails where any is broken.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from itertools import product

from benchmarks.browser import chromium, server
from benchmarks.contest import Missing, progress
from benchmarks.screens import AT_REST, PATIENCE, QUIET, SCHEMES, SIZES
from dashboard.languages import LANGUAGES
from dashboard.parts.frame.doors import LISTED

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NOT_OURS = {"presentation-role-conflict": {"enabled": False}}  # Streamlit's uploader
MOST = 10  # stops of the keyboard before the content of a page
STOPS = 25  # that are looked at on a page
ENLARGED = {"200%": (720, 450), "400%": (360, 640)}  # of 1440 x 900; 400% of it is a telephone
SIDEWAYS = """[document.documentElement, document.querySelector("[data-testid=stMain]")]
  .map((each) => each.scrollWidth - each.clientWidth)"""
STOP = """() => {
  const stop = document.activeElement
  const heading = document.querySelector("[data-testid=stMain] h1")
  if (!stop || stop === document.body) return null
  const inside = stop.shadowRoot?.activeElement ?? stop
  const about = []  // a field shows its focus on the box round it
  for (let each = inside; each && about.length < 4; each = each.parentElement) about.push(each)
  const marked = inside.tagName === "IFRAME" || [...about, inside.nextElementSibling]
    .filter(Boolean).some((each, n) => {
      const {outlineStyle, outlineWidth, boxShadow} = getComputedStyle(each)
      return (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) ||
        (n < 2 && boxShadow !== "none")
    })
  const name = inside.getAttribute("aria-label") || inside.textContent || inside.tagName
  return {name: name.trim().slice(0, 40), marked,
    content: !!(heading.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING)}
}"""


def axe(tab) -> list[str]:
    """What axe finds wrong on a tab as it stands: rule, place and what to mend.

    Missing where axe is not installed.
    """
    try:
        from axe_playwright_python.base import AXE_SCRIPT
    except ImportError:
        raise Missing("axe is not installed; pip install -r requirements-dev.txt") from None
    if not tab.evaluate("'axe' in window"):
        tab.evaluate(AXE_SCRIPT)
    options = {
        "runOnly": {"type": "tag", "values": RULES},
        "rules": NOT_OURS,
        "resultTypes": ["violations"],  # what is right is not written out: most of the time
    }
    run = "options => axe.run(options).then(({violations}) => violations)"
    return [
        f"{broken['id']}: {node['target']} {node['failureSummary']}"
        for broken in tab.evaluate(run, options)
        for node in broken["nodes"]
    ]


def main(arguments: list[str] | None = None) -> int:
    """Print what is broken; 0 when nothing is, 1 when something is or no browser is there."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.access", description=__doc__)
    parser.add_argument("pages", nargs="*", metavar="PAGE", help="default: all")
    parser.add_argument("--query", default="", help="a package or option, as in the address")
    args = parser.parse_args(arguments)
    unknown = [page for page in args.pages if page not in LISTED]
    if unknown:
        parser.error(f"unknown page {unknown[0]!r}; choose from: {', '.join(LISTED)}")
    pages, broken, looked = args.pages or list(LISTED), 0, 0
    try:
        with chromium() as browser, server("streamlit_app.py") as (address, _):
            for lang, size, scheme in product(LANGUAGES, SIZES, SCHEMES):
                tab = browser.new_page(
                    viewport=dict(zip(("width", "height"), SIZES[size], strict=True)),
                    color_scheme=scheme,
                )
                once = (lang, size, scheme) == (LANGUAGES[0], "wide", "light")
                for page in pages:
                    progress(f"{page} {lang} {size} {scheme}")
                    _open(tab, f"{address}/{page}?lang={lang}{args.query and '&' + args.query}")
                    looked += 1
                    for fault in (*_faults(tab), *(_once(tab) if once else ())):
                        broken += 1
                        print(f"{page} {lang} {size} {scheme}: {fault}", flush=True)
                tab.close()
    except Missing as reason:
        print(f"not looked at: {reason}", file=sys.stderr)
        return 1
    print(f"{looked} views of {len(pages)} pages, {broken} faults")
    return 1 if broken else 0


def _open(tab, address: str) -> None:
    tab.goto(address)
    tab.wait_for_selector("[data-testid=stMain] h1", timeout=PATIENCE)
    tab.wait_for_selector(AT_REST, timeout=PATIENCE)
    tab.wait_for_timeout(QUIET)


def _faults(tab) -> Iterator[str]:
    yield from axe(tab)
    yield from _wider(tab, "")


def _wider(tab, how: str) -> Iterator[str]:
    if any(wide > 0 for wide in tab.evaluate(SIDEWAYS)):
        yield f"wider than the screen {how}".strip()


def _once(tab) -> Iterator[str]:
    """The keyboard, and larger letters."""
    stops = []
    for _ in range(STOPS):
        tab.keyboard.press("Tab")
        stops.append(tab.evaluate(STOP))
    content = next((n for n, stop in enumerate(stops) if stop and stop["content"]), None)
    if content is None or content >= MOST:
        yield f"no stop in the content among the first {MOST}: {[s and s['name'] for s in stops]}"
    for stop in stops:
        if stop and not stop["marked"]:
            yield f"no visible focus: {stop['name']!r}"
    for how, (width, height) in ENLARGED.items():
        tab.set_viewport_size({"width": width, "height": height})
        tab.wait_for_timeout(QUIET // 3)
        yield from _wider(tab, f"at {how}")
    width, height = SIZES["wide"]
    tab.set_viewport_size({"width": width, "height": height})


if __name__ == "__main__":
    sys.exit(main())
