"""The effect of every edit: alone, together, and on the difference that the package makes."""

from __future__ import annotations

from time import monotonic

import streamlit as st

import models
from dashboard.assumptions import edit as workbench_edit
from dashboard.reference.markdown import escape as plain
from dashboard.templates import blocks, render
from dashboard.visitor import results_cache, session
from dashboard.visitor.choices import Choices
from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import NIL, euros, millions
from dashboard.wording.units import measured
from models.analysis.evidence.edit_effects import PricedEdit, PricedEdits
from models.engine.run import command
from models.tables.csv_writer import MARK, reader_text

SOON = 1.0  # seconds after which progress is shown
DECIMALS = 1
COLUMNS = (
    *("parameter", "label", "unit", "from", "to", "from_low", "from_high", "to_low", "to_high"),
    *("alone", "alone_incremental", "standing", "outside_published", "reason"),
)


def priced(choices: Choices) -> PricedEdits:
    """The priced edits of this visitor under the current levers and options; cached."""
    return results_cache.made_of("price", choices.result, lambda: _price(choices))


def _price(choices: Choices) -> PricedEdits:
    slot, start = st.empty(), monotonic()

    def progress(done: int, steps: int) -> None:
        if monotonic() - start > SOON:
            slot.progress(done / steps, choices.words("workbench.price.busy", n=done, of=steps))

    levels, options = choices.state.levels, vars(choices.state.options)
    answer = models.price(choices.assumptions, levels, progress=progress, **options)
    slot.empty()
    return answer


def figures(choices: Choices) -> list[tuple[str, str, str]]:
    """Today as published, today with these assumptions, and the difference, EUR a year."""
    words = choices.words
    as_published = results_cache.result_of(session.published(), choices.state.options, {})
    before = as_published.headline["base_case_total"]["mean"]
    after = choices.today.headline["base_case_total"]["mean"]
    difference = after - before
    step = 1e6 if abs(difference) >= 1e9 else None  # as many digits as the two other figures
    amount = euros(difference, words.lang, step, plus=True)
    return [
        (words("workbench.figure.published"), _total(before, words), words("workbench.figure.a")),
        (words("workbench.figure.own"), _total(after, words), words("workbench.figure.b")),
        (words("workbench.figure.moved"), amount, words("workbench.figure.c")),
    ]


def _total(amount: float, words: Words) -> str:
    return euros(amount, words.lang, step=1e6, like=1e9)


def show(choices: Choices) -> None:
    """The table, the sums, the undo buttons and the command that gives the same."""
    words = choices.words
    if not choices.edited:
        st.write(words("workbench.price.nothing"))
        return
    answer = priced(choices)
    st.write(words("workbench.price.text"))
    head, rows, sums = table(answer, choices)
    html_table = blocks.table(
        words("workbench.price.caption"), head, rows, sums, words_in=(1, 2, 5)
    )
    st.html(render("edits", table=html_table))
    if answer["words_only"]:
        names = ", ".join(words.of(choices.assumptions[name]) for name in answer["words_only"])
        st.text(words("workbench.price.words_only", names=names))
    st.download_button(
        words("workbench.price.download"),
        price_table(answer, choices),
        f"wat-kost-rugpijn_{words('workbench.price.file')}_{choices.assumptions.hash[:12]}.csv",
        "text/csv",
        on_click="ignore",
    )
    _ways_back(answer, choices)
    st.header(words("workbench.price.same"))
    st.write(words("workbench.price.command"))
    st.code(price_command(choices), language=None, wrap_lines=True)


def _ways_back(answer: PricedEdits, choices: Choices) -> None:
    """An undo button for each edit, and one for all."""
    words = choices.words
    st.header(words("workbench.price.undo"))
    names = [*(edit["parameter"] for edit in answer["edits"]), *answer["words_only"]]
    with st.container(horizontal=True):
        for name in names[:20]:
            st.button(
                plain(words.of(choices.assumptions[name])),
                on_click=workbench_edit.put_back,
                args=(name,),
                key=f"wb-undo-{name}",
            )
        st.button(
            words("workbench.price.undo_all"),
            on_click=session.back_to_published,
            key="wb-undo-all",
        )


