"""Conditions on the best package, chosen on the page: the same as those of the command line."""

from __future__ import annotations

import streamlit as st

from dashboard.visitor.choices import Choices
from dashboard.wording.catalogue import Words
from dashboard.wording.drivers import in_euros
from models.analysis.choice.conditions import Conditions

LIMIT = 10_000  # EUR million a year: the furthest that a field goes


def ask(choices: Choices) -> Conditions:
    """Draw the fields, folded, and give what they ask; nothing asked is no condition."""
    words, result = choices.words, choices.result
    levers = {name: words.of(lever) for name, lever in result.levers.items()}
    payers = {row["id"]: words.of(row) for row in result.catalogue["payers"]}
    with st.expander(words("drivers.conditions.title")):
        held = bool(result.levels) and st.toggle(words("drivers.conditions.held"), key="if-held")
        must = _several(words, "must", levers)
        without = _several(words, "without", levers)
        payer = st.selectbox(
            words("drivers.conditions.payer"),
            ["", *payers],
            format_func=lambda name: payers.get(name, words("drivers.conditions.nobody")),
            key="if-payer",
        )
        limits: tuple[tuple[str, float], ...] = ()
        if payer:
            limits = ((payer, _millions(words, "payer_limit")),)
        worse = None
        if st.toggle(words("drivers.conditions.worse"), key="if-worse"):
            worse = _millions(words, "worse_limit")
    return Conditions(tuple(result.levels.items()) if held else (), must, without, limits, worse)


def _several(words: Words, name: str, levers: dict[str, str]) -> tuple[str, ...]:
    chosen = st.pills(
        words(f"drivers.conditions.{name}"),
        list(levers),
        selection_mode="multi",
        format_func=levers.__getitem__,
        key=f"if-{name}",
    )
    return tuple(chosen or ())


def _millions(words: Words, name: str) -> float:
    """EUR a year, from a field in EUR million."""
    label = words(f"drivers.conditions.{name}")
    return in_euros(st.number_input(label, -LIMIT, LIMIT, 0, 10, key=f"if-{name}"))
