"""Accessible and calm: axe in both languages and colours, a narrow screen, nothing that jumps."""

from pathlib import Path

import pytest

PAGES = sorted(p.stem for p in (Path(__file__).parents[2] / "dashboard" / "pages").glob("*.py"))
TELEPHONE = {"width": 390, "height": 844}


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_nothing_in_either_colour_and_a_telephone_fits(reader, page, lang):
    tab = reader().open(f"/{page}?lang={lang}&return_to_work_support=0.5")
    assert tab.axe() == []
    if lang == "nl":  # colours are the same in every language
        assert tab.turn(dark=True).axe() == []
    tab.tab.set_viewport_size(TELEPHONE)
    assert tab.wait().sideways() == [0, 0]
    assert not tab.outside and not tab.errors


def test_nothing_jumps_when_a_slider_moves(reader):
    tab = reader().open("/simulator")
    place = "document.querySelector('.st-key-section').getBoundingClientRect().top"
    tab.tab.locator(".bars").wait_for()
    tab.tab.evaluate("document.fonts.ready")  # buttons wrap otherwise in another letter
    before = tab.tab.evaluate(place)
    tab.slide("Publiekscampagne", "End")
    assert tab.tab.evaluate(place) == before
