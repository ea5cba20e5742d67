"""Whose money the answer is about: a choice that every page shares and the link carries."""

from __future__ import annotations

import streamlit as st

from dashboard.address.link import choices
from dashboard.visitor.session import Now
from dashboard.wording import row_texts


def chooser(now: Now) -> None:
    """The choice; a widget of this page only, so that its value outlives the page."""
    words = now.words
    names = row_texts.labels("perspectives")
    st.session_state.whose = now.state.perspective
    st.segmented_control(
        words("perspective.label"),
        choices()["perspective"],
        format_func=lambda name: words.of(names[name]),
        key="whose",
        required=True,
        on_change=_choose,
        help=words("perspective.help"),
    )


def _choose() -> None:
    st.session_state.perspective = st.session_state.whose
