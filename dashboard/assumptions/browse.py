"""The list of assumptions: search, filter, open one."""

from __future__ import annotations

import difflib

import streamlit as st

from dashboard.assumptions import card, edit
from dashboard.assumptions import rows as workbench
from dashboard.assumptions.rows import GROUPS, PROVENANCES, QUALITIES, Search
from dashboard.parts.frame.notices import cut
from dashboard.reference.markdown import escape as plain
from dashboard.visitor.choices import Choices
from dashboard.wording.catalogue import Words

PARAMETER = "assumption"  # in the address: the one that is open


def show(choices: Choices) -> None:
    """The open assumption, or the list."""
    edit.ready(choices)
    name = st.query_params.get(PARAMETER)
    if name is not None and name in choices.assumptions:
        row = choices.assumptions[name]
        st.button(choices.words("workbench.back"), on_click=_close, key="wb-close")
        st.html(card.card(row, choices))
        edit.form(row, choices)
        return
    if name is not None:
        near = difflib.get_close_matches(name[:60], list(choices.assumptions), n=3)
        text = choices.words("workbench.unknown", name=cut(name))
        hint = choices.words("notice.resembles", choices=", ".join(near)) if near else ""
        st.text(f"{text} {hint}".strip())
    _list(choices)


def open_(name: str) -> None:
    st.query_params[PARAMETER] = name


def _close() -> None:
    st.query_params.pop(PARAMETER, None)


def _list(choices: Choices) -> None:
    words, search = choices.words, _search(choices)
    if search.guesses:
        with st.spinner(words("app.busy")):
            rows = workbench.matching(choices, search)
    else:
        rows = workbench.matching(choices, search)
    shown, number, pages = workbench.page_of(rows, st.session_state.get("wb-page", 1))
    st.text(words("workbench.count", n=len(rows), of=len(choices.assumptions)))
    for row in shown:
        with st.container(gap=None):
            st.button(
                plain(words.of(row)),
                on_click=open_,
                args=(row.parameter,),
                key=f"wb-open-{row.parameter}",
                type="tertiary",
            )
            st.html(card.line(row, choices, search.guesses))
    if pages > 1:
        with st.container(horizontal=True, vertical_alignment="center"):
            for step, kind in ((-1, "previous"), (1, "next")):
                st.button(
                    words(f"workbench.{kind}"),
                    on_click=_turn,
                    args=(number + step,),
                    disabled=not 1 <= number + step <= pages,
                    key=f"wb-{kind}",
                )
            st.text(words("workbench.page", n=number, of=pages))


def _turn(number: int) -> None:
    st.session_state["wb-page"] = number


def _search(choices: Choices) -> Search:
    """The filters, from the fields above the list; a change goes back to the first page."""
    words = choices.words
    with st.container(key="wb-filters"):
        text = st.text_input(
            words("workbench.search"),
            key="wb-search",
            autocomplete="off",
            persist_state="session",
            on_change=_turn,
            args=(1,),
        )
        boxes = st.columns(3)
        kinds = {"group": GROUPS, "provenance": PROVENANCES, "quality": QUALITIES}
        chosen = {}
        for (kind, names), box in zip(kinds.items(), boxes, strict=True):
            chosen[kind] = box.selectbox(
                words(f"workbench.filter.{kind}"),
                ("", *names),
                format_func=lambda name, kind=kind: _named(kind, name, words),
                key=f"wb-{kind}",
                persist_state="session",
                on_change=_turn,
                args=(1,),
            )
        guesses = st.toggle(
            words("workbench.guesses"),
            key="wb-guesses",
            help=words("workbench.guesses_help"),
            persist_state="session",
            on_change=_turn,
            args=(1,),
        )
    return Search(text or "", guesses=guesses, **chosen)


def _named(kind: str, name: str, words: Words) -> str:
    if not name:
        return words("workbench.filter.all")
    if kind == "group":
        return words(f"reference.group.{name}")
    return words(f"workbench.{kind}.{name}")
