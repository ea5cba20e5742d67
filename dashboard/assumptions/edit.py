"""Edits: typed in a form, checked like an upload, used at once or held as pending, and undone.

All state is in the session of this visitor. Typed text stays in its field, also when it is refused;
its decimal mark follows the language.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import streamlit as st

from dashboard.assumptions import rows as workbench
from dashboard.reference.markdown import escape as plain
from dashboard.templates import blocks
from dashboard.visitor import session
from dashboard.visitor.choices import Choices
from dashboard.wording.catalogue import Words
from dashboard.wording.units import measured
from models.errors import DataError, Finding, finding
from models.tables.csv_writer import DECIMAL
from models.tables.edits import as_typed, rewritten, typed, with_rows
from models.tables.rows import MAX_NUMBER, VOCABULARY, Assumption

NUMBERS = ("base", "low", "high")
FIELDS = (*NUMBERS, "distribution", "reason")
DISTRIBUTIONS = VOCABULARY["distribution"]
QUOTED = ("partition", "falling")  # findings that quote a number in the notation of a file


def pending() -> dict[str, Assumption]:
    """Edits that are not used yet, by parameter."""
    return st.session_state.setdefault("wb-pending", {})


def form(row: Assumption, choices: Choices) -> None:
    """The fields of an edit, each with its errors beneath it."""
    words, name = choices.words, row.parameter
    _fill(row, words.lang)
    wrong = st.session_state.setdefault("wb-wrong", {}).get(name, ())
    st.subheader(words("workbench.edit.title"))
    st.text(allowed(row, words))
    with st.form(f"wb-form-{name}", enter_to_submit=False):
        for column, box in zip(NUMBERS, st.columns(3), strict=True):
            with box:
                st.text_input(
                    words(f"workbench.edit.{column}"),
                    key=_key(name, column),
                    autocomplete="off",
                    persist_state="session",
                )
                _say(wrong, column, words)
        st.selectbox(
            words("workbench.edit.distribution"),
            DISTRIBUTIONS,
            format_func=lambda name: words(f"workbench.distribution.{name}"),
            key=_key(name, "distribution"),
            persist_state="session",
        )
        _say(wrong, "distribution", words)
        st.text_input(
            words("workbench.edit.reason"),
            key=_key(name, "reason"),
            help=words("workbench.edit.reason_help"),
            autocomplete="off",
            persist_state="session",
        )
        _say(wrong, "reason", words)
        _say(wrong, None, words)
        with st.container(horizontal=True):
            for later in (False, True):
                kind = "later" if later else "now"
                st.form_submit_button(
                    words(f"workbench.edit.{kind}"),
                    on_click=_submitted,
                    args=(name, later),
                    key=f"wb-{kind}-{name}",
                )
    if row.parameter in session.published() and row != session.published()[name]:
        label = words("workbench.edit.put_back")
        st.button(label, on_click=put_back, args=(name,), key=f"wb-back-{name}")


def allowed(row: Assumption, words: Words) -> str:
    """How to write the numbers of this row, and their lowest and highest value."""
    mark = DECIMAL[words.lang]
    lowest, highest = row.support
    limits = [as_typed(end, mark) for end in (lowest, highest)]
    kind = "any" if lowest <= -MAX_NUMBER else "from" if highest >= MAX_NUMBER else "between"
    limit_text = words(f"workbench.edit.{kind}", low=limits[0], high=limits[1])
    written, meant = as_typed(row.base, mark), measured(row.base, row.unit, words)
    return words("workbench.edit.how", allowed=limit_text, written=written, meant=meant)


def _key(name: str, column: str) -> str:
    return f"wb-{column}-{name}"


def _fill(row: Assumption, lang: str) -> None:
    """Fill the fields with the row in use, or with what was typed."""
    filled = st.session_state.setdefault("wb-filled", {})
    name, decimal = row.parameter, DECIMAL[lang]
    known, was = filled.get(name, (None, lang))
    if known is not row:
        for column in NUMBERS:
            st.session_state[_key(name, column)] = as_typed(getattr(row, column), decimal)
        st.session_state[_key(name, "distribution")] = row.distribution
        st.session_state[_key(name, "reason")] = row.reason
        st.session_state.setdefault("wb-wrong", {}).pop(name, None)
    elif was != lang:
        for column in NUMBERS:
            key = _key(name, column)
            text = st.session_state.get(key, "")
            st.session_state[key] = rewritten(text, DECIMAL[was], decimal)
    filled[name] = row, lang


def _say(wrong: Iterable[Finding], column: str | None, words: Words) -> None:
    """The errors of a field, beneath it; without a column, the errors that belong to no field."""
    sentences = [
        sentence(problem, words)
        for problem in wrong
        if problem.column == column or (column is None and problem.column not in FIELDS)
    ]
    if sentences:
        st.html(blocks.alert(sentences, kind="wrong"))


def sentence(problem: Finding, words: Words) -> str:
    """A finding about a field, without file and row."""
    for part, kind in (("allowed", "wrong"), ("remedy", "mend")):
        key = f"workbench.{kind}.{problem.code}"
        if key in words:
            problem = replace(problem, **{part: words(key)})
    if problem.code in QUOTED:
        problem = replace(problem, found=problem.found.replace(".", DECIMAL[words.lang]))
    text = replace(problem, file="", row=None, column=None, key="").message(words.lang)
    return text[:1].upper() + text[1:] + "."


def _submitted(name: str, later: bool) -> None:
    """Check what was typed; use it, hold it as pending, or show its errors."""
    used, words = session.assumptions(), session.words()
    texts = {column: st.session_state[_key(name, column)] for column in FIELDS}
    texts["interval"] = "none" if texts["distribution"] == "fixed" else "95%"
    wrong: list[Finding] = []
    try:
        row = typed(used, name, texts, DECIMAL[words.lang])
    except DataError as error:
        wrong += error.findings
    if not texts["reason"].strip():
        wrong.append(finding("text_empty", column="reason", key=name))
    st.session_state["wb-wrong"][name] = tuple(wrong)
    if wrong:
        return
    known = session.published().get(name)
    row = known if row == known else row  # equal to the published row: no edit, no reason
    if row == used[name] and row.reason == used[name].reason:
        st.session_state["wb-said"] = ("nothing", words.of(row))
    elif later:
        pending()[name] = row
        st.session_state["wb-said"] = ("ready", words.of(row))
    else:
        use([row], name)


def use(rows: list[Assumption], name: str | None = None) -> bool:
    """Use these rows, if they are possible together; otherwise show why not. For a callback."""
    used, words = session.assumptions(), session.words()
    rows = [row for row in rows if row.parameter in used]
    try:
        new = with_rows(used, rows)
    except DataError as error:
        st.session_state["wb-refused"] = error
        if name is not None:
            st.session_state["wb-wrong"][name] = error.findings
            st.session_state["wb-refused"] = None
        return False
    session.install(new)
    st.session_state["wb-refused"] = None
    for row in rows:
        pending().pop(row.parameter, None)
    labels = ", ".join(words.of(row) for row in rows[:3])
    st.session_state["wb-said"] = ("used", labels, len(rows))
    return True


def use_pending() -> None:
    use(list(pending().values()))


def drop_pending() -> None:
    pending().clear()
    st.session_state["wb-refused"] = None


def put_back(name: str) -> None:
    """Restore the published row, if the other edits allow it."""
    use([session.published()[name]])


def ready(choices: Choices) -> None:
    """The pending edits, with buttons to use or drop them."""
    words, rows = choices.words, pending()
    if not rows:
        return
    with st.container(border=True, key="wb-ready"):
        st.text(words("workbench.ready.title", n=len(rows)))
        for row in rows.values():
            st.text(f"{words.of(row)}: {_moved(row, choices)}")
        with st.container(horizontal=True):
            st.button(words("workbench.ready.use"), on_click=use_pending, key="wb-use-ready")
            st.button(words("workbench.ready.drop"), on_click=drop_pending, key="wb-drop-ready")


def _moved(row: Assumption, choices: Choices) -> str:
    before = choices.assumptions.get(row.parameter)
    values = (
        workbench.value(version, choices.words) if version else "–" for version in (before, row)
    )
    return " → ".join(values)


def last_action(words: Words) -> None:
    """The outcome of the last action, until a page with it has been drawn."""
    message = st.session_state.get("wb-said")
    if message:
        kind, label, *rest = message
        st.success(words(f"workbench.said.{kind}", label=plain(label), n=(rest or [1])[0]))
    refused = st.session_state.get("wb-refused")
    if refused:
        lines = refused.lines(words.lang)
        st.html(blocks.alert(lines, title=words("workbench.refused"), kind="wrong"))


def last_action_shown() -> None:
    """Forget the outcome once a page has been drawn to its end; an interrupted run keeps it."""
    st.session_state.pop("wb-said", None)
