"""What drives the answer: which doubts, what knowing more is worth, and the best packages."""

import streamlit as st

from dashboard.charts import CHARTS
from dashboard.charts.uncertainty import acceptability, expected_loss, plane
from dashboard.parts import conditions
from dashboard.parts.chart_block import show
from dashboard.templates import blocks
from dashboard.visitor import undo
from dashboard.visitor.choices import Choices, current
from dashboard.wording import drivers
from dashboard.wording.drivers import heads
from models.analysis.choice.conditions import Impossible


def no_progress(part: float) -> None:
    """The page has a spinner; one function for all, so that the cache knows the question."""


def page() -> None:
    choices = current()
    words = choices.words
    st.title(words("drivers.title"))
    st.write(words("drivers.text"))
    sections = (doubt, swing, knowing, choosing, best)
    names = [words(f"drivers.tab.{section.__name__}") for section in sections]
    tabs = st.tabs(names, key="drivers", on_change="rerun")
    for section, tab in zip(sections, tabs, strict=True):
        if tab.open:  # only what is in view is worked out
            with tab, st.spinner(words("app.busy")):
                section(choices)


def doubt(choices: Choices) -> None:
    words, anchor = choices.words, choices.result.options.anchor
    scaled = f" {words('drivers.doubt_scaled')}" if anchor in ("total", "sick_leave") else ""
    st.write(f"{words('drivers.doubt')}{scaled}")
    answer = choices.table("variance_shares")
    show(CHARTS["variance_shares"](choices.result, words, answer), choices)


def swing(choices: Choices) -> None:
    st.write(choices.words("drivers.swing"))
    show(CHARTS["tornado"](choices.result, choices.words, choices.table("tornado")), choices)


def knowing(choices: Choices) -> None:
    words, answer = choices.words, choices.table("knowing")
    st.html(blocks.answer(*drivers.knowing(answer, choices.result, words), small=True))
    show(CHARTS["worth_of_knowing"](choices.result, words, answer), choices)
    head = heads(words, "option", "benefit", "cost", "qaly", "chance")
    rows = drivers.option_rows(answer, choices.result, words)
    st.html(blocks.table(words("drivers.options_caption"), head, rows))
    st.subheader(words("drivers.study_title"))
    for text in drivers.study_text(answer, words):
        st.write(text)
    rows = drivers.study_rows(answer, choices.result, words)
    head = heads(words, "sees", "removed", "worth")
    if rows:
        st.html(blocks.table(words("drivers.study_caption"), head, rows))
    if left := drivers.not_worth_it(answer, len(rows), words):
        st.write(left)


def choosing(choices: Choices) -> None:
    words, result = choices.words, choices.result
    st.write(words("drivers.choosing"))
    answer = choices.table("decision", choices.state.perspective)
    for chart in (plane.chart, acceptability.chart, expected_loss.chart):
        show(chart(result, words, answer), choices)


def best(choices: Choices) -> None:
    words, view = choices.words, choices.state.perspective
    st.write(words("drivers.best"))
    outside = st.toggle(
        words("drivers.outside.label"), key="outside-research", help=words("drivers.outside.help")
    )
    wanted = conditions.ask(choices)
    try:
        wanted.check(choices.result)
        answer = choices.table("frontier", None, view, None, outside, no_progress, wanted)
    except Impossible as refused:
        st.warning(drivers.impossible(refused.names, choices.result, words))
        return
    show(CHARTS["frontier"](choices.result, words, answer), choices)
    st.write(drivers.searched(answer, choices.result, words))
    st.write(drivers.best_text(answer, words))
    st.subheader(words("drivers.budget.title"))
    budget = st.number_input(words("drivers.budget.label"), -1000, 1000, 0, 10, key="budget")
    answer = choices.table(
        "frontier", drivers.in_euros(budget), view, None, outside, no_progress, wanted
    )
    st.html(blocks.answer(*drivers.best_for_budget(answer, choices.result, words), small=True))
    if answer["best"]:
        levels = answer["best"]["levels"]
        st.button(words("drivers.budget.load"), on_click=undo.load, args=(levels,))


page()
