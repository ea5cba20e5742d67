"""Options of the calculation: at the foot of every page, folded.

They are drawn when they are opened, since drawing them takes a tenth of the processor time of a
move. What is chosen holds while they are folded: `visitor.query_params.restore` keeps it.
"""

from __future__ import annotations

import streamlit as st

from dashboard.address.link import NUMBERS, SWITCHES, named_options
from dashboard.wording.catalogue import Words
from models.engine.options import CHOICES

KEY = "options-of-the-sum"


def draw(words: Words) -> None:
    """The options of the calculation; they hold on every page."""
    with st.expander(words("options.title"), key=KEY, on_change="rerun") as box:
        if box.open:
            _options(words)


def _options(words: Words) -> None:
    for name in CHOICES:
        st.selectbox(
            words(f"options.{name}.label"),
            list(named_options()[name]),
            format_func=lambda value, name=name: words(f"options.{name}.{value}"),
            key=name,
            help=words(f"options.{name}.help"),
        )
    for name in SWITCHES:
        st.toggle(
            words(f"options.{name}.label"),
            key=name,
            help=words(f"options.{name}.help"),
        )
    for name, (low, high) in NUMBERS.items():
        st.number_input(
            words(f"options.{name}.label"),
            min_value=low,
            max_value=high,
            step={"draws": 1_000}.get(name, 1),
            key=name,
            help=words(f"options.{name}.help", low=low, high=high),
        )
