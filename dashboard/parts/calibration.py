"""How today's total was calibrated: published figures, what moved, and the four starting points."""

from __future__ import annotations

import streamlit as st

from dashboard.parts.chart_block import show_today
from dashboard.templates import blocks
from dashboard.visitor.choices import Choices
from dashboard.wording import calibration


def section(choices: Choices) -> None:
    """Sentences, the chart of published figures, what moved, and the four starting points."""
    words = choices.words
    st.header(words("calibration.title"))
    with st.spinner(words("app.busy")):
        answer = choices.at_today.table("targets")
    names = calibration.labels(choices.today, words)
    for sentence in calibration.sentences(answer, names, words):
        st.write(sentence)
    show_today("targets", choices)
    st.subheader(words("calibration.moved_title"))
    head, rows = calibration.moved(answer, choices.assumptions, words)
    if rows:
        st.html(blocks.table(words("calibration.moved_caption"), head, rows))
    else:
        st.write(words("calibration.moved_none"))
    starting_points(choices)


def starting_points(choices: Choices) -> None:
    """Today's total and the package under each starting point, and whether the answer changes."""
    words = choices.words
    st.subheader(words("calibration.anchors_title"))
    with st.spinner(words("app.busy")):
        answer = choices.table("targets")
    head, rows = calibration.anchors(answer, words)
    st.html(blocks.table(words("calibration.anchors_caption"), head, rows))
    st.write(calibration.decision(answer, words))
