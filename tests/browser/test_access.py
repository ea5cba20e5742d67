"""Accessible and calm: axe in both languages and themes, a narrow screen, names for everything."""

from pathlib import Path

import pytest

PAGES = sorted(p.stem for p in (Path(__file__).parents[2] / "dashboard" / "pages").glob("*.py"))
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_nothing(reader, page, lang, dark):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is missing")
    tab = reader(dark=dark).open(f"/{page}?lang={lang}&return_to_work_support=0.5")
    options = {"runOnly": {"type": "tag", "values": RULES}}
    found = axe.Axe().run(tab.tab, options=options).response["violations"]
    assert not [
        f"{v['id']}: {node['target']} {node['failureSummary']}"
        for v in found
        for node in v["nodes"]
    ]
    assert not tab.outside and not tab.errors


@pytest.mark.parametrize("page", PAGES)
def test_a_telephone_does_not_scroll_sideways(reader, page):
    tab = reader(width=390, height=844).open(f"/{page}?return_to_work_support=0.5")
    wide = tab.tab.evaluate(
        "[document.documentElement, document.querySelector('[data-testid=stMain]')]"
        ".map(e => e.scrollWidth - e.clientWidth)"
    )
    assert wide == [0, 0]


def test_nothing_jumps_when_a_slider_moves(reader):
    tab = reader().open("/simulator")
    place = "document.querySelector('[role=tablist]').getBoundingClientRect().top"
    tab.tab.locator(".bars").wait_for()
    before = tab.tab.evaluate(place)
    tab.slide("Publiekscampagne", "End")
    assert tab.tab.evaluate(place) == before
