"""Sliders of Streamlit's own, for a browser that cannot show the simulator."""

from __future__ import annotations

import streamlit as st

from dashboard.templates import blocks
from dashboard.visitor import session
from dashboard.visitor.choices import Choices
from dashboard.wording import sentences
from dashboard.wording.levers import tried_text
from dashboard.wording.numbers import is_share, level_text
from models.tables.levers import Lever

PLAIN = "plain_"  # before the name of a lever, in the key of its slider


def plain_levers(choices: Choices) -> None:
    """The answer that Python gives, and a slider a lever by group."""
    words, result, view = choices.words, choices.result, choices.state.perspective
    st.info(words("live.plain"), icon=":material/info:")
    st.html(
        blocks.answer(*sentences.simulator_answer(result, words, view))
        + blocks.figures(sentences.money_figures(result, words, view))
        + blocks.figures(sentences.health_figures(result, words), small=True)
        + blocks.aside(sentences.who_pays(result, words))
    )
    for group in dict.fromkeys(lever.group for lever in choices.levers.values()):
        with st.expander(words(f"group.{group}"), expanded=True):
            for lever in choices.levers.values():
                if lever.group == group:
                    _slider(lever, choices)


def _slider(lever: Lever, choices: Choices) -> None:
    words, key = choices.words, f"{PLAIN}{lever.id}"
    st.session_state[key] = float(choices.state.levels.get(lever.id, lever.today))
    today = level_text(lever, lever.today, words.lang)
    st.slider(
        words("sidebar.lever", label=words.of(lever), today=today),
        min_value=lever.min,
        max_value=lever.max,
        step=lever.step,
        format="percent" if is_share(lever) else "localized",
        key=key,
        help=_help(lever, choices),
        on_change=_release,
        args=(lever.id,),
    )


def _help(lever: Lever, choices: Choices) -> str:
    """What the lever does, what its level counts and what has been tried, in a few sentences."""
    words = choices.words
    parts = *(words.lever(lever, part) for part in ("what", "unit")), tried_text(lever, words)
    return " ".join(filter(None, parts))


def _release(name: str) -> None:
    levels = {lever: st.session_state[lever] for lever in session.levers()}
    session.take_levels({**levels, name: st.session_state[f"{PLAIN}{name}"]})
