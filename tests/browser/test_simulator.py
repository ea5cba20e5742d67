"""A reader moves sliders, shares links and comes back, in a real browser."""

import pytest

import models
from dashboard.address.link import HASH
from dashboard.wording.catalogue import words_in
from dashboard.wording.numbers import number

SLIDERS = {
    "nl": ("Hulp bij terugkeer naar werk", "bespaart de samenleving waarschijnlijk geld"),
    "en": ("Return-to-work support", "probably saves society money"),
}


@pytest.mark.parametrize("lang", SLIDERS)
def test_a_slider_changes_the_answer_and_the_link(reader, lang):
    label, verb = SLIDERS[lang]
    tab = reader().open(f"/simulator?lang={lang}")
    total = models.run().headline["base_case_total"]["mean"] / 1e9
    assert number(total, lang, 1) in tab.lead()
    tab.slide(label, "ArrowRight", times=10)
    assert verb in tab.lead()
    assert "return_to_work_support=0.5" in tab.tab.url
    assert tab.tab.evaluate("document.documentElement.lang") == lang
    assert not tab.outside and not tab.errors


def shows(tab, level: str) -> None:
    """The slider of the MRI reads this out."""
    tab.unfold()
    thumb = tab.tab.get_by_role("slider", name="MRI").and_(
        tab.tab.locator(f'[aria-valuetext^="{level};"]')
    )
    thumb.wait_for(state="attached", timeout=5_000)


def test_numbers_on_sliders_are_in_the_language_of_the_page(reader):
    for lang, said in (("nl", "1,8%"), ("en", "1.8%")):
        tab = reader().open(f"/simulator?lang={lang}")
        shows(tab, said)


def test_a_link_restores_everything(reader):
    tab = reader().open("/simulator")
    tab.slide(SLIDERS["nl"][0], "End")
    tab.tab.get_by_text(words_in("nl")("options.title"), exact=True).click()
    tab.choose("Waarde van verloren werk", "Tot er vervanging is (frictiekosten)")
    tab.tab.wait_for_url("**valuation=friction**")
    tab.wait()
    said, address = tab.lead(), tab.tab.url
    other = reader()
    other.tab.goto(address)
    assert other.wait().lead() == said
    assert "valuation=friction" in other.tab.url


def test_after_some_moves_the_page_reads_as_its_link_opens_it(reader):
    tab = reader().open("/simulator?xray_share=0.05")
    for label, key in (("Publiekscampagne", "End"), (SLIDERS["nl"][0], "End")):
        tab.slide(label, key)
    shown = tab.tab.get_by_test_id("stMain").inner_text()
    other = reader()
    other.tab.goto(tab.tab.url)
    other.tab.wait_for_function(  # its parts come one after the other
        "text => document.querySelector('[data-testid=stMain]')?.innerText === text", arg=shown
    )
    assert not tab.errors and not other.errors


def test_pages_keep_the_levers(reader):
    tab = reader().open("/simulator?public_campaign=1&anchor=none")
    said = tab.lead()
    tab.go("overview")
    assert "public_campaign=1" in tab.tab.url and "anchor=none" in tab.tab.url
    assert tab.go("simulator").lead() == said


def test_language_is_changed_in_the_page(reader):
    tab = reader().open("/simulator?mri_share=0.005")
    tab.tab.get_by_role("radio", name="English").click()
    tab.tab.get_by_role("heading", name="What if we did it differently?").wait_for()
    tab.wait()
    assert "lang=en" in tab.tab.url and "mri_share=0.005" in tab.tab.url
    assert tab.tab.evaluate("document.documentElement.lang") == "en"
    shows(tab, "0.5%")


@pytest.mark.parametrize(
    "query",
    [
        "xray_share=0.055",
        "xray_share=%3Cimg%20src=x%20onerror=alert(1)%3E",
        "&".join(f"a{i}=1" for i in range(300)),
        "xray_share=" + "9" * 9000,
    ],
)
def test_a_hostile_link_gives_today_and_says_so(reader, query):
    tab = reader().open(f"/simulator?{query}")
    assert tab.lead().startswith("Vandaag kost rugpijn de samenleving EUR 3,6 miljard")
    assert tab.tab.get_by_text("Een deel van deze link kon niet worden gebruikt.").is_visible()
    assert not tab.outside and not tab.errors


