"""A moved lever draws parts of the page; what stands there then is what a whole run draws."""

from __future__ import annotations

import re
from urllib.parse import parse_qs

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest

from benchmarks.visitor import Visitor
from dashboard.parts.doors import LISTED
from dashboard.parts.simulator_sections import SECTIONS
from dashboard.wording.catalogue import words_in
from models.engine.run import load_levers
from tests.support.loops import finished

MAIN = 0
OF_THE_RUN = re.compile(
    r"""\s*((fragment_id|deferred_file_id|url|raw_values):[ ]"[^"]*"
    |(has_one_shot_effect|set_value):[ ]true)""",
    re.VERBOSE,
)
START = "return_to_work_support=0.5&draws=1000"
MOVES = ("xray_share", 0.05), ("return_to_work_support", 0.2), ("walking_programme", 0.4)
OPEN = {  # what a reader may have unfolded
    "payers": ("printable_change_by_payer", "perspectives", "share"),
    "items": ("printable_change_by_item",),
    "years": ("printable_budget_by_payer", "years_by_perspective"),
    "levers": ("card_xray_share",),
}
IN_PARTS = ("overview", "simulator", "compare", "drivers", "evidence", "method")


def drawn(page) -> dict:
    """What stands in the main part, by place; not the mark of the run that drew it."""
    return {
        place: OF_THE_RUN.sub("", str(delta))
        for place, delta in page.placed.items()
        if place[0] == MAIN
    }


async def moved_and_whole(visitor: Visitor, lever: str, level: float):
    """The page after the move, and after a whole run that follows it."""
    moved = await visitor.set(**{lever: level})
    whole = await visitor.run()
    assert not moved.broken and not moved.script_error and not whole.broken
    return moved, whole


@pytest.mark.parametrize("name", LISTED)
def test_after_a_move_every_page_shows_what_a_whole_run_shows(server, name):
    async def visit():
        async with Visitor(server) as visitor:
            await visitor.open(START, name)
            for lever, level in MOVES:
                moved, whole = await moved_and_whole(visitor, lever, level)
                assert drawn(moved) == drawn(whole)
                assert (moved.sent < whole.sent / 2) == (name in IN_PARTS), (moved.sent, whole.sent)

    finished(visit())


@pytest.mark.parametrize("section", SECTIONS)
def test_after_a_move_every_section_shows_what_a_whole_run_shows(server, section):
    async def visit():
        async with Visitor(server) as visitor:
            await visitor.open(START, "simulator")
            await visitor.set(section=section_option(visitor, section))
            for key in OPEN.get(section, ()):
                await visitor.set(**{key: True})
            for lever, level in MOVES:
                moved, whole = await moved_and_whole(visitor, lever, level)
                assert drawn(moved) == drawn(whole)
                assert (moved.sent == whole.sent) == (section == "account")

    finished(visit())


def section_option(visitor: Visitor, section: str) -> str:
    """How the control names a section."""
    return visitor.page.widget("section").options[list(SECTIONS).index(section)].content


@pytest.mark.parametrize("lever", load_levers())
def test_every_lever_moves_the_answer(server, lever):
    """From today to its far end: another answer than before, the same as a whole run gives."""
    levers = load_levers()
    far = max(levers[lever].min, levers[lever].max, key=lambda end: abs(end - levers[lever].today))

    async def visit():
        async with Visitor(server) as visitor:
            before = await visitor.open("draws=1000", "simulator")
            moved, whole = await moved_and_whole(visitor, lever, far)
            assert moved.sent < whole.sent / 2
            assert moved.lead == whole.lead != before.lead
            back, _ = await moved_and_whole(visitor, lever, levers[lever].today)
            assert back.lead == before.lead

    finished(visit())


OTHER_CHANGES = [
    {"valuation": words_in("nl")("options.valuation.friction")},
    {"years": 3},
    {"lang": "English"},
    {"presenteeism": True},
    {"share": True},
]


@pytest.mark.parametrize("change", OTHER_CHANGES, ids=str)
def test_a_lever_that_moves_with_something_else_draws_the_whole_page(server, change):
    """Two changes may come in one message, when a run takes long."""

    async def visit():
        async with Visitor(server) as visitor:
            await visitor.open(START, "simulator")
            both = await visitor.set(xray_share=0.05, **change)
            whole = await visitor.run()
            assert drawn(both) == drawn(whole) and both.sent == whole.sent
            assert not both.texts  # nothing of it was refused

    finished(visit())


def test_a_lever_that_moves_while_the_page_is_left_draws_the_other_page(server):
    async def visit():
        async with Visitor(server) as visitor:
            await visitor.open(START, "simulator")
            visitor.states["xray_share"] = visitor.state("xray_share", 0.05)
            other = await visitor.run(script=visitor.page.pages["compare"])
            whole = await visitor.run()
            assert other.titles == whole.titles == ["Pakketten naast elkaar"]
            assert drawn(other) == drawn(whole)

    finished(visit())


