"""The package in hand: each moved policy with its way back, undo, and how to pass it on."""

from __future__ import annotations

import streamlit as st

from dashboard.parts.redraw import everywhere, follows, whole
from dashboard.visitor import session
from dashboard.visitor.session import Now
from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import level_text


def row(now: Now) -> None:
    """A button per moved policy that puts it back to today."""
    words, levels = now.words, now.state.levels
    with st.container(horizontal=True, key="package"):
        for name, lever in now.levers.items():
            if name in levels:
                at, today = (level_text(lever, v, words.lang) for v in (levels[name], lever.today))
                st.button(
                    words("simulator.lever_at", label=words.of(lever), level=at),
                    key=f"drop_{name}",
                    icon=":material/close:",
                    help=words("lever.back_to_today", today=today),
                    on_click=everywhere,
                    args=(session.back_to_today, name),
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
            on_click=session.undo,
            type="tertiary",
        )
        st.button(
            words("sidebar.back_to_today"),
            key="all_to_today_here",
            on_click=session.load,
            args=({},),
            type="tertiary",
        )
        title = words("share.title")
        with st.popover(title, icon=":material/link:", key="share", on_change=whole) as box:
            if box.open:
                share()


@follows
def share(now: Now) -> None:
    """The whole link and what it carries, and what gives the same figures without this page."""
    words = now.words
    st.markdown(f"**{words('share.link')}**")
    st.code(session.address(now), language=None, wrap_lines=True)
    st.caption(words("share.carries"))
    if now.not_in_link:
        st.warning(words("edited.not_in_link", n=len(now.not_in_link)))
    st.markdown(f"**{words('share.command')}**")
    st.code(now.result.command, language=None, wrap_lines=True)
    st.markdown(f"**{words('share.python')}**")
    st.code(now.result.python, language=None, wrap_lines=True)
