"""The choices of a visitor, read and checked once per run, and their results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

import streamlit as st

import models
from dashboard.address.link import (
    HASH,
    OPTIONS,
    VIEW,
    LinkState,
    fits,
    on_grid,
    share_query,
)
from dashboard.visitor import results_cache, session
from dashboard.wording.catalogue import Words
from models.caching import cached_property
from models.engine.options import Options
from models.engine.run import catalogue_of
from models.tables.assumptions import Differences
from models.tables.levers import Lever


@dataclass(frozen=True)
class Choices:
    """Everything a page needs: the words, the state, the assumptions and their result."""

    words: Words
    state: LinkState
    assumptions: models.Assumptions

    @cached_property
    def levers(self) -> dict[str, Lever]:
        """The levers as these assumptions see them."""
        return catalogue_of(self.assumptions)

    @property
    def edited(self) -> bool:
        """Whether this visitor's assumptions are not the published ones."""
        return self.assumptions is not session.published()

    @cached_property
    def result(self) -> models.Result:
        return self.run(self.state.levels)

    @cached_property
    def at_today(self) -> Choices:
        """The same choices with every lever at today's level."""
        return replace(self, state=replace(self.state, levels={}))

    @property
    def today(self) -> models.Result:
        return self.at_today.result

    def run(self, levels: Mapping[str, float]) -> models.Result:
        """The result of other levels under the same options and assumptions."""
        return results_cache.result_of(self.assumptions, self.state.options, levels)

    def table(self, name: str, *arguments):
        """One of `results_cache.TABLES` for the result of these choices."""
        return results_cache.table_of(name, self.result, *arguments)

    @cached_property
    def link(self) -> str:
        return share_query(self.state, self.result.assumptions_hash[:HASH])

    @cached_property
    def differences(self) -> Differences:
        """In what this visitor's assumptions differ from the published ones."""
        return self.assumptions.as_values(session.published())

    @cached_property
    def not_in_link(self) -> tuple[str, ...]:
        """Edited assumptions and tables that the link does not carry; the run bundle does."""
        others = self.differences.without_value
        return others if fits(self.state.edits) else (*self.differences.values, *others)


@contextmanager
def lent(choices: Choices) -> Iterator[None]:
    """Give the choices of this run to the code of the page; not stored, since they hold draws."""
    st.session_state.choices = choices
    try:
        yield
    finally:
        del st.session_state.choices


def current() -> Choices:
    """The choices of this run as `lent` lends them, or read again."""
    return st.session_state.get("choices") or read()


def read() -> Choices:
    """The choices of this run, each judged once."""
    used = session.assumptions()
    catalogue, chosen = catalogue_of(used), st.session_state
    options = {name: chosen.get(name, default) for name, default in OPTIONS.items()}
    levels = {}
    for name, lever in catalogue.items():
        level = on_grid(lever, chosen.get(name, lever.today))
        if level not in (None, lever.today):
            levels[name] = level
    view = {name: chosen.get(name) or default for name, default in VIEW.items()}
    if not levels:  # today is no package
        view["name"] = ""
    state = LinkState(levels, Options(**options), **view, edits=chosen.get("edits", {}))
    return Choices(session.words(), state, used)
