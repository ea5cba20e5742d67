"""A visitor without a browser: sends Streamlit's messages over its websocket, reads the page."""

from __future__ import annotations

import asyncio
import http.client
import json
import re
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import connect

PATIENCE = 60.0  # seconds
LARGEST = 40_000_000  # bytes of a message
LEAD = re.compile(r'class="lead">(.*?)</p>', re.DOTALL)
WELL = {ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY}
DONE = {*WELL, ForwardMsg.FINISHED_WITH_COMPILE_ERROR}


@dataclass
class Page:
    """What stands on the page after a run of the script, or of parts of it."""

    placed: dict[tuple[int, ...], object] = field(default_factory=dict)  # by place on the page
    sent: int = 0  # elements and blocks in this run
    bytes: int = 0
    query: str | None = None  # as the page wrote it into the address
    session: str = ""
    page: str = ""  # hash of the page's script
    pages: dict[str, str] = field(default_factory=dict)  # the same of every page, by its address
    not_found: bool = False
    script_error: bool = False

    @property
    def elements(self) -> list:
        return self._deltas("new_element")

    @property
    def blocks(self) -> list:
        return self._deltas("add_block")

    def _deltas(self, kind: str) -> list:
        deltas = (self.placed[place] for place in sorted(self.placed))
        return [getattr(delta, kind) for delta in deltas if delta.WhichOneof("type") == kind]

    def of(self, kind: str) -> list:
        return [
            getattr(element, kind)
            for element in self.elements
            if element.WhichOneof("type") == kind
        ]

    @property
    def lead(self) -> str:
        """The sentence that answers, or ''."""
        for block in self.of("html"):
            if match := LEAD.search(block.body):
                return unescape(match[1])
        return self.live.get("told", {}).get("texts", {}).get("lead", "")

    @property
    def live(self) -> dict:
        """What the simulator was sent, or {} where there is none."""
        for component in self.of("bidi_component"):
            if component.component_name == "live":
                return json.loads(component.json or component.mixed.json)
        return {}

    @property
    def levels(self) -> dict[str, float]:
        """The levels that the simulator was told to show."""
        return self.live.get("levels", {})

    @property
    def texts(self) -> list[str]:
        return [text.body for text in self.of("text")]

    @property
    def titles(self) -> list[str]:
        return [heading.body for heading in self.of("heading") if heading.tag == "h1"]

    @property
    def broken(self) -> list[str]:
        """Errors that a reader must never see: Streamlit's exception box, or our own error page."""
        boxes = [f"{box.type}: {box.message}" for box in self.of("exception")]
        return boxes + [alert.body for alert in self.of("alert") if alert.format == alert.ERROR]

    @property
    def written(self) -> str:
        """Everything on the page as one text, charts and tables included."""
        return "\n".join(str(element) for element in self.elements)

    def widget(self, key: str):
        """The widget with this key, or None."""
        for delta in [*self.elements, *self.blocks]:
            widget = getattr(delta, delta.WhichOneof("type") or "empty")
            if getattr(widget, "id", "").endswith(f"-{key}"):
                return widget
        return None


