"""The assumptions: look through them, disagree with one, see what that is worth, hand it over."""

import streamlit as st

from dashboard.assumptions import browse, edit, files, price, rows
from dashboard.templates import blocks
from dashboard.visitor.choices import current

SECTIONS = {
    "browse": browse.show,
    "price": price.show,
    "files": files.show,
}


def page() -> None:
    choices = current()
    words = choices.words
    st.html(blocks.stylesheet("workbench.css"))
    st.title(words("assumptions.title"))
    st.html(blocks.answer(*rows.answer(choices)))
    if choices.edited:
        st.html(blocks.figures(price.figures(choices)))
    edit.last_action(words)
    names = rows.sections(tuple(SECTIONS), words)
    tabs = st.tabs(names, key="wb-section", on_change="rerun")
    for show, tab in zip(SECTIONS.values(), tabs, strict=True):
        if tab.open:  # only the section in view is worked out
            with tab:
                show(choices)
    edit.last_action_shown()


page()
