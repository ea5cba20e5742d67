"""A real server over HTTP and its websocket: links, paths, headers, uploads, what is closed."""

from __future__ import annotations

import asyncio
import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.visitor import Page, Visitor, fetch
from dashboard.server import headers as hosting
from tests.support.loops import finished

ROOT = Path(__file__).parents[2]
LEAKED = re.compile(rb"Traceback|site-packages|\.py\"|streamlit_app\.py")
LONG = "?x=" + "1" * 9_000

# -- links ----------------------------------------------------------------------------------------

NOT_USED = [  # Streamlit reads many of these as 0.05, or drops them without a word
    *("%200.05", "0.05%20", "0.05%0A", "%2B0.05", "+0.05", ".05", "0.", "5e-2", "0.05%00"),
    *("%FF", "%C0%AF", "%ED%A0%80", "%2530.05", "%E2%80%AE5", "%EF%BC%91", "%zz", "%", ""),
    *("NaN", "inf", "-inf", "1e400", "0,05", "5%25", "0x1", "1_000", "0.055", "0.21", "-0.01"),
    *("9" * 400, "%3Cimg%20src=x%3E", "0.05&xray_share=0.06", "&xray_share=0.05", "0.05;a=1"),
]
OTHERS = [
    *("years=2.5", "years=3.0", "draws=1e4", "seed=-1", "anchor=Alles", "valuation=Frictiekosten"),
    *("presenteeism=1", "lang=xx", "perspective=everybody", "schema=2", "schema=x", "xray=0.05"),
    *("assumptions=000000000000", "a.sl_share=2", "a.sl_share=0.3:0.1", "a.=1", "%00=1", "=x"),
    *("notices=1", "own_assumptions=1", "package_back_to_work=true", "whose=x", "wb-search=x"),
]
TOO_LONG = [
    "&".join(f"p{n}={n}" for n in range(1_001)),
    "xray_share=" + "1" * (512 * 1024 + 1),
    "xray_share=0.06&x=" + "%41" * 5_000,
]
SILENT = [
    "utm_source=x",
    "utm_campaign=%FF",
    "fbclid=1",
    "embed=true&embed_options=dark_theme",
    "&",
]


@pytest.fixture(scope="module")
def links(server):
    """The page of every link, each by a visitor of its own."""
    queries = [*(f"xray_share={value}" for value in NOT_USED), *OTHERS, *SILENT, *TOO_LONG, ""]

    async def visit(query: str) -> Page:
        async with Visitor(server) as visitor:
            more = "&public_campaign=1" if query not in TOO_LONG else ""
            return await visitor.open(query + more, "simulator")

    async def all_of_them():
        return {query: await visit(query) for query in queries}

    return finished(all_of_them())


@pytest.mark.parametrize("query", [*(f"xray_share={value}" for value in NOT_USED), *OTHERS])
def test_what_a_link_cannot_have_is_named_and_is_not_used(links, query):
    page = links[query]
    assert not page.broken and not page.script_error
    assert len(page.texts) == 1 and page.lead == links[""].lead


@pytest.mark.parametrize("query", TOO_LONG, ids=range(len(TOO_LONG)))
def test_a_link_that_is_too_long_says_so(links, query):
    page = links[query]
    assert not page.broken and len(page.texts) == 1 and "te lang" in page.texts[0]


@pytest.mark.parametrize("query", SILENT)
def test_what_others_add_is_left_alone(links, query):
    page = links[query]
    assert not page.broken and not page.texts and page.lead == links[""].lead


# -- paths ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200), ("/nope", 200), ("/simulator", 200), ("/simulator/", 301), ("/overview", 307),
        ("//", 400), ("//evil.example/", 400), ("/..%2f", 400), ("/%2e%2e/etc/passwd", 400),
        ("/%00", 400), ("/%FF", 200), ("/?lang=xx", 200), ("/?lang=%FF", 200), ("/" + LONG, 307),
        ("/streamlit_app.py", 200), ("/.streamlit/config.toml", 200), ("/static/../x", 400),
        ("/media/none", 404), ("/component/x/y", 404), ("/_stcore/metrics", 404),
        ("/_stcore/metrics/", 404), ("/_stcore/health", 200), ("/simulator#part", 200),
    ],
)  # fmt: skip
def test_every_path_has_an_answer_and_leaks_nothing(server, path, status):
    found, headers, body = fetch(server, path)
    assert found == status
    assert not LEAKED.search(body) and b"[server]" not in body
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "frame-ancestors 'self'" in headers["content-security-policy"]


@pytest.mark.parametrize("path", ["//evil.example/", "/%2f/evil.example", "/\\evil.example"])
def test_no_link_leads_to_another_host(server, path):
    status, headers, _ = fetch(server, path + LONG)
    assert status == 307 and headers["location"] == "?link=too_long"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "TRACE", "FOO"])
def test_pages_are_only_read(server, method):
    assert fetch(server, "/simulator", method)[0] == 405


def test_who_may_embed_is_set_by_whoever_hosts(monkeypatch):
    monkeypatch.setenv(hosting.EMBEDDERS, "https://news.example https://b.example")
    policy = dict(hosting.headers())[b"content-security-policy"].decode()
    assert policy.endswith("frame-ancestors 'self' https://news.example https://b.example")


