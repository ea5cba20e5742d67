"""Five hostile readers of one file: from disk, in a frame, offline, without scripts, on paper."""

from __future__ import annotations

import gzip

import pytest

import models
from benchmarks.live.article import article, newspaper
from dashboard.documents.embed import embed_code
from dashboard.documents.simulator import policy, simulator_html
from dashboard.languages import LANGUAGES
from dashboard.wording.catalogue import words_in
from dashboard.wording.live import live_texts
from dashboard.wording.sentences import package

PACKAGE = models.run(scenario="article_proposals", draws=300)
SAID = ("lead", "range", "verdict", "who")
MOVING = """[...document.querySelectorAll("body *")].map((each) => getComputedStyle(each)).filter(
  (style) => style.transitionDuration !== "0s" || style.animationName !== "none").length"""
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("readers")
    for lang in LANGUAGES:
        (folder / f"{lang}.html").write_text(simulator_html(PACKAGE, words_in(lang)), "utf-8")
    return folder


@pytest.fixture
def opened(chromium):
    """Opens an address in a context of its own and notes requests, errors and refusals."""
    contexts = []

    def open_page(address: str, **kind):
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}} | kind)
        contexts.append(context)
        page = context.new_page()
        page.noted = []
        page.on("pageerror", lambda error: page.noted.append(str(error)))
        page.on("console", lambda message: page.noted.append(message.text))
        page.on("request", lambda request: page.noted.append(request.url))
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()


def test_from_disk_and_offline_it_answers_and_starts_with_a_package(files, opened):
    path = (files / "nl.html").as_uri()
    page = opened(path, offline=True)
    page.wait_for_function("() => window.simulator")
    assert page.noted == [path], "the file itself, and nothing else"
    words = words_in("nl")
    page.get_by_role("button", name=words("live.preset_today"), exact=True).click()
    assert page.evaluate("simulator.levels()") == {}
    scenario = models.load_scenarios()["article_proposals"]
    page.get_by_role("button", name=words.of(scenario), exact=True).click()
    assert page.evaluate("simulator.levels()") == PACKAGE.levels
    assert live_texts(PACKAGE, words)["lead"] in page.locator("main").inner_text()
    assert page.evaluate("document.fonts.check('16px \"Rug Sans\"')")
    assert page.evaluate(MOVING) > 0
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(MOVING) == 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_scripts_it_says_the_answer(lang, files, opened):
    page = opened((files / f"{lang}.html").as_uri(), java_script_enabled=False)
    wanted, seen = live_texts(PACKAGE, words_in(lang)), page.locator("main").inner_text()
    for text in (*(wanted[name] for name in SAID), package(PACKAGE, words_in(lang))):
        assert text in seen
    assert page.locator(".sim-still svg rect.sim-save").count() >= 1


def test_in_a_locked_frame_of_a_strict_article_it_answers_and_tells_its_height(files, opened):
    """The article allows frames of its own site and one script; the file its own two hashes."""
    text = (files / "nl.html").read_text("utf-8")
    around, rules = article()
    script, style = (
        text.rpartition(f"<{name}>")[2].partition(f"</{name}>")[0] for name in ("script", "style")
    )
    served = {
        "/": (gzip.compress(around.encode()), rules),
        "/simulator.html": (gzip.compress(text.encode()), policy(script, style)),
    }
    with newspaper(served) as (address, sent):
        page = opened(address)
        page.locator("iframe").scroll_into_view_if_needed()
        inside = page.frame_locator("iframe")
        inside.locator(".sim:not(.sim-still) .sim-lead").wait_for()
        assert live_texts(PACKAGE, words_in("nl"))["lead"] in inside.locator("main").inner_text()
        high = inside.locator("html").evaluate("e => e.getBoundingClientRect().height")
        for _ in range(100):
            if abs(page.locator("iframe").bounding_box()["height"] - high) < 2:
                break
            page.wait_for_timeout(50)
        assert abs(page.locator("iframe").bounding_box()["height"] - high) < 2
        assert set(sent) <= {*served, "/favicon.ico"}
        refused = [said for said in page.noted if "Content Security Policy" in said]
        assert not refused
        inside.locator("summary").first.click()
        inside.locator("input[type=range]").first.press("End")
        assert inside.get_by_role("alert").count() == 0


def test_on_paper_it_has_the_answer_and_the_levers_that_were_moved(files, opened):
    page = opened((files / "en.html").as_uri())
    page.wait_for_function("() => window.simulator")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = false })")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 718, "height": 1047})  # A4 within margins of a centimetre
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    wanted, seen = live_texts(PACKAGE, words_in("en")), page.locator("main").inner_text()
    assert all(wanted[name] in seen for name in SAID)
    for name, lever in PACKAGE.levers.items():
        row = page.locator(".sim-lever", has=page.locator(f"#sim-{name}"))
        assert row.is_visible() == (name in PACKAGE.levels), lever.label_en
    assert not page.locator(".sim-tabs").is_visible()
    paper = page.pdf(format="A4")
    assert paper.startswith(b"%PDF-") and 1 <= paper.count(b"/Type /Page\n") <= 3


@pytest.mark.parametrize("width", (1280, 390))
@pytest.mark.parametrize("colours", ("light", "dark"))
def test_axe_finds_nothing_and_nothing_scrolls_sideways(colours, width, files, chromium):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is missing")
    context = chromium.new_context(
        viewport={"width": width, "height": 844}, color_scheme=colours, bypass_csp=True
    )
    page = context.new_page()
    page.goto((files / "nl.html").as_uri())
    page.wait_for_function("() => window.simulator")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    for tab in ("payers", "items", "certainty", "health"):
        page.evaluate(f"window.simulator.show('{tab}')")
        found = axe.Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_the_embed_code_names_the_file_and_holds_no_markup_of_a_name():
    code = embed_code('a"><script>.html', "en")
    assert code.startswith('<iframe src="a&#34;&gt;&lt;script&gt;.html"')
    assert 'sandbox="allow-scripts"' in code and code.count("<script>") == 1
