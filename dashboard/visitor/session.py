"""What this visitor has chosen, and the results of it.

Choices live in st.session_state under the names of the link: lever ids and options. Assumptions of
one's own live there too, and are gone with the session. Results are kept by `results_cache`, for
all visitors together.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

import streamlit as st

import models
from dashboard.address.link import (
    DEFAULTS,
    HASH,
    NUMBERS,
    OPTIONS,
    SWITCHES,
    Notice,
    State,
    choices,
    fits,
    from_query,
    on_grid,
    share_query,
    to_query,
)
from dashboard.server import gc, message_check
from dashboard.visitor import results_cache
from dashboard.wording.catalogue import Words, words_in
from models.caching import cached_property
from models.engine.options import Options
from models.engine.run import catalogue_of, scenarios_of
from models.tables.assumptions import Differences
from models.tables.levers import Lever

MAX_STEPS_BACK = 50
MAX_NOTICES = 1_000


def published() -> models.Assumptions:
    return models.load_assumptions()


def assumptions() -> models.Assumptions:
    """The assumptions of this visitor: the published ones, or their own."""
    return st.session_state.get("own_assumptions") or published()


def levers() -> dict[str, Lever]:
    """The levers as this visitor's assumptions see them."""
    return catalogue_of(assumptions())


def packages() -> dict[str, dict]:
    """The signed packages."""
    return scenarios_of(assumptions())


@dataclass(frozen=True)
class Now:
    """Everything a page needs: the words, the state, the assumptions and their result."""

    words: Words
    state: State
    assumptions: models.Assumptions
    off: Mapping[str, float] = field(default_factory=dict)  # levels that lie on no step

    @cached_property
    def levers(self) -> dict[str, Lever]:
        """The levers as these assumptions see them."""
        return catalogue_of(self.assumptions)

    @property
    def edited(self) -> bool:
        """Whether this visitor's assumptions are not the published ones."""
        return self.assumptions is not published()

    @cached_property
    def result(self) -> models.Result:
        return self.run(self.state.levels)

    @cached_property
    def at_today(self) -> Now:
        """The same choices with every lever at today's level."""
        return replace(self, state=replace(self.state, levels={}))

    @property
    def today(self) -> models.Result:
        return self.at_today.result

    def run(self, levels: dict[str, float]) -> models.Result:
        """The result of other levels under the same options and assumptions."""
        return results_cache.result_of(self.assumptions, self.state.options, levels)

    def table(self, name: str, *asked):
        """One of `results_cache.TABLES` for the result of now."""
        return results_cache.table_of(name, self.result, *asked)

    @cached_property
    def link(self) -> str:
        return share_query(self.state, self.result.assumptions_hash[:HASH])

    @cached_property
    def differences(self) -> Differences:
        """In what this visitor's assumptions differ from the published ones."""
        return self.assumptions.as_values(published())

    @cached_property
    def not_in_link(self) -> tuple[str, ...]:
        """Edited assumptions and tables that the link does not carry; the run bundle does."""
        others = self.differences.without_value
        return others if fits(self.state.edits) else (*self.differences.values, *others)


def address(now: Now, page: str = "simulator") -> str:
    """The whole link that shows this state again, on the server that the reader sees."""
    try:
        parts = urlsplit(st.context.url or "")
    except ValueError:  # a browser says where it is; anyone can say anything
        parts = urlsplit("")
    return f"{parts.scheme or 'http'}://{parts.netloc or 'localhost:8501'}/{page}?{now.link}"


def words() -> Words:
    return words_in(st.session_state.get("lang") or DEFAULTS["lang"])


@contextmanager
def shared(choices: Now):
    """Lend what this run has read and worked out to the page; not kept, since it holds draws."""
    st.session_state.now = choices
    try:
        yield
    finally:
        del st.session_state.now


def current() -> Now:
    """The choices of this run as `shared` lends them, or read again."""
    return st.session_state.get("now") or now()


