"""Every message of a browser is checked before Streamlit acts on it.

Streamlit trusts the values that a browser sends. A value that its widget cannot hold (not a number,
out of range, of another kind, an option that was never offered) is ignored, read as another value,
or ends the run. Here it is taken out of the message, so that the widget keeps the value it had, and
the page says so. Messages that no reader's browser needs are dropped: with them anyone could empty
everybody's cache or ask for the state of the repository.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from pathlib import Path

from google.protobuf.message import DecodeError
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from dashboard.server.widget_rules import BLOCKS, ELEMENTS, Offers, WidgetRule

MAX_LINK, MAX_FIELDS = 8_000, 200  # far beyond any link of ours; Streamlit drops longer ones
TOO_LONG = "link=too_long"
LARGEST = 2 * 1024 * 1024  # bytes of a message: server.maxWidgetStateSize
MAX_STATES = 500  # widget values in one message; a page has some 60 widgets
MAX_REFUSALS = 20  # refused values that one visitor is shown
MAX_KNOWN = 5_000  # widgets remembered, for all visitors together
MAX_OFFERED = 500  # earlier options remembered of one widget, beside those that it offers now
MAX_FILES = 10  # addresses for uploads in one request
NEEDED = ("rerun_script", "stop_script", "file_urls_request", "app_heartbeat")
HEADER = b"x-connection"  # tells the script which connection it runs for
_MARK = b"$$ID-"  # every widget's id starts so
_FOLDER = str(Path(__file__).parents[2]).encode()

# The rule of a widget by its id: the same for every visitor, except for its options. A browser may
# choose from the options that it was sent or, before it was sent any, from those sent to anybody.
_rules: OrderedDict[str, WidgetRule] = OrderedDict()
_refusals: dict[str, list[tuple[str, str]]] = {}  # by connection, until the page has shown them


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
        element, rule_of = getattr(delta.new_element, name), ELEMENTS.get(name)
        if rule_of is not None:
            _remember(element.id, rule_of(element), {} if sent is None else sent)
    elif kind == "add_block":
        name = delta.add_block.WhichOneof("type")
        if name in BLOCKS:
            _remember(getattr(delta.add_block, name).id, WidgetRule(BLOCKS[name]), {})


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


def _remember(name: str, rule: WidgetRule, sent: dict[str, Offers]) -> None:
    """Keep the newest rule of a widget, with earlier options as far as there is room."""
    before = _rules.pop(name, None)
    if rule.offered is not None:
        sent[name] = _newest(sent.pop(name, {}), rule.offered)
        while len(sent) > MAX_STATES:
            del sent[next(iter(sent))]
        if before is not None and before.offered is not None:
            rule.offered = _newest(before.offered, rule.offered)
    _rules[name] = rule
    while len(_rules) > MAX_KNOWN:
        _rules.popitem(last=False)


def _newest(before: Offers, now: Offers) -> Offers:
    """What is offered now, and what was offered before as far as there is room.

    A browser may still hold an option in the other language.
    """
    earlier = [option for option in before if option not in now]
    return dict.fromkeys(earlier[-MAX_OFFERED:]) | now


def check(
    data: bytes, sent: dict[str, Offers] | None = None
) -> tuple[bytes | None, list[tuple[str, str]]]:
    """The message that may pass, or None, and what was taken out: (key of the widget, its value).

    sent: the options that this browser has been sent, as `learn` noted them.
    """
    if len(data) > LARGEST:
        return data, []  # Streamlit closes the connection
    try:
        message = BackMsg.FromString(data)
    except DecodeError:
        return data, []  # the same
    kind = message.WhichOneof("type")
    if kind == "backend_operation_request":
        request = message.backend_operation_request.WhichOneof("payload")
        return (data if request == "deferred_file" else None), []
    if kind == "file_urls_request" and len(message.file_urls_request.file_names) > MAX_FILES:
        return None, []
    if kind != "rerun_script":
        return (data if kind in NEEDED else None), []
    state, refused = message.rerun_script, []
    if len(state.query_string) > MAX_LINK or state.query_string.count("&") >= MAX_FIELDS:
        state.query_string = TOO_LONG
    accepted = []
    for widget in list(state.widget_states.widgets)[:MAX_STATES]:
        rule = _rules.get(widget.id)
        if rule is None or rule.accepts(widget, (sent or {}).get(widget.id)):
            accepted.append(widget)
        elif not rule.is_unset(widget):  # for an unset choice the server keeps its own value
            refused.append((_key(widget.id), _quoted(widget)))
    if refused:  # no button acts on the values that are left
        accepted = [widget for widget in accepted if not widget.trigger_value]
    del state.widget_states.widgets[:]
    state.widget_states.widgets.extend(accepted)
    return message.SerializeToString(), refused


def _key(name: str) -> str:
    """The key that ends a widget's id: $$ID-hash-key."""
    key = name.split("-", 2)[-1]
    return "" if key == "None" else key


def _quoted(state: WidgetState) -> str:
    """A value as a notice quotes it."""
    field = state.WhichOneof("value")
    value = getattr(state, field) if field else ""
    if field in ("double_array_value", "string_array_value", "int_array_value"):
        return ", ".join(map(str, value.data[:5]))
    return str(value)[:100]


def take_refusals(connection: str | None) -> list[tuple[str, str]]:
    """Values refused on this connection that the page has not shown yet; they are shown once."""
    waiting = _refusals.get(connection or "")
    if not waiting:
        return []
    refusals = waiting[:]
    del waiting[: len(refusals)]
    return refusals


class MessageCheck:
    """Checks what passes between a websocket and Streamlit, in both directions."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] != "websocket":
            return await self.app(scope, receive, send)
        name = secrets.token_hex(8)
        headers = [(key, value) for key, value in scope["headers"] if key != HEADER]
        refusals = _refusals[name] = []
        offers: dict[str, Offers] = {}

        async def received():
            while True:
                message = await receive()
                if message["type"] != "websocket.receive":
                    return message
                data, refused = check(message.get("bytes") or b"", offers)
                refusals.extend(refused[: MAX_REFUSALS - len(refusals)])
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
            del _refusals[name]
