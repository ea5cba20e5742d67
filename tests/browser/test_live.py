"""The answer follows the hand: in a drag, at rest, and when something fails."""

from __future__ import annotations

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

import models
from dashboard.visitor import engines
from dashboard.wording.catalogue import words_in
from dashboard.wording.live import live_texts, year_texts
from models.engine.run import load_levers

DRAWS = 3_000
NAME = "return_to_work_support"
LABEL = load_levers()[NAME].label_nl
SHIFTS = """new PerformanceObserver((list) => {
  for (const one of list.getEntries()) window.shifted = (window.shifted ?? 0) + one.value
}).observe({ type: "layout-shift", buffered: true })"""
TALL = "one => one.getBoundingClientRect().height"
LEVELS = ({}, {NAME: 0.5}, {"xray_share": 0.2}, {"physio_basic_package": 1.0, "opioid_share": 0.1})


def result_of(levels: dict, **more) -> models.Result:
    return models.run(levels, draws=DRAWS, **more)


def opened(tab, query: str = ""):
    return tab.open(f"/simulator?draws={DRAWS}&lang=nl&{query}")


def told(tab) -> list[BackMsg]:
    """Every message that asks for a run from now on."""
    sent = []

    def note(frame):
        message = BackMsg.FromString(frame)
        if message.WhichOneof("type") == "rerun_script":
            sent.append(message)

    tab.sockets[-1].on("framesent", note)
    return sent


@pytest.fixture
def tab(reader):
    made = reader()
    made.sockets = []
    made.tab.on("websocket", lambda socket: made.sockets.append(socket))
    made.tab.add_init_script(SHIFTS)
    return made


def test_a_drag_answers_at_every_step_tells_once_and_moves_nothing(tab):
    opened(tab).unfold()
    page, thumb = tab.tab, tab.tab.get_by_role("slider", name=LABEL)
    thumb.scroll_into_view_if_needed()
    box, answer = thumb.bounding_box(), page.locator(".sim-answer")
    at = lambda part: (box["x"] + 12 + part * (box["width"] - 24), box["y"] + box["height"] / 2)  # noqa: E731
    tall, sent, leads = answer.evaluate(TALL), told(tab), []
    page.mouse.move(*at(0))
    page.evaluate("window.shifted = 0")
    page.mouse.down()
    for step in range(1, 11):
        page.mouse.move(*at(step / 20))
        page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
        leads.append(tab.lead())
        assert answer.evaluate(TALL) == tall
    assert sent == [] and len(set(leads)) >= 4
    spoken = page.locator(".sim-spoken").text_content()
    page.mouse.up()
    page.wait_for_url(f"**{NAME}=0.5*")
    tab.wait()
    assert len(sent) == 1 and page.evaluate("window.shifted") <= 0.02
    wanted = live_texts(result_of({NAME: 0.5}), words_in("nl"))
    assert tab.lead() == wanted["lead"]
    page.locator(".sim-spoken", has_text=wanted["lead"]).wait_for(state="attached")
    assert spoken == ""
    page.locator(".sim-group").evaluate_all("all => all.forEach((one) => { one.open = false })")
    preset = page.locator(".st-key-examples button >> visible=true").first
    preset.scroll_into_view_if_needed()
    page.wait_for_timeout(600)  # folding is seen to the end
    page.evaluate("window.shifted = 0")
    preset.click()
    page.locator(".sim-moved-names", has_text="opioïd").wait_for()  # what moved is named
    tab.wait()
    assert not page.locator(".sim-group[open]").count()
    entries = page.evaluate("history.length")
    page.locator(".st-key-keep_package button >> visible=true").click()
    page.locator(".sim-kept-name >> nth=1").wait_for()  # beside the current one at once
    page.wait_for_url("**compare=**")
    payer = page.locator(".sim-payers").get_by_role("button", name="Werkgevers")
    for pressed, address in (("true", "**perspective=employers*"), ("false", "**/simulator?*")):
        payer.press("Enter")
        page.locator(f".sim-payers [aria-pressed={pressed}]", has_text="Werkgevers").wait_for()
        page.wait_for_url(address)
    tab.wait()
    assert "perspective" not in page.url and page.evaluate("history.length") == entries
    assert page.evaluate("window.shifted") <= 0.02
    assert not tab.errors and not tab.outside


