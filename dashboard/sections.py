"""The sections of the simulator, one function each; a section is worked out when it is opened."""

from __future__ import annotations

import streamlit as st

from dashboard import headlines, judgement, lines, panels, session
from dashboard.cards import card
from dashboard.charts import CHARTS
from dashboard.session import Now
from dashboard.show import show

CHANGES = ("today", "scenario", "difference", "interval")


def _heads(now: Now, *names: str) -> list[str]:
    return [now.words(f"table.{name}") for name in names]


def payers(now: Now) -> None:
    words = now.words
    show(CHARTS["change_by_payer"](now.result, words), words)
    rows = lines.changes(now.result, "payer", lines.payer_name(words, now.result.catalogue), words)
    head = _heads(now, "payer", *CHANGES)
    st.html(panels.table(words("simulator.payers.caption"), head, rows, sums=1))
    st.caption(words("table.rounded"))
    head = _heads(now, "perspective", "difference", "interval", "chance", "leaves_out")
    rows = lines.perspectives(now.result, words)
    st.html(panels.table(words("simulator.payers.perspectives"), head, rows, words_in=(4,)))


def items(now: Now) -> None:
    words = now.words
    show(CHARTS["change_by_item"](now.result, words), words)
    rows = lines.changes(
        now.result, "cost_item", lines.item_name(words, now.result.catalogue), words
    )
    head = _heads(now, "item", *CHANGES)
    st.html(panels.table(words("simulator.items.caption"), head, rows, sums=1))
    st.caption(words("table.rounded"))


def health(now: Now) -> None:
    words = now.words
    head = _heads(now, "measure", *CHANGES)
    rows = lines.health(now.result, words)
    st.html(panels.table(words("simulator.health.caption"), head, rows))


def years(now: Now) -> None:
    words = now.words
    st.write(headlines.years_text(now, words))
    show(CHARTS["budget_impact"](now.result, words), words)
    budget, added, _ = now.table("budget")
    for discounted in (False, True):
        head, rows = lines.budget(budget, added, discounted, words, now.result.catalogue)
        caption = words("simulator.years.caption") + ". "
        caption += words("table.discounted" if discounted else "table.nominal")
        st.html(panels.table(caption, head, rows, sums=2))


def levers(now: Now) -> None:
    moved = [lever for name, lever in session.levers().items() if name in now.state.levels]
    others = [lever for lever in session.levers().values() if lever not in moved]
    for title, shown in (("moved", moved), ("all", others)):
        if shown:
            st.subheader(now.words(f"lever.{title}"))
        for lever in shown:
            card(lever, now.state.levels.get(lever.id, lever.today), now.words)


def doubt(now: Now) -> None:
    """Signal or noise, and what each policy of the package contributes."""
    words = now.words
    if not now.state.levels:
        st.write(words("verdict.nothing"))
        return
    st.subheader(words("verdict.title"))
    found = now.table("verdicts")
    st.write(judgement.verdict_how(found, now.result, words))
    shares = ("share_of_total", "share_of_range", "share_of_movement")
    head = [words("verdict.lever"), words("verdict.word")]
    head += _heads(now, "difference", "interval", "chance") + [words("verdict.same")]
    head += [words(f"verdict.{name}") for name in shares]
    rows = judgement.verdict_rows(found, now.result, words)
    st.html(panels.table(words("verdict.caption"), head, rows, sums=1, words_in=(1,)))
    st.subheader(words("attribution.title"))
    with st.spinner(words("app.busy")):
        found = now.table("attribution")
    st.write(judgement.attribution_text(found, words))
    head = [words(f"attribution.{name}") for name in ("alone", "share")]
    head = [words("verdict.lever"), words("lever.at"), *head]
    rows = judgement.attribution_rows(found, now.result, words)
    st.html(panels.table(words("attribution.caption"), head, rows, sums=1))


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
    """The command that reproduces the page, every euro by item and payer, and the transfers."""
    words = now.words
    st.write(words("simulator.account.command"))
    st.code(now.result.command, language=None, wrap_lines=True)
    st.write(" ".join(judgement.about_assumptions(now.result, words)))
    st.subheader(words("simulator.account.ledger"))
    for scenario in ("scenario", "incremental"):
        head, rows = lines.ledger(now.result, scenario, words)
        caption = words(f"simulator.account.ledger_{scenario}")
        st.html(panels.table(caption, head, rows, sums=1))
    st.caption(words("table.rounded_tenth"))
    st.subheader(words("simulator.account.transfers"))
    for scenario in ("scenario", "incremental"):
        head, rows = lines.ledger(now.result, scenario, words, kind="transfer")
        caption = words(f"simulator.account.transfers_{scenario}")
        st.html(panels.table(caption, head, rows, sums=1))