def table(answer: PricedEdits, choices: Choices) -> tuple[list[str], list[tuple[str, ...]], int]:
    """Head, rows and the number of rows that are sums; amounts in EUR million a year."""
    words = choices.words
    names = ("edit", "from", "to", "alone", "package", "remark")
    head = [words(f"workbench.price.{name}") for name in names]
    rows = [_edit(edit, choices) for edit in answer["edits"]]
    sums = [_sum("interaction", answer, words), _sum("total", answer, words)]
    if answer["catalogue"]:
        tables = _amount(answer["catalogue"], words)
        sums.insert(0, (words("workbench.price.catalogue"), "", "", tables, "", ""))
    return head, rows + sums, len(sums)


def _edit(edit: PricedEdit, choices: Choices) -> tuple[str, ...]:
    words, row = choices.words, choices.assumptions[edit["parameter"]]
    before, after = (_range(edit, side, words) for side in ("from", "to"))
    amounts = [_amount(edit[name], words) for name in ("alone", "alone_incremental")]
    if edit["standing"] == "together":
        amounts = [NIL, NIL]
    return words.of(row), before, after, *amounts, " ".join(remarks(edit, choices))


def _range(edit: PricedEdit, side: str, words: Words) -> str:
    ends = (edit[side], *edit[f"{side}_range"])
    value, low, high = (measured(end, edit["unit"], words, named=False) for end in ends)
    return value if low == high else words("workbench.ranged", value=value, low=low, high=high)


def remarks(edit: PricedEdit, choices: Choices) -> list[str]:
    """Remarks on an edit: outside its published range, method of pricing, and reason."""
    words, lines = choices.words, []
    if edit["outside_published"]:
        ends = (edit["published_low"], edit["published_high"])
        low, high = (measured(end, edit["unit"], words, named=False) for end in ends)
        lines.append(words("workbench.price.outside", low=low, high=high))
    if "distribution" in edit["changed"]:
        name = words(f"workbench.distribution.{edit['to_distribution']}")
        lines.append(words("workbench.price.drawn", distribution=name))
    if edit["standing"] != "alone":
        lines.append(words(f"workbench.price.{edit['standing']}"))
    reason = edit["reason"]
    key = "workbench.price.reason" if reason else "workbench.price.no_reason"
    return [*lines, words(key, reason=reason)]


def _sum(name: str, answer: PricedEdits, words: Words) -> tuple[str, ...]:
    amounts = [_amount(answer[key], words) for key in (name, f"{name}_incremental")]
    return words(f"workbench.price.{name}"), "", "", *amounts, ""


def _amount(amount: float, words: Words) -> str:
    return millions(amount, words.lang, DECIMALS, plus=True)


def price_command(choices: Choices) -> str:
    """The command that prices the same edits from the downloaded folder."""
    run = command(choices.state.levels, session.published(), choices.state.options)
    return run.replace(" run", " price --assumptions FOLDER", 1)


def price_table(answer: PricedEdits, choices: Choices) -> bytes:
    """The priced edits as CSV for a spreadsheet in the reader's language; amounts in EUR a year."""
    words, rows = choices.words, [list(COLUMNS)]
    for edit in answer["edits"]:
        ends = (*edit["from_range"], *edit["to_range"])
        cells = [edit["parameter"], words.of(choices.assumptions[edit["parameter"]]), edit["unit"]]
        cells += [edit["from"], edit["to"], *ends, edit["alone"], edit["alone_incremental"]]
        rows.append([*cells, edit["standing"], edit["outside_published"], edit["reason"]])
    for name in ("interaction", "total"):
        amounts = [answer[name], answer[f"{name}_incremental"]]
        rows.append([name, *[""] * 8, *amounts, "", "", ""])
    return (MARK[words.lang] + reader_text(rows, words.lang, repr)).encode()
