"""The live simulator as a component of the page.

During a drag the reader's browser calculates the answer (static/simulator/). On release it sends
the levels, which are checked here like those of a link: all are used, or none.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import streamlit as st

from dashboard.parts import comparison_picker
from dashboard.parts.frame import perspective
from dashboard.paths import STATIC
from dashboard.server.widget_rules import LIVE
from dashboard.visitor import engines, session
from dashboard.visitor.choices import Choices
from dashboard.wording.live import live_answer, seen_text
from models.engine.result import SOCIETY


@lru_cache(maxsize=1)
def _component():
    script = (STATIC / "simulator.js").read_text(encoding="utf-8")
    return st.components.v2.component(LIVE, js=script)


def live(choices: Choices) -> None:
    """Draw the simulator at the current levels; with the answer until the browser has an engine."""
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
        "kept": comparison_picker.beside(choices),
        "name": choices.state.name,
        "perspective": choices.state.perspective,
        "seen": _seen(choices),
    }
    if message.get("live") != engine.address:
        data["told"] = live_answer(choices.result, choices.words)
    _component()(data=data, key=LIVE, on_told_change=_release)


def _seen(choices: Choices) -> dict | None:
    """What the chosen perspective says of these levels; nothing where it is everybody's."""
    view = choices.state.perspective
    if view == SOCIETY:
        return None
    text = seen_text(choices.result, view, choices.words)
    return {"levels": dict(choices.state.levels), "text": text}


def failed() -> bool:
    """Whether the browser has said that it cannot show the simulator."""
    return bool(_last_message().get("trouble"))


def _last_message() -> Mapping:
    """The last message of the browser, checked by `server.message_check`."""
    return (st.session_state.get(LIVE) or {}).get("told") or {}


def _release() -> None:
    """A lever was released, a kept package dropped or a payer touched: take over what is valid."""
    message = _last_message()
    session.take_levels(message.get("levels", {}))
    if "drop" in message:
        comparison_picker.drop(message["drop"])
    if "perspective" in message:
        perspective.take(message["perspective"])
