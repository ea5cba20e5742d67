"""Up to four packages side by side on one scale, with what each of them assumes."""

import streamlit as st

from dashboard import compared, panels, perspective, session
from dashboard.charts.compare import compared as chart
from dashboard.choice import chosen
from dashboard.moves import follows
from dashboard.session import Now
from dashboard.show import show


def page() -> None:
    words = session.words()
    st.title(words("compare.title"))
    st.write(words("compare.text"))
    side_by_side()


@follows
def side_by_side(now: Now) -> None:
    words, view = now.words, now.state.perspective
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
    show(chart(results, words, view), now)
    head, rows = compared.outcomes(results, view, words)
    st.html(panels.table(words("compare.outcomes"), [*head, *results], rows))
    head = [words("verdict.lever"), words("table.today"), *results]
    rows = compared.settings(results, words)
    if rows:
        st.html(panels.table(words("compare.settings"), head, rows))
    st.caption(compared.same(next(iter(results.values())), words))


page()
