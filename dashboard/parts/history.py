"""History as a test, on the page: earlier years, where they miss, other studies, predictions."""

from __future__ import annotations

import streamlit as st

from dashboard.parts.chart_block import show_today
from dashboard.reference.history import misses, predicted, sentences
from dashboard.templates import blocks
from dashboard.visitor.choices import Choices
from dashboard.wording.catalogue import Words


def history(choices: Choices) -> None:
    """The section of the page on the method."""
    words = choices.words
    st.header(words("history.title"), anchor="history")
    st.write(words("history.lead"))
    show_today("backcast", choices)
    st.markdown(past(choices))
    show_today("cross_model", choices)
    predictions(words)
    st.write(words("history.more", title=words("history.title")))


def past(choices: Choices) -> str:
    """What the model says of earlier years, and where it misses; a list in Markdown."""
    words, today = choices.words, choices.today
    text = sentences(today, words)
    text += misses(today.model.assumptions, today.price_year, words)
    money = words("history.money", price_year=today.price_year)
    return "\n".join([money, "", *(f"- {sentence}" for sentence in text)])


def predictions(words: Words) -> None:
    """What is on record, as a table; a sentence when nothing is."""
    text, head, rows = predicted(words)
    st.markdown(text)
    if rows:
        st.html(blocks.table(words("history.caption_predictions"), head, rows))