def now() -> Now:
    """The choices of this run, read from the widgets and judged: once, after they are drawn."""
    used = assumptions()
    catalogue, chosen = catalogue_of(used), st.session_state
    options = {name: chosen.get(name, default) for name, default in OPTIONS.items()}
    moved, off = {}, {}
    for name, lever in catalogue.items():
        level = on_grid(lever, chosen[name])
        if level is None:
            off[name] = chosen[name]
        elif level != lever.today:
            moved[name] = level
    view = {name: chosen.get(name) or DEFAULTS[name] for name in ("lang", "perspective")}
    state = State(moved, Options(**options), **view, edits=chosen.get("edits", {}))
    return Now(words(), state, used, off)


def open_link() -> None:
    """On a visitor's first run: read the link, keep what to say about it, take over its options."""
    if "notices" in st.session_state:
        return
    gc.sweep()
    raw = {name: st.query_params.get_all(name) for name in st.query_params}
    state, used, notices = from_query(raw, published())
    st.session_state.notices = notices
    st.session_state.refused = {notice.name for notice in notices}
    st.session_state.past = []
    _take_over(used)
    view = vars(state.options) | {"lang": state.lang, "perspective": state.perspective}
    for name in choices():
        st.session_state[name] = view[name]


def install(used: models.Assumptions) -> None:
    """Let these assumptions count from now on; for use in a callback.

    Levers at today's level stay at today's level, whatever it is now. A lever whose level the new
    assumptions do not allow goes to today, with a notice.
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
    """Let the published assumptions count again; for use in a callback."""
    install(published())


def _take_over(used: models.Assumptions) -> None:
    st.session_state.own_assumptions = used if used != published() else None
    st.session_state.edits = used.as_values(published()).values
    st.session_state.own_results = results_cache.Holder(used)


def default_of(name: str):
    """Today's level of a lever, or the default of an option."""
    return _default(name, levers())


def _default(name: str, catalogue: Mapping[str, Lever]):
    return catalogue[name].today if name in catalogue else DEFAULTS[name]


def note(notice: Notice) -> None:
    """Keep a notice for the reader, once; those of a flood are not all kept."""
    known = st.session_state.notices
    if notice not in known and len(known) < MAX_NOTICES:
        st.session_state.notices = (*known, notice)


def note_what_was_refused() -> None:
    """Values that no widget of the page can hold were kept out by the gate."""
    for name, found in message_check.told(st.context.headers.get(message_check.HEADER.decode())):
        note(Notice("refused", name, found))


def refuse_what_is_off(now: Now) -> None:
    """Streamlit lets some values of a link through (off a step, " 0.05"): take today instead.

    A widget cannot be changed once it is drawn, so the change is made at the start of a new run.
    """
    refused = st.session_state.refused  # by the link, and the reader has been told
    ours = {*now.levers, *DEFAULTS} & refused
    wrong = now.off | {n: st.session_state[n] for n in ours if n in st.session_state}
    wrong = {name: v for name, v in wrong.items() if v != _default(name, now.levers)}
    for name in wrong.keys() - refused:
        note(Notice("not_used", name, str(wrong[name])[:40]))
    st.session_state.refused = set()
    if wrong:
        st.session_state.to_default = tuple(wrong)
        st.rerun()


def put_back_what_was_off() -> None:
    """Before the widgets are drawn: today's level for what `refuse_what_is_off` found."""
    for name in st.session_state.pop("to_default", ()):
        st.session_state[name] = default_of(name)


def write_again_what_the_address_lost() -> None:
    """Before the widgets are drawn: who turns a page before they stand has them dropped from it.

    The browser keeps in the address what its widgets are bound to, and knew of none yet. Streamlit
    writes a value into the address that is set here.
    """
    usual = {name: lever.today for name, lever in levers().items()}
    usual |= {name: DEFAULTS[name] for name in (*SWITCHES, *NUMBERS)}
    for name, default in usual.items():
        value = st.session_state.get(name, default)
        if value != default and name not in st.query_params:
            st.session_state[name] = value


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


def keep_in_link(state: State) -> None:
    """Write into the address what Streamlit does not: words as the command line's, and edits.

    Levers and numbers are bound by Streamlit itself; it would write "Frictiekosten" for these.
    """
    query = to_query(state)
    ours = {name for name in query if "." in name}
    ours |= {name for name in st.query_params if "." in name} | set(choices())
    for name in ours:
        wanted = [query[name]] if name in query else []
        if st.query_params.get_all(name) != wanted:
            if wanted:
                st.query_params[name] = query[name]
            else:
                del st.query_params[name]