@pytest.mark.parametrize("edit", [None, {"sl_share": 0.3}])
def test_what_stands_there_is_what_python_says(tab, edit):
    """Every figure of the page's own engine, by year too, for the assumptions in use."""
    query = "".join(f"a.{name}={value}" for name, value in (edit or {}).items())
    opened(tab, query)
    words = words_in("nl")
    texts = """([root, levels]) => root.connection.then(({ view }) => {
      view.set(levels)
      const alone = Object.fromEntries(
        Object.entries(view.now).map(([id, level]) => [id, view.engine.alone(id, level)]))
      const years = view.engine.run(view.now, "byYear")
      return [view.texts.all(view.engine.run(view.now), alone), Object.fromEntries(
        view.frame.years.rows.map(({ id }) => [id, view.texts.change(years.change(id))]))]
    })"""
    root = tab.tab.locator(".sim").evaluate_handle("one => one.getRootNode()")
    for levels in LEVELS:
        result = result_of(levels, set_assumptions=edit)
        said, years = tab.tab.evaluate(texts, [root, levels])
        assert said == live_texts(result, words), levels
        if edit is None:
            assert beside(tab, root, levels) == amounts(result, words), levels
        by_year = year_texts(result, words)
        assert list(years.values()) == list(by_year.values()), levels


def beside(tab, root, levels: dict) -> list[str]:
    """What stands by payer in the column of a kept package while the levers are at today."""
    kept = {"name": "kept", "label": "<b>Kept</b>", "levels": levels}
    shown = """([root, kept]) => root.connection.then(({ view }) => {
      view.set({})
      view.show("beside")
      view.compare([])
      view.compare([kept])
      return view.frame.beside.rows.slice(1).map(({ cells }) => cells[1].amount.textContent)
    })"""
    texts = tab.tab.evaluate(shown, [root, kept])
    assert tab.tab.locator(".sim-kept-name").last.inner_text() == kept["label"]
    return texts


def amounts(result, words) -> list[str]:
    """The texts by payer without their unit, which stands above the columns."""
    texts = live_texts(result, words)
    changes = result.statistics("incremental", "payer")
    return [texts[f"payer.{name}"].replace("EUR ", "").replace(" miljoen", "") for name in changes]


def test_draws_of_another_engine_are_refused_and_python_answers_on_release(tab):
    other = engines._files(result_of({}, seed=2))["first.bin"]
    tab.tab.route("**/first.bin", lambda route: route.fulfill(body=other))
    opened(tab)
    note = tab.tab.locator(".sim-made")
    assert note.get_attribute("role") == "alert" and "another engine" in note.inner_text()
    tab.unfold()
    tab.tab.get_by_role("slider", name=LABEL).press("End")
    wanted = live_texts(result_of({NAME: 1.0}), words_in("nl"))["lead"]
    tab.tab.locator(".sim-lead", has_text=wanted).wait_for()
    assert tab.wait().lead() == wanted


def test_without_the_view_there_are_plain_sliders(tab):
    tab.tab.route("**/component.js", lambda route: route.abort())
    tab.tab.goto(f"{tab.server}/simulator?draws={DRAWS}&lang=nl")
    tab.tab.get_by_text(words_in("nl")("live.plain")).wait_for()
    slider = tab.tab.get_by_role("slider", name=LABEL)
    slider.press("End")
    wanted = live_texts(result_of({NAME: 1.0}), words_in("nl"))["lead"]
    tab.tab.locator(".answer .lead", has_text=wanted).wait_for()
    tab.tab.wait_for_url(f"**{NAME}=1*")


def test_on_a_telephone_the_answer_never_leaves_the_screen(reader):
    tab = opened(reader(width=390, height=844), f"{NAME}=0.5")
    tab.unfold()
    brief = live_texts(result_of({NAME: 0.5}), words_in("nl"))["brief"]
    for _ in range(4):
        box = tab.tab.locator(".sim-answer").bounding_box()
        assert box["y"] >= 844 / 2 and box["y"] + box["height"] <= 844 and box["width"] == 390
        assert tab.tab.locator(".sim-brief", has_text=brief).is_visible()
        tab.tab.mouse.wheel(0, 1_500)
        tab.tab.wait_for_timeout(100)
    assert max(tab.sideways()) <= 0
