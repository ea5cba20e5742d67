"""What we use of Streamlit that is not public is still there, as `streamlit_private` lists it.

When the pin of Streamlit is raised, the test that fails has the name of what moved.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
import streamlit
from streamlit import config

from dashboard.server import streamlit_private
from dashboard.server.headers import _UPLOAD
from dashboard.server.message_check import _MARK, NEEDED

BUILT = Path(streamlit.__file__).parent / "static"
TABLE = streamlit_private.__doc__

NAMES = (
    "streamlit.runtime:exists",
    "streamlit.runtime:get_instance",
    "streamlit.runtime:Runtime.uploaded_file_mgr",
    "streamlit.runtime.memory_uploaded_file_manager:MemoryUploadedFileManager.remove_file",
    "streamlit.runtime.scriptrunner:get_script_run_ctx",
)
FIELDS = {
    "BackMsg": (*NEEDED, "backend_operation_request"),
    "ClientState": ("query_string", "widget_states"),
    "ForwardMsg": ("delta", "new_session"),
    "WidgetStates": ("widgets",),
    "WidgetState": (
        *("id", "trigger_value", "bool_value", "double_value", "int_value", "string_value"),
        *("double_array_value", "int_array_value", "string_array_value", "json_value"),
        "file_uploader_state_value",
    ),
    "ButtonGroup": ("id", "click_mode", "options", "required"),
    "NumberInput": ("id", "data_type", "has_min", "has_max", "min", "max"),
    "Slider": ("id", "min", "max"),
    "BidiComponent": ("id", "component_name"),
    "Delta": ("new_element", "add_block"),
    "Element": (
        *("slider", "number_input", "checkbox", "button", "download_button", "selectbox", "radio"),
        *("button_group", "text_input", "file_uploader", "bidi_component"),
    ),
    "Block": ("tab_container", "popover", "expandable"),
    "NewSession": ("main_script_path", "initialize"),
    "Initialize": ("environment_info", "user_info"),
    "EnvironmentInfo": ("python_version",),
}
FILE_OF = {
    "WidgetState": "WidgetStates",
    "Initialize": "NewSession",
    "EnvironmentInfo": "NewSession",
}
MARKS = (
    *("stApp", "stMainBlockContainer", "stMarkdown", "stHtml"),
    *("stHeader", "stMainMenu", "stPageLink", "stColumn", "history.pushState"),
    *("stFileUploaderDropzoneInstructions", "st-key-", "window.Plotly"),
)


@cache
def scripts() -> str:
    """All that Streamlit sends to a browser as script."""
    return "".join(path.read_text("utf-8") for path in BUILT.rglob("*.js"))


@pytest.mark.parametrize("name", NAMES)
def test_the_name_is_there(name):
    module, path = name.split(":")
    found = import_module(module)
    for part in path.split("."):
        assert hasattr(found, part), f"{name} has moved: no {part!r}"
        found = getattr(found, part)


@pytest.mark.parametrize("message", FIELDS)
def test_the_message_has_its_fields(message):
    module = import_module(f"streamlit.proto.{FILE_OF.get(message, message)}_pb2")
    fields = getattr(module, message).DESCRIPTOR.fields_by_name
    assert not [name for name in FIELDS[message] if name not in fields]


def test_a_script_knows_its_visitor():
    from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext

    names = set(ScriptRunContext.__dataclass_fields__) | set(vars(ScriptRunContext))
    assert "session_id" in names


def test_uploads_are_counted_by_visitor(monkeypatch):
    from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
    from streamlit.runtime.uploaded_file_manager import UploadedFileRec

    class Runtime:
        uploaded_file_mgr = MemoryUploadedFileManager("/files")

    monkeypatch.setattr(streamlit_private.runtime, "get_instance", lambda: Runtime)
    file = UploadedFileRec(file_id="a", name="a.csv", type="text/csv", data=b"1")
    Runtime.uploaded_file_mgr.add_file("visitor", file)
    assert streamlit_private.stored_files("visitor") == 1
    assert streamlit_private.stored_files("another") == 0


def test_a_widget_has_an_id_that_ends_with_its_key():
    from streamlit.elements.lib.utils import compute_and_register_element_id

    options = {"user_key": "mine", "dg": None, "key_as_main_identity": False}
    name = compute_and_register_element_id("slider", **options)
    assert name.startswith(_MARK.decode()) and name.split("-", 2)[-1] == "mine"


def test_the_addresses_of_uploads_and_counters_are_those():
    from streamlit.web.server.starlette import starlette_routes

    routes = vars(starlette_routes)
    upload = f"{routes['BASE_ROUTE_UPLOAD_FILE']}/visitor/file"
    assert _UPLOAD.fullmatch(f"/{upload.lstrip('/')}")
    assert any(str(value).strip("/") == "_stcore/metrics" for value in routes.values())


def test_the_shell_has_the_language_and_title_that_are_rewritten():
    shell = (BUILT / "index.html").read_text("utf-8")
    for part in ('<html lang="en">', "<title>Streamlit</title>", "<head>", '<div id="root">'):
        assert shell.count(part) == 1, part


@pytest.mark.parametrize("mark", MARKS)
def test_what_styles_and_scripts_point_at_is_sent(mark):
    assert mark in scripts()


def test_the_hidden_option_is_there():
    assert "runner.postScriptGC" in config._config_options_template


def test_the_table_names_all_of_it():
    leaves = {name.rpartition(":")[2].split(".")[-1] for name in NAMES} - {"exists", "set"}
    messages = {f"{FILE_OF[name]}_pb2" for name in FILE_OF} - {"NewSession_pb2"}
    assert not [name for name in (*leaves, *messages, *MARKS) if name not in TABLE]
