"""What if: levers with an answer that follows them, and below it sections on the package."""

import streamlit as st

import models
from dashboard.parts import embed
from dashboard.parts.comparison_picker import keep_button
from dashboard.parts.frame import package, perspective
from dashboard.parts.presets import buttons
from dashboard.parts.simulator import sections
from dashboard.parts.simulator.live import failed, live
from dashboard.parts.simulator.plain_levers import plain_levers
from dashboard.templates import blocks
from dashboard.visitor.choices import Choices, current
from dashboard.wording import interpretation, sentences
from models.engine.result import SOCIETY


def page() -> None:
    choices = current()
    with st.container(
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
        key="simulator-head",
    ):
        st.title(choices.words("simulator.title"), width="content")
        package.ways(choices)
    buttons(choices.words, beside=lambda: _keep(choices))
    if failed():
        plain_levers(choices)
    else:
        live(choices)
    st.header(choices.words("simulator.more"))
    perspective.chooser(choices)
    seen_otherwise(choices, choices.result)
    warnings(choices, choices.result)
    sections.chosen(choices)
    embed.section(choices)


def _keep(choices: Choices) -> None:
    """A name for the package, and keeping it to compare."""
    package.name_field(choices)
    keep_button(choices)


def seen_otherwise(choices: Choices, result: models.Result) -> None:
    """The answer from the chosen perspective, if not society, and what that leaves out."""
    words, view = choices.words, choices.state.perspective
    lead, rest = sentences.simulator_answer(result, words, view)
    if view != SOCIETY:
        st.html(blocks.answer(lead, rest))
    st.html(blocks.note(sentences.leaves_out(result, view, words)))


def warnings(choices: Choices, result: models.Result) -> None:
    """The warnings about this package, or a sentence that there are none."""
    lines = interpretation.warnings(result, choices.words)
    st.html(blocks.mind(choices.words("warning.title" if lines else "warning.none"), lines))


page()
