"""The answer first, the base case beside it, then whose money, health, years and the account."""

import streamlit as st

from dashboard import headlines, judgement, notices, panels, sections, session
from dashboard.examples import buttons

SECTIONS = ("payers", "items", "health", "years", "doubt", "even", "levers", "account")


def page() -> None:
    now = session.now()
    words = now.words
    st.title(words("simulator.title"))
    st.html(panels.answer(*headlines.simulator_answer(now.result, words)))
    st.html(panels.figures(headlines.simulator_figures(now.result, words)))
    buttons(words)
    st.html(panels.aside(headlines.package(now.result, words)))
    notices.mind(judgement.warnings(now.result, words), words)
    names = [words(f"simulator.tab.{name}") for name in SECTIONS]
    for name, tab in zip(SECTIONS, st.tabs(names, key="section", on_change="rerun"), strict=True):
        if tab.open:  # only the section in view is worked out
            with tab:
                getattr(sections, name)(now)


page()
