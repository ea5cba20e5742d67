"""The buttons under a chart: picture, drawing, figures, page, link and citation, in one click."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

import streamlit as st

from dashboard.charts.finish import Chart
from dashboard.documents.chart_files import payload, script_of
from dashboard.paths import STATIC
from dashboard.visitor.choices import Choices


@lru_cache(maxsize=1)
def _bar():
    style = (STATIC / "bar.css").read_text(encoding="utf-8")
    return st.components.v2.component("export_bar", css=style, js=script_of("draw.js", "bar.js"))


def export_bar(chart: Chart, choices: Choices) -> None:
    """Draw the buttons; the files are made in the reader's browser, without a new run."""
    day = datetime.now(UTC).date()
    data = payload(chart, choices.words, choices.link, day)
    _bar()(data=data | {"partly": bool(choices.not_in_link)}, key=f"export_{chart.id}")
