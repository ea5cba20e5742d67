"""In which language a reader is answered: as the link says, as chosen before, as the browser asks.

A choice is kept in a cookie on the reader's own device, which holds the two letters of a language
and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboard.languages import LANGUAGES

COOKIE = "rugpijn_lang"
ELSEWHERE = LANGUAGES[-1]  # for a browser that asks for neither language


def preferred(in_link: str | None, cookies: Mapping[str, str], accepted: str | None) -> str:
    """The language of the link; else of the cookie; else the first that the browser accepts.

    Without any of these it is the first of LANGUAGES. `accepted` is the header Accept-Language.
    """
    for named in (in_link, cookies.get(COOKIE)):
        if named in LANGUAGES:
            return named
    spoken = _by_weight(accepted or "")
    known = [tag[:2] for tag in spoken if tag[:2] in LANGUAGES]
    return known[0] if known else ELSEWHERE if spoken else LANGUAGES[0]


def of_reader() -> str:
    """The language for the visitor for whom this script runs."""
    value = st.query_params.get("lang")
    return preferred(value, st.context.cookies, st.context.headers.get("Accept-Language"))


def _by_weight(header: str) -> list[str]:
    """The tags of an Accept-Language header, the most wanted first; `*` says nothing."""
    tags = []
    for position, part in enumerate(header[:200].split(",")):
        tag, _, weight = part.strip().lower().partition(";q=")
        if tag.replace("-", "").isalnum():
            tags.append((-_number(weight), position, tag))
    return [tag for _, _, tag in sorted(tags)]


def _number(text: str) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0
