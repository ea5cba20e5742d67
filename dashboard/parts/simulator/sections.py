"""The sections of the simulator, one function each; a section is worked out when it is opened."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

import models
from dashboard.address.link import NUMBERS
from dashboard.charts import CHARTS
from dashboard.parts.change_table import change_table
from dashboard.parts.chart_block import show
from dashboard.parts.simulator.cash import cash
from dashboard.parts.simulator.ledger import ledger
from dashboard.parts.simulator.lever_card import card
from dashboard.templates import blocks
from dashboard.visitor.choices import Choices
from dashboard.wording import cash as money
from dashboard.wording import interpretation, row_texts, sentences
from models.analysis.choice.breakeven import paying_price


def _heads(choices: Choices, *names: str) -> list[str]:
    return [choices.words(f"table.{name}") for name in names]


def _changes(choices: Choices, by: str, section: str, named: Callable) -> None:
    """The difference by payer or cost item, and that its parts are rounded to their sum."""
    words, result = choices.words, choices.result
    caption, name = words(f"simulator.{section}.caption"), named(words, result.catalogue)
    st.html(change_table(result, by, caption, name, words))
    st.caption(words("table.rounded"))


def _printable(name: str, choices: Choices, *answer, also: tuple[str, ...] = ()) -> None:
    """The chart to keep or to place, and others made from the same answer; drawn when asked for."""
    words = choices.words
    with st.expander(words("chart.printable"), key=f"printable_{name}", on_change="rerun") as box:
        for each in (name, *also) if box.open else ():
            show(CHARTS[each](choices.result, words, *answer), choices)


def payers(choices: Choices, result: models.Result) -> None:
    """Who pays more and less, and the same outcome as six perspectives see it."""
    words = choices.words
    _changes(choices, "payer", "payers", row_texts.payer_name)
    _printable("change_by_payer", choices)
    title = words("simulator.payers.perspectives")
    with st.expander(title, key="perspectives", on_change="rerun") as box:
        if box.open:
            perspectives(choices, result)


def perspectives(choices: Choices, result: models.Result) -> None:
    title = choices.words("simulator.payers.perspectives")
    head = _heads(choices, "perspective", "difference", "interval", "chance", "leaves_out")
    rows = row_texts.perspectives(result, choices.words)
    st.html(blocks.table(title, head, rows, words_in=(4,)))


def items(choices: Choices, result: models.Result) -> None:
    """The same by cost item."""
    _changes(choices, "cost_item", "items", row_texts.item_name)
    _printable("change_by_item", choices)


def steps(choices: Choices, result: models.Result) -> None:
    """From today to the package by policy, whatever the order they are read in."""
    words = choices.words
    if not choices.state.levels:
        st.write(words("verdict.nothing"))
        return
    with st.spinner(words("app.busy")):
        answer = choices.table("attribution")
    show(CHARTS["waterfall"](result, words, answer), choices)
    overlap, how = interpretation.attribution_text(answer, words)
    st.write(overlap)
    head = [words("verdict.lever"), words("lever.at")]
    head += [words(f"attribution.{name}") for name in ("alone", "share")]
    head += _heads(choices, "interval")
    rows = interpretation.attribution_rows(answer, result, words)
    if all(alone == share for _, _, alone, share, _ in rows):  # one column says it
        del head[2]
        rows = [(*row[:2], *row[3:]) for row in rows]
    st.html(blocks.table(words("attribution.caption"), head, rows, sums=1))
    _when_open("steps-how", words("attribution.how"), lambda: st.write(how))


def health(choices: Choices, result: models.Result) -> None:
    words = choices.words
    head = _heads(choices, "measure", "today", "difference", "interval")
    rows = row_texts.health(result, words)
    st.html(blocks.table(words("simulator.health.caption"), head, rows))
    st.caption(words("table.rounded_health"))


def years(choices: Choices, result: models.Result) -> None:
    """Budget impact: by year and added up, by payer, nominal and discounted.

    The total of each year is drawn in the simulator itself ("By year"), where it follows the hand.
    """
    words = choices.words
    st.session_state.years_here = choices.state.options.years
    st.segmented_control(
        words("options.years.label"),
        range(NUMBERS["years"][0], NUMBERS["years"][1] + 1),
        key="years_here",
        required=True,
        on_change=_years,
    )
    st.write(sentences.years_text(choices, words))
    tables = choices.table("budget")
    _budget(choices, result, discounted=False)
    _printable("budget_impact", choices, tables, also=("budget_by_payer",))
    discounted = f"{words('simulator.years.caption')}. {row_texts.view_name(True, result, words)}"
    _when_open("years-discounted", discounted, lambda: _budget(choices, result, discounted=True))
    title = words("simulator.years.programme")
    _when_open("years-programme", title, lambda: _programme(choices, result, title))
    st.caption(f"{words('table.rounded_tenth')} {money.deductible(result, words)}")
    title = words("simulator.years.perspectives")
    with st.expander(title, key="years_by_perspective", on_change="rerun") as box:
        if box.open:
            head, rows = row_texts.by_perspective(
                choices.table("budget_by_perspective"), result, words
            )
            caption = words("simulator.years.perspectives_caption") + ". "
            caption += row_texts.view_name(False, result, words)
            st.html(blocks.table(caption, head, rows, wide=True))
            st.caption(words("simulator.years.perspectives_text"))


def _budget(choices: Choices, result: models.Result, discounted: bool) -> None:
    """The table by payer and year, and added up; nominal, or at constant prices, discounted."""
    words = choices.words
    budget, added, so_far, _ = choices.table("budget")
    head, rows = row_texts.budget(budget, added, so_far, discounted, words, result.catalogue)
    caption = f"{words('simulator.years.caption')}. "
    caption += row_texts.view_name(discounted, result, words)
    st.html(blocks.table(caption, head, rows, sums=2, wide=True))


def _programme(choices: Choices, result: models.Result, title: str) -> None:
    head, rows = row_texts.programme(choices.table("budget_programme"), result, choices.words)
    st.html(blocks.table(title, head, rows, wide=True))


def _when_open(key: str, title: str, draw: Callable[[], None]) -> None:
    """A folded part of a section, worked out and sent when it is opened."""
    with st.expander(title, key=key, on_change="rerun") as box:
        if box.open:
            draw()


def _years() -> None:
    st.session_state.years = st.session_state.years_here


def levers(choices: Choices, result: models.Result) -> None:
    chosen = [lever for name, lever in choices.levers.items() if name in choices.state.levels]
    others = [lever for name, lever in choices.levers.items() if name not in choices.state.levels]
    for title, shown in (("moved", chosen), ("all", others)):
        if shown:
            st.subheader(choices.words(f"lever.{title}"))
        for lever in shown:
            card(lever, choices)


def doubt(choices: Choices, result: models.Result) -> None:
    """Signal or noise, per policy alone and for the package, with the arithmetic."""
    words = choices.words
    if not choices.state.levels:
        st.write(words("verdict.nothing"))
        return
    st.subheader(words("verdict.title"))
    with st.spinner(words("app.busy")):
        answer = choices.table("verdicts")
    st.write(interpretation.verdict_text(answer["package"], words))
    shares = ("share_of_total", "share_of_range", "share_of_movement")
    head = [words("verdict.lever"), words("verdict.word")]
    head += _heads(choices, "difference", "interval", "chance")
    rows = interpretation.verdict_rows(answer, result, words)
    first = len(head)
    seen = [row[:first] for row in rows]
    st.html(blocks.table(words("verdict.caption"), head, seen, sums=1, words_in=(1,)))

    def limits() -> None:
        """The three limits, and the figures that are held against them."""
        st.write(interpretation.verdict_how(answer, result, words))
        heads = [words(f"verdict.{name}") for name in ("lever", "same", *shares)]
        held = [(row[0], *row[first:]) for row in rows]
        st.html(blocks.table(words("verdict.limits"), heads, held, sums=1))

    _when_open("doubt-limits", words("verdict.limits"), limits)


def even(choices: Choices, result: models.Result) -> None:
    """Below which price a policy pays for itself; and at which value of any assumption it does."""
    words = choices.words
    st.write(words("breakeven.text"))
    names = list(choices.state.levels)
    if not names:
        st.write(words("breakeven.nothing"))
        return
    chosen = choices.levers
    # the first choice only; afterwards the reader's own counts, and no price is worked out twice
    asked = [] if len(names) == 1 or "even" in st.session_state else names
    priced = (number for number, name in enumerate(asked) if paying_price(result, name))
    lever = st.selectbox(
        words("breakeven.lever"),
        names,
        index=next(priced, 0),
        format_func=lambda name: words.of(chosen[name]),
        key="even",
    )
    price = interpretation.paying_price_text(paying_price(result, lever), result, words)
    if price:
        st.html(blocks.answer(price, small=True))
        show(CHARTS["paying_price"](result, words, lever), choices)
    usable = {n: a for n, a in choices.assumptions.items() if a.group != "context"}
    parameter = st.selectbox(
        words("breakeven.parameter"),
        usable,
        index=list(usable).index(chosen[lever].breakeven_parameter),
        format_func=lambda name: words.of(usable[name]),
        key=f"even_{lever}",
    )
    with st.spinner(words("app.busy")):
        answer = choices.table("breakeven", lever, parameter)
    first, *rest = interpretation.breakeven_text(answer, result, words)
    st.html(blocks.answer(first, rest, small=True))


def account(choices: Choices, result: models.Result) -> None:
    """What reproduces the page, and every euro by item, payer and year, transfers apart."""
    words = choices.words
    st.write(words("simulator.account.command"))
    st.code(choices.result.command, language=None, wrap_lines=True)
    st.write(" ".join(interpretation.about_assumptions(choices.result, words)))
    st.subheader(words("simulator.account.ledger"))
    st.write(words("ledger.text"))
    ledger(choices)


SECTIONS = {
    draw.__name__: draw
    for draw in (payers, cash, steps, years, health, items, doubt, even, levers, account)
}


def chosen(choices: Choices) -> None:
    """The section that the reader asks for; the others are not worked out.

    Not tabs: ten of those, nine of them empty, take a quarter of the browser's time a move.
    """
    words = choices.words
    section = st.segmented_control(
        words("simulator.sections"),
        SECTIONS,
        default="payers",
        format_func=lambda name: words(f"simulator.tab.{name}"),
        key="section",
        required=True,
        on_change="rerun",
        persist_state="session",
    )
    SECTIONS[section](choices, choices.result)
