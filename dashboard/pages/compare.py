"""Up to four packages side by side on one scale, with what each of them assumes."""

import streamlit as st

from dashboard import compared, panels, perspective, session
from dashboard.charts.compare import compared as chart
from dashboard.choice import chosen
from dashboard.show import show


def page() -> None:
    now = session.current()
    words, view = now.words, now.state.perspective
    st.title(words("compare.title"))
    st.write(words("compare.text"))
    names = chosen(now)
    perspective.chooser(now)
    if not names:
        st.write(words("compare.nothing"))
        return
    signed, levers = session.packages(), session.levers()
    results = {}
    for name in names:
        label = compared.label(name, signed, levers, words)
        levels = compared.levels_of(name, now.state.levels, signed, levers)
        results[label] = now.run(levels or {})
    show(chart(results, words, view), words)
    head, rows = compared.outcomes(results, view, words)
    st.html(panels.table(words("compare.outcomes"), [*head, *results], rows))
    head = [words("verdict.lever"), words("table.today"), *results]
    rows = compared.settings(results, words)
    if rows:
        st.html(panels.table(words("compare.settings"), head, rows))
    st.caption(compared.same(next(iter(results.values())), words))


page()
