"""A lever's card: its scale with today and what was tried, and what is known about it."""

from __future__ import annotations

import streamlit as st

from dashboard import panels, session
from dashboard.formats import level_text
from dashboard.sidebar import tried_text
from dashboard.text import Words
from models.levers import Lever

PARTS = ("what", "unit", "who", "evidence", "not", "pays")


def card(lever: Lever, level: float, words: Words) -> None:
    """Folded unless the lever has been moved."""
    with st.expander(words.of(lever), expanded=level != lever.today, key=f"card_{lever.id}"):
        at, today = (level_text(lever, value, words.lang) for value in (level, lever.today))
        low, high = (level_text(lever, value, words.lang) for value in (lever.min, lever.max))
        tried = tried_text(lever, words)
        said = words("lever.scale", low=low, high=high, level=at, today=today, tried=tried)
        st.write(words("lever.level_now", level=at, today=today))
        st.html(
            panels.scale(
                said, (low, high), _place(lever, level), _place(lever, lever.today), _band(lever)
            )
        )
        st.caption(words("lever.legend" if _band(lever) else "lever.legend_bare", tried=tried))
        for part in PARTS:
            if said := words.lever(lever, part):
                st.markdown(f"**{words(f'lever.part_{part}')}.** {said}")
        st.button(
            words("lever.back_to_today", today=today),
            key=f"today_{lever.id}",
            on_click=session.back_to_today,
            args=(lever.id,),
            disabled=level == lever.today,
        )


def _place(lever: Lever, value: float) -> float:
    """Where a level lies on the slider, 0 to 1."""
    return (value - lever.min) / (lever.max - lever.min)


def _band(lever: Lever) -> tuple[float, float] | None:
    if lever.trial_low is None or lever.trial_high is None:
        return None
    return _place(lever, lever.trial_low), _place(lever, lever.trial_high)