def test_the_address_keeps_the_levels_when_the_page_is_left_before_its_sliders_stand(server):
    """The browser then knows of no slider, and takes its level out of the address."""

    async def visit():
        async with Visitor(server) as visitor:
            opened = await visitor.open(f"{START}&presenteeism=true", "simulator")
            visitor.query = ""
            other = await visitor.run(script=visitor.page.pages["compare"])
            written = parse_qs(other.query)
            assert written["return_to_work_support"] == ["0.5"] and written["draws"] == ["1000"]
            assert written["presenteeism"] == ["true"] and len(written) == 3
            back = await visitor.run(script=visitor.page.pages["simulator"])
            assert back.lead == opened.lead

    finished(visit())


def test_every_part_is_found_on_a_page_that_is_drawn_in_the_thread_of_parts(monkeypatch):
    """A request that comes as parts end is answered there, with what Streamlit left behind."""

    def after_a_part():
        from copy import deepcopy

        import streamlit as st
        from streamlit.delta_generator_singletons import context_dg_stack
        from streamlit.runtime.scriptrunner import get_script_run_ctx

        from dashboard.app import main

        context_dg_stack.set(deepcopy(context_dg_stack.get()))  # as before each part
        main()
        parts = st.session_state.parts
        ids = [get_script_run_ctx().fragment_storage.resolve_target(part) for part in parts]
        st.session_state.different = len({id for (id,) in ids}), len(parts)

    monkeypatch.setattr("dashboard.app.FIRST", "simulator")
    app = AppTest.from_function(after_a_part).run(timeout=60)
    different, parts = app.session_state.different
    assert different == parts > 1


def test_a_level_between_two_steps_is_refused_on_the_whole_page(server):
    async def visit():
        async with Visitor(server) as visitor:
            before = await visitor.open("", "simulator")
            page = await visitor.set(xray_share=0.055)
            assert any("xray_share" in text and "0.055" in text for text in page.texts)
            assert page.lead == before.lead and not page.broken

    finished(visit())


def test_a_refused_value_is_named_though_a_lever_moved_with_it(server):
    async def visit():
        async with Visitor(server) as visitor:
            await visitor.open("", "simulator")
            forged = visitor.state("years", 99.0)
            page = await visitor.run(forged, visitor.state("xray_share", 0.05))
            assert any("years" in text and "99" in text for text in page.texts)

    finished(visit())


def test_ways_back_reach_the_sliders_from_within_a_part(server):
    async def visit():
        async with Visitor(server) as visitor:
            start = await visitor.open(START, "simulator")
            await visitor.set(xray_share=0.05)
            await visitor.set(xray_share=0.08)
            visitor.states.clear()  # the browser takes over what the server sets
            page = await visitor.press("undo_here")
            assert page.widget("xray_share").value[:] == [0.05]
            page = await visitor.press("drop_xray_share")
            assert page.widget("xray_share").value[:] == [0.11] and page.lead == start.lead
            page = await visitor.press("undo_here")
            assert page.widget("xray_share").value[:] == [0.05]

    finished(visit())


def test_years_that_are_chosen_within_a_part_reach_the_sidebar(server):
    async def visit():
        async with Visitor(server) as visitor:
            await visitor.open(START, "simulator")
            await visitor.set(section=section_option(visitor, "years"))
            page = await visitor.set(years_here="3")
            assert page.widget("years").value == 3
            assert drawn(page) == drawn(await visitor.run())

    finished(visit())


def test_a_card_puts_its_lever_back(server):
    async def visit():
        async with Visitor(server) as visitor:
            await visitor.open(START, "simulator")
            await visitor.set(section=section_option(visitor, "levers"))
            await visitor.set(card_xray_share=True)
            await visitor.set(xray_share=0.05)
            visitor.states.pop("xray_share")
            page = await visitor.press("today_xray_share")
            assert page.widget("xray_share").value[:] == [0.11]

    finished(visit())


def test_the_best_package_for_a_budget_moves_the_sliders(server):
    async def visit():
        async with Visitor(server) as visitor:
            await visitor.open(START, "drivers")
            tabs = [one for one in visitor.page.blocks if one.WhichOneof("type") == "tab"]
            await visitor.set(drivers=tabs[-1].tab.label)
            label = words_in("nl")("drivers.budget.load")
            button = next(one for one in visitor.page.of("button") if one.label == label)
            before = {name: visitor.page.widget(name).value[:] for name in load_levers()}
            page = await visitor.run(WidgetState(id=button.id, trigger_value=True))
            after = {name: page.widget(name).value[:] for name in load_levers()}
            assert after != before and not page.broken

    finished(visit())


def test_whoever_does_not_keep_the_page_is_sent_all_of_it(server):
    async def visit():
        async with Visitor(server, keeps=False) as visitor:
            first = await visitor.open(START, "simulator")
            assert (await visitor.set(xray_share=0.05)).sent >= first.sent

    finished(visit())
