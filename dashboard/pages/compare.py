"""Up to four packages side by side on one scale, with what each of them assumes."""

import streamlit as st

import models
from dashboard.charts.package.compare import compared as chart
from dashboard.parts.chart_block import show
from dashboard.parts.comparison_picker import candidates, chosen
from dashboard.parts.frame import perspective
from dashboard.templates import blocks
from dashboard.visitor import session
from dashboard.visitor.choices import Choices, current
from dashboard.wording import comparison


def page() -> None:
    choices = current()
    words = choices.words
    st.title(words("compare.title"))
    st.write(words("compare.text"))
    side_by_side(choices)


def side_by_side(choices: Choices) -> None:
    words, view = choices.words, choices.state.perspective
    names = chosen(choices)
    perspective.chooser(choices)
    if not names:
        st.write(words("compare.nothing"))
        return
    signed, levers = session.packages(), session.levers()
    others = [name for name in candidates(choices) if name not in names]
    named = comparison.labels([*names, *others], signed, levers, words)

    def run_all(wanted) -> dict[str, models.Result]:
        levels = (comparison.levels_of(n, choices.state.levels, signed, levers) for n in wanted)
        return {named[n]: choices.run(one or {}) for n, one in zip(wanted, levels, strict=True)}

    results, left = run_all(names), run_all(others)
    show(chart(results, words, view, left), choices)
    if left:
        st.write(comparison.left_out(names, list(left), words))
    head, rows = comparison.outcomes(results, view, words, left)
    st.html(blocks.table(words("compare.outcomes"), [*head, *results], rows))
    head = [words("verdict.lever"), words("table.today"), *results]
    rows = comparison.settings(results, words)
    if rows:
        st.html(blocks.table(words("compare.settings"), head, rows))
    st.caption(comparison.same(next(iter(results.values())), words))


page()