class Visitor:
    """One tab: `await visitor.open(query)`, then `await visitor.set(key=value)`.

    Like a browser it reports its address and caches messages, so that the server only sends what
    changed; without `keeps` the server sends the whole page each time.
    """

    def __init__(self, address: str, keeps: bool = True):
        self.address, self.keeps = urlsplit(address), keeps
        self.socket = None
        self.states: dict[str, WidgetState] = {}
        self.query = ""
        self.page = Page()

    async def __aenter__(self) -> Visitor:
        self.socket = await connect(
            f"ws://{self.address.netloc}/_stcore/stream",
            subprotocols=["streamlit"],
            max_size=LARGEST,
            open_timeout=PATIENCE,
            ping_interval=None,
        )
        return self

    async def __aexit__(self, *_) -> None:
        await self.socket.close()

    async def open(self, query: str = "", name: str = "", script: str = "") -> Page:
        """A page by its name, or by the hash of its script, with this query."""
        self.query, self.states = query, {}
        return await self.run(name=name, script=script)

    async def send(self, message: BackMsg) -> None:
        await self.socket.send(message.SerializeToString())

    async def run(self, *forged: WidgetState, name: str = "", script: str = "", **more) -> Page:
        """Ask for a run with the kept and the forged widget values, and read the page it gives."""
        await self.ask(*forged, name=name, script=script, **more)
        return await self.read()

    async def ask(self, *forged: WidgetState, name: str = "", script: str = "", **more) -> None:
        state = ClientState(query_string=self.query, page_name=name, **more)
        state.page_script_hash = script or ("" if name else self.page.page)
        if self.keeps:
            state.context_info.timezone = "Europe/Amsterdam"
        state.context_info.url = f"{self.address.scheme}://{self.address.netloc}/{name}"
        state.widget_states.widgets.extend([*self.states.values(), *forged])
        await self.send(BackMsg(rerun_script=state))

    async def read(self, patience: float = PATIENCE) -> Page:
        """The messages of one run, until the script has ended."""
        page = Page(session=self.page.session, placed=dict(self.page.placed), page=self.page.page)
        page.pages = self.page.pages
        drawn = set()  # places that this run has written to
        async with asyncio.timeout(patience):
            async for data in self.socket:
                page.bytes += len(data)
                message = ForwardMsg.FromString(data)
                match message.WhichOneof("type"):
                    case "new_session":
                        drawn.clear()
                        page.session = message.new_session.initialize.session_id or page.session
                        page.page = message.new_session.page_script_hash
                    case "navigation":
                        page.page = message.navigation.page_script_hash
                        listed = message.navigation.app_pages
                        page.pages = {
                            listed_page.url_pathname: listed_page.page_script_hash
                            for listed_page in listed
                        }
                    case "delta" if message.delta.WhichOneof("type") != "new_transient":
                        place = tuple(message.metadata.delta_path)
                        page.placed[place] = message.delta
                        drawn.add(place)
                        page.sent += 1
                    case "page_info_changed":
                        page.query = message.page_info_changed.query_string
                        self.query = page.query
                    case "page_not_found":
                        page.not_found = True
                    case "script_finished" if message.script_finished in DONE:
                        page.script_error = message.script_finished not in WELL
                        parts = message.metadata.run.fragment_ids  # none: the whole page was run
                        for place in page.placed.keys() - drawn:
                            if not parts or page.placed[place].fragment_id in parts:
                                del page.placed[place]
                        self.page = page
                        return page
        raise ConnectionError(f"closed: {self.socket.close_code} {self.socket.close_reason}")

    async def move(self, **levels: float) -> Page:
        """Move levers of the simulator and let go; they stay for later runs."""
        self.states["live"] = self.released(self.page.levels | levels)
        return await self.run()

    def released(self, levels: dict) -> WidgetState:
        """The message of the simulator after a release: all levels that are not at today."""
        message = {"levels": levels, "n": self.page.live["answered"] + 1, "live": ""}
        return self.state("live", json.dumps({"told": message}))

    async def set(self, **values) -> Page:
        """Set widgets by key, as the reader's browser would; the values stay for later runs."""
        for key, value in values.items():
            self.states[key] = self.state(key, value)
        return await self.run()

    def state(self, key: str, value) -> WidgetState:
        """A value for the widget with this key, in the form that its kind is sent in."""
        widget = self.page.widget(key)
        if widget is None:
            raise KeyError(key)
        state = WidgetState(id=widget.id)
        match type(widget).__name__:
            case "Slider":
                state.double_array_value.data[:] = [value]
            case "NumberInput":
                state.double_value = value
            case "Checkbox" | "Expandable" | "Popover":
                state.bool_value = value
            case "BidiComponent":
                state.json_value = value
            case "Button":
                state.trigger_value = value
            case "ButtonGroup":
                state.string_array_value.data[:] = [value]
            case _:
                state.string_value = value
        return state

    async def press(self, key: str) -> Page:
        """Press a button; it is up again afterwards."""
        return await self.run(self.state(key, True))


def fetch(
    address: str, path: str, method: str = "GET", body: bytes | None = None, **headers: str
) -> tuple[int, dict[str, str], bytes]:
    """One HTTP request, with the path sent as it is: status, headers, body."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=PATIENCE)
    try:
        connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        if body is not None and "Content_Length" not in headers:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        answer = connection.getresponse()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
    finally:
        connection.close()
