"""The six questions of the article: three sentences, the pictures, where the sources disagree."""

import streamlit as st

from dashboard.charts import EVIDENCE
from dashboard.parts.chart_block import show_today
from dashboard.templates import blocks
from dashboard.visitor.choices import current


def page() -> None:
    choices = current()
    words = choices.words
    st.title(words("evidence.title"))
    st.html(blocks.answer(words("evidence.lead"), [words("evidence.rest")]))
    for name, charts in EVIDENCE.items():
        st.header(words(f"evidence.{name}.title"), anchor=name)
        st.write(words(f"evidence.{name}.text"))
        for chart in charts:
            show_today(chart, choices)
        st.write(f"**{words('evidence.differ')}.** {words(f'evidence.{name}.differ')}")


page()
