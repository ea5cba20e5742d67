"""The answer first, the base case beside it, then whose money, health, years and the account."""

import streamlit as st

from dashboard import headlines, judgement, package, panels, perspective, sections, session
from dashboard.examples import buttons
from dashboard.moves import follows
from dashboard.session import Now


def page() -> None:
    now = session.current()
    st.title(now.words("simulator.title"))
    perspective.chooser(now)
    answer()
    package.ways(now.words)
    buttons(now.words)
    warnings()
    sections.chosen(now.words)


@follows
def answer(now: Now) -> None:
    words, result, view = now.words, now.result, now.state.perspective
    st.html(
        panels.answer(*headlines.simulator_answer(result, words, view))
        + panels.note(headlines.leaves_out(result, view, words))
        + panels.figures(headlines.money_figures(result, words, view))
        + panels.figures(headlines.health_figures(result, words), small=True)
        + panels.aside(headlines.who_pays(result, words))
    )
    package.row(now)


@follows
def warnings(now: Now) -> None:
    """What a reader of this package should mind, or that there is nothing."""
    found = judgement.warnings(now.result, now.words)
    st.html(panels.mind(now.words("warning.title" if found else "warning.none"), found))


page()
