"""The address of the page: what is written into it, and the whole link to copy."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from dashboard.address.link import DEFAULTS, NUMBERS, SWITCHES, State, named_options, to_query
from dashboard.visitor import language, session
from dashboard.visitor.choices import Choices


def address(choices: Choices, page: str = "simulator") -> str:
    """The whole link that shows this state again, on the server that the reader sees."""
    try:
        parts = urlsplit(st.context.url or "")
    except ValueError:  # a browser says where it is; anyone can say anything
        parts = urlsplit("")
    return f"{parts.scheme or 'http'}://{parts.netloc or 'localhost:8501'}/{page}?{choices.link}"


def restore() -> None:
    """Before the widgets are drawn: who turns a page before they stand has them dropped from it.

    The browser keeps in the address what its widgets are bound to, and knew of none yet. Streamlit
    writes a value into the address that is set here.
    """
    for name, allowed in named_options().items():  # left to itself a list takes its first option
        if name not in st.session_state:
            asked = st.query_params.get(name)
            usual = language.of_reader() if name == "lang" else DEFAULTS[name]
            st.session_state[name] = asked if asked in allowed else usual
    for name in (*SWITCHES, *NUMBERS):
        value = st.session_state.get(name, DEFAULTS[name])
        if value != DEFAULTS[name] and name not in st.query_params:
            st.session_state[name] = value


def keep(state: State) -> None:
    """Write into the address what Streamlit does not: levels, edits, words as the command line's.

    Numbers and switches are bound by Streamlit itself; it would write "Frictiekosten" for these.
    """
    query = to_query(state)
    ours = {name for name in query if "." in name} | set(session.levers())
    ours |= {name for name in st.query_params if "." in name} | set(named_options())
    for name in ours:
        wanted = [query[name]] if name in query else []
        if st.query_params.get_all(name) != wanted:
            if wanted:
                st.query_params[name] = query[name]
            else:
                del st.query_params[name]
