"""Accessible and calm: axe in both languages and colours, a narrow screen, nothing that jumps."""

import pytest

from dashboard.parts.frame.doors import LISTED
from dashboard.wording.catalogue import LANGUAGES

CALM = 4  # looks in a row that find the same
TELEPHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1440, "height": 1000}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_axe_finds_nothing_in_either_colour_and_a_telephone_fits(reader, lang):
    """Every page in turn, as a reader goes round by the three doors."""
    dark, found = False, {}
    tab = reader().open(f"/?lang={lang}&return_to_work_support=0.5")
    for page in LISTED:
        tab.go(page, lang).turn(dark)
        assert tab.stands(page, lang)
        found[page, dark] = tab.axe()
        if lang == "nl":  # colours are the same in every language
            dark = not dark
            found[page, dark] = tab.turn(dark).axe()
        tab.tab.set_viewport_size(TELEPHONE)
        found[page, "telephone"] = [wide for wide in tab.wait().sideways() if wide]
        tab.tab.set_viewport_size(DESKTOP)
    assert not {where: what for where, what in found.items() if what}
    assert not tab.outside and not tab.errors


def test_the_answer_is_two_keys_away_and_nothing_jumps_when_a_slider_moves(reader):
    tab = reader().open("/simulator")
    tab.tab.locator(".bars").wait_for()
    tab.tab.keyboard.press("Tab")
    assert tab.tab.evaluate("document.activeElement.textContent") == "Naar het antwoord"
    tab.tab.keyboard.press("Enter")
    assert tab.tab.evaluate("document.activeElement.matches('.st-key-live')")
    tab.unfold()
    before = place(tab)
    tab.slide("Publiekscampagne", "End")
    assert place(tab) == before


def place(tab) -> float:
    """How far under the simulator the choice of section stands, once nothing changes any more."""
    where = """(([above, below]) => below - above)(['.st-key-live', '.st-key-section']
        .map((each) => document.querySelector(each).getBoundingClientRect().top))"""
    seen = [None, 0.0]
    while len(set(seen[-CALM:])) > 1 or len(seen) < CALM:
        seen.append(tab.tab.evaluate(where))
        tab.tab.wait_for_timeout(100)
    return seen[-1]
