"""Who says this: maker, version, licence, accessibility, privacy, and why figures differ."""

import streamlit as st

import models
from dashboard.templates import render
from dashboard.visitor.choices import current
from dashboard.wording import about


def page() -> None:
    choices = current()
    words = choices.words
    st.title(words("about.title"))
    st.write(words("about.lead"))
    st.html(
        render(
            "about",
            words=words,
            maker=about.rows("maker", words),
            accessibility=about.rows("accessibility", words),
            contact=about.filled_in()["maker"]["contact"] or words("about.empty"),
            version=models.VERSION,
            code=about.CODE,
            data=about.DATA_LICENCE,
            links=about.LINKS,
            why=list(about.why(choices.today, words)),
        )
    )


page()