def test_an_unknown_tracker_is_ignored(reader):
    tab = reader().open("/simulator?utm_source=x&fbclid=y")
    assert tab.tab.get_by_text("Een deel van deze link").count() == 0


def test_edited_assumptions_stay_in_the_link_and_come_back(reader):
    tab = reader().open("/simulator?a.sl_share=0.3:0.1:0.5&lang=en")
    tab.slide(SLIDERS["en"][0], "End")
    said, address = tab.lead(), tab.tab.url
    assert "a.sl_share=0.3" in address and "return_to_work_support=1" in address
    other = reader()
    other.tab.goto(address)
    assert other.wait().lead() == said
    other.tab.get_by_role("button", name="Back to the published assumptions").click()
    other.tab.wait_for_function("() => !location.search.includes('a.sl_share')")
    other.wait()
    published = models.load_assumptions().hash[:HASH]
    other.tab.get_by_text(f"Assumptions {published}").last.wait_for()


def test_whose_money_counts_is_chosen_and_stays_in_the_link(reader):
    tab = reader().open("/simulator?physio_basic_package=1")
    tab.tab.get_by_role("radio", name="Basisverzekering").click()
    tab.tab.wait_for_url("**perspective=basic_insurance**")
    tab.wait().tab.locator(".answer .lead", has_text="kost de basisverzekering EUR").wait_for()
    tab.tab.get_by_role("link", name="Vergelijken").click()
    tab.tab.get_by_role("heading", name="Pakketten naast elkaar").wait_for()
    assert "perspective=basic_insurance" in tab.wait().tab.url
    assert not tab.outside and not tab.errors


def test_the_shared_link_is_the_whole_answer(reader):
    tab = reader().open("/simulator?return_to_work_support=0.5&valuation=friction")
    tab.tab.get_by_role("button", name="Delen en narekenen").click()
    link = tab.tab.locator("[data-testid=stCode]").first.inner_text().replace("\n", "")
    assert "schema=1" in link and "assumptions=" in link
    other = reader()
    other.tab.goto(tab.server + link[link.index("/simulator") :])
    assert other.wait().lead() == tab.lead()


def test_a_policy_is_put_back_and_undone(reader):
    tab = reader().open("/simulator?public_campaign=1")
    said = tab.lead()
    tab.slide("Publiekscampagne", "Home")
    tab.tab.wait_for_function("() => !location.search.includes('public_campaign')")
    assert tab.wait().lead().startswith("Vandaag")
    tab.tab.locator(".st-key-undo_here button").click()
    tab.tab.wait_for_url("**public_campaign=1**")
    assert tab.wait().lead() == said


def test_a_kept_package_travels_in_the_link_of_the_comparison(reader):
    tab = reader().open("/compare?xray_share=0.05")
    tab.tab.get_by_role("button", name="Bewaar mijn pakket").click()
    tab.tab.wait_for_url("**compare=**")
    address = tab.wait().tab.url
    other = reader()
    other.tab.goto(address)
    other.wait()
    other.tab.locator(
        ".multiples h2", has_text="Patiënten die een röntgenfoto krijgen 5%"
    ).wait_for()
    assert not other.errors


def test_rows_are_cards_and_no_button_is_cut_off_on_a_telephone(reader):
    tab = reader(width=390, height=844).open("/simulator?return_to_work_support=0.5")
    tab.tab.locator(".stack").first.wait_for()
    for some in (".stack", ".stMain .stButton *"):
        cut = tab.tab.evaluate(
            """some => [...document.querySelectorAll(some)].filter((each) => each.clientWidth)
              .map((each) => each.scrollWidth - each.clientWidth)""",
            some,
        )
        assert cut and max(cut) <= 0, some
