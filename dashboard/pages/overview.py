"""Today's cost: how much, of what, who pays, and how it squares with the published figure."""

import streamlit as st

import models
from dashboard.parts import calibration, ranking
from dashboard.parts.chart_block import show_today
from dashboard.parts.presets import buttons
from dashboard.templates import blocks
from dashboard.visitor.choices import current
from dashboard.wording import row_texts, sentences


def page() -> None:
    choices = current()
    words, today = choices.words, choices.today
    st.title(words("overview.title"))
    st.html(blocks.answer(*sentences.overview_answer(today, words)))
    st.html(blocks.figures(sentences.overview_figures(today, words)))
    st.header(words("overview.next"))
    st.write(words("overview.next_text"))
    buttons(words, go_to_simulator=True)
    ranking.section(choices)

    st.header(words("overview.items"))
    show_today("today_by_item", choices)
    st.header(words("overview.payers"))
    show_today("money_flow", choices)
    show_today("today_by_payer", choices)
    st.caption(words("overview.payers_text") + " " + words("table.rounded_by_itself"))
    st.header(words("overview.sick_leave"))
    show_today("sick_leave_curve", choices)

    st.header(words("overview.reconciliation"))
    st.write(sentences.reconciliation_text(today, words))
    show_today("reconciliation", choices)
    st.subheader(words("overview.published"))
    head = [words(f"table.{name}") for name in ("published", "value", "ours", "note")]
    rows = row_texts.published(models.published(today), words)
    st.html(blocks.table(words("overview.published_caption"), head, rows, words_in=(3,)))
    calibration.section(choices)


page()
