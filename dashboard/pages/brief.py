"""The current package as two pages to print and as a workbook."""

from datetime import UTC, datetime

import streamlit as st

from dashboard.documents.brief import brief
from dashboard.documents.story_kit import story_kit
from dashboard.documents.workbook import workbook
from dashboard.parts.frame.package import name_field
from dashboard.parts.preview import preview
from dashboard.visitor import query_params
from dashboard.visitor.choices import current

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def page() -> None:
    choices = current()
    words, result = choices.words, choices.result
    day, link = datetime.now(UTC).date(), query_params.address(choices)
    name = f"wat-kost-rugpijn_{words('brief.file')}_{result.scenario_id}_{words.lang}_{day}"
    st.title(words("brief.title"))
    st.write(words("brief.text"))
    if choices.state.levels:
        name_field(choices)
    with st.spinner(words("app.busy")):
        moved = choices.table("swings") if choices.state.levels else {}
        html = brief(result, words, link, day, moved, choices.state.name)
    with st.container(horizontal=True):
        st.download_button(
            words("brief.download"), html, f"{name}.html", "text/html", on_click="ignore"
        )
        st.download_button(
            words("brief.workbook"),
            lambda: workbook(result, words, link, day, choices.state.name),
            f"{name}.xlsx",
            EXCEL,
            on_click="ignore",
        )
        st.download_button(
            words("kit.button"),
            lambda: story_kit(result, words, link, day, choices.state.name),
            f"{name}.zip",
            "application/zip",
            on_click="ignore",
        )
    st.header(words("brief.preview"))
    preview(html, words("brief.title"))


page()