def test_the_settings_that_keep_things_inside_are_shipped():
    settings = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    assert settings["client"]["showErrorDetails"] == "none"
    assert settings["client"]["disableDataExport"] is True
    assert settings["server"]["enableStaticServing"] is False
    assert settings["server"]["maxUploadSize"] == 2
    assert settings["runner"] == {"postScriptGC": False, "fastReruns": False}
    assert settings["browser"]["gatherUsageStats"] is False


# -- uploads --------------------------------------------------------------------------------------


def put(server: str, session: str, name: str, data: bytes, **headers: str) -> int:
    """One upload as a browser does it, with the token that the server gave."""
    _, given, _ = fetch(server, "/_stcore/health")
    cookie = given["set-cookie"].split(";")[0]
    body = b'--x\r\nContent-Disposition: form-data; name="f"; filename="t.csv"\r\n\r\n%s\r\n--x--'
    known = {
        "Cookie": cookie, "X_Xsrftoken": cookie.partition("=")[2],
        "Content_Type": "multipart/form-data; boundary=x",
    }  # fmt: skip
    path = f"/_stcore/upload_file/{session}/{name}"
    return fetch(server, path, "PUT", body % data, **known, **headers)[0]


async def files_tab(visitor: Visitor) -> Page:
    await visitor.open("", "assumptions")
    tabs = next(one for one in visitor.page.blocks if one.WhichOneof("type") == "tab_container")
    titles = [one.tab.label for one in visitor.page.blocks if one.WhichOneof("type") == "tab"]
    visitor.states["tabs"] = visitor.state("wb-section", titles[2])
    assert tabs.tab_container.id == visitor.states["tabs"].id
    return await visitor.run()


def test_one_visitor_stores_few_files_and_each_is_let_go_once_read(server):
    async def upload():
        async with Visitor(server) as visitor:
            page = await files_tab(visitor)
            large = b"x" * (2 * 1024 * 1024 + 1)
            assert await asyncio.to_thread(put, server, page.session, "large", large) == 413
            for number in range(2 * hosting.MAX_FILES):  # each is read before the next
                uploader = page.of("file_uploader")[0]
                name = f"f{number}"
                assert await asyncio.to_thread(put, server, page.session, name, b"x,y\n1,2") == 204
                state = visitor.state(f"wb-upload-{number}", "")
                state.Clear()
                state.id = uploader.id
                info = state.file_uploader_state_value.uploaded_file_info.add()
                info.file_id, info.name, info.size = name, "../../etc/passwd", 7
                info.file_urls.file_id = name
                page = await visitor.run(state)
                assert not page.broken and "wb-forget" in page.written  # refused in words
            many = [
                await asyncio.to_thread(put, server, page.session, f"m{n}", b"x")
                for n in range(hosting.MAX_FILES + 2)
            ]
            assert many == [204] * hosting.MAX_FILES + [413] * 2
            assert not (await visitor.run()).broken

    finished(upload())


def test_an_upload_needs_a_token_and_a_visitor(server):
    assert fetch(server, "/_stcore/upload_file/a/b", "PUT", b"x")[0] == 403
    assert put(server, "nobody", "b", b"x") == 400


# -- what the server tells ------------------------------------------------------------------------


def test_the_repository_is_not_told(server):
    async def ask():
        async with Visitor(server) as visitor:
            await visitor.open("", "method")
            await visitor.send(BackMsg(load_git_info=True))
            await visitor.send(BackMsg(app_heartbeat=True))
            while True:
                message = ForwardMsg.FromString(await visitor.socket.recv())
                assert message.WhichOneof("type") != "git_info_changed"
                if message.WhichOneof("type") == "heartbeat_ack":
                    return

    finished(ask())


def test_no_message_tells_where_or_on_what_the_server_runs(server):
    async def listen():
        told = []
        async with Visitor(server) as visitor:
            for name in ("", "simulator", "assumptions", "method"):
                await visitor.ask(name=name)
                message = ForwardMsg()
                while message.WhichOneof("type") != "script_finished":
                    data = await visitor.socket.recv()
                    message = ForwardMsg.FromString(data)
                    told += [data] if str(ROOT).encode() in data else []
                    if message.WhichOneof("type") == "new_session":
                        start = message.new_session.initialize
                        told += [start.user_info.installation_id_v3]
                        told += [start.environment_info.python_version]
        return [one for one in told if one]

    assert finished(listen()) == []


def test_libraries_are_past_their_known_holes():
    least = {"streamlit": (1, 54), "starlette": (1, 1), "python-multipart": (0, 0, 27)}
    least |= {"pandas": (3, 1), "plotly": (7, 1)}
    for name, floor in least.items():
        found = tuple(int(part) for part in metadata.version(name).split(".")[:3])
        assert found >= floor, name


def test_another_origin_is_refused(server):
    from websockets.asyncio.client import connect
    from websockets.exceptions import InvalidStatus

    async def come():
        address = server.replace("http", "ws") + "/_stcore/stream"
        async with connect(address, origin="https://evil.example"):
            pass

    with pytest.raises(InvalidStatus):
        finished(come())
