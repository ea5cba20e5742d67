"""What a browser may say to the server: every message is looked at before Streamlit acts on it.

Streamlit takes back what it sent to a browser on trust. A value that its widget cannot hold (not a
number, out of range, of another kind, an option that was never offered) is put aside without a
word, read as another value, or ends the run. Here it is taken out of the message, so that the
widget keeps the value it had, and the page says so. Messages that no reader's browser needs are
dropped: with them anyone could empty everybody's cache or ask for the state of the repository.
"""

from __future__ import annotations

import json
import math
import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from google.protobuf.message import DecodeError
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ButtonGroup_pb2 import ButtonGroup
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.NumberInput_pb2 import NumberInput
from streamlit.proto.WidgetStates_pb2 import WidgetState

MAX_LINK, MAX_FIELDS = 8_000, 200  # far beyond any link of ours; Streamlit drops longer ones mutely
TOO_LONG = "link=too_long"
LARGEST = 2 * 1024 * 1024  # bytes of a message: server.maxWidgetStateSize
MAX_STATES = 500  # widget values in one message; a page has some 60 widgets
MAX_TEXT = 2_000  # characters of a text field
MAX_NOTED = 20  # refused values that one visitor is told of
MAX_KNOWN = 5_000  # widgets remembered, for all visitors together
MAX_OFFERED = 500  # earlier options remembered of one widget, beside those that it offers now
MAX_FILES = 10  # addresses for uploads in one request
NEEDED = ("rerun_script", "stop_script", "file_urls_request", "app_heartbeat")
LIVE = "live"  # the simulator: the one component that tells the server something
MAX_TOLD = 4_000  # characters of what it tells
MAX_LEVELS = 200  # levels that it tells at a time
FARTHEST = 1e12  # no level is as far from nil as this
HEADER = b"x-gate"  # tells the script which connection it runs for
_MARK = b"$$ID-"  # every widget's id starts so
_FOLDER = str(Path(__file__).parents[2]).encode()


Offers = dict[str, None]  # options of one widget, as a set that remembers the order


@dataclass
class Known:
    """What a widget can hold, as the server itself described it to a browser."""

    field: str
    fits: Callable[[object], bool] = lambda value: True
    offered: Offers | None = None
    also: str = ""  # another field that a browser may use
    required: bool = False  # one of those offered is always chosen

    def takes(self, state: WidgetState, offered: Offers | None = None) -> bool:
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
            return all(one in offered for one in chosen) and self.fits(value)
        return self.fits(value)

    def untold(self, state: WidgetState) -> bool:
        """A browser that draws the choice before it is told which one it is sends none."""
        told_of = state.WhichOneof("value") == self.field
        return self.required and told_of and not getattr(state, self.field).data


def _slider(made) -> Known:
    return Known(
        "double_array_value",
        lambda value: len(value.data) == 1 and made.min <= value.data[0] <= made.max,
    )


def _number(made) -> Known:
    def fits(value: float) -> bool:
        whole = made.data_type != NumberInput.INT or value == math.floor(value)
        low, high = not made.has_min or value >= made.min, not made.has_max or value <= made.max
        return whole and low and high

    also = "int_value" if made.data_type == NumberInput.INT else ""
    return Known("double_value", lambda value: math.isfinite(value) and fits(value), also=also)


def _options(made) -> Known:
    single = made.click_mode == ButtonGroup.SINGLE_SELECT
    least = 1 if made.required else 0

    def fits(value) -> bool:
        chosen = len(value.data)
        return chosen >= least and (chosen <= 1 if single else chosen == len(set(value.data)))

    return Known(
        "string_array_value",
        fits,
        dict.fromkeys(option.content for option in made.options),
        required=made.required,
    )


def _component(made) -> Known:
    """Ours draw and have nothing to say; what Streamlit sends for them is an empty object."""
    if made.component_name == LIVE:
        return Known("json_value", told_levels)
    return Known("json_value", lambda value: value in ("", "{}", "null"))


def told_levels(text: str) -> bool:
    """Whether a text is what the simulator tells: levels by name, a count, and how it fares.

    Which levers there are and where their steps lie is judged where the levels are read.
    """
    if text in ("", "{}", "null"):
        return True
    if len(text) > MAX_TOLD:
        return False
    try:
        whole = json.loads(text, parse_constant=lambda word: [word])  # NaN and Infinity are none
    except (ValueError, RecursionError):
        return False
    told = whole.get("told") if isinstance(whole, dict) and len(whole) == 1 else None
    if not isinstance(told, dict) or not told.keys() <= {"levels", "n", "live", "trouble"}:
        return False
    levels, n = told.get("levels"), told.get("n")
    return (
        isinstance(levels, dict)
        and len(levels) <= MAX_LEVELS
        and all(type(one) in (int, float) and abs(one) < FARTHEST for one in levels.values())
        and type(n) is int
        and 0 <= n < 2**31
        and isinstance(told.get("live", ""), str)
        and isinstance(told.get("trouble", False), bool)
    )


_ELEMENTS: dict[str, Callable[[object], Known]] = {
    "slider": _slider,
    "number_input": _number,
    "checkbox": lambda made: Known("bool_value"),
    "button": lambda made: Known("trigger_value"),
    "download_button": lambda made: Known("trigger_value"),
    "selectbox": lambda made: Known("string_value", offered=dict.fromkeys(made.options)),
    "radio": lambda made: Known("string_value", offered=dict.fromkeys(made.options)),
    "button_group": _options,
    "text_input": lambda made: Known("string_value", lambda value: len(value) <= MAX_TEXT),
    "file_uploader": lambda made: Known("file_uploader_state_value"),
    "bidi_component": _component,
}
_BLOCKS = {"tab_container": "string_value", "popover": "bool_value", "expandable": "bool_value"}

