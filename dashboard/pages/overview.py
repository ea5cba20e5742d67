"""Today's cost: how much, of what, who pays, and how it squares with the published figure."""

import streamlit as st

import models
from dashboard import headlines, lines, panels, session
from dashboard.examples import buttons


def page() -> None:
    now = session.now()
    words, today = now.words, now.today
    st.title(words("overview.title"))
    st.html(panels.answer(*headlines.overview_answer(today, words)))
    st.html(panels.figures(headlines.overview_figures(today, words)))

    total = today.summary("base_case", "total")
    head = [words(f"table.{name}") for name in ("item", "amount", "share", "interval")]
    st.header(words("overview.items"))
    items = lines.costs(today.summary("base_case"), total, lines.item_name(words), words)
    st.html(panels.table(words("overview.items_caption"), head, items, sums=1))

    st.header(words("overview.payers"))
    payers = today.summary("base_case", "payer")
    head[0] = words("table.payer")
    rows = lines.costs(payers, total, lines.payer_name(words), words)
    st.html(panels.table(words("overview.payers_caption"), head, rows, sums=1))
    st.caption(words("overview.payers_text") + " " + words("table.rounded"))

    st.header(words("overview.reconciliation"))
    st.write(headlines.reconciliation_text(today, words))
    head = [words(f"table.{name}") for name in ("step", "amount", "interval")]
    st.html(panels.table(words("overview.reconciliation_caption"), head, lines.steps(today, words)))
    st.subheader(words("overview.published"))
    head = [words(f"table.{name}") for name in ("published", "value", "ours", "note")]
    rows = lines.published(models.published(today), words)
    st.html(panels.table(words("overview.published_caption"), head, rows, words_in=(3,)))

    st.header(words("overview.next"))
    st.write(words("overview.next_text"))
    buttons(words, go_to_simulator=True)


page()
