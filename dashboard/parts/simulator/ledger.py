"""The ledger on the page: every euro by cost item and payer, in force or in a year, to the cent."""

from __future__ import annotations

import streamlit as st

import models
from dashboard.templates import blocks
from dashboard.visitor.choices import Choices
from dashboard.wording import row_texts
from dashboard.wording.catalogue import Words
from models.tables.csv_writer import reader_text

SCENARIOS = ("incremental", "scenario", "base_case")


def ledger(choices: Choices) -> None:
    """Tables of cost and of transfers for a scenario and a year, and the figures as a file."""
    words, result = choices.words, choices.result
    with st.container(horizontal=True, key="ledger_choices"):
        scenario = st.segmented_control(
            words("ledger.which"),
            SCENARIOS,
            format_func=lambda name: words(f"ledger.{name}"),
            default=SCENARIOS[0],
            required=True,
            key="ledger_scenario",
        )
        first = result.first_year
        year = st.selectbox(
            words("ledger.year"),
            [0, *range(first, first + result.options.years)],
            format_func=lambda value: str(value) if value else words("ledger.in_force"),
            key="ledger_year",
            width=220,
        )
    when = words("ledger.nominal", year=year) if year else words("ledger.in_force")
    for kind in ("resource", "transfer"):
        head, rows = row_texts.ledger(result, scenario, words, kind, year or None)
        caption = words(f"ledger.caption_{kind}", scenario=words(f"ledger.{scenario}"), when=when)
        st.html(blocks.table(caption, head, rows, sums=1, wide=True))
    st.caption(words("ledger.rounded"))
    st.download_button(
        words("ledger.download"),
        lambda: csv_text(result, words).encode("utf-8-sig"),
        file_name=f"{words('ledger.file')}-{result.scenario_id}.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
        key="ledger_csv",
    )


def csv_text(result: models.Result, words: Words) -> str:
    """Every row of the ledger in EUR, not rounded; for Dutch Excel in Dutch."""
    frame = result.table[result.table["kind"] != "health"]
    keep = ["scenario", "view", "year", "kind", "cost_item", "payer", "mean", "p2_5", "p97_5"]
    keep += ["unit", "scenario_id", "assumptions_hash"]
    rows = [keep, *frame[keep].itertuples(index=False)]
    return reader_text(rows, words.lang, "{:.2f}".format)
