"""Forged messages to a real server: named on the page, no other number, nobody else touched."""

from __future__ import annotations

import json
import math
import re

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks.visitor import Page, Visitor
from dashboard.parts.frame import options
from tests.server.widget_state import widget_state
from tests.support.loops import finished

PACKAGE = "public_campaign=1&xray_share=0.05"
LEAKED = re.compile(r"Traceback|site-packages|\.py\"|/home/|streamlit_app")


def told(asked: dict | None = None, **levels) -> dict:
    """What the simulator tells when a hand lets go, and what it asks beside that."""
    message = {"levels": levels, "n": 1, "live": ""} | (asked or {})
    return {"json_value": json.dumps({"told": message})}


FORGED = [  # key of the widget, what it is said to hold; a lever is named where its level is wrong
    *(("xray_share", told(public_campaign=0.5, xray_share=x)) for x in (-0.01, 0.21, 0.055)),
    *(("xray_share", told(xray_share=x)) for x in (0.0500001, 1e11)),
    *(("pain_rehabilitation", told(pain_rehabilitation=x)) for x in (30_500.0, 250.0, 0.5)),
    *(
        (name, told(**{name: 1}))
        for name in ("no_such_lever", "lang", "draws", "<b>x</b>", "__class__")
    ),
    *(("live", told(xray_share=x)) for x in (math.nan, math.inf, 1e308, "0.05", None, [0.05])),
    *(
        (name, told({field: "everybody"}, public_campaign=1, xray_share=0.05))
        for name, field in (("perspective", "perspective"), ("compare", "drop"))
    ),
    *(("live", {"json_value": text}) for text in ("{", "[" * 100_000, "x" * 1_000_000)),
    *(("live", {kind: 1}) for kind in ("int_value", "bool_value", "double_value")),
    *(("valuation", {"string_value": x}) for x in ("friction", "", "x" * 100_000, "\u202e<b>")),
    *(("anchor", {kind: 99}) for kind in ("int_value", "double_value")),
    *(("years", {"double_value": x}) for x in (0.0, 11.0, 2.5, -1.0, math.nan, math.inf)),
    *(("draws", {"double_value": x}) for x in (1.0, 1e9, 1_000.5)),
    ("seed", {"double_value": -1.0}),
    *(("presenteeism", {kind: 1}) for kind in ("int_value", "double_value")),
    ("presenteeism", {"string_value": "true"}),
    ("lang", {"string_array_value": ["xx"]}),
    ("whose", {"string_array_value": ["everybody"]}),
    ("whose", {"int_array_value": [1]}),
    ("section", {"int_value": 4}),
    ("package_back_to_work", {"string_value": "x"}),
    ("document", {"json_value": "[" * 100_000}),
]
HARMLESS = [  # names that are no widget, and a tab that is not there: nothing comes of them
    *((key, {"string_value": "x"}) for key in ("notices", "own_assumptions", "edits", "refused")),
    ("section", {"string_value": "no such tab"}),
]


def forged(visitor: Visitor, key: str, given: dict) -> WidgetState:
    widget = visitor.page.widget("live" if "told" in given.get("json_value", "") else key)
    return widget_state(widget.id if widget else f"$$ID-0-{key}", given)


def fine(page: Page) -> bool:
    return not page.broken and not page.script_error and not LEAKED.search(page.written)


@pytest.fixture(scope="module")
def answers(server):
    """Every forged value by one visitor, while another looks on."""

    async def forge():
        seen = {}
        async with Visitor(server) as innocent, Visitor(server) as visitor:
            before = (await innocent.open(PACKAGE, "simulator")).lead
            assert (await visitor.open(PACKAGE, "simulator")).lead == before
            assert (await visitor.set(**{options.KEY: True})).lead == before
            for number, (key, given) in enumerate(FORGED + HARMLESS):
                page = await visitor.run(forged(visitor, key, given))
                seen[number] = page, before
                if page.texts:
                    page = await visitor.press("close_notices")
                assert page.lead == before
            after = await innocent.run()
            assert after.lead == before and not after.texts and fine(after)
        return seen

    return finished(forge())


@pytest.mark.parametrize("number", range(len(FORGED)))
def test_a_forged_value_is_named_and_changes_no_number_silently(answers, number):
    page, before = answers[number]
    key, _ = FORGED[number]
    assert fine(page)
    assert len(page.texts) == 1 and page.texts[0].startswith(f"{key}: ")
    assert page.lead == before and page.levels == {"public_campaign": 1, "xray_share": 0.05}


