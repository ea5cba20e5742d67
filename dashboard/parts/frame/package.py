"""The current package: what it is, undo, and how to pass it on."""

from __future__ import annotations

import streamlit as st

from dashboard.address.link import Notice
from dashboard.address.names import LONGEST, NAME, package_name
from dashboard.paths import PAGES
from dashboard.templates import blocks
from dashboard.visitor import query_params, session, undo
from dashboard.visitor.choices import Choices
from dashboard.wording.package import levels_in_words


def bar(choices: Choices) -> None:
    """One line on pages that have no levers: the current package, the way to it, and back."""
    words = choices.words
    if not choices.state.levels:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="package_bar"):
        levels, name = package_levels(choices), choices.state.name
        text = words("package.bar_named" if name else "package.bar", levers=levels, name=name)
        st.html(blocks.note(text), width="content")
        st.page_link(PAGES / "simulator.py", label=words("package.change"))
        st.button(
            words("sidebar.back_to_today"),
            key="all_to_today",
            on_click=undo.load,
            args=({},),
            type="tertiary",
        )


def package_levels(choices: Choices) -> str:
    """Hulp bij terugkeer naar werk 50%; ..."""
    return "; ".join(levels_in_words(choices.state.levels, choices.levers, choices.words))


def name_field(choices: Choices) -> None:
    """Where the reader names the package; a widget of this page only, as with whose money it is."""
    label = choices.words("package.name")
    st.session_state["name-here"] = st.session_state.get(NAME) or ""
    st.text_input(
        label,
        key="name-here",
        max_chars=LONGEST,
        placeholder=label,
        label_visibility="collapsed",
        width=260,
        on_change=_name,
    )


def _name() -> None:
    """Take the name over; one that cannot be a name is told and not used."""
    typed = st.session_state["name-here"] or ""
    name = package_name(typed)
    if name is None:
        session.note(Notice("not_a_name", NAME, typed, (LONGEST,)))
    else:
        st.session_state[NAME] = name


def ways(choices: Choices) -> None:
    """The ways back, and the link."""
    words = choices.words
    with st.container(horizontal=True, key="package_ways", width="content"):
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
        with st.popover(title, icon=":material/link:", key="share", on_change="rerun") as box:
            if box.open:
                share(choices)


def share(choices: Choices) -> None:
    """The whole link and what it carries, and what gives the same figures without this page."""
    words = choices.words
    st.markdown(f"**{words('share.link')}**")
    beside = st.session_state.get("compared") or ()
    link = query_params.address(choices) + query_params.compared(beside)
    st.code(link, language=None, wrap_lines=True)
    st.caption(words("share.carries"))
    if beside:
        st.caption(words("compare.carries"))
    if choices.not_in_link:
        st.warning(words("edited.not_in_link", n=len(choices.not_in_link)))
    st.markdown(f"**{words('share.command')}**")
    st.code(choices.result.command, language=None, wrap_lines=True)
    st.markdown(f"**{words('share.python')}**")
    st.code(choices.result.python, language=None, wrap_lines=True)
