"""The six questions of the article: three sentences, the pictures, where the sources disagree."""

import streamlit as st

from dashboard import panels, session
from dashboard.charts import EVIDENCE
from dashboard.show import show_today


def page() -> None:
    now = session.current()
    words = now.words
    st.title(words("evidence.title"))
    st.html(panels.answer(words("evidence.lead"), [words("evidence.rest")]))
    for name, charts in EVIDENCE.items():
        st.header(words(f"evidence.{name}.title"), anchor=name)
        st.write(words(f"evidence.{name}.text"))
        for chart in charts:
            show_today(chart, now)
        st.write(f"**{words('evidence.differ')}.** {words(f'evidence.{name}.differ')}")


page()
