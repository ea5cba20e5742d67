"""The session of a visitor: their assumptions, levels and notices.

Choices are kept in st.session_state under the same names as in the link: lever ids and options.
Edited assumptions are kept there too, and end with the session.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

import models
from dashboard.address.link import DEFAULTS, Notice, from_query, on_grid
from dashboard.server import gc, message_check
from dashboard.visitor import language, results_cache
from dashboard.wording.catalogue import Words, words_in
from models.engine.run import catalogue_of, scenarios_of
from models.tables.levers import Lever

MAX_NOTICES = 1_000


def published() -> models.Assumptions:
    return models.load_assumptions()


def assumptions() -> models.Assumptions:
    """The assumptions of this visitor: the published ones, or their own."""
    return st.session_state.get("own_assumptions") or published()


def levers() -> dict[str, Lever]:
    """The levers under this visitor's assumptions, which set today's levels."""
    return catalogue_of(assumptions())


def packages() -> dict[str, dict]:
    """The packages that come with the model: name -> row of scenarios.csv with its levels."""
    return scenarios_of(assumptions())


def words() -> Words:
    return words_in(st.session_state.get("lang") or DEFAULTS["lang"])


def open_link() -> None:
    """On a visitor's first run: take assumptions, levels and options from the link, with notices
    about the parts of it that could not be used."""
    if "notices" in st.session_state:
        return
    gc.collect_departed()
    raw = {name: st.query_params.get_all(name) for name in st.query_params}
    state, used, notices = from_query(raw, published())
    st.session_state.notices = notices
    st.session_state.past = []
    _take_over(used)
    put_levels(state.levels)
    lang = language.of_reader()
    view = vars(state.options) | {"lang": lang, "perspective": state.perspective}
    view["name"] = state.name
    for name, value in view.items():
        st.session_state[name] = value


def install(used: models.Assumptions) -> None:
    """Use these assumptions from now on; only call this in a callback of a widget.

    A lever at today's level stays at today, also where that is another level now. A lever whose
    level the new assumptions do not allow returns to today, with a notice.
    """
    before = levers()
    _take_over(used)
    for name, lever in levers().items():
        level = st.session_state.get(name, lever.today)
        old = before.get(name, lever)
        if level != old.today and on_grid(lever, level) is None:
            note(Notice("not_used", name, f"{level:.12g}"))
            level = old.today
        st.session_state[name] = lever.today if level == old.today else level
    st.session_state.past = []


def back_to_published() -> None:
    """Use the published assumptions again; only call this in a callback of a widget."""
    install(published())


def _take_over(used: models.Assumptions) -> None:
    st.session_state.own_assumptions = used if used != published() else None
    st.session_state.edits = used.as_values(published()).values
    st.session_state.holder = results_cache.Holder(used)


def put_levels(levels: Mapping[str, float]) -> None:
    """Set these levels and every other lever to today."""
    for name, lever in levers().items():
        st.session_state[name] = levels.get(name, lever.today)


def take_levels(message: Mapping[str, object]) -> None:
    """Use the levels in a message of the browser: all, or none where one of them is invalid.

    Each invalid level gets a notice.
    """
    catalogue, valid, wrong = levers(), {}, []
    for name, level in message.items():
        lever = catalogue.get(name)
        number = isinstance(level, int | float) and not isinstance(level, bool)
        value = on_grid(lever, level) if lever and number else None
        if value is None:
            wrong.append(Notice("refused", name, str(level)[:100]))
        else:
            valid[name] = value
    for notice_ in wrong:
        note(notice_)
    if not wrong:
        put_levels(valid)
        moved = {name: level for name, level in valid.items() if level != catalogue[name].today}
        for levels, own_name in reversed(st.session_state.past):
            if levels == moved:  # an earlier package again, as by the browser's Back: its name too
                st.session_state.name = own_name
                break


def default_of(name: str):
    """Today's level of a lever, or the default of an option."""
    return default_in(name, levers())


def default_in(name: str, catalogue: Mapping[str, Lever]):
    """The same for levers that are known already."""
    return catalogue[name].today if name in catalogue else DEFAULTS[name]


def note(notice: Notice) -> None:
    """Keep a notice for the reader, once, up to MAX_NOTICES of them."""
    notices = st.session_state.notices
    if notice not in notices and len(notices) < MAX_NOTICES:
        st.session_state.notices = (*notices, notice)


def note_what_was_refused() -> None:
    """Add notices about values that `message_check` removed because no widget can hold them."""
    connection = st.context.headers.get(message_check.HEADER.decode())
    for name, value in message_check.take_refusals(connection):
        note(Notice("refused", name, value))
