"""Files: download and upload of the assumptions, and the run bundle."""

from __future__ import annotations

import streamlit as st

import models
from dashboard.address.link import NUMBERS, OPTIONS, Notice
from dashboard.assumptions import rows as workbench
from dashboard.assumptions import upload
from dashboard.assumptions.upload import UploadedTables
from dashboard.server import streamlit_private
from dashboard.templates import blocks, render
from dashboard.visitor import session, undo
from dashboard.visitor.choices import Choices
from models.engine.options import Options
from models.errors import MAX_FINDINGS, DataError
from models.tables.edits import dutch

ZIP, CSV = "application/zip", "text/csv"
NAMED = 25  # changes that a preview lists


def show(choices: Choices) -> None:
    words = choices.words
    st.header(words("workbench.files.download"))
    _download(choices)
    st.header(words("workbench.files.upload"))
    st.write(words("workbench.files.upload_text"))
    number = st.session_state.setdefault("wb-uploads", 0)
    st.file_uploader(
        words("workbench.files.choose"),
        key=f"wb-upload-{number}",
        on_change=_uploaded,
        args=(f"wb-upload-{number}",),
    )
    _outcome(choices)
    st.header(words("workbench.files.bundle"))
    _bundle(choices)


def _download(choices: Choices) -> None:
    """All tables as a zip or one by one, as published or as Dutch Excel writes them."""
    words = choices.words
    st.write(words("workbench.files.download_text"))
    forms = ("excel_nl", "plain") if words.lang == "nl" else ("plain", "excel_nl")
    form = st.radio(
        words("workbench.files.form"),
        forms,
        format_func=lambda kind: words(f"workbench.files.{kind}"),
        key="wb-form",
        horizontal=True,
    )
    tables = choices.assumptions.to_tables()
    if form == "excel_nl":
        tables = dutch(tables)
    name = f"{words('workbench.files.name')}_{choices.assumptions.hash[:12]}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.download_button(
            words("workbench.files.all"),
            lambda: models.write_zip(tables),
            f"{name}.zip",
            ZIP,
            on_click="ignore",
            key="wb-all",
        )
        table = st.selectbox(words("workbench.files.table"), tables, key="wb-table")
        st.download_button(
            words("workbench.files.one", table=table),
            tables[table],
            table,
            CSV,
            on_click="ignore",
            key="wb-one",
        )


def _uploaded(key: str) -> None:
    """Read the file once and free its bytes; the tables are stored until used or dropped."""
    file = st.session_state[key]
    if file is None:
        return
    st.session_state["wb-uploads"] += 1
    streamlit_private.remove_file(file.file_id)
    outcome: UploadedTables | DataError
    try:
        outcome = upload.read(file.getvalue(), file.name, session.assumptions())
    except DataError as error:
        outcome = error
    st.session_state["wb-upload"] = outcome


def _outcome(choices: Choices) -> None:
    """The errors of the file, or what it would change."""
    outcome = st.session_state.get("wb-upload")
    if isinstance(outcome, DataError):
        _errors(outcome, choices)
    elif outcome is not None:
        _preview(outcome, choices)


def _errors(error: DataError, choices: Choices) -> None:
    """All errors, as a table and as lines to copy."""
    words = choices.words
    problems = error.findings[:MAX_FINDINGS]
    with st.container(border=True, key="wb-errors"):
        title = words("workbench.errors.title", n=len(error.findings))
        st.html(blocks.alert([], title=title))
        names = ("file", "row", "column", "found", "allowed", "do")
        head = [words(f"workbench.errors.{name}") for name in names]
        rows = [upload.cells(problem, words.lang) for problem in problems]
        table = blocks.table(words("workbench.errors.caption"), head, rows, words_in=range(1, 6))
        st.html(render("edits", table=table))
        with st.expander(words("workbench.errors.lines")):
            st.code(error.text(words.lang), language=None, wrap_lines=True)
        st.button(words("workbench.errors.close"), on_click=_forget, key="wb-forget")


def _preview(uploaded: UploadedTables, choices: Choices) -> None:
    """What would change, before it is used."""
    words, changed = choices.words, upload.changes(choices.assumptions, uploaded.assumptions)
    with st.container(border=True, key="wb-preview"):
        st.text(words("workbench.preview.title", name=uploaded.name))
        if uploaded.differs is not None:
            _verified(uploaded, choices)
        if not changed:
            st.text(words("workbench.preview.nothing"))
        _listed(uploaded, changed, choices)
        with st.container(horizontal=True):
            if changed or uploaded.levels is not None:
                st.button(words("workbench.preview.use"), on_click=_use, key="wb-use")
            st.button(words("workbench.preview.drop"), on_click=_forget, key="wb-forget")


def _listed(uploaded: UploadedTables, changed: upload.Edits, choices: Choices) -> None:
    words, new = choices.words, uploaded.assumptions
    if changed.numbers:
        keys = ("price.edit", "preview.now", "preview.new", "reason")
        head = [words(f"workbench.{key}") for key in keys]
        rows = [
            (
                words.of(new[name]),
                workbench.value(choices.assumptions[name], words),
                workbench.value(new[name], words),
                new[name].reason,
            )
            for name in changed.numbers[:NAMED]
        ]
        caption = words("workbench.preview.caption", n=len(changed.numbers))
        table = blocks.table(caption, head, rows, words_in=(1, 2, 3))
        st.html(render("edits", table=table))
    for kind in ("words", "added", "gone", "tables"):
        names = getattr(changed, kind)
        if names:
            shown = ", ".join(names[:NAMED])
            st.text(words(f"workbench.preview.{kind}", n=len(names), names=shown))
    if uploaded.levels is not None:
        levers = session.catalogue_of(new)
        names = ", ".join(words.of(levers[name]) for name in uploaded.levels)
        st.text(words("workbench.preview.levels", names=names or words("workbench.preview.today")))


def _verified(uploaded: UploadedTables, choices: Choices) -> None:
    """The outcome of `verify` on a bundle, as sentences."""
    words = choices.words
    if not uploaded.differs:
        st.text(words("workbench.bundle.same"))
        return
    st.text(words("workbench.bundle.differs", n=len(uploaded.differs)))
    for difference in uploaded.differs[:NAMED]:
        st.text(difference.message(words.lang))


def _use() -> None:
    """Take over the upload: its assumptions, and of a bundle the levers and options too."""
    uploaded = st.session_state.pop("wb-upload", None)
    if not isinstance(uploaded, UploadedTables):  # pressed twice, or with a file that has errors
        return
    session.install(uploaded.assumptions)
    if uploaded.levels is not None:
        undo.load(dict(uploaded.levels))
        _take_options(uploaded.options)
    st.session_state["wb-said"] = ("uploaded", uploaded.name)


def _take_options(options: Options) -> None:
    for name in OPTIONS:
        value = getattr(options, name)
        low, high = NUMBERS.get(name, (value, value))
        if low <= value <= high:
            st.session_state[name] = value
        else:
            session.note(Notice("out_of_range", name, str(value), (low, high)))


def _forget() -> None:
    st.session_state.pop("wb-upload", None)


def _bundle(choices: Choices) -> None:
    words, result = choices.words, choices.result
    name = f"{words('workbench.bundle.name')}_{result.scenario_id}.zip"
    st.write(words("workbench.bundle.text"))
    st.download_button(
        words("workbench.bundle.download"),
        lambda: models.bundle(result),
        name,
        ZIP,
        on_click="ignore",
        key="wb-bundle",
    )
    st.write(words("workbench.bundle.verify"))
    st.code(f"python -m models verify {name}", language=None, wrap_lines=True)
