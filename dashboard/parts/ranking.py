"""All levers ranked, each a link that opens the simulator with that lever set."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.address.link import HASH, share_query
from dashboard.charts import CHARTS
from dashboard.documents.ranking_list import ORDERS, ordered, ranked_list
from dashboard.parts.chart_block import show
from dashboard.templates import blocks
from dashboard.visitor.choices import Choices
from dashboard.wording import ranking as wording
from dashboard.wording.row_texts import payer_name
from models.analysis.choice.rank import RankedLever, Ranking
from models.engine.result import SOCIETY

SIMULATOR = "simulator"  # the address of the page that a row opens
OPEN_SENTENCES = 2  # sentences under the answer; the others are folded away


def section(choices: Choices) -> None:
    """Heading, answer, list and, when asked for, the chart to keep."""
    words, today = choices.words, choices.today
    with st.spinner(words("app.busy")):
        answer = choices.at_today.table("rank")
    st.header(words("ranking.title"))
    lead, rest = wording.answer(answer, today, words)
    how = [*rest[OPEN_SENTENCES:], wording.how(answer, today, words)]
    st.html(blocks.answer(lead, rest[:OPEN_SENTENCES], small=True))
    st.html(blocks.more(words("ranking.how_title"), how))
    rows = _in_order(answer, choices)
    st.html(ranked_list(answer, rows, today, words, lambda row: _link(row, choices)))
    if choices.not_in_link:
        st.caption(words("ranking.no_links"))
    with st.expander(words("chart.printable"), key="printable_ranking", on_change="rerun") as box:
        if box.open:
            show(CHARTS["ranking"](today, words, answer), choices.at_today)


def _in_order(answer: Ranking, choices: Choices) -> list[RankedLever]:
    """The rows as the reader asks for them: by saving, certainty or health, or for one payer."""
    words = choices.words
    name = payer_name(words, choices.today.catalogue)
    payers = [row["id"] for row in choices.today.catalogue["payers"]]
    with st.container(horizontal=True, vertical_alignment="bottom", key="ranking-in-order"):
        order = st.segmented_control(
            words("ranking.order.label"),
            ORDERS,
            format_func=lambda by: words(f"ranking.order.{by}"),
            default="saving",
            required=True,
            key="ranking-order",
        )
        payer = st.selectbox(
            words("ranking.order.payer"),
            [SOCIETY, *payers],
            format_func=lambda id: words("ranking.order.society") if id == SOCIETY else name(id),
            key="ranking-payer",
            width=260,
        )
    if payer != SOCIETY:
        st.caption(words("ranking.order.of_payer", payer=name(payer)))
    return ordered(answer, order, payer)


def _link(row: RankedLever, choices: Choices) -> str:
    """The simulator with this lever alone; nothing where a link cannot carry the assumptions."""
    if choices.not_in_link:
        return ""
    state = replace(choices.state, levels={row["lever"]: row["level"]})
    return f"{SIMULATOR}?{share_query(state, choices.today.assumptions_hash[:HASH])}"
