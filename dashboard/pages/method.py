"""How the model works, what was chosen, what is a guess, and every document it rests on."""

import streamlit as st

import models
from dashboard.parts import method
from dashboard.parts.history import history
from dashboard.reference.markdown import bullets
from dashboard.templates import blocks
from dashboard.visitor.choices import current

KINDS = ("choices", "limits")


def page() -> None:
    choices = current()
    words, published = choices.words, models.load_assumptions()
    st.html(blocks.stylesheet("method.css"))
    st.title(words("method.title"))
    st.write(words("method.lead"))

    st.header(words("method.steps.title"))
    for title, text in method.steps(choices):
        st.markdown(f"**{title}.** {text}")

    for kind in KINDS:
        st.header(words(f"method.{kind}.title"))
        st.markdown(bullets(method.points(kind, words)))

    st.header(words("method.guesses.title"))
    st.write(method.guessed(published, words))
    head, rows = method.counts(published, words)
    st.html(blocks.table(words("method.guesses.caption"), head, rows, sums=1))
    _section(*method.most(words))

    history(choices)

    st.header(words("method.files.title"))
    st.write(words("method.files.text"))
    files = method.readable(words)
    name = st.selectbox(words("method.files.document"), files)
    title = st.selectbox(words("method.files.section"), files[name], key=f"section_{name}")
    with st.container(border=True):
        _section(title, files[name][title])

    st.subheader(words("method.files.downloads"))
    with st.container(horizontal=True):
        for title, file, content in method.downloads(words):
            st.download_button(title, content, file, "text/markdown", on_click="ignore")


def _section(title: str, text: str) -> None:
    for kind, block in method.blocks(title, text):
        if kind == "html":
            st.html(block)
        else:
            st.markdown(block)


page()
