"""A finished chart on the page: finding, unit, picture, source, and its table beneath."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.charts import CHARTS
from dashboard.charts.finish import Chart
from dashboard.charts.style import TEMPLATES
from dashboard.parts.export_bar import export_bar
from dashboard.templates import blocks, render
from dashboard.visitor.choices import Choices
from dashboard.visitor.results_cache import made_of

OF_SEVERAL = ("compare",)  # charts that name their packages themselves
STILL = {"staticPlot": True, "displayModeBar": False, "responsive": True}


def show(chart: Chart | None, choices: Choices) -> None:
    """Draw a chart of now; nothing where there is nothing to draw, as the change of no package."""
    if chart is None:
        return
    chart, theme = named(chart, choices), st.context.theme.type
    st.html(render("chart_title", title=chart.title, subtitle=chart.subtitle))
    st.plotly_chart(
        chart.shown(theme if theme in TEMPLATES else "light"),
        theme=None,
        key=f"chart_{chart.id}",
        alt=chart.alt,
        config=STILL,
    )
    export_bar(chart, choices)
    table = blocks.table(chart.table.caption, chart.table.head, chart.table.rows)
    st.html(
        render(
            "chart_source",
            source=chart.source,
            mark=chart.mark,
            label=choices.words("chart.table"),
            title=chart.title,
            table=table,
        )
    )


def named(chart: Chart, choices: Choices) -> Chart:
    """The chart with, in its title and before its second line, a reader's name for its package.

    A chart of today or of several packages is left as it is.
    """
    name = choices.state.name
    if not name or chart.id in OF_SEVERAL or chart.scenario != choices.result.scenario_id:
        return chart
    shown = chart.of_package(name) if chart.package else chart
    return replace(shown, subtitle=f"{name}. {chart.subtitle}")


def show_today(name: str, choices: Choices) -> None:
    """A chart of today or of published figures, which no slider changes: made once for all."""
    today, words = choices.today, choices.words
    chart = made_of(f"chart {name}", today, lambda: CHARTS[name](today, words), words.lang)
    show(chart, choices.at_today)
