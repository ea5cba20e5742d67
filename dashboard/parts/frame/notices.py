"""Notices to the reader: parts of a link that could not be used, wrong data, edited numbers."""

from __future__ import annotations

import streamlit as st

from dashboard.address.link import EDIT, Notice, edit_text
from dashboard.visitor import session
from dashboard.visitor.choices import Choices
from dashboard.wording import origin
from dashboard.wording.catalogue import LANGUAGES, Words
from dashboard.wording.units import measured
from models import DataError, UsageError

SHOWN, LONGEST = 12, 60
NAMED = 3  # edited assumptions that are named on every page


def draw(words: Words) -> None:
    """Everything in the link that was not used, until the reader closes it."""
    notices = st.session_state.notices
    if not notices:
        return
    with st.container(border=True, key="notices"):
        field = all(notice.kind == "refused" for notice in notices)
        title = words("notice.title_field" if field else "notice.title")
        st.warning(title, icon=":material/link_off:")
        for notice in notices[:SHOWN]:
            st.text(sentence(notice, words))  # text, not markdown: it quotes text from a link
        if len(notices) > SHOWN:
            st.text(words("notice.more", n=len(notices[SHOWN:])))
        st.button(words("notice.close"), on_click=_close, key="close_notices")


def edited(choices: Choices) -> None:
    """On every page: whose assumptions these are, when they are not the published ones."""
    if not choices.edited:
        return
    words = choices.words
    with st.container(border=True, key="own_assumptions_notice"):
        text = st.container()
        # drawn first, so that it is there even if a later part fails
        st.button(words("edited.back"), on_click=session.back_to_published, key="to_published")
        for line in _edited_lines(choices):
            text.text(line)


def _edited_lines(choices: Choices) -> list[str]:
    """What is not as published: numbers, tables, and what of these the link cannot carry."""
    words, differences = choices.words, choices.differences
    names, tables = (*differences.values, *differences.rows), differences.tables
    lines = [words("edited.title", n=len(names)) if names else words("edited.tables")]
    if names:
        edits = "; ".join(_edit(choices, name) for name in names[:NAMED])
        more = words("edited.more", n=len(names[NAMED:])) if names[NAMED:] else ""
        lines.append(f"{edits} {more}".strip())
        own = [choices.assumptions[name] for name in differences.values]
        lines += [text for row in own if (text := origin.drawn(row, words))]
    if tables:
        lines.append(words("edited.own_tables", names=", ".join(tables)))
    if choices.not_in_link:
        lines.append(words("edited.not_in_link", n=len(choices.not_in_link)))
    return lines


def _edit(choices: Choices, name: str) -> str:
    """Label: published value, then the value in use."""
    row, before = choices.assumptions.get(name), session.published().get(name)
    label = choices.words.of(row or before)
    values = (
        measured(version.base, version.unit, choices.words) if version else "–"
        for version in (before, row)
    )
    return f"{label}: {' → '.join(values)}"


def _close() -> None:
    st.session_state.notices = ()


def sentence(notice: Notice, words: Words) -> str:
    """One notice as a sentence; what the link said is quoted and cut."""
    shown = [_shown(value) for value in notice.allowed]
    lowest, highest, step = (*shown, "", "", "")[:3]
    used = ""
    if notice.kind == "refused":
        pass  # the sentence says it
    elif notice.name in session.levers() or session.DEFAULTS.get(notice.name, "") != "":
        used = " " + words("notice.used", value=_shown(session.default_of(notice.name)))
    published = session.published().get(notice.name.removeprefix(EDIT))
    if notice.name.startswith(EDIT) and published:
        used = " " + words("notice.used_published", value=edit_text(published.base))
    text = words(
        f"notice.{notice.kind}",
        name=cut(notice.name),
        found=cut(notice.found),
        low=lowest,
        high=highest,
        step=step,
        choices=", ".join(shown),
    )
    if notice.kind == "unknown" and shown:
        text += " " + words("notice.resembles", choices=", ".join(shown))
    return text + used


def cut(text: str) -> str:
    """At most LONGEST visible characters of a text from outside."""
    plain = "".join(c if c.isprintable() else "�" for c in text[: LONGEST + 1])
    return plain if len(plain) <= LONGEST else f"{plain[:LONGEST]}…"


def _shown(value: object) -> str:
    """As a link writes it: with a point, in either language."""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:.12g}" if isinstance(value, int | float) else str(value)


def broken(error: DataError | UsageError) -> None:
    """A page that says what is wrong in the data, in the reader's language; no traceback.

    The title stands here, not in the texts: those may be what is broken.
    """
    lang = st.session_state.get("lang") or st.query_params.get("lang")
    lang = lang if lang in LANGUAGES else LANGUAGES[0]
    st.title({"nl": "De gegevens zijn niet in orde", "en": "The data are not in order"}[lang])
    lines = error.lines(lang) if isinstance(error, DataError) else str(error).splitlines()
    for line in lines:
        st.text(line)