# What an id stands for is the same for everybody, but for its options: a browser is held to those
# that it was sent itself, and to those of everybody until it has been sent any.
_known: OrderedDict[str, Known] = OrderedDict()
_noted: dict[str, list[tuple[str, str]]] = {}  # refused values by connection, until they are told


def learn(data: bytes, sent: dict[str, Offers] | None = None) -> None:
    """Remember the widget that a message to a browser describes, if it does.

    sent: the options that this browser has been sent, by widget; they are added to it.
    """
    if _MARK not in data:
        return
    delta = ForwardMsg.FromString(data).delta
    kind = delta.WhichOneof("type")
    if kind == "new_element":
        name = delta.new_element.WhichOneof("type")
        made, describe = getattr(delta.new_element, name), _ELEMENTS.get(name)
        if describe is not None:
            _remember(made.id, describe(made), {} if sent is None else sent)
    elif kind == "add_block":
        name = delta.add_block.WhichOneof("type")
        if name in _BLOCKS:
            _remember(getattr(delta.add_block, name).id, Known(_BLOCKS[name]), {})


def private(data: bytes) -> bytes:
    """A message to a browser without the server's folder, installation and version of Python."""
    if _FOLDER not in data:
        return data
    message = ForwardMsg.FromString(data)
    if message.WhichOneof("type") != "new_session":
        return data
    session = message.new_session
    session.main_script_path = Path(session.main_script_path).name
    session.initialize.environment_info.ClearField("python_version")
    session.initialize.ClearField("user_info")
    session.initialize.user_info.SetInParent()
    return message.SerializeToString()


def _remember(name: str, known: Known, sent: dict[str, Offers]) -> None:
    before = _known.pop(name, None)
    if known.offered is not None:
        sent[name] = _newest(sent.pop(name, {}), known.offered)
        while len(sent) > MAX_STATES:
            del sent[next(iter(sent))]
        if before is not None and before.offered is not None:
            known.offered = _newest(before.offered, known.offered)
    _known[name] = known
    while len(_known) > MAX_KNOWN:
        _known.popitem(last=False)


def _newest(before: Offers, now: Offers) -> Offers:
    """What is offered now, and what was offered before as far as there is room.

    A browser may still hold an option in the other language.
    """
    earlier = [option for option in before if option not in now]
    return dict.fromkeys(earlier[-MAX_OFFERED:]) | now


def checked(
    data: bytes, sent: dict[str, Offers] | None = None
) -> tuple[bytes | None, list[tuple[str, str]]]:
    """The message that may go on, or None, and what was taken out: (key, what was found).

    sent: the options that this browser has been sent, as `learn` noted them.
    """
    if len(data) > LARGEST:
        return data, []  # Streamlit closes the connection
    try:
        message = BackMsg.FromString(data)
    except DecodeError:
        return data, []  # and here too
    kind = message.WhichOneof("type")
    if kind == "backend_operation_request":
        asked = message.backend_operation_request.WhichOneof("payload")
        return (data if asked == "deferred_file" else None), []
    if kind == "file_urls_request" and len(message.file_urls_request.file_names) > MAX_FILES:
        return None, []
    if kind != "rerun_script":
        return (data if kind in NEEDED else None), []
    state, refused = message.rerun_script, []
    if len(state.query_string) > MAX_LINK or state.query_string.count("&") >= MAX_FIELDS:
        state.query_string = TOO_LONG
    good = []
    for one in list(state.widget_states.widgets)[:MAX_STATES]:
        known = _known.get(one.id)
        if known is None or known.takes(one, (sent or {}).get(one.id)):
            good.append(one)
        elif not known.untold(one):  # what it stands for stays as it is
            refused.append((_key(one.id), _found(one)))
    if refused:  # no button acts on what is left
        good = [one for one in good if not one.trigger_value]
    del state.widget_states.widgets[:]
    state.widget_states.widgets.extend(good)
    return message.SerializeToString(), refused


def _key(name: str) -> str:
    """The key that ends a widget's id: $$ID-hash-key."""
    key = name.split("-", 2)[-1]
    return "" if key == "None" else key


def _found(state: WidgetState) -> str:
    """A value as a notice quotes it."""
    field = state.WhichOneof("value")
    value = getattr(state, field) if field else ""
    if field in ("double_array_value", "string_array_value", "int_array_value"):
        return ", ".join(map(str, value.data[:5]))
    return str(value)[:100]


def told(connection: str | None) -> list[tuple[str, str]]:
    """What was refused on this connection since it was last asked."""
    kept = _noted.get(connection or "")
    if not kept:
        return []
    said = kept[:]
    del kept[: len(said)]
    return said


class Gate:
    """Stands between a websocket and Streamlit."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] != "websocket":
            return await self.app(scope, receive, send)
        name = secrets.token_hex(8)
        headers = [(key, value) for key, value in scope["headers"] if key != HEADER]
        noted = _noted[name] = []
        offers: dict[str, Offers] = {}

        async def received():
            while True:
                message = await receive()
                if message["type"] != "websocket.receive":
                    return message
                data, refused = checked(message.get("bytes") or b"", offers)
                noted.extend(refused[: MAX_NOTED - len(noted)])
                if data is not None:
                    return {**message, "bytes": data, "text": None}

        async def sent(message):
            data = message.get("bytes") if message["type"] == "websocket.send" else None
            if data:
                learn(data, offers)
                message = {**message, "bytes": private(data)}
            await send(message)

        try:
            await self.app(
                {**scope, "headers": [*headers, (HEADER, name.encode())]}, received, sent
            )
        finally:
            del _noted[name]
