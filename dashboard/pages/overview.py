"""What it costs: one sentence, squares that turn to who pays, policies ranked, and questions."""

import streamlit as st

import models
from dashboard.parts import calibration, field, ranking
from dashboard.parts.chart_block import show_today
from dashboard.parts.presets import buttons
from dashboard.templates import blocks
from dashboard.visitor.choices import Choices, current
from dashboard.wording import row_texts, sentences


def page() -> None:
    choices = current()
    words = choices.words
    lead, rest = sentences.overview_answer(choices.today, words)
    st.title(lead)
    st.html(blocks.deck(rest))
    field.section(choices)
    ranking.section(choices)
    st.header(words("overview.asked"))
    for ask in (where, how_long, built_up, others):
        _asked(ask, choices)
    st.write(words("overview.next_text"))
    buttons(words, go_to_simulator=True)


def _asked(show, choices: Choices) -> None:
    """A question, with its answer worked out and drawn only when it is asked."""
    name = show.__name__
    title = choices.words(f"overview.ask.{name}")
    with st.expander(title, key=f"printable_{name}", on_change="rerun") as box:
        if box.open:
            show(choices)


def where(choices: Choices) -> None:
    words = choices.words
    show_today("money_flow", choices)
    show_today("today_by_item", choices)
    show_today("today_by_payer", choices)
    st.caption(words("overview.payers_text") + " " + words("table.rounded_by_itself"))


def how_long(choices: Choices) -> None:
    show_today("sick_leave_curve", choices)


def built_up(choices: Choices) -> None:
    words, today = choices.words, choices.today
    st.html(blocks.figures(sentences.overview_figures(today, words)))
    st.write(sentences.reconciliation_text(today, words))
    show_today("reconciliation", choices)
    calibration.section(choices)


def others(choices: Choices) -> None:
    words = choices.words
    head = [words(f"table.{name}") for name in ("published", "value", "ours", "note")]
    rows = row_texts.published(models.published(choices.today), words)
    st.html(blocks.table(words("overview.published_caption"), head, rows, words_in=(3,)))


page()
