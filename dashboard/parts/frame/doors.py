"""Navigation: three main entries ("doors") always in view, and the pages behind each of them.

Every page has a permanent address of its own. A door is the page that it opens, and the pages that
are reached from there.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboard.paths import PAGES
from dashboard.templates import blocks
from dashboard.wording.catalogue import LANGUAGES, Words

DOORS = {
    "overview": ("overview",),
    "simulator": ("simulator", "compare", "brief"),
    "evidence": (
        *("evidence", "measures", "trials", "drivers", "assumptions", "deliberate"),
        *("method", "claims", "about"),
    ),
}
LISTED = tuple(page for pages in DOORS.values() for page in pages)
CONTENTS = (
    *("measures", "trials", "drivers", "assumptions", "deliberate"),
    *("method", "claims", "brief", "about"),
)
IN_A_ROW = ("simulator",)  # a door whose pages are few enough to name them all
NAMES = dict(zip(LANGUAGES, ("Nederlands", "English"), strict=True))


def door_of(name: str) -> str:
    """The door behind which a page stands."""
    return next(door for door, pages in DOORS.items() if name in pages)


def bar(pages: Mapping[str, st.Page], name: str, words: Words) -> None:
    """The name of the product, the three doors and the language; stays in view."""
    with st.container(horizontal=True, key="top-bar"):
        st.html(blocks.paragraph(words("app.title"), "brand"), width="content")
        with st.container(horizontal=True, key="door-links"):
            for door in DOORS:
                with st.container(key=f"door-{door}{'_open' if door == door_of(name) else ''}"):
                    st.page_link(pages[door], label=words(f"door.{door}"))
        _language()


def _language() -> None:
    """The choice of language; its name stands in both, for whoever cannot read this one."""
    with st.container(key="language"):
        st.segmented_control(
            "Taal / Language",
            LANGUAGES,
            format_func=NAMES.get,
            key="lang",
            required=True,
            label_visibility="collapsed",
        )


def within(pages: Mapping[str, st.Page], name: str, words: Words) -> None:
    """Under the doors: the pages of this door in a row, or the way back to its first page."""
    door = door_of(name)
    if door in IN_A_ROW:
        listed = DOORS[door]
    elif name != door:
        listed = (door,)
    else:
        return
    with st.container(horizontal=True, key="page-links"):
        for page in listed:
            back = "← " if listed == (door,) else ""
            st.page_link(pages[page], label=f"{back}{words(f'{page}.menu')}")


def contents(words: Words) -> None:
    """What there is behind the third door: a link and a line for each page."""
    with st.container(key="contents-list"):
        st.header(words("evidence.contents"))
        for page in CONTENTS:
            st.page_link(PAGES / f"{page}.py", label=words(f"{page}.menu"))
            st.caption(words(f"door.about.{page}"))
