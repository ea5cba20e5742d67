"""The answer first, the base case beside it, then whose money, health, years and the account."""

import streamlit as st

from dashboard.parts import package, perspective, simulator_sections
from dashboard.parts.presets import buttons
from dashboard.parts.redraw import follows
from dashboard.templates import blocks
from dashboard.visitor import session
from dashboard.visitor.session import Now
from dashboard.wording import interpretation, sentences


def page() -> None:
    now = session.current()
    st.title(now.words("simulator.title"))
    perspective.chooser(now)
    answer()
    package.ways(now.words)
    buttons(now.words)
    warnings()
    simulator_sections.chosen(now.words)


@follows
def answer(now: Now) -> None:
    words, result, view = now.words, now.result, now.state.perspective
    st.html(
        blocks.answer(*sentences.simulator_answer(result, words, view))
        + blocks.note(sentences.leaves_out(result, view, words))
        + blocks.figures(sentences.money_figures(result, words, view))
        + blocks.figures(sentences.health_figures(result, words), small=True)
        + blocks.aside(sentences.who_pays(result, words))
    )
    package.row(now)


@follows
def warnings(now: Now) -> None:
    """What a reader of this package should mind, or that there is nothing."""
    found = interpretation.warnings(now.result, now.words)
    st.html(blocks.mind(now.words("warning.title" if found else "warning.none"), found))


page()
