"""Two parties who disagree: where, the effect of each number, and which decide their choice."""

import streamlit as st

from dashboard.assumptions.sides import LETTERS, Side, ask, compared, options
from dashboard.charts.uncertainty.deliberation import chart
from dashboard.documents.output import today
from dashboard.documents.protocol import protocol
from dashboard.parts.chart_block import show
from dashboard.templates import blocks, render
from dashboard.visitor import results_cache
from dashboard.visitor.choices import Choices, current
from dashboard.wording import deliberation


def page() -> None:
    choices = current()
    words, levels = choices.words, choices.state.levels
    st.title(words("deliberate.title"))
    st.write(words("deliberate.text"))
    if levels:
        st.write(words("deliberate.package_now"))
    else:
        st.write(words("deliberate.no_package"))
    sides = []
    for letter, column in zip(LETTERS, st.columns(2), strict=True):
        with column:
            sides.append(ask(letter, choices))
    if any(side.assumptions is None for side in sides):
        st.write(words("deliberate.unread"))
        return
    if sides[0].name == sides[1].name:
        sides = [Side(f"{named.name} {letter.upper()}", named.assumptions)
                 for named, letter in zip(sides, LETTERS, strict=True)]  # fmt: skip
    answer(sides, choices)


def answer(sides: list[Side], choices: Choices) -> None:
    """The answer, its picture and table, and the record to print."""
    words = choices.words
    comparison, result = compared(sides, choices)
    pair = comparison.pairs[0]
    names = pair.a, pair.b
    st.html(blocks.answer(*deliberation.answer(pair.deliberation, names, result, words)))
    if not pair.deliberation.rows:
        return
    show(chart(pair.deliberation, names, result, words), choices)
    head, rows = deliberation.table(pair.deliberation, names, result.model.assumptions, words)
    caption = words("deliberate.table.caption")
    st.html(blocks.table(caption, head, rows, sums=1))
    st.subheader(words("deliberate.section.read"))
    how = deliberation.how(pair.deliberation, names, result, words)
    st.html(render("sentences", sentences=how, kind="sentences"))
    results = {
        side.name: results_cache.result_of(side.known, options(choices), choices.state.levels)
        for side in sides
    }
    name = f"{words('deliberate.file')}_{comparison.sides[0].assumptions_hash[:8]}.html"
    document = protocol(comparison, results, words, today())
    st.download_button(words("deliberate.download"), document, name, "text/html", on_click="ignore")
    st.caption(words("deliberate.command"))
    st.code("python -m models deliberate A B", language=None, wrap_lines=True)


page()
