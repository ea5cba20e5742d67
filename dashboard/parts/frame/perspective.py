"""Whose money the answer is about: a choice that every page shares and the link carries."""

from __future__ import annotations

import streamlit as st

from dashboard.address.link import Notice, named_options
from dashboard.visitor import session
from dashboard.visitor.choices import Choices
from dashboard.wording import row_texts


def chooser(choices: Choices) -> None:
    """The choice; a widget of this page only, so that its value outlives the page."""
    words = choices.words
    names = row_texts.labels("perspectives")
    st.session_state.whose = choices.state.perspective
    st.segmented_control(
        words("perspective.label"),
        named_options()["perspective"],
        format_func=lambda name: words.of(names[name]),
        key="whose",
        required=True,
        on_change=_choose,
        help=words("perspective.help"),
    )


def take(name: str) -> None:
    """The perspective that a message asks for; one that does not exist is told and not used."""
    if name in named_options()["perspective"]:
        st.session_state.perspective = name
    else:
        session.note(Notice("refused", "perspective", name[:100]))


def _choose() -> None:
    st.session_state.perspective = st.session_state.whose
