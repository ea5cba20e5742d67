"""Two to four parties who disagree: where, the effect of each number, and which decides."""

import streamlit as st

from dashboard.assumptions.sides import LETTERS, Side, ask, compared, options
from dashboard.charts.uncertainty.deliberation import chart
from dashboard.documents.output import today
from dashboard.documents.protocol import protocol, sides_table
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
    number = st.radio(
        words("deliberate.how_many"),
        range(2, len(LETTERS) + 1),
        key="deliberate-sides",
        horizontal=True,
    )
    letters = LETTERS[:number]
    sides = []
    for start in range(0, number, 2):
        for letter, column in zip(letters[start : start + 2], st.columns(2), strict=False):
            with column:
                sides.append(ask(letter, choices))
    if any(side.assumptions is None for side in sides):
        st.write(words("deliberate.unread" if number == 2 else "deliberate.unread_more"))
        return
    if len({side.name for side in sides}) < number:
        sides = [Side(f"{named.name} {letter.upper()}", named.assumptions)
                 for named, letter in zip(sides, letters, strict=True)]  # fmt: skip
    answer(sides, choices)


def answer(sides: list[Side], choices: Choices) -> None:
    """The answer, its picture and table, and the record to print."""
    words = choices.words
    comparison, _ = compared(sides, choices)
    results = {
        side.name: results_cache.result_of(side.known, options(choices), choices.state.levels)
        for side in sides
    }
    pair = comparison.pairs[0]
    if len(sides) > 2:
        st.html(sides_table(comparison, results, words))
        chosen = st.selectbox(
            words("deliberate.which_pair"),
            range(len(comparison.pairs)),
            format_func=lambda i: words(
                "deliberate.document.pair", a=comparison.pairs[i].a, b=comparison.pairs[i].b
            ),
            key=f"deliberate-pair-{len(sides)}",
        )
        pair = comparison.pairs[chosen]
    names, result = (pair.a, pair.b), results[pair.a]
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
    name = f"{words('deliberate.file')}_{comparison.sides[0].assumptions_hash[:8]}.html"
    document = protocol(comparison, results, words, today())
    st.download_button(words("deliberate.download"), document, name, "text/html", on_click="ignore")
    st.caption(words("deliberate.command"))
    st.code("python -m models deliberate A B", language=None, wrap_lines=True)


page()
