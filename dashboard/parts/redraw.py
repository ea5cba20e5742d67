"""What a moved lever draws anew: the parts of a page that follow the levels, and nothing else.

Left to itself Streamlit runs the whole script for every change, and sends and draws every slider,
button and chart once more. A part that is marked with `follows` is a fragment of the page; when
nothing but levels have changed since the whole page was drawn, only those parts are run. In any
other case, and for whoever does not keep what was drawn before, the whole page is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps

import streamlit as st

import models
from dashboard.address.link import State
from dashboard.parts import notices
from dashboard.server.streamlit_private import draw_from_the_top, page_hash
from dashboard.visitor import session, undo
from dashboard.visitor.choices import Choices, current, read
from models import DataError, UsageError


@dataclass(frozen=True)
class Drawn:
    """Everything but the levels that a whole page was drawn with."""

    page: str | None
    state: State
    assumptions: str
    notices: tuple

    @classmethod
    def of(cls, choices: Choices) -> Drawn:
        unmoved = replace(choices.state, levels={})
        return cls(page_hash(), unmoved, choices.assumptions.hash, st.session_state.notices)


def follows(draw: Callable[[Choices, models.Result], None]) -> Callable[[], None]:
    """A part that depends on the levels, and on nothing but what it is given each time."""
    name = f"part_{draw.__name__}"

    @st.fragment(key=name)
    def fragment() -> None:
        try:
            choices = current()
            draw(choices, choices.result)
        except (DataError, UsageError) as error:
            notices.broken(error)

    @wraps(draw)
    def part() -> None:
        if st.session_state.parts is not None:
            st.session_state.parts.append(name)
        fragment()

    return part


def moved() -> None:
    """A lever has been moved, or several: what follows it is drawn, or the whole page."""
    session.note_what_was_refused()
    parts, before = st.session_state.parts, st.session_state.drawn
    if not parts or not _browser() or before is None or before.page != page_hash():
        return
    choices = read()
    if before == Drawn.of(choices) and not choices.off:
        undo.remember(dict(choices.state.levels))
        st.rerun(parts)


def as_a_whole() -> None:
    """This page is never drawn in parts: it gives files, and Streamlit keeps those of a part."""
    st.session_state.parts = None


def whole() -> None:
    """For a widget outside the parts: when it changes with a lever, the whole page is drawn."""


def begin() -> None:
    """The whole page is about to be drawn, from its top."""
    draw_from_the_top()
    st.session_state.drawn, st.session_state.parts = None, []


def drawn(choices: Choices) -> None:
    """The whole page has been drawn; from now on parts of it may be."""
    st.session_state.drawn = Drawn.of(choices)


def everywhere(change: Callable, *args) -> None:
    """For a button within a part: a change that shows outside it as well, such as in a slider."""
    change(*args)
    st.rerun()


def _browser() -> bool:
    """A browser keeps what it was sent, and says where it is; tests and plain clients do not."""
    return st.context.timezone is not None
