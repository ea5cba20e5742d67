"""The page that every page stands in: language, notices, levers, navigation."""

from __future__ import annotations

import streamlit as st

from dashboard.parts import notices, redraw, sidebar
from dashboard.paths import PACKAGE, PAGES
from dashboard.server.html_shell import FIRST, follow, way_back
from dashboard.templates import blocks
from dashboard.visitor import session
from dashboard.visitor.session import Now
from dashboard.wording import sentences
from models import DataError, UsageError

ICON = PACKAGE / "icon.svg"
SIDEBAR = 340  # pixels wide; folded away on a telephone
LISTED = (
    "overview",
    "simulator",
    "compare",
    "drivers",
    "assumptions",
    "evidence",
    "claims",
    "brief",
    "method",
)


def main() -> None:
    redraw.begin()
    try:
        session.open_link()
        _page()
    except (DataError, UsageError) as error:
        notices.broken(error)
        way_back(st.session_state.get("lang"))


def _page() -> None:
    words = session.words()
    st.set_page_config(
        words("app.title"), page_icon=str(ICON), layout="wide", initial_sidebar_state=SIDEBAR
    )
    page = st.navigation(
        [
            st.Page(
                PAGES / f"{name}.py",
                title=words(f"{name}.menu"),
                url_path=name,
                default=name == FIRST,
            )
            for name in LISTED
        ],
        position="top",
    )
    st.html(blocks.style(words))
    sidebar.language(words)
    follow(words.lang)
    session.put_back_what_was_off()
    session.write_again_what_the_address_lost()
    sidebar.draw(words)
    now = session.now()
    session.refuse_what_is_off(now)
    session.note_what_was_refused()
    session.keep_in_link(now.state)
    session.remember(dict(now.state.levels))
    notices.draw(words)
    notices.edited(now)
    with session.shared(now):
        page.run()
        _footer()
    redraw.drawn(now)


@redraw.follows
def _footer(now: Now) -> None:
    st.caption(sentences.footer(now.result, now.words))
