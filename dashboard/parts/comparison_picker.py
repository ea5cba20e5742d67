"""The choice of packages to compare: those of the model, the current one, and kept ones."""

from __future__ import annotations

import streamlit as st

from dashboard.address.link import Notice
from dashboard.address.names import NAME
from dashboard.parts.frame import notices
from dashboard.parts.frame.package import name_field
from dashboard.visitor import query_params, session
from dashboard.visitor.choices import Choices
from dashboard.wording import comparison

PARAMETER = query_params.COMPARED


def chosen(choices: Choices) -> tuple[str, ...]:
    """Names of the packages to compare, read once from the link and kept in it from then on."""
    words, signed, levers = choices.words, session.packages(), session.levers()
    _open_link(signed, levers)
    own = [name for name in st.session_state.kept_packages if _levels(name) is not None]
    options = [comparison.NOW, *signed, *own]
    from_link = st.session_state.compared
    names = comparison.default(choices.state.levels, signed) if from_link is None else from_link
    names = tuple(name for name in names if name in options)
    for notice in st.session_state.compare_notices:
        st.text(notices.sentence(notice, words))
    st.session_state.compare_pick = list(names)
    st.pills(
        words("compare.pick", most=comparison.MOST),
        options,
        selection_mode="multi",
        format_func=lambda name: comparison.label(name, signed, levers, words, choices.state.name),
        key="compare_pick",
        on_change=_pick,
    )
    with st.container(horizontal=True, key="compare_ways"):
        if choices.state.levels:
            name_field(choices)
        st.button(
            words("compare.keep"),
            key="keep_package",
            icon=":material/bookmark_add:",
            on_click=_keep,
            args=(_called(choices),),
            disabled=not choices.state.levels,
            help=words("compare.keep_help"),
        )
        label = words("share.title_compare")
        with st.popover(label, icon=":material/link:", key="share", on_change="rerun") as box:
            if box.open:
                link = query_params.address(choices, "compare") + query_params.compared(names)
                st.code(link, language=None, wrap_lines=True)
                st.caption(words("compare.carries"))
    if len(names) > comparison.MOST:
        st.text(words("compare.too_many", most=comparison.MOST))
    names = names[: comparison.MOST]
    _write_link(names if from_link is not None else ())
    return names


def candidates(choices: Choices) -> list[str]:
    """All packages that could be compared: the current one, the signed and the kept ones."""
    own = [name for name in st.session_state.kept_packages if _levels(name) is not None]
    now = [comparison.NOW] if choices.state.levels else []
    return [*now, *session.packages(), *own]


def keep_button(choices: Choices) -> None:
    """Keep the current package, from the page where it is made."""
    _open_link(session.packages(), session.levers())
    _write_link(st.session_state.compared or ())
    st.button(
        choices.words("compare.keep_short"),
        key="keep_package",
        icon=":material/bookmark_add:",
        on_click=_keep,
        args=(_called(choices), False),
        disabled=not choices.state.levels,
        help=choices.words("compare.keep_help"),
    )


def beside(choices: Choices) -> list[dict]:
    """Packages to show beside the current one in What if: name in a link, label and levels."""
    signed, levers = session.packages(), session.levers()
    _open_link(signed, levers)
    now = choices.state.levels
    levels = {
        name: comparison.levels_of(name, now, signed, levers)
        for name in st.session_state.compared or ()
        if name != comparison.NOW
    }
    shown = [name for name in levels if levels[name] is not None]
    named = comparison.labels(shown, signed, levers, choices.words)
    return [{"name": name, "label": named[name], "levels": levels[name]} for name in shown]


def drop(name: str) -> None:
    """Show a package no longer beside the current one; for use in a callback."""
    before = st.session_state.get("compared") or ()
    if name not in before or name == comparison.NOW:
        session.note(Notice("refused", PARAMETER, name[:100]))
        return
    left = tuple(each for each in before if each != name)
    st.session_state.compared = left if set(left) - {comparison.NOW} else None
    st.session_state.kept_packages = [n for n in st.session_state.kept_packages if n != name]


def _open_link(signed, levers) -> None:
    """On the first run take the packages from the address; they count as kept."""
    if "compared" in st.session_state:
        return
    st.session_state.compared = None
    st.session_state.kept_packages = []
    st.session_state.compare_notices = ()
    values = st.query_params.get_all(PARAMETER)
    if not values:
        return
    names, levels = comparison.from_link(values, signed, levers)
    st.session_state.compare_notices = levels
    st.session_state.compared = names or None
    known = (comparison.NOW, *signed)
    st.session_state.kept_packages = [name for name in names if name not in known]


def _levels(name: str):
    return comparison.levels_of(name, {}, session.packages(), session.levers())


def _pick() -> None:
    st.session_state.compared = tuple(st.session_state.compare_pick)
    st.session_state.compare_notices = ()


def _called(choices: Choices) -> str:
    """The name in a link of the current package: a signed one's own, unless the reader gave one."""
    levels, own_name = choices.state.levels, choices.state.name
    for name, signed in session.packages().items():
        if not own_name and signed["levels"] == levels:
            return name
    return comparison.to_text(levels, own_name)


def _keep(name: str, instead: bool = True) -> None:
    """Keep the current package under its name, and show it among those compared.

    `instead`: show it instead of the current package; the two are equal until a lever moves.
    """
    st.session_state[NAME] = ""
    own = st.session_state.kept_packages
    if name not in own and name not in session.packages():
        st.session_state.kept_packages = [*own, name]
    before = st.session_state.get("compare_pick") if instead else st.session_state.compared
    shown = [picked for picked in before or () if picked not in (name, comparison.NOW)]
    current = () if instead else (comparison.NOW,)
    st.session_state.compared = (*current, *shown[: comparison.MOST - 1 - len(current)], name)
    if not instead:
        st.toast(session.words()("compare.kept"))


def _write_link(names: tuple[str, ...]) -> None:
    wanted = [",".join(names)] if names else []
    if st.query_params.get_all(PARAMETER) != wanted:
        if wanted:
            st.query_params[PARAMETER] = wanted[0]
        else:
            del st.query_params[PARAMETER]
