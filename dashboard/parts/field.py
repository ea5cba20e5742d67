"""Today's cost as squares, by cost item or by payer, and the same as a chart to download."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st
from markupsafe import Markup

import models
from dashboard.parts.chart_block import show_today
from dashboard.paths import STATIC
from dashboard.templates.field import drawing
from dashboard.visitor.choices import Choices
from dashboard.visitor.results_cache import made_of
from dashboard.wording.catalogue import Words


@lru_cache(maxsize=1)
def _component():
    css, js = ((STATIC / f"field.{kind}").read_text(encoding="utf-8") for kind in ("css", "js"))
    return st.components.v2.component("field", css=css, js=js)


def html(today: models.Result, words: Words, name: str) -> Markup:
    """The drawing for a result of today, made once a language and name."""
    return made_of("squares", today, lambda: drawing(today, words, name), words.lang, name)


def section(choices: Choices) -> None:
    """The squares, and when asked for the chart with its files."""
    words = choices.words
    with st.container(key="field-of-squares"):
        _component()(data={"html": str(html(choices.today, words, "on-page"))}, key="field-drawing")
    st.caption(words("chart.field.rounded"))
    with st.expander(words("chart.printable"), key="printable_field", on_change="rerun") as box:
        if box.open:
            show_today("field", choices)
