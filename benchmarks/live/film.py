"""A film strip of one drag: python -m benchmarks.live.film FOLDER [ADDRESS]

Pictures of the simulator on a desktop and on a telephone while a hand is on one lever, and after it
has let go: desktop_1.png and so on. ADDRESS is a page of the app; without one the file is filmed.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.browser import chromium
from benchmarks.live.file import KNOB, PATIENCE, made
from dashboard.documents.simulator import DRAWS

LEVER = "#sim-return_to_work_support"  # the lever that moves most money
SCREENS = {"desktop": (1280, 900), "telephone": (390, 844)}
STOPS = (0.0, 0.1, 0.25, 0.5, 0.75, 0.95)  # of the track
REST = 1_200  # ms after the release until the spoken answer and the page stand


def film(folder: Path, address: str) -> list[Path]:
    """Write the pictures; their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    pictures = []
    with chromium() as browser:
        for name, (width, height) in SCREENS.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(address)
            grip = page.locator(LEVER)
            grip.wait_for(state="attached", timeout=PATIENCE)
            page.wait_for_timeout(REST)
            if not grip.is_visible():
                page.locator("summary", has=page.locator(f"xpath=..//*[@id='{LEVER[1:]}']")).click()
            grip.evaluate("e => e.closest('.sim-lever').scrollIntoView({block: 'center'})")
            box = grip.bounding_box()
            left, wide = box["x"] + KNOB, box["width"] - 2 * KNOB
            middle = box["y"] + box["height"] / 2

            def shot(number, name=name, page=page):
                path = folder / f"{name}_{number}.png"
                page.screenshot(path=path)
                pictures.append(path)

            page.mouse.move(left, middle)
            page.mouse.down()
            for number, stop in enumerate(STOPS, 1):
                page.mouse.move(left + stop * wide, middle, steps=6)
                page.wait_for_timeout(60)
                shot(number)
            page.mouse.up()
            page.wait_for_timeout(REST)
            shot(len(STOPS) + 1)
            page.close()
    return pictures


def main(arguments: list[str]) -> int:
    """0 when the pictures are there, 2 for another call."""
    if len(arguments) not in (1, 2):
        print(__doc__.strip(), file=sys.stderr)
        return 2
    with TemporaryDirectory() as temporary:
        address = arguments[1] if arguments[1:] else made(temporary, DRAWS).as_uri()
        print("\n".join(str(path) for path in film(Path(arguments[0]), address)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
