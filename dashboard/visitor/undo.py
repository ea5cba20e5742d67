"""The levels before: one step back, one lever back to today, or all of them set at once."""

from __future__ import annotations

import streamlit as st

from dashboard.visitor import session

MAX_STEPS_BACK = 50


def remember(levels: dict[str, float]) -> None:
    """Keep the levels of this run and the name they go by, so that they can be gone back to."""
    past, named = st.session_state.past, (levels, st.session_state.get("name") or "")
    if past and past[-1][0] == levels:  # another name is no step
        past = past[:-1]
    st.session_state.past = [*past, named][-MAX_STEPS_BACK:]


def load(levels: dict[str, float], name: str = "") -> None:
    """Set these levels, with this name, and every other lever to today; for use in a callback."""
    session.put_levels(levels)
    st.session_state.name = name


def back_to_today(name: str) -> None:
    st.session_state[name] = session.default_of(name)


def undo() -> None:
    """The levels before the last change."""
    past = st.session_state.past
    if len(past) > 1:
        st.session_state.past = past[:-1]
        load(*past[-2])
