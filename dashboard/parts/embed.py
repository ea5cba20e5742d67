"""The simulator in one file to embed elsewhere: download, embed code and preview."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from gzip import compress

import streamlit as st

from dashboard.documents.embed import HEIGHT_HASH, embed_code
from dashboard.documents.simulator import DRAWS, can_hold, simulator_html
from dashboard.paths import STATIC
from dashboard.visitor.choices import Choices
from dashboard.visitor.results_cache import made_of, result_of
from dashboard.wording.numbers import number


@lru_cache(maxsize=1)
def _frame():
    script = (STATIC / "embed_preview.js").read_text(encoding="utf-8")
    return st.components.v2.component("embed_preview", js=script)


def section(choices: Choices) -> None:
    """Folded; the file is made when it is asked for."""
    words = choices.words
    with st.expander(words("embed.title"), key="simulator-embed", on_change="rerun") as box:
        if not box.open:
            return
        if not can_hold(choices.result):
            st.write(words("embed.tables_of_ones_own"))
            return
        with st.spinner(words("app.busy")):
            file = _file(choices)
        day = datetime.now(UTC).date().isoformat()
        name = f"wat-kost-rugpijn_simulator_{choices.result.scenario_id}_{words.lang}_{day}.html"
        kilobytes = {
            "size": number(len(file) / 1000, words.lang),
            "packed": number(len(compress(file)) / 1000, words.lang),
        }
        st.write(words("embed.text", draws=number(DRAWS, words.lang), **kilobytes))
        st.download_button(words("embed.download"), file, name, "text/html", on_click="ignore")
        st.code(str(embed_code(name, words.lang)), language="html", wrap_lines=True)
        st.caption(words("embed.policy", hash=HEIGHT_HASH))
        _frame()(data={"html": file.decode(), "title": words("embed.preview")}, key="embed-preview")


def _file(choices: Choices) -> bytes:
    """The file of these levels, assumptions and options, with the draws of a file."""
    options = replace(choices.state.options, draws=DRAWS)
    result = result_of(choices.assumptions, options, choices.state.levels)
    words = choices.words
    return made_of(
        "simulator_file", result, lambda: simulator_html(result, words).encode(), words.lang
    )
