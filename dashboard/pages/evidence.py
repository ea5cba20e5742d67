"""Why believe it: links to look things up, and the charts on one question at a time."""

import streamlit as st

from dashboard.charts import EVIDENCE
from dashboard.parts.chart_block import show_today
from dashboard.parts.frame import doors
from dashboard.parts.frame.notices import cut
from dashboard.templates import blocks
from dashboard.visitor.choices import Choices, current

ASKED, KEY = "question", "open-question"  # in the address, and of the choice on the page


def page() -> None:
    choices = current()
    words = choices.words
    st.title(words("evidence.title"))
    st.write(words("evidence.lead"))
    about, questions = st.columns((1, 3), gap="large")
    with questions:
        _open(_question(choices), choices)
    with about:
        doors.contents(words)


def _question(choices: Choices) -> str:
    """The question that the address or the reader asks for, written into the address."""
    words, value = choices.words, st.query_params.get(ASKED)
    if value is not None and value not in EVIDENCE:
        st.text(words("evidence.unknown", found=cut(value)))
    if value != st.session_state.get("question-asked") and value in EVIDENCE:
        st.session_state[KEY] = value
    elif KEY not in st.session_state:
        st.session_state[KEY] = next(iter(EVIDENCE))
    name = st.pills(
        words("evidence.choose"),
        list(EVIDENCE),
        format_func=lambda each: words(f"evidence.{each}.title"),
        required=True,
        key=KEY,
    )
    assert name is not None  # one is always chosen
    if value != name and (value or name != next(iter(EVIDENCE))):
        st.query_params[ASKED] = name
    st.session_state["question-asked"] = name
    return name


def _open(name: str, choices: Choices) -> None:
    words = choices.words
    first, *rest = EVIDENCE[name]
    st.header(words(f"evidence.{name}.title"), anchor=name)
    lines = [words(f"evidence.{name}.differ")]
    st.html(blocks.answer(words("evidence.differ"), lines, small=True))
    show_today(first, choices)
    st.write(f"**{words('evidence.known')}.** {words(f'evidence.{name}.text')}")
    for chart in rest:
        show_today(chart, choices)
    st.caption(words("evidence.dots"))


page()
