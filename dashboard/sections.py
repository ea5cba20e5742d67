"""The sections of the simulator, one function each; a section is worked out when it is opened."""

from __future__ import annotations

import streamlit as st

from dashboard import headlines, judgement, lines, panels, session
from dashboard.cards import card
from dashboard.change_table import change_table
from dashboard.charts import CHARTS
from dashboard.ledger import ledger
from dashboard.session import Now
from dashboard.show import show
from dashboard.state import NUMBERS

CHANGES = ("today", "scenario", "difference", "interval")


def _heads(now: Now, *names: str) -> list[str]:
    return [now.words(f"table.{name}") for name in names]


def _printable(now: Now, name: str, *found) -> None:
    """The chart to keep or to place, drawn when it is asked for."""
    title = now.words("chart.printable")
    with st.expander(title, key=f"printable_{name}", on_change="rerun") as box:
        if box.open:
            show(CHARTS[name](now.result, now.words, *found), now.words)


def payers(now: Now) -> None:
    """Who pays more and less, and the same outcome as six perspectives see it."""
    words, result = now.words, now.result
    name = lines.payer_name(words, result.catalogue)
    st.html(change_table(result, "payer", words("simulator.payers.caption"), name, words))
    st.caption(words("table.rounded"))
    _printable(now, "change_by_payer")
    title = words("simulator.payers.perspectives")
    with st.expander(title, key="perspectives", on_change="rerun") as box:
        if box.open:
            head = _heads(now, "perspective", "difference", "interval", "chance", "leaves_out")
            rows = lines.perspectives(result, words)
            st.html(panels.table(title, head, rows, words_in=(4,)))


def items(now: Now) -> None:
    words, result = now.words, now.result
    name = lines.item_name(words, result.catalogue)
    st.html(change_table(result, "cost_item", words("simulator.items.caption"), name, words))
    st.caption(words("table.rounded"))
    _printable(now, "change_by_item")


def steps(now: Now) -> None:
    """From today to the package by policy, whatever the order they are read in."""
    words = now.words
    if not now.state.levels:
        st.write(words("verdict.nothing"))
        return
    with st.spinner(words("app.busy")):
        found = now.table("attribution")
    show(CHARTS["waterfall"](now.result, words, found), words)
    st.write(judgement.attribution_text(found, words))
    head = [words("verdict.lever"), words("lever.at")]
    head += [words(f"attribution.{name}") for name in ("alone", "share")]
    head += _heads(now, "interval")
    rows = judgement.attribution_rows(found, now.result, words)
    st.html(panels.table(words("attribution.caption"), head, rows, sums=1))


def health(now: Now) -> None:
    words = now.words
    head = _heads(now, "measure", *CHANGES)
    rows = lines.health(now.result, words)
    st.html(panels.table(words("simulator.health.caption"), head, rows))


def years(now: Now) -> None:
    """Budget impact: by year and added up, by payer, nominal and discounted."""
    words = now.words
    st.session_state.years_here = now.state.options.years
    st.segmented_control(
        words("options.years.label"),
        range(NUMBERS["years"][0], NUMBERS["years"][1] + 1),
        key="years_here",
        required=True,
        on_change=_years,
    )
    st.write(headlines.years_text(now, words))
    found = now.table("budget")
    show(CHARTS["budget_impact"](now.result, words, found), words)
    _printable(now, "budget_by_payer", found)
    budget, added, so_far, _ = found
    for discounted in (False, True):
        head, rows = lines.budget(budget, added, so_far, discounted, words, now.result.catalogue)
        caption = words("simulator.years.caption") + ". "
        caption += words("table.discounted" if discounted else "table.nominal")
        st.html(panels.table(caption, head, rows, sums=3, wide=True))
    st.caption(words("table.rounded_tenth"))


def _years() -> None:
    st.session_state.years = st.session_state.years_here


def levers(now: Now) -> None:
    moved = [lever for name, lever in session.levers().items() if name in now.state.levels]
    others = [lever for lever in session.levers().values() if lever not in moved]
    for title, shown in (("moved", moved), ("all", others)):
        if shown:
            st.subheader(now.words(f"lever.{title}"))
        for lever in shown:
            card(lever, now)


def doubt(now: Now) -> None:
    """Signal or noise, per policy alone and for the package, with the arithmetic."""
    words = now.words
    if not now.state.levels:
        st.write(words("verdict.nothing"))
        return
    st.subheader(words("verdict.title"))
    with st.spinner(words("app.busy")):
        found = now.table("verdicts")
    st.write(judgement.verdict_text(found["package"], words))
    shares = ("share_of_total", "share_of_range", "share_of_movement")
    head = [words("verdict.lever"), words("verdict.word")]
    head += _heads(now, "difference", "interval", "chance") + [words("verdict.same")]
    head += [words(f"verdict.{name}") for name in shares]
    rows = judgement.verdict_rows(found, now.result, words)
    st.html(panels.table(words("verdict.caption"), head, rows, sums=1, words_in=(1,)))
    st.write(judgement.verdict_how(found, now.result, words))


def even(now: Now) -> None:
    """At which value of an assumption a policy costs nothing; any assumption may be asked for."""
    words = now.words
    st.write(words("breakeven.text"))
    moved = list(now.state.levels)
    if not moved:
        st.write(words("breakeven.nothing"))
        return
    chosen = session.levers()
    lever = st.selectbox(
        words("breakeven.lever"), moved, format_func=lambda name: words.of(chosen[name]), key="even"
    )
    usable = {n: a for n, a in now.assumptions.items() if a.group != "context"}
    parameter = st.selectbox(
        words("breakeven.parameter"),
        usable,
        index=list(usable).index(chosen[lever].breakeven_parameter),
        format_func=lambda name: words.of(usable[name]),
        key=f"even_{lever}",
    )
    with st.spinner(words("app.busy")):
        found = now.table("breakeven", lever, parameter)
    first, *rest = judgement.breakeven_text(found, now.result, words)
    st.html(panels.answer(first, rest, small=True))


def account(now: Now) -> None:
    """What reproduces the page, and every euro by item, payer and year, transfers apart."""
    words = now.words
    st.write(words("simulator.account.command"))
    st.code(now.result.command, language=None, wrap_lines=True)
    st.write(" ".join(judgement.about_assumptions(now.result, words)))
    st.subheader(words("simulator.account.ledger"))
    st.write(words("ledger.text"))
    ledger(now)


SECTIONS = {
    draw.__name__: draw
    for draw in (payers, steps, years, health, items, doubt, even, levers, account)
}


def chosen(now: Now) -> None:
    """The section that the reader asks for; the others are not worked out.

    Not tabs: nine of those, eight of them empty, take a quarter of the browser's time a move.
    """
    section = st.segmented_control(
        now.words("simulator.sections"),
        SECTIONS,
        default="payers",
        format_func=lambda name: now.words(f"simulator.tab.{name}"),
        key="section",
        required=True,
        persist_state="session",
    )
    SECTIONS[section](now)
