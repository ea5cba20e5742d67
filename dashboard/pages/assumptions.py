"""The assumptions: look through them, disagree with one, see what that is worth, hand it over."""

import streamlit as st

from dashboard import (
    panels,
    session,
    workbench,
    workbench_browse,
    workbench_card,
    workbench_edit,
    workbench_files,
    workbench_price,
)
from dashboard.moves import as_a_whole

SECTIONS = {
    "browse": workbench_browse.show,
    "price": workbench_price.show,
    "files": workbench_files.show,
}


def page() -> None:
    now = session.current()
    words = now.words
    as_a_whole()
    st.html(workbench_card.STYLE)
    st.title(words("assumptions.title"))
    st.html(panels.answer(*workbench.answer(now)))
    if now.edited:
        st.html(panels.figures(workbench_price.figures(now)))
    workbench_edit.said(words)
    names = workbench.sections(tuple(SECTIONS), words)
    tabs = st.tabs(names, key="wb-section", on_change="rerun")
    for show, tab in zip(SECTIONS.values(), tabs, strict=True):
        if tab.open:  # only the section in view is worked out
            with tab:
                show(now)
    workbench_edit.has_been_said()


page()
