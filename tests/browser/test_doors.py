"""The three doors: in view everywhere, at every old address, with the state, and back."""

import pytest

from dashboard.parts.frame.doors import DOORS, LISTED, door_of
from dashboard.wording.catalogue import words_in

STATE = "xray_share=0.05&lang=en"
TELEPHONE = {"width": 390, "height": 844}


def test_every_old_address_leads_to_its_place_with_its_state(reader):
    """The nine addresses of before there were doors, and the ones since; on a telephone."""
    words, tab = words_in("en"), reader(**TELEPHONE)
    for page in (*LISTED, "overview"):
        tab.open(f"/{page}?{STATE}")
        assert tab.stands(page, "en")
        assert "xray_share=0.05" in tab.tab.url
        door = tab.tab.locator(".st-key-door-links a[aria-current=page]")
        assert door.inner_text() == words(f"door.{door_of(page)}")
        for link in tab.tab.locator(".st-key-door-links a").all():
            box = link.bounding_box()
            assert box["height"] >= 44 and box["x"] >= 0 and box["x"] + box["width"] <= 390, page
    assert not tab.errors and not tab.outside


def test_a_door_opened_in_a_new_tab_carries_the_state(reader):
    tab = reader().open(f"/simulator?{STATE}")
    link = tab.tab.get_by_role("link", name=words_in("en")("door.evidence"), exact=True)
    link.focus()
    assert link.get_attribute("href").endswith(f"/evidence?{STATE}") or (
        set(link.get_attribute("href").split("?")[1].split("&")) == set(STATE.split("&"))
    )


def test_back_undoes_one_act_and_language_is_no_act(reader):
    tab = reader().open("/simulator")
    start = tab.lead()
    tab.tab.locator(".st-key-examples button").first.click()  # sets several levers at once
    tab.tab.locator(".sim-lead", has_not_text=start).wait_for()
    tab.wait()
    tab.tab.get_by_role("radio", name="English").click()
    tab.tab.get_by_role("heading", name=words_in("en")("simulator.title")).wait_for()
    tab.wait().tab.go_back()
    tab.wait()
    assert tab.tab.url.partition("?")[2] in ("", "lang=en")
    assert tab.lead() == words_in("en")(
        "simulator.lead.nothing", whose="society", today="EUR 3.6 billion"
    )


@pytest.mark.parametrize(("locale", "title"), [("en-GB", "en"), ("nl-NL", "nl")])
def test_the_page_follows_the_browser_and_remembers_a_choice(chromium, server, locale, title):
    context = chromium.new_context(locale=locale)
    tab = context.new_page()
    tab.goto(f"{server}/simulator")
    tab.get_by_role("heading", name=words_in(title)("simulator.title"), exact=True).wait_for()
    assert tab.evaluate("document.documentElement.lang") == title
    other, name = {"nl": ("en", "English"), "en": ("nl", "Nederlands")}[title]
    tab.get_by_role("radio", name=name).click()
    tab.get_by_role("heading", name=words_in(other)("simulator.title"), exact=True).wait_for()
    tab.wait_for_function("lang => document.documentElement.lang === lang", arg=other)
    tab.goto(f"{server}/simulator")
    tab.get_by_role("heading", name=words_in(other)("simulator.title"), exact=True).wait_for()
    context.close()


def test_an_address_of_a_question_opens_it(reader):
    tab = reader().open("/evidence#works")
    tab.tab.get_by_role("heading", name=words_in("nl")("evidence.works.title")).wait_for()
    asked = tab.tab.locator(".stColumn:not(:has(.st-key-contents-list)) .stHeading h2")
    assert "question=works" in tab.tab.url and asked.count() == 1


def test_a_page_that_turns_dark_is_no_fault_of_the_reader(reader):
    tab = reader().open("/method")
    for dark in (True, False):
        assert tab.turn(dark).tab.locator(".st-key-notices").count() == 0


def test_every_page_stands_behind_one_door():
    assert len(LISTED) == len(set(LISTED)) and [door_of(door) for door in DOORS] == list(DOORS)


def test_a_page_prints_whole_and_without_what_cannot_be_pressed(reader):
    """On a sheet of A4 with margins of 12 mm: 703 pixels."""
    tab = reader().open("/?return_to_work_support=0.5")
    for page in ("overview", "simulator", "evidence", "measures"):
        tab.tab.set_viewport_size({"width": 1440, "height": 1000})
        tab.tab.emulate_media(media="screen")
        tab.go(page)
        tab.tab.emulate_media(media="print")
        tab.tab.set_viewport_size({"width": 703, "height": 1000})
        for hidden in (".st-key-door-links", ".st-key-language", ".stDownloadButton", ".stButton"):
            for each in tab.tab.locator(hidden).all():
                assert not each.is_visible(), (page, hidden)
        cut = tab.tab.evaluate(
            """() => [...document.querySelectorAll("h1, h2, p, table, .js-plotly-plot")]
              .filter((each) => each.getClientRects().length && !each.closest(".stCode"))
              .filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
              .map((each) => each.outerHTML.slice(0, 120))"""
        )
        assert not cut, page
        whole = "document.querySelector('[data-testid=stMain]')"
        assert tab.tab.evaluate(f"{whole}.scrollHeight - {whole}.clientHeight") <= 1, page
