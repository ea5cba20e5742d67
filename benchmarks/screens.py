"""Screens of every page, to look at: `python -m benchmarks.screens --out DIR [PAGE ...]`.

Two languages, two widths, light and dark: one picture of the whole page each, and a contact sheet
a page with all eight beside one another (PAGE.png), cut where it would be longer than LONGEST.
"""

from __future__ import annotations

import argparse
import sys
from io import BytesIO
from itertools import product
from pathlib import Path

from PIL import Image

from benchmarks.browser import chromium, server
from benchmarks.contest import Missing, progress
from dashboard.languages import LANGUAGES
from dashboard.parts.frame.doors import LISTED

SIZES = {"wide": (1440, 900), "narrow": (390, 844)}
SCHEMES = ("light", "dark")
LONGEST = 4_000  # pixels of a page that are kept
PAPER, EDGE = "#777777", 16  # round the pictures of a contact sheet
SCALE = 0.5  # of a contact sheet
AT_REST = "[data-testid=stApp][data-test-script-state=notRunning]"
PATIENCE, QUIET = 60_000, 1_500  # ms: for a page, and for what it draws after its script
HEIGHT = "document.querySelector('[data-testid=stMain]').scrollHeight"


def main(arguments: list[str] | None = None) -> int:
    """Store the screens; 0 when all are there, 1 where there is no browser."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.screens", description=__doc__)
    parser.add_argument("pages", nargs="*", metavar="PAGE", help="default: all")
    parser.add_argument("--out", type=Path, default=Path("out/screens"), metavar="DIR")
    parser.add_argument("--query", default="", help="a package or option, as in the address")
    args = parser.parse_args(arguments)
    unknown = [page for page in args.pages if page not in LISTED]
    if unknown:
        parser.error(f"unknown page {unknown[0]!r}; choose from: {', '.join(LISTED)}")
    args.out.mkdir(parents=True, exist_ok=True)
    pages = args.pages or list(LISTED)
    try:
        with chromium() as browser, server("streamlit_app.py") as (address, _):
            pictures_by_page = {page: {} for page in pages}
            for view in product(LANGUAGES, SIZES, SCHEMES):
                for page, picture in _taken(browser, address, pages, view, args.query):
                    pictures_by_page[page][view] = picture
                    picture.save(args.out / f"{page}_{'_'.join(view)}.png")
    except Missing as reason:
        print(f"no screens: {reason}", file=sys.stderr)
        return 1
    for page, pictures in pictures_by_page.items():
        contact_sheet(list(pictures.values())).save(args.out / f"{page}.png")
    print(f"{len(pages)} contact sheets in {args.out}")
    return 0


def _taken(browser, address: str, pages: list[str], view: tuple, query: str):
    """Each page as it stands in this language, width and colour."""
    lang, size, scheme = view
    width, height = SIZES[size]
    tab = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
    for page in pages:
        progress(f"{page} {lang} {size} {scheme}")
        tab.set_viewport_size({"width": width, "height": height})
        tab.goto(f"{address}/{page}?lang={lang}{query and '&' + query}")
        tab.wait_for_selector("[data-testid=stMain] h1", timeout=PATIENCE)
        tab.wait_for_selector(AT_REST, timeout=PATIENCE)
        tab.wait_for_timeout(QUIET)
        whole = min(max(int(tab.evaluate(HEIGHT)), height), LONGEST)
        tab.set_viewport_size({"width": width, "height": whole})
        tab.wait_for_timeout(QUIET // 3)
        yield page, Image.open(BytesIO(tab.screenshot())).convert("RGB")
    tab.close()


def contact_sheet(pictures: list[Image.Image]) -> Image.Image:
    """The pictures beside one another from the same top, at SCALE."""
    small = [
        picture.resize(
            (round(picture.width * SCALE), round(picture.height * SCALE)), Image.Resampling.LANCZOS
        )
        for picture in pictures
    ]
    width = sum(picture.width + EDGE for picture in small) + EDGE
    sheet = Image.new("RGB", (width, max(picture.height for picture in small) + 2 * EDGE), PAPER)
    left = EDGE
    for picture in small:
        sheet.paste(picture, (left, EDGE))
        left += picture.width + EDGE
    return sheet


if __name__ == "__main__":
    sys.exit(main())
