"""The page that every page stands in: language, notices, levers, navigation."""

from __future__ import annotations

import streamlit as st

from dashboard.address.names import NAME
from dashboard.parts.frame import doors, notices, options, package
from dashboard.parts.frame.doors import LISTED
from dashboard.paths import PACKAGE, PAGES
from dashboard.server.html_shell import FIRST, follow, way_back
from dashboard.templates import blocks, render
from dashboard.visitor import query_params, session, undo
from dashboard.visitor.choices import lent, read
from dashboard.wording import about, sentences
from models import DataError, UsageError

ICON = PACKAGE / "icon.svg"
SIMULATOR = "simulator"  # where the levers stand


def main() -> None:
    try:
        session.open_link()
        _page()
    except (DataError, UsageError) as error:
        notices.broken(error)
        way_back(st.session_state.get("lang"))


def _page() -> None:
    query_params.restore()
    words = session.words()
    named = st.session_state.get(NAME)
    title = words("app.title_named", name=named) if named else words("app.title")
    st.set_page_config(title, page_icon=str(ICON), layout="wide")
    pages = {
        name: st.Page(
            PAGES / f"{name}.py",
            title=words(f"{name}.menu"),
            url_path=name,
            default=name == FIRST,
        )
        for name in LISTED
    }
    page = st.navigation(list(pages.values()), position="hidden")
    name = next(name for name in LISTED if pages[name] == page)
    st.html(blocks.stylesheet("page.css") + blocks.stylesheet("doors.css"))
    doors.bar(pages, name, words)
    doors.within(pages, name, words)
    follow(words, doors.door_of(name))
    body, foot = st.container(), st.container()
    with foot:  # drawn first, since the page rests on what is chosen there
        options.draw(words)
    choices = read()
    session.note_what_was_refused()
    query_params.keep(choices.state)
    undo.remember(dict(choices.state.levels))
    with body, lent(choices):
        notices.draw(words)
        notices.edited(choices)
        if name != SIMULATOR:
            package.bar(choices)
        page.run()
    with foot:
        st.caption(sentences.footer(choices.result, words))
        line, more = about.identity(words), words("about.menu")
        st.html(render("identity", line=line, more=more, link=f"about?{choices.link}"))
