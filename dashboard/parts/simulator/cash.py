"""The section of the simulator on money: premium by the rule, who pays whom, and by year."""

from __future__ import annotations

import streamlit as st

import models
from dashboard.templates import blocks
from dashboard.visitor.choices import Choices
from dashboard.wording import cash as money


def cash(choices: Choices, result: models.Result) -> None:
    """What the package does to premiums, and the cash ledger; the rest when it is opened."""
    words = choices.words
    st.write(words("cash.text"))
    answer(choices, result)
    st.caption(words("cash.rule"))
    premiums(choices, result)
    for name, draw in (("flows", flows), ("years", years), ("levers", levers), ("rules", rules)):
        with st.expander(words(f"cash.open.{name}"), key=f"cash-{name}", on_change="rerun") as box:
            if box.open:
                draw(choices, result)


def answer(choices: Choices, result: models.Result) -> None:
    first, *rest = money.answer(result, choices.words)
    st.html(blocks.answer(first, rest, small=True))


def premiums(choices: Choices, result: models.Result) -> None:
    words = choices.words
    head = ["measure", "today", "scenario", "difference", "interval"]
    caption = words("cash.premium_caption", when=words("cash.in_force"))
    rows = money.premiums(result, words)
    st.html(blocks.table(caption, [words(f"table.{name}") for name in head], rows))
    st.caption(f"{words('cash.not_counted')} {money.deductible(result, words)}")


def flows(choices: Choices, result: models.Result) -> None:
    words = choices.words
    for scenario in ("incremental", "base_case"):
        head, rows = money.flows(result, scenario, words)
        named, when = words(f"ledger.{scenario}"), words("cash.in_force")
        caption = words("cash.caption", scenario=named, when=when)
        st.html(blocks.table(caption, head, rows, sums=1, wide=True))


def years(choices: Choices, result: models.Result) -> None:
    head, rows = money.premium_years(result, choices.words)
    st.html(blocks.table(choices.words("cash.years_caption"), head, rows, wide=True))


def levers(choices: Choices, result: models.Result) -> None:
    words = choices.words
    if not choices.state.levels:
        st.write(words("cash.unchanged"))
        return
    head, rows = money.by_lever(result, words)
    st.html(blocks.table(words("cash.levers_caption"), head, rows, wide=True))


def rules(choices: Choices, result: models.Result) -> None:
    words = choices.words
    names = ("rule_head", "year", "value", "status")
    head = [*(words(f"cash.{name}") for name in names), words("workbook.head.note")]
    rows = money.rules(result, words)
    st.html(blocks.table(words("cash.rules_caption"), head, rows, words_in=(3, 4)))
