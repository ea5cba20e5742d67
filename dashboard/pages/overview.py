"""Today's cost: how much, of what, who pays, and how it squares with the published figure."""

import streamlit as st

import models
from dashboard import headlines, lines, panels, session
from dashboard.charts import CHARTS
from dashboard.examples import buttons
from dashboard.show import show


def page() -> None:
    now = session.current()
    words, today = now.words, now.today
    st.title(words("overview.title"))
    st.html(panels.answer(*headlines.overview_answer(today, words)))
    st.html(panels.figures(headlines.overview_figures(today, words)))
    st.subheader(words("overview.next"))
    st.write(words("overview.next_text"))
    buttons(words, go_to_simulator=True)

    st.header(words("overview.items"))
    show(CHARTS["today_by_item"](today, words), words)
    st.header(words("overview.payers"))
    show(CHARTS["money_flow"](today, words), words)
    show(CHARTS["today_by_payer"](today, words), words)
    st.caption(words("overview.payers_text"))
    st.header(words("overview.sick_leave"))
    show(CHARTS["sick_leave_curve"](today, words), words)

    st.header(words("overview.reconciliation"))
    st.write(headlines.reconciliation_text(today, words))
    show(CHARTS["reconciliation"](today, words), words)
    st.subheader(words("overview.published"))
    head = [words(f"table.{name}") for name in ("published", "value", "ours", "note")]
    rows = lines.published(models.published(today), words)
    st.html(panels.table(words("overview.published_caption"), head, rows, words_in=(3,)))


page()
