"""What drives the answer, by real clicks: every tab, accessible, and a budget that sets sliders."""

import pytest

from dashboard.wording.catalogue import words_in

TABS = ("doubt", "swing", "knowing", "best")
LEVELS = "return_to_work_support=0.5&draws=1000"


def opened(reader, tab: str, lang: str = "nl", **options):
    return turn_to(reader(**options).open(f"/drivers?lang={lang}&{LEVELS}"), tab, lang)


def turn_to(found, tab: str, lang: str):
    found.tab.get_by_role("tab", name=words_in(lang)(f"drivers.tab.{tab}")).click()
    found.tab.wait_for_selector("[role=tabpanel]:not([hidden]) .js-plotly-plot", timeout=60_000)
    return found.wait()


@pytest.mark.parametrize(("lang", "dark"), [("nl", False), ("en", True)], ids=["nl", "en"])
def test_every_tab_is_accessible_and_fits_a_telephone(reader, lang, dark):
    found = opened(reader, TABS[0], lang, dark=dark, width=390, height=844)
    for tab in TABS:
        turn_to(found, tab, lang)
        assert found.axe() == [], tab
        assert found.sideways() == [0, 0], tab
    assert not found.outside and not found.errors


def test_the_best_package_sets_the_sliders(reader):
    found = opened(reader, "best")
    words = words_in("nl")
    box = found.tab.get_by_role("spinbutton", name=words("drivers.budget.label"))
    box.fill("-100")
    box.press("Enter")
    found.tab.get_by_text("EUR −100 miljoen erbij").first.wait_for(timeout=30_000)
    found.wait().tab.get_by_role("button", name=words("drivers.budget.load")).click()
    found.tab.wait_for_url("**walking_programme=0.4**", timeout=30_000)
    found.wait()
    assert "return_to_work_support=1" in found.tab.url
    assert not found.errors
