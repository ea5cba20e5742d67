"""The answer first, the base case beside it, then whose money, health, years and the account."""

import streamlit as st

from dashboard import headlines, judgement, notices, package, panels, perspective, sections, session
from dashboard.examples import buttons


def page() -> None:
    now = session.current()
    words, result, view = now.words, now.result, now.state.perspective
    st.title(words("simulator.title"))
    perspective.chooser(now)
    st.html(
        panels.answer(*headlines.simulator_answer(result, words, view))
        + panels.note(headlines.leaves_out(result, view, words))
        + panels.figures(headlines.money_figures(result, words, view))
        + panels.figures(headlines.health_figures(result, words), small=True)
        + panels.aside(headlines.who_pays(result, words))
    )
    package.row(now)
    buttons(words)
    notices.mind(judgement.warnings(result, words), words)
    sections.chosen(now)


page()
