"""All levers ranked, each a link that opens the simulator with that lever set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from dashboard.address.link import HASH, share_query
from dashboard.charts import CHARTS
from dashboard.parts.chart_block import show
from dashboard.templates import blocks
from dashboard.templates.ranking import ranking
from dashboard.visitor.choices import Choices
from dashboard.wording import ranking as wording
from models.analysis.choice.rank import Ranking

SIMULATOR = "simulator"  # the address of the page that a row opens
READ_AT_ONCE = 2  # sentences under the answer; the others are folded away
MARGIN = 0.02  # of the scale, beside the widest interval


def section(choices: Choices) -> None:
    """Heading, answer, list and, when asked for, the chart to keep."""
    words, today = choices.words, choices.today
    with st.spinner(words("app.busy")):
        answer = choices.at_today.table("rank")
    st.header(words("ranking.title"))
    lead, rest = wording.answer(answer, today, words)
    how = [*rest[READ_AT_ONCE:], wording.how(answer, today, words)]
    st.html(blocks.answer(lead, rest[:READ_AT_ONCE], small=True))
    st.html(blocks.more(words("ranking.how_title"), how))
    left, right = words("ranking.column.bar").split(" · ")
    heads = words("ranking.column.lever"), words("ranking.column.change")
    st.html(ranking(words("ranking.title"), (left, right), heads, _rows(answer, choices)))
    if choices.not_in_link:
        st.caption(words("ranking.no_links"))
    with st.expander(words("chart.printable"), key="printable_ranking", on_change="rerun") as box:
        if box.open:
            show(CHARTS["ranking"](today, words, answer), choices.at_today)


def _rows(answer: Ranking, choices: Choices) -> list[dict]:
    words, today = choices.words, choices.today
    scale = _scale(answer)
    movement = answer["movement"]
    rows = []
    for row in answer["levers"]:
        change, spread = wording.change(row, words)
        name, amount = words.of(row), row["incremental"]
        level = wording.level(row, today, words)
        rows.append({
            "name": name,
            "level": wording.starred(row, today, words),
            "change": change,
            "spread": spread,
            "certainty": wording.certainty(row["verdict"]),
            "verdict": words(f"verdict.short_{row['verdict']}"),
            "link": _link(row, choices),
            "says": words("ranking.open_one", name=name, level=level),
            "at": {
                "nil": scale(0),
                "band": (scale(movement), scale(-movement)),
                "ends": (scale(amount["p97_5"]), scale(amount["p2_5"])),
                "mean": scale(amount["mean"]),
            },
        })  # fmt: skip
    return rows


def _link(row: Mapping, choices: Choices) -> str:
    """The simulator with this lever alone; nothing where a link cannot carry the assumptions."""
    if choices.not_in_link:
        return ""
    state = replace(choices.state, levels={row["lever"]: row["level"]})
    return f"{SIMULATOR}?{share_query(state, choices.today.assumptions_hash[:HASH])}"


def _scale(answer: Ranking):
    """EUR a year -> place on the scale, 0 to 1; what is saved lies to the right."""
    rows = [row["incremental"] for row in answer["levers"]]
    most = max(answer["movement"], *(row["p97_5"] for row in rows))
    least = min(-answer["movement"], *(row["p2_5"] for row in rows))
    room = (most - least) * MARGIN
    return lambda amount: (most + room - amount) / (most - least + 2 * room)
