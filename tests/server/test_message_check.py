"""What a browser may say: messages of Streamlit's own kind, without a server."""

from __future__ import annotations

import json
import math

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Block_pb2 import Block
from streamlit.proto.ButtonGroup_pb2 import ButtonGroup
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.NumberInput_pb2 import NumberInput
from streamlit.proto.WidgetStates_pb2 import WidgetState

from dashboard.server import message_check, widget_rules
from tests.server.widget_state import widget_state


def shown(**element) -> bytes:
    message = ForwardMsg()
    message.delta.new_element.CopyFrom(Element(**element))
    return message.SerializeToString()


@pytest.fixture(autouse=True)
def page(monkeypatch):
    """A page with a field of every kind, as the server would have sent it."""
    monkeypatch.setattr(message_check, "_rules", message_check.OrderedDict())
    choice = [ButtonGroup.Option(content=name) for name in ("Nederlands", "English")]
    for element in (
        {"slider": {"id": "$$ID-1-share", "min": 0, "max": 0.2, "step": 0.01}},
        {
            "number_input": {
                "id": "$$ID-1-years", "data_type": NumberInput.INT,
                "has_min": True, "min": 1, "has_max": True, "max": 10,
            }
        },
        {"checkbox": {"id": "$$ID-1-switch"}},
        {"selectbox": {"id": "$$ID-1-list", "options": ["a", "b"]}},
        {"button_group": {"id": "$$ID-1-lang", "options": choice, "required": True}},
        {"text_input": {"id": "$$ID-1-text"}},
        {"button": {"id": "$$ID-1-press"}},
        {"bidi_component": {"id": "$$ID-1-bar"}},
        {"bidi_component": {"id": "$$ID-1-live", "component_name": widget_rules.LIVE}},
        {"bidi_component": {"id": "$$ID-1-page", "component_name": widget_rules.DOCUMENT}},
    ):  # fmt: skip
        message_check.learn(shown(**element))
    message = ForwardMsg()
    message.delta.add_block.CopyFrom(Block(tab_container={"id": "$$ID-1-tabs"}))
    message_check.learn(message.SerializeToString())


def value(key: str, **given) -> WidgetState:
    return widget_state(f"$$ID-1-{key}", given)


def passed(*states: WidgetState, **more) -> tuple[list[WidgetState], list[tuple[str, str]]]:
    message = BackMsg()
    message.rerun_script.widget_states.widgets.extend(states)
    for field, one in more.items():
        setattr(message.rerun_script, field, one)
    data, refused = message_check.check(message.SerializeToString())
    return list(BackMsg.FromString(data).rerun_script.widget_states.widgets), refused


def told(**more) -> dict:
    """What the simulator tells, with parts of it put in the place of others."""
    return {"json_value": json.dumps({"told": {"levels": {"share": 0.05}, "n": 3} | more})}


