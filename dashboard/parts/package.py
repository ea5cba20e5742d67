"""The package in hand: each moved policy with its way back, undo, and how to pass it on."""

from __future__ import annotations

import streamlit as st

import models
from dashboard.parts.redraw import everywhere, follows, whole
from dashboard.visitor import query_params, undo
from dashboard.visitor.choices import Choices
from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import level_text


def row(choices: Choices) -> None:
    """A button per moved policy that puts it back to today."""
    words, levels = choices.words, choices.state.levels
    with st.container(horizontal=True, key="package"):
        for name, lever in choices.levers.items():
            if name in levels:
                at, today = (level_text(lever, v, words.lang) for v in (levels[name], lever.today))
                st.button(
                    words("simulator.lever_at", label=words.of(lever), level=at),
                    key=f"drop_{name}",
                    icon=":material/close:",
                    help=words("lever.back_to_today", today=today),
                    on_click=everywhere,
                    args=(undo.back_to_today, name),
                )
        if not levels:
            st.caption(words("simulator.untouched"))


def ways(words: Words) -> None:
    """The ways back, and the link."""
    with st.container(horizontal=True, key="package_ways"):
        st.button(
            words("sidebar.undo"),
            key="undo_here",
            icon=":material/undo:",
            on_click=undo.undo,
            type="tertiary",
        )
        st.button(
            words("sidebar.back_to_today"),
            key="all_to_today_here",
            on_click=undo.load,
            args=({},),
            type="tertiary",
        )
        title = words("share.title")
        with st.popover(title, icon=":material/link:", key="share", on_change=whole) as box:
            if box.open:
                share()


@follows
def share(choices: Choices, result: models.Result) -> None:
    """The whole link and what it carries, and what gives the same figures without this page."""
    words = choices.words
    st.markdown(f"**{words('share.link')}**")
    st.code(query_params.address(choices), language=None, wrap_lines=True)
    st.caption(words("share.carries"))
    if choices.not_in_link:
        st.warning(words("edited.not_in_link", n=len(choices.not_in_link)))
    st.markdown(f"**{words('share.command')}**")
    st.code(result.command, language=None, wrap_lines=True)
    st.markdown(f"**{words('share.python')}**")
    st.code(result.python, language=None, wrap_lines=True)
