"""Questions to start with: each loads one of the signed packages."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.address.link import DEFAULTS
from dashboard.visitor import session, undo
from dashboard.wording.catalogue import Words


def buttons(
    words: Words, go_to_simulator: bool = False, beside: Callable[[], None] = lambda: None
) -> None:
    """A button per question, and what stands beside them; `go_to_simulator` opens it."""
    with st.container(horizontal=True, key="all-examples"):
        with st.container(horizontal=True, key="examples"):
            packages = session.packages().items()
            pressed = [_button(name, package, words) for name, package in packages]
        with st.container(horizontal=True, key="beside-examples"):
            beside()
    if go_to_simulator and any(pressed):
        # without query_params Streamlit clears the address and fails, as levers are bound to it
        st.switch_page("dashboard/pages/simulator.py", query_params={})


def _button(name: str, package: dict, words: Words) -> bool:
    question = f"question.{name}"
    return st.button(
        words(question) if question in words else words.of(package),
        key=f"package_{name}",
        help=f"{words.of(package)}. {words.of(package, 'motivation')}",
        on_click=_load,
        args=(package["levels"],),
    )


def _load(levels: dict[str, float]) -> None:
    """Set the levels, and all other choices again: Streamlit drops unset state at a page change."""
    undo.load(levels)
    for name in DEFAULTS:
        if name in st.session_state:
            st.session_state[name] = st.session_state[name]