LEVELS = {"share": 0.05, "number": 30_000, "other": -1}
FITTING = [
    *(("live", {"json_value": text}) for text in ("", "{}", "null")),
    *(("live", told(levels=levels)) for levels in ({}, LEVELS)),
    ("live", told(live="0" * 32, trouble=True)),
    ("live", told(drop="xray_share:0.05;Fewer X-rays", perspective="households")),
    ("share", {"double_array_value": [0.0]}),
    ("share", {"double_array_value": [0.2]}),
    ("years", {"double_value": 10.0}),
    ("years", {"int_value": 10}),  # so a browser sends a whole number
    ("switch", {"bool_value": False}),
    ("list", {"string_value": "b"}),
    ("lang", {"string_array_value": ["English"]}),
    ("text", {"string_value": "0,3"}),
    ("press", {"trigger_value": True}),
    ("tabs", {"string_value": "Jaren"}),
    ("bar", {"json_value": "{}"}),
    *(("page", {"json_value": text}) for text in ("{}", '{"dark":true}', '{"dark":false}')),
    ("list", {}),  # an emptied list sends no value at all
    ("not_seen_before", {"double_array_value": [7.0]}),  # Streamlit and the page judge it
]
NO_TEXT = ("[", "[]", "7", '{"told": 1}', '{"levels": {}}', '{"told": {}}', '{"told": {"n": 1}}')
NO_LEVEL = (
    *(math.nan, math.inf, -math.inf, 1e12, 10**3_000, "0.05", "", None, True, [0.05], {"a": 1}),
)
FORGED = [
    *(("live", {"json_value": text}) for text in (*NO_TEXT, "[" * 100_000, "x" * 1_000_000)),
    *(("live", told(levels={"share": level})) for level in NO_LEVEL),
    *(
        ("live", told(levels=levels))
        for levels in ([], "share", None, dict.fromkeys(map(str, range(300)), 1))
    ),
    *(("live", told(n=n)) for n in (-1, 2**31, 1.5, "1", None, True, math.nan)),
    *(
        ("live", told(**more))
        for more in ({"live": 1}, {"drop": 1}, {"trouble": "yes"}, {"more": 1})
    ),
    ("live", told(live="x" * 1_000_000)),
    *(("page", {"json_value": text}) for text in ('{"dark":1}', '{"light":true}', "[]", "true")),
    ("bar", {"json_value": '{"dark":true}'}),
    ("live", {"json_value": '{"told": {"levels": {"share": 1e999}, "n": 1}}'}),
    ("live", {"json_value": '{"told": {"levels": {}, "n": 1}, "more": 1}'}),
    *(("live", {name: 1}) for name in ("int_value", "double_value", "bool_value")),
    *(("share", {"double_array_value": [x]}) for x in (math.nan, math.inf, -math.inf)),
    *(("share", {"double_array_value": [x]}) for x in (-0.01, 0.21, 1e308, -1e308)),
    *(("share", {"double_array_value": x}) for x in ([], [0.1, 0.2], [0.2, 0.1], [0.1] * 1000)),
    *(("share", {name: 1}) for name in ("int_value", "double_value", "bool_value")),
    ("share", {"string_value": "0.05"}),
    ("share", {"json_value": "{"}),
    ("share", {"bytes_value": b"\xff\x00"}),
    ("share", {"trigger_value": True}),
    ("share", {}),
    *(("years", {"double_value": x}) for x in (0.0, 11.0, -1.0, 2.5, 1e308, math.nan, math.inf)),
    *(("years", {"int_value": x}) for x in (0, 11, -1, 2**31)),
    ("years", {"string_value": "5"}),
    *(("switch", {name: 1}) for name in ("int_value", "double_value", "trigger_value")),
    ("switch", {"string_value": "true"}),
    *(("list", {"string_value": x}) for x in ("", "c", "A", "a\x00", "x" * 1_000_000)),
    *(("list", {name: 1}) for name in ("int_value", "double_value", "bool_value")),
    *(("lang", {"string_array_value": x}) for x in (["xx"], ["English", "Nederlands"])),
    ("lang", {"string_value": "English"}),
    ("lang", {"int_array_value": [1]}),
    ("text", {"string_value": "x" * 2_001}),
    ("text", {"double_value": 1.0}),
    ("press", {"int_value": 2}),
    ("press", {"string_value": "x"}),
    ("tabs", {"int_value": 4}),
    ("bar", {"json_value": "["}),
    ("bar", {"json_value": "[" * 100_000}),
    ("bar", {"json_value": '{"value": 1}'}),
]


@pytest.mark.parametrize(("key", "given"), FITTING)
def test_what_a_browser_sends_goes_on_as_it_is(key, given):
    state = value(key, **given)
    assert passed(state) == ([state], [])


@pytest.mark.parametrize(("key", "given"), FORGED, ids=range(len(FORGED)))
def test_what_a_field_cannot_hold_is_taken_out_and_named(key, given):
    good = value("switch", bool_value=True)
    states, refused = passed(value(key, **given), good)
    assert states == [good]
    assert [name for name, _ in refused] == [key]
    assert len(refused[0][1]) <= 100


def test_a_choice_that_the_browser_has_not_been_told_yet_is_left_as_it_is_and_buttons_act():
    """Seen in a real browser, where a part of the page was used before the rest of it stood."""
    untold, press = value("lang", string_array_value=[]), value("press", trigger_value=True)
    assert passed(untold, press) == ([press], [])
    assert passed(value("lang", string_array_value=["xx"]), press)[0] == []


def test_no_button_acts_on_what_is_left():
    states, refused = passed(value("press", trigger_value=True), value("share", int_value=1))
    assert states == [] and len(refused) == 1


def test_an_option_in_the_other_language_is_one_too():
    message_check.learn(shown(selectbox={"id": "$$ID-1-list", "options": ["c", "d"]}))
    assert passed(value("list", string_value="a"))[1] == []
    assert passed(value("list", string_value="d"))[1] == []
    assert passed(value("list", string_value="e"))[1] != []


def flood(widget: str) -> None:
    """Other visitors are offered 20,000 options of their own, forty at a time."""
    for number in range(500):
        options = [f"{number}-{option}" for option in range(40)]
        message_check.learn(shown(selectbox={"id": widget, "options": options}), {})


