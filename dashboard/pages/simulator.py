"""The answer first, the base case beside it, then whose money, health, years and the account."""

import streamlit as st

import models
from dashboard.parts import package, perspective, simulator_sections
from dashboard.parts.presets import buttons
from dashboard.parts.redraw import follows
from dashboard.templates import blocks
from dashboard.visitor.choices import Choices, current
from dashboard.wording import interpretation, sentences


def page() -> None:
    choices = current()
    st.title(choices.words("simulator.title"))
    perspective.chooser(choices)
    answer()
    package.ways(choices.words)
    buttons(choices.words)
    warnings()
    simulator_sections.chosen(choices.words)


@follows
def answer(choices: Choices, result: models.Result) -> None:
    words, view = choices.words, choices.state.perspective
    st.html(
        blocks.answer(*sentences.simulator_answer(result, words, view))
        + blocks.note(sentences.leaves_out(result, view, words))
        + blocks.figures(sentences.money_figures(result, words, view))
        + blocks.figures(sentences.health_figures(result, words), small=True)
        + blocks.aside(sentences.who_pays(result, words))
    )
    package.row(choices)


@follows
def warnings(choices: Choices, result: models.Result) -> None:
    """What a reader of this package should mind, or that there is nothing."""
    found = interpretation.warnings(result, choices.words)
    st.html(blocks.mind(choices.words("warning.title" if found else "warning.none"), found))


page()
