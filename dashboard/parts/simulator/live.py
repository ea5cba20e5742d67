"""The simulator that answers while it moves, as a part of the page.

What follows the hand is worked out in the reader's browser (static/simulator/). On release the
browser tells the levels; they are judged here as those of a link are, all or none.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import streamlit as st

from dashboard.paths import STATIC
from dashboard.server.widget_rules import LIVE
from dashboard.visitor import engines, session
from dashboard.visitor.choices import Choices
from dashboard.wording.live import live_answer


@lru_cache(maxsize=1)
def _component():
    script = (STATIC / "simulator.js").read_text(encoding="utf-8")
    return st.components.v2.component(LIVE, js=script)


def live(choices: Choices) -> None:
    """Draw it with the levels that count; the answer goes along until the browser has its own."""
    engine = engines.request_of(choices.assumptions, choices.state.options)
    st.session_state.engine = engine  # its address is known as long as this session
    message = _last_message()
    data = {
        "view": engines.assets()[0],
        "modules": [f"{name}.js" for name in engines.MODULES],
        "engine": engine.address,
        "lang": choices.words.lang,
        "levels": dict(choices.state.levels),
        "answered": message.get("n", 0),
    }
    if message.get("live") != engine.address:
        data["told"] = live_answer(choices.result, choices.words)
    _component()(data=data, key=LIVE, on_told_change=_release)


def failed() -> bool:
    """Whether the browser has said that it cannot show the simulator."""
    return bool(_last_message().get("trouble"))


def _last_message() -> Mapping:
    """What the browser told last, as `message_check` let it through."""
    return (st.session_state.get(LIVE) or {}).get("told") or {}


def _release() -> None:
    """The hand has let go: its levels count from now on, if they are levels."""
    session.take_levels(_last_message().get("levels", {}))