def test_options_of_a_widget_are_bounded_over_all_visitors_and_its_check_stays_closed():
    flood("$$ID-1-list")
    assert len(message_check._rules["$$ID-1-list"].offered) == message_check.MAX_OFFERED + 40
    assert passed(value("list", string_value="never offered"))[1] != []
    assert passed(value("list", string_value="499-39"))[1] == []


def judged(sent: dict, *states: WidgetState) -> list[tuple[str, str]]:
    message = BackMsg()
    message.rerun_script.widget_states.widgets.extend(states)
    return message_check.check(message.SerializeToString(), sent)[1]


def test_a_browser_is_held_to_the_options_that_it_was_sent_itself():
    mine = {}
    message_check.learn(shown(selectbox={"id": "$$ID-1-list", "options": ["mine"]}), mine)
    flood("$$ID-1-list")
    assert judged(mine, value("list", string_value="mine")) == []
    assert judged(mine, value("list", string_value="499-39")) != []
    assert judged(mine, value("list", string_value="a")) != []
    for number in range(2_000):  # and what it was sent itself is bounded too
        message_check.learn(
            shown(selectbox={"id": "$$ID-1-list", "options": [f"own {number}"]}), mine
        )
        message_check.learn(shown(selectbox={"id": f"$$ID-1-{number}", "options": ["a"]}), mine)
    assert (
        len(mine["$$ID-1-list"]) == message_check.MAX_OFFERED + 1
        and len(mine) == message_check.MAX_STATES
    )
    assert judged(mine, value("list", string_value="own 1999")) == []
    assert judged(mine, value("list", string_value="mine")) != []


def test_many_options_offered_at_once_are_all_known():
    options = [f"{option}" for option in range(3 * message_check.MAX_OFFERED)]
    message_check.learn(shown(selectbox={"id": "$$ID-1-list", "options": options}), mine := {})
    for option in (options[0], options[-1]):
        assert judged(mine, value("list", string_value=option)) == []
    assert judged(mine, value("list", string_value="never offered")) != []


def test_several_may_be_chosen_of_what_one_browser_was_sent_whatever_others_see():
    def pills(*names: str, sent: dict) -> None:
        options = [ButtonGroup.Option(content=name) for name in names]
        kind = ButtonGroup.MULTI_SELECT
        shown_to = shown(button_group={"id": "$$ID-1-pick", "options": options, "click_mode": kind})
        message_check.learn(shown_to, sent)

    pills("a", "b", "c", sent=(mine := {}))
    pills("a", sent={})
    assert judged(mine, value("pick", string_array_value=["a", "b", "c"])) == []
    assert judged(mine, value("pick", string_array_value=["a", "a"])) != []
    assert judged(mine, value("pick", string_array_value=["d"])) != []


def test_a_link_that_streamlit_would_drop_mutely_says_so():
    for query in ("x" * 8_001, "&".join("a=1" for _ in range(201))):
        message = BackMsg()
        message.rerun_script.query_string = query
        data, _ = message_check.check(message.SerializeToString())
        assert BackMsg.FromString(data).rerun_script.query_string == "link=too_long"


@pytest.mark.parametrize(
    "name",
    ["clear_cache", "load_git_info", "set_run_on_save", "debug_disconnect_websocket",
     "debug_shutdown_runtime"],
)  # fmt: skip
def test_messages_that_no_reader_needs_are_dropped(name):
    assert message_check.check(BackMsg(**{name: True}).SerializeToString()) == (None, [])


def test_only_downloads_may_be_asked_of_the_server_and_few_addresses_at_once():
    for name, goes_on in (
        ("deferred_file", True), ("install_skills", False), ("dismiss_skills_nudge", False),
        ("dataframe_chunk", False),
    ):  # fmt: skip
        message = BackMsg()
        getattr(message.backend_operation_request, name).SetInParent()
        assert (message_check.check(message.SerializeToString())[0] is not None) is goes_on
    message = BackMsg()
    message.file_urls_request.file_names.extend(["x"] * 11)
    assert message_check.check(message.SerializeToString())[0] is None


def test_memory_of_widgets_is_bounded(monkeypatch):
    monkeypatch.setattr(message_check, "MAX_KNOWN", 5)
    for number in range(20):
        message_check.learn(shown(checkbox={"id": f"$$ID-1-{number}"}))
    assert len(message_check._rules) == 5 and "$$ID-1-19" in message_check._rules


def test_what_is_no_message_is_left_to_streamlit_which_closes():
    for data in (b"\x00", b"\xff" * 100, b"GET / HTTP/1.1", b"\x5a" * (message_check.LARGEST + 1)):
        assert message_check.check(data) == (data, [])
