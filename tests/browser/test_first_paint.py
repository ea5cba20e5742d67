"""What stands before the page does: the answer and the squares at once, and nothing that jumps."""

import json
import re
import urllib.request

import pytest

import models
from dashboard.server import first_paint
from dashboard.wording import sentences
from dashboard.wording.catalogue import words_in

SHIFTS = """window.shifted = 0; window.moved = []; window.seen = []
new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
  if (!entry.hadRecentInput) window.shifted += entry.value
  entry.sources.map(({node}) => node?.nodeType === 3 ? node.parentElement : node)
    .filter((node) => node?.closest("#first-paint"))
    .forEach((node) => window.moved.push(node.outerHTML.slice(0, 120)))
})).observe({type: "layout-shift", buffered: true})
new MutationObserver(() => {  // what Streamlit shows of itself before its time
  for (const each of document.querySelectorAll("#first-paint ~ #root *"))
    if (getComputedStyle(each).visibility !== "hidden")
      window.seen.push(each.outerHTML.slice(0, 120))
}).observe(document, {childList: true, subtree: true})"""
MOST = 0.02  # of a layout shift, as the browser scores it


def shell(server: str, path: str, **headers: str) -> str:
    asked = urllib.request.Request(server + path, headers=headers)
    with urllib.request.urlopen(asked) as answer:
        assert answer.headers["Vary"] and "Accept-Language" in answer.headers["Vary"]
        return answer.read().decode()


@pytest.fixture(scope="module")
def ready(server) -> str:
    """The server, once it has worked its first paint out."""
    import time

    end = time.monotonic() + 60
    while 'id="first-simulator"' not in shell(server, "/simulator"):
        assert time.monotonic() < end, "no first paint"
        time.sleep(0.2)
    return server


@pytest.mark.parametrize(("lang", "accepted"), [("nl", "nl-NL"), ("en", "en-GB,en;q=0.9")])
def test_the_shell_says_the_answer_and_draws_it(ready, lang, accepted):
    html, words = shell(ready, "/?xray_share=0.05", **{"Accept-Language": accepted}), words_in(lang)
    assert f'<html lang="{lang}">' in html
    assert words.raw("overview.lead").partition("{")[0] in html and html.count("<svg") == 1
    assert 'href="simulator?xray_share=0.05"' in html  # the doors carry the state


def test_what_is_not_today_as_published_shows_the_doors_only(ready):
    for path in ("/?a.sl_share=0.4", "/?anchor=none", "/method", "/simulator?seed=no"):
        html = shell(ready, path)
        assert 'id="first-paint"' in html and "<svg" not in html, path
        assert "first-simulator" not in html
    for path in ("/nope", "/_stcore/health"):
        asked = urllib.request.urlopen(ready + path)
        assert b'id="first-paint"' not in asked.read()


def test_the_simulator_stands_with_the_options_and_edits_of_its_link(ready):
    """The engine's address is that of these options and edits, and its words those of their run."""
    engine = re.compile(r'id="first-simulator" data-engine="(\w+)"')
    addresses = set()
    for query in ("", "?draws=1000&seed=2", "?draws=1000&a.price_gp=60&xray_share=0.05"):
        html = shell(ready, f"/simulator{query}", **{"Accept-Language": "en"})
        addresses.add(engine.search(html)[1])
    assert len(addresses) == 3
    with urllib.request.urlopen(f"{ready}/live/{engine.search(html)[1]}/en.json") as answer:
        told = json.load(answer)["told"]["texts"]
    wanted = models.run(draws=1_000, set_assumptions={"price_gp": 60})
    assert told["lead"] == sentences.simulator_answer(wanted, words_in("en"))[0]


def test_a_hostile_query_stays_text(ready):
    html = shell(ready, "/?utm_source=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in html


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_the_page_takes_its_place_without_a_jump(chromium, ready, width, height):
    """Nothing of the shell moves while it stands, and nothing of the page shows through it."""
    context = chromium.new_context(viewport={"width": width, "height": height}, locale="nl-NL")
    tab = context.new_page()
    tab.add_init_script(SHIFTS)
    tab.goto(ready + "/", wait_until="commit")
    before = tab.locator("#first-paint h1").inner_text()
    tab.locator("#first-paint label").nth(1).click()  # a reader need not wait
    tab.locator("#first-paint").wait_for(state="detached", timeout=40_000)
    assert tab.locator("[data-testid=stMain] h1").inner_text() == before
    assert tab.locator(".field input[value=payer]").is_checked()
    tab.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    assert tab.evaluate("window.moved") == tab.evaluate("window.seen") == []
    assert tab.evaluate("window.shifted") <= MOST
    context.close()


def test_the_simulator_is_live_before_the_page_and_goes_on_where_a_hand_was(chromium, ready):
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="nl-NL")
    tab = context.new_page()
    tab.add_init_script(SHIFTS)
    waiting = []  # Streamlit does not begin before this is let through
    tab.route("**/_stcore/health", lambda route: waiting.append(route))
    tab.goto(f"{ready}/simulator?physio_basic_package=1", wait_until="commit")
    shown = tab.locator("#first-simulator")
    lead = shown.locator(".sim-lead")
    lead.filter(has_text="EUR").wait_for(timeout=20_000)
    before = lead.inner_text()
    slider = shown.locator("input[type=range]").nth(2)
    shown.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true })")
    slider.focus()
    slider.press("End")
    tab.wait_for_function("b => document.querySelector('.sim-lead').innerText !== b", arg=before)
    id, after = slider.get_attribute("id"), lead.inner_text()
    tab.unroute("**/_stcore/health")
    tab.locator("#first-paint").wait_for(state="detached", timeout=40_000)
    assert tab.locator(".sim-lead").inner_text() == after
    assert tab.locator(f"#{id}").input_value() == tab.locator(f"#{id}").get_attribute("max")
    tab.wait_for_url(lambda url: id.removeprefix("sim-") in url and "physio_basic_package" in url)
    assert tab.evaluate("window.seen") == []
    context.close()


def test_texts_that_are_broken_leave_the_shell_alone(monkeypatch):
    from dashboard.server import html_shell

    def broken(*_):
        raise KeyError("door.menu")

    monkeypatch.setattr(first_paint, "html", broken)
    scope = {"path": "/", "query_string": b""}
    assert html_shell.painted(b'<div id="root"></div>', scope, "nl") == b'<div id="root"></div>'
