"""The controls: language, levers from the table, and how the sum is made."""

from __future__ import annotations

import streamlit as st

from dashboard.address.link import DEFAULTS, NUMBERS, SWITCHES, named_options
from dashboard.parts import redraw
from dashboard.visitor import session, undo
from dashboard.wording.catalogue import LANGUAGES, Words, words_in
from dashboard.wording.levers import tried_text
from dashboard.wording.numbers import is_share, level_text
from models.caching import cached
from models.engine.options import CHOICES
from models.engine.run import catalogue_of
from models.tables.assumptions import Assumptions
from models.tables.levers import Lever


def draw(words: Words) -> None:
    """Levers by group, the ways back, and the options of the sum."""
    with st.sidebar:
        st.header(words("sidebar.title"))
        st.caption(words("sidebar.hint"))
        _ways_back(words)
        used = session.assumptions()
        levers, texts = catalogue_of(used).values(), lever_texts(used, words.lang)
        for group in dict.fromkeys(lever.group for lever in levers):  # as the table names them
            st.subheader(words(f"group.{group}"))
            for lever in levers:
                if lever.group == group:
                    _slider(lever, *texts[lever.id])
        with st.expander(words("options.title")):
            _options(words)


def _ways_back(words: Words) -> None:
    with st.container(horizontal=True, key="ways_back"):
        st.button(
            words("sidebar.back_to_today"), on_click=undo.load, args=({},), key="all_to_today"
        )
        st.button(words("sidebar.undo"), on_click=undo.undo, key="undo")


def _slider(lever: Lever, label: str, about: str) -> None:
    st.slider(
        label,
        min_value=lever.min,
        max_value=lever.max,
        value=lever.today,
        step=lever.step,
        format="percent" if is_share(lever) else "localized",
        key=lever.id,
        help=about,
        bind="query-params",
        on_change=redraw.moved,
    )


@cached(most=len(LANGUAGES))
def lever_texts(assumptions: Assumptions, lang: str) -> dict[str, tuple[str, str]]:
    """Label and help of every lever's slider: the same as long as the assumptions are."""
    words, texts = words_in(lang), {}
    for lever in catalogue_of(assumptions).values():
        today = level_text(lever, lever.today, lang)
        label = words("sidebar.lever", label=words.of(lever), today=today)
        texts[lever.id] = label, lever_help(lever, words)
    return texts


def lever_help(lever: Lever, words: Words) -> str:
    """What the lever does, what its level counts and what has been tried, in a few sentences."""
    parts = *(words.lever(lever, part) for part in ("what", "unit")), tried_text(lever, words)
    return " ".join(filter(None, parts))


def _options(words: Words) -> None:
    for name in CHOICES:
        st.selectbox(
            words(f"options.{name}.label"),
            named_options()[name],
            format_func=lambda value, name=name: words(f"options.{name}.{value}"),
            key=name,
            help=words(f"options.{name}.help"),
        )
    for name in SWITCHES:
        st.toggle(
            words(f"options.{name}.label"),
            key=name,
            help=words(f"options.{name}.help"),
            bind="query-params",
        )
    for name, (low, high) in NUMBERS.items():
        st.number_input(
            words(f"options.{name}.label"),
            min_value=low,
            max_value=high,
            value=DEFAULTS[name],
            step={"draws": 1_000}.get(name, 1),
            key=name,
            help=words(f"options.{name}.help", low=low, high=high),
            bind="query-params",
        )
