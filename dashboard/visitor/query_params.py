"""The address of the page: what is written into it, and the whole link to copy."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote, urlsplit

import streamlit as st

from dashboard.address.link import DEFAULTS, LinkState, to_query
from dashboard.visitor import language, session
from dashboard.visitor.choices import Choices

COMPARED = "compare"  # the parameter of a link that names packages side by side


def compared(names: Iterable[str]) -> str:
    """The part of a link that names these packages side by side; empty for none."""
    written = quote(",".join(names), ":,~;")
    return f"&{COMPARED}={written}" if written else ""


def address(choices: Choices, page: str = "simulator") -> str:
    """The whole link that shows this state again, on the server that the reader sees."""
    try:
        parts = urlsplit(st.context.url or "")
    except ValueError:  # a browser says where it is; anyone can say anything
        parts = urlsplit("")
    return f"{parts.scheme or 'http'}://{parts.netloc or 'localhost:8501'}/{page}?{choices.link}"


def restore() -> None:
    """Before the widgets are drawn: a choice outlives the pages that have no widget for it.

    Streamlit forgets what a widget holds when a page is drawn without it.
    """
    for name, default in DEFAULTS.items():
        if name in st.session_state:
            st.session_state[name] = st.session_state[name]
        else:
            st.session_state[name] = language.of_reader() if name == "lang" else default


def keep(state: LinkState) -> None:
    """Write into the address what differs from today and from what is usual, in our own words."""
    query = to_query(state)
    ours = {name for name in (*query, *st.query_params) if "." in name}
    for name in ours | set(session.levers()) | set(DEFAULTS):
        values = [query[name]] if name in query else []
        if st.query_params.get_all(name) != values:
            if values:
                st.query_params[name] = query[name]
            else:
                del st.query_params[name]
