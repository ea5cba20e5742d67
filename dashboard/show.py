"""A finished chart on the page: finding, unit, picture, source, and its table beneath."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard import panels
from dashboard.export_bar import export_bar
from dashboard.finish import Finished
from dashboard.style import TEMPLATES
from dashboard.text import Words

STILL = {"staticPlot": True, "displayModeBar": False, "responsive": True}


def show(chart: Finished | None, words: Words) -> None:
    """Draw a chart; nothing where there is nothing to draw, such as the change of no package."""
    if chart is None:
        return
    theme = st.context.theme.type
    st.html(
        f'<div class="finding"><h2>{escape(chart.title)}</h2><p>{escape(chart.subtitle)}</p></div>'
    )
    st.plotly_chart(
        chart.screen(theme if theme in TEMPLATES else "light"),
        theme=None,
        key=f"chart_{chart.id}",
        alt=chart.alt,
        config=STILL,
    )
    export_bar(chart, words)
    table = panels.table(chart.table.caption, chart.table.head, chart.table.rows)
    st.html(
        f'<p class="origin">{escape(chart.source)} {escape(chart.mark)}</p>'
        f"<details><summary>{escape(words('chart.table'))}: {escape(chart.title)}</summary>"
        f"{table}</details>"
    )