@pytest.mark.parametrize("number", range(len(FORGED), len(FORGED) + len(HARMLESS)))
def test_a_name_that_is_none_changes_nothing(answers, number):
    page, before = answers[number]
    assert fine(page) and page.lead == before


def test_a_form_is_not_sent_with_a_field_that_was_refused(server):
    async def submit():
        async with Visitor(server) as visitor:
            await visitor.open("assumption=sl_share", "assumptions")
            texts = {"base": "0,3", "low": "0,1", "high": "0,5", "reason": "x" * 3_000}
            states = [visitor.state(f"wb-{name}-sl_share", text) for name, text in texts.items()]
            return await visitor.run(*states, visitor.state("wb-now-sl_share", True))

    page = finished(submit())
    assert fine(page) and page.texts[0].startswith("wb-reason-sl_share: ")
    assert not any("eigen aannames" in text for text in page.texts)


MARKUP = "![x](http://evil.example/x.png) $x$ :red[x] <img src=//evil.example/y.png>"


@pytest.mark.parametrize("text", ["0,3\x00", "\u202e0,3", "=1+1", "1e999", "NaN", "٣", MARKUP])
def test_what_is_typed_is_quoted_and_never_rendered(server, text):
    async def submit():
        async with Visitor(server) as visitor:
            await visitor.open("assumption=sl_share", "assumptions")
            states = [visitor.state(f"wb-{name}-sl_share", text) for name in ("base", "reason")]
            return await visitor.run(*states, visitor.state("wb-now-sl_share", True))

    page = finished(submit())
    assert fine(page)
    assert not any("eigen aannames" in said for said in page.texts)
    rendered = [one.body for kind in ("markdown", "alert", "heading") for one in page.of(kind)]
    assert not any("evil" in body for body in rendered)
    assert not any("<img" in block.body for block in page.of("html"))


@pytest.mark.parametrize(
    ("page", "found"),
    [("nope", False), ("..", False), ("a" * 5_000, False), ("\x00", False), ("simulator", True)],
)
def test_a_page_that_is_not_there_is_the_first(server, page, found):
    async def visit():
        async with Visitor(server) as visitor:
            return await visitor.open(PACKAGE, page)

    seen = finished(visit())
    assert fine(seen) and seen.not_found is not found and len(seen.titles) == 1


@pytest.mark.parametrize("script", ["0" * 32, "../../etc/passwd", "\x00"])
def test_a_script_that_is_not_there_is_the_first_page(server, script):
    async def visit():
        async with Visitor(server) as visitor:
            return await visitor.open("", script=script)

    assert fine(finished(visit()))


@pytest.mark.parametrize("url", ["http://[", "javascript:alert(1)", "\x00", "x" * 10_000])
def test_where_a_browser_says_it_is_breaks_no_page(server, url):
    async def visit():
        async with Visitor(server) as visitor:
            message = BackMsg()
            message.rerun_script.page_name = "brief"
            context = message.rerun_script.context_info
            context.url, context.timezone, context.color_scheme = url, "../../etc", "pink"
            await visitor.send(message)
            return await visitor.read()

    assert fine(finished(visit()))


def test_a_flood_of_buttons_and_garbage_leaves_others_alone(server):
    async def flood():
        async with Visitor(server) as innocent, Visitor(server) as visitor:
            before = (await innocent.open(PACKAGE, "simulator")).lead
            await visitor.open("", "simulator")
            buttons = [visitor.state(key, True) for key in ("undo_here", "package_back_to_work")]
            for _ in range(200):
                await visitor.ask(*buttons)
            for name in ("clear_cache", "load_git_info", "debug_shutdown_runtime"):
                await visitor.send(BackMsg(**{name: True}))
            page = await visitor.run()
            assert fine(page)
            for frame in (b"\x00", b"\xff" * 1_000, b"GET / HTTP/1.1\r\n\r\n"):
                async with Visitor(server) as other:
                    await other.socket.send(frame)
                    await other.socket.wait_closed()
                    assert other.socket.close_code == 1002
            after = await innocent.run()
            assert after.lead == before and not after.texts

    finished(flood())
