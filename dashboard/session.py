"""What this visitor has chosen, and the only cache of the page.

Choices live in st.session_state under the names of the link: lever ids and options. Results are
kept by a small key of levels and options; nothing that was uploaded is ever a key.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from urllib.parse import urlsplit

import streamlit as st

import models
from dashboard.state import DEFAULTS, HASH, Notice, State, from_query, on_grid, share_query
from dashboard.text import Words, words_in
from models.levers import Lever
from models.model import Options
from models.run import catalogue_of, scenarios_of
from models.swing import swings

MAX_STEPS_BACK = 50


@st.cache_resource(max_entries=6, ttl=3600, show_spinner=False)
def result_of(key: tuple) -> models.Result:
    """The result of (levels, options); a few are kept, since each holds its draws (5 MB)."""
    levels, options = key
    return models.run(levers=dict(levels), **vars(options))


@st.cache_resource(max_entries=200, ttl=3600, show_spinner=False)
def kept(name: str, key: tuple):
    """A costly table of a result, kept without the draws it was made from."""
    return TABLES[name](models.run(levers=dict(key[0]), **vars(key[1])))


TABLES = {
    "budget": lambda result: (result.budget(), result.budget_sum(), result.break_even_year),
    "attribution": models.attribute,
    "verdicts": models.verdicts,
    "swings": lambda result: swings(result.model.assumptions, result.levels, result.options),
}


@st.cache_resource(max_entries=200, ttl=3600, show_spinner=False)
def breakeven(lever: str, parameter: str, key: tuple) -> dict:
    """The value of an assumption at which a lever of the package costs nothing."""
    levels, options = key
    return models.breakeven(lever, parameter, dict(levels), **vars(options))


def levers() -> dict[str, Lever]:
    """The levers as the published assumptions see them."""
    return catalogue_of(models.load_assumptions())


def packages() -> dict[str, dict]:
    """The signed packages."""
    return scenarios_of(models.load_assumptions())


@dataclass(frozen=True)
class Now:
    """Everything a page needs: the words, the state and its result."""

    words: Words
    state: State

    @cached_property
    def result(self) -> models.Result:
        return result_of(self.state.key)

    @cached_property
    def today(self) -> models.Result:
        """The same options with every lever at today's level."""
        return result_of(((), self.state.options))

    def table(self, name: str):
        return kept(name, self.state.key)

    @property
    def link(self) -> str:
        return share_query(self.state, self.result.assumptions_hash[:HASH])


def address(now: Now, page: str = "simulator") -> str:
    """The whole link that shows this state again, on the server that the reader sees."""
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme or 'http'}://{parts.netloc or 'localhost:8501'}/{page}?{now.link}"


def words() -> Words:
    return words_in(st.session_state.get("lang") or DEFAULTS["lang"])


def now() -> Now:
    """The choices of this run, read from the widgets."""
    chosen = {f.name: st.session_state.get(f.name, f.default) for f in fields(Options)}
    levels = {name: on_grid(lever, st.session_state[name]) for name, lever in levers().items()}
    moved = {name: v for name, v in levels.items() if v not in (None, levers()[name].today)}
    return Now(words(), State(moved, Options(**chosen), words().lang))


def open_link() -> None:
    """On a visitor's first run: read the link, keep what to say about it, take over its options."""
    if "notices" in st.session_state:
        return
    raw = {name: st.query_params.get_all(name) for name in st.query_params}
    known = models.load_assumptions().hash[:HASH]
    state, notices = from_query(raw, levers(), known)
    st.session_state.notices = notices
    st.session_state.refused = {notice.name for notice in notices}
    st.session_state.past = []
    for name in ("lang", "anchor", "valuation", "overlap"):
        st.session_state[name] = state.lang if name == "lang" else getattr(state.options, name)


def default_of(name: str):
    """Today's level of a lever, or the default of an option."""
    return levers()[name].today if name in levers() else DEFAULTS[name]


def refuse_what_is_off() -> None:
    """Streamlit lets some values of a link through (off a step, 2.5 for 2): take today instead.

    A widget cannot be changed once it is drawn, so the change is made at the start of a new run.
    """
    off = {
        name: st.session_state[name]
        for name, lever in levers().items()
        if on_grid(lever, st.session_state[name]) is None
    }
    refused = st.session_state.refused
    off |= {n: st.session_state[n] for n in refused if n in DEFAULTS and n in st.session_state}
    off = {name: value for name, value in off.items() if value != default_of(name)}
    said = {notice.name for notice in st.session_state.notices}
    for name in off.keys() - said:
        st.session_state.notices += (Notice("not_used", name, str(off[name])[:40]),)
    st.session_state.refused = set()
    if off:
        st.session_state.to_default = tuple(off)
        st.rerun()


def put_back_what_was_off() -> None:
    """Before the widgets are drawn: today's level for what `refuse_what_is_off` found."""
    for name in st.session_state.pop("to_default", ()):
        st.session_state[name] = default_of(name)


def remember(levels: dict[str, float]) -> None:
    """Keep the levels of this run, so that they can be gone back to."""
    past = st.session_state.past
    if not past or past[-1] != levels:
        st.session_state.past = [*past, levels][-MAX_STEPS_BACK:]


def load(levels: dict[str, float]) -> None:
    """Set these levels and every other lever to today; for use in a callback."""
    for name, lever in levers().items():
        st.session_state[name] = levels.get(name, lever.today)


def back_to_today(name: str) -> None:
    st.session_state[name] = default_of(name)


def undo() -> None:
    """The levels before the last change."""
    past = st.session_state.past
    if len(past) > 1:
        st.session_state.past = past[:-1]
        load(past[-2])


def keep_in_link() -> None:
    """Write options whose words differ by language into the address, as the command line's words.

    Levers and numbers are bound by Streamlit itself; it would write "Frictiekosten" for these.
    """
    for name in ("lang", "anchor", "valuation", "overlap"):
        value = st.session_state[name]
        wanted = [] if value == DEFAULTS[name] else [value]
        if st.query_params.get_all(name) != wanted:
            if wanted:
                st.query_params[name] = value
            else:
                del st.query_params[name]
