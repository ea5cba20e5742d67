"""What drives the answer: which doubts, what knowing more is worth, and the best packages."""

import streamlit as st

from dashboard.charts import CHARTS
from dashboard.parts.chart_block import show
from dashboard.parts.redraw import everywhere, follows
from dashboard.templates import blocks
from dashboard.visitor import session
from dashboard.visitor.session import Now
from dashboard.wording import drivers
from dashboard.wording.drivers import heads


@follows
def page(now: Now) -> None:
    words = now.words
    st.title(words("drivers.title"))
    st.write(words("drivers.text"))
    sections = (doubt, swing, knowing, best)
    names = [words(f"drivers.tab.{section.__name__}") for section in sections]
    tabs = st.tabs(names, key="drivers", on_change="rerun")
    for section, tab in zip(sections, tabs, strict=True):
        if tab.open:  # only what is in view is worked out
            with tab, st.spinner(words("app.busy")):
                section(now)


def doubt(now: Now) -> None:
    st.write(now.words("drivers.doubt"))
    found = now.table("variance_shares")
    show(CHARTS["variance_shares"](now.result, now.words, found), now)


def swing(now: Now) -> None:
    st.write(now.words("drivers.swing"))
    show(CHARTS["tornado"](now.result, now.words, now.table("tornado")), now)


def knowing(now: Now) -> None:
    words, found = now.words, now.table("knowing")
    st.html(blocks.answer(*drivers.knowing(found, now.result, words), small=True))
    show(CHARTS["worth_of_knowing"](now.result, words, found), now)
    head = heads(words, "option", "benefit", "cost", "qaly", "chance")
    rows = drivers.option_rows(found, now.result, words)
    st.html(blocks.table(words("drivers.options_caption"), head, rows))
    st.subheader(words("drivers.study_title"))
    for text in drivers.study_text(found, words):
        st.write(text)
    rows = drivers.study_rows(found, now.result, words)
    head = heads(words, "sees", "removed", "worth")
    st.html(blocks.table(words("drivers.study_caption"), head, rows))


def best(now: Now) -> None:
    words, view = now.words, now.state.perspective
    st.write(words("drivers.best"))
    found = now.table("frontier", None, view)
    show(CHARTS["frontier"](now.result, words, found), now)
    st.write(drivers.best_text(found, words))
    st.subheader(words("drivers.budget.title"))
    budget = st.number_input(words("drivers.budget.label"), -1000, 1000, 0, 10, key="budget")
    found = now.table("frontier", drivers.in_euros(budget), view)
    st.html(blocks.answer(*drivers.best_for_budget(found, now.result, words), small=True))
    if found["best"]:
        load = session.load, found["best"]["levels"]
        st.button(words("drivers.budget.load"), on_click=everywhere, args=load)


page()
