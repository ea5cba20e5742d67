"""What we use of Streamlit that is not public; only this folder may. Tested name by name.

`tests/server/test_streamlit_private.py` fails with the name of what moved when the pin is raised.

| private thing | what it is for here | what would replace it |
|---|---|---|
| `runtime.get_instance().uploaded_file_mgr.file_storage`, `.remove_file` | count and forget the uploads of a visitor (`headers`) | an option for the number of files, and a public way to drop one |
| `runtime.scriptrunner.get_script_run_ctx`: `session_id` | which visitor a script runs for | `st.context` with it |
| `proto.BackMsg_pb2`, `proto.WidgetStates_pb2` | read what a browser sends, and take out what cannot be (`message_check`) | a check of widget values by Streamlit itself |
| `proto.ForwardMsg_pb2`, `proto.ButtonGroup_pb2`, `proto.NumberInput_pb2` | learn what a widget can hold from what the server sends | the same |
| ids of widgets that begin with `$$ID` and end with the key | name a refused value (`message_check`) | the same |
| `/_stcore/upload_file/SESSION/FILE`, `/_stcore/metrics` | bound uploads, close the counters (`headers`) | options of the server |
| `<html lang="en">`, `<title>Streamlit</title>`, `<div id="root">` and the font that is preloaded in the HTML shell | language, title, answer and squares before the script runs (`html_shell`, `first_paint`) | options of the page |
| `window.Plotly`, set by Streamlit's chart | pictures and previews in the browser (`static/`) | a Plotly that a component may import |
| `stApp`, `stMainBlockContainer`, `stMarkdown`, `stHtml`, `stHeader`, `stHeaderActionElements`, `stSelectbox`, `stMainMenu`, `stPageLink`, `stColumn`, `stButtonGroup`, labels that begin with `Help for`, `stFileUploaderDropzoneInstructions`, `st-key-KEY` | what styles and scripts point at (`static/`, `templates/`, `assumptions/card`) | keys for every container |
| `history.pushState`, `history.replaceState` as Streamlit calls them | one entry of the history for each act (`static/shell.js`) | an option of a bound widget |
| option `runner.postScriptGC` | no forced collection after every run (`.streamlit/config.toml`, `gc`) | a collection that holds up nobody |
"""  # noqa: E501

from __future__ import annotations

from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx


def stored_files(session: str) -> int:
    """How many uploaded files of this visitor the server holds."""
    return len(runtime.get_instance().uploaded_file_mgr.file_storage.get(session, ()))


def remove_file(file: str) -> None:
    """Forget an uploaded file of the visitor for whom this script runs; nothing without one."""
    visitor = get_script_run_ctx()
    if visitor is not None and runtime.exists():
        runtime.get_instance().uploaded_file_mgr.remove_file(visitor.session_id, file)
