"""What each kind of widget can hold, read from the message in which the server describes it."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from streamlit.proto.ButtonGroup_pb2 import ButtonGroup
from streamlit.proto.NumberInput_pb2 import NumberInput
from streamlit.proto.WidgetStates_pb2 import WidgetState

MAX_TEXT = 2_000  # characters of a text field
LIVE = "live"  # the simulator: the component that sends levels
DOCUMENT = "document"  # says whether the page has turned dark
ASKED = (
    "drop",
    "perspective",
)  # what its message may ask beside the levels; judged where it is read
NOTHING = ("", "{}", "null")
TURNED = ('{"dark":true}', '{"dark":false}')
MAX_LIVE_TEXT = 4_000  # characters of that value
MAX_LEVELS = 200  # levels in it
FARTHEST = 1e12  # no level is as far from zero as this

Offers = dict[str, None]  # options of one widget, as a set that remembers the order


@dataclass
class WidgetRule:
    """What a widget can hold, as the server itself described it to a browser."""

    field: str
    fits: Callable[[Any], bool] = lambda value: True
    offered: Offers | None = None
    also: str = ""  # another field of WidgetState that a browser may use for this widget
    required: bool = False  # one of the offered options must always be chosen

    def accepts(self, state: WidgetState, offered: Offers | None = None) -> bool:
        """Whether the widget can hold this; `offered` is what this browser was sent, if known."""
        field = state.WhichOneof("value")
        if field is None:
            return self.field not in ("double_array_value", "double_value")
        if field not in (self.field, self.also):
            return False
        value = getattr(state, field)
        offered = self.offered if offered is None else offered
        if offered is not None:
            chosen = value.data if field == "string_array_value" else [value]
            return all(option in offered for option in chosen) and self.fits(value)
        return self.fits(value)

    def is_unset(self, state: WidgetState) -> bool:
        """Whether a required choice is empty: a control sends no value until it has its default."""
        same_field = state.WhichOneof("value") == self.field
        return self.required and same_field and not getattr(state, self.field).data


def _slider(element) -> WidgetRule:
    return WidgetRule(
        "double_array_value",
        lambda value: len(value.data) == 1 and element.min <= value.data[0] <= element.max,
    )


def _number(element) -> WidgetRule:
    def fits(value: float) -> bool:
        whole = element.data_type != NumberInput.INT or value == math.floor(value)
        low, high = (
            not element.has_min or value >= element.min,
            not element.has_max or value <= element.max,
        )
        return whole and low and high

    also = "int_value" if element.data_type == NumberInput.INT else ""
    return WidgetRule("double_value", lambda value: math.isfinite(value) and fits(value), also=also)


def _options(element) -> WidgetRule:
    single = element.click_mode == ButtonGroup.SINGLE_SELECT
    least = 1 if element.required else 0

    def fits(value) -> bool:
        chosen = len(value.data)
        return chosen >= least and (chosen <= 1 if single else chosen == len(set(value.data)))

    return WidgetRule(
        "string_array_value",
        fits,
        dict.fromkeys(option.content for option in element.options),
        required=element.required,
    )


def _component(element) -> WidgetRule:
    """A component sends an empty object, the simulator its levels, the document its colour."""
    if element.component_name == LIVE:
        return WidgetRule("json_value", is_live_state)
    sent = (*NOTHING, *TURNED) if element.component_name == DOCUMENT else NOTHING
    return WidgetRule("json_value", lambda value: value in sent)


def is_live_state(text: str) -> bool:
    """Whether a text is the state of the simulator: levels by name, a count, and a status.

    Which levers exist and which levels lie on a step is checked where the levels are read.
    """
    if text in NOTHING:
        return True
    if len(text) > MAX_LIVE_TEXT:
        return False
    try:
        whole = json.loads(text, parse_constant=lambda word: [word])  # NaN and Infinity are none
    except (ValueError, RecursionError):
        return False
    state = whole.get("told") if isinstance(whole, dict) and len(whole) == 1 else None
    if not isinstance(state, dict) or not state.keys() <= {
        "levels",
        "n",
        "live",
        "trouble",
        *ASKED,
    }:
        return False
    levels, n = state.get("levels"), state.get("n")
    return (
        isinstance(levels, dict)
        and len(levels) <= MAX_LEVELS
        and all(type(level) in (int, float) and abs(level) < FARTHEST for level in levels.values())
        and type(n) is int
        and 0 <= n < 2**31
        and all(isinstance(state.get(name, ""), str) for name in ("live", *ASKED))
        and isinstance(state.get("trouble", False), bool)
    )


ELEMENTS: dict[str, Callable[[Any], WidgetRule]] = {
    "slider": _slider,
    "number_input": _number,
    "checkbox": lambda element: WidgetRule("bool_value"),
    "button": lambda element: WidgetRule("trigger_value"),
    "download_button": lambda element: WidgetRule("trigger_value"),
    "selectbox": lambda element: WidgetRule("string_value", offered=dict.fromkeys(element.options)),
    "radio": lambda element: WidgetRule("string_value", offered=dict.fromkeys(element.options)),
    "button_group": _options,
    "text_input": lambda element: WidgetRule("string_value", lambda value: len(value) <= MAX_TEXT),
    "file_uploader": lambda element: WidgetRule("file_uploader_state_value"),
    "bidi_component": _component,
}
BLOCKS = {"tab_container": "string_value", "popover": "bool_value", "expandable": "bool_value"}
