"""The list of assumptions: which are searched for, in which order, and their values as text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import streamlit as st

from dashboard.visitor.choices import Choices
from dashboard.wording import notes, origin
from dashboard.wording.catalogue import LANGUAGES, Words, words_in
from dashboard.wording.numbers import millions, number
from dashboard.wording.units import measured
from models.analysis.uncertainty.swing import Swing
from models.tables.assumptions import VOCABULARY, Assumption

GROUPS = VOCABULARY["group"]
PROVENANCES = VOCABULARY["provenance"]
QUALITIES = VOCABULARY["quality"]
UNUSED = "context"  # the group of numbers that are shown and not used
ON_A_PAGE = 12
SEARCHED = ("parameter", "label_en", "label_nl", "source", "source_detail", "note", "unit")


@dataclass(frozen=True)
class Search:
    """The filters of the list; an empty one selects everything."""

    text: str = ""
    group: str = ""
    provenance: str = ""
    quality: str = ""
    guesses: bool = False  # only guesses that move the answer, largest effect first


def matching(choices: Choices, search: Search) -> list[Assumption]:
    """The rows that match, by theme and name; with `guesses`, by how far they move the total."""
    rows = [row for row in choices.assumptions.values() if _fits(row, search, choices)]
    if search.guesses:
        moved = movements(choices)
        rows = [row for row in rows if is_guess(row) and row.parameter in moved]
        return sorted(rows, key=lambda row: (-moved[row.parameter].size, row.parameter))
    return sorted(rows, key=lambda row: (GROUPS.index(row.group), row.parameter))


def _fits(row: Assumption, search: Search, choices: Choices) -> bool:
    for name in ("group", "provenance", "quality"):
        choice = getattr(search, name)
        if choice and getattr(row, name) != choice:
            return False
    cited = choices.assumptions.sources.get(row.source, {})
    texts = (getattr(row, name) for name in SEARCHED)
    note, _ = notes.of_assumption(row, choices.words)  # as the reader sees it
    text = " ".join([*texts, note, *cited.values()]).casefold()
    return all(word in text for word in search.text.casefold().split())


def is_guess(row: Assumption) -> bool:
    return row.quality == "red" or row.provenance == "expert_guess"


def movements(choices: Choices) -> Mapping[str, Swing]:
    """How far each assumption moves today's total over its range, EUR a year."""
    return replace(choices, state=replace(choices.state, levels={})).table("swings")


def value(row: Assumption, words: Words) -> str:
    """The value with unit and range, as readers see it."""
    text = measured(row.base, row.unit, words)
    if row.low == row.high:
        return text
    low, high = (measured(end, row.unit, words, named=False) for end in (row.low, row.high))
    return words("workbench.ranged", value=text, low=low, high=high)


def ends(amounts: tuple[float, float], words: Words) -> str:
    """What both ends of a range add to an amount, in EUR million."""
    low, high = (millions(amount, words.lang, 1, plus=True) for amount in amounts)
    return words("workbench.ends", low=low, high=high)


def answer(choices: Choices) -> tuple[str, list[str]]:
    """The number of assumptions, and how many of them are guesses or derived by us."""
    words, shown = choices.words, len(choices.assumptions.shown)
    counted = origin.counts(choices.assumptions.used, words)
    lead = words("workbench.lead", **counted, shown=number(shown, words.lang))
    return lead, [words("workbench.rest")]


def sections(names: tuple[str, ...], words: Words) -> list[str]:
    """The titles of the sections; the open one stays open when the language changes."""
    keys = [f"workbench.tab.{name}" for name in names]
    titles = {lang: [words_in(lang)(key) for key in keys] for lang in LANGUAGES}
    open_now = st.session_state.get("wb-section")
    for names_now in titles.values():
        if open_now in names_now:
            st.session_state["wb-section"] = titles[words.lang][names_now.index(open_now)]
    return titles[words.lang]


def page_of(rows: list, number: int) -> tuple[list, int, int]:
    """The rows of a page, its number, and how many pages there are."""
    pages = max(1, -(-len(rows) // ON_A_PAGE))
    number = min(max(number, 1), pages)
    return rows[(number - 1) * ON_A_PAGE : number * ON_A_PAGE], number, pages
