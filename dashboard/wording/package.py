"""A package of policies in words: each lever with its level."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import level_text
from models.tables.levers import Lever


def lever_at(lever: Lever, level: float, words: Words) -> str:
    """The label of a lever and a level in its unit, as one text."""
    return words(
        "simulator.lever_at", label=words.of(lever), level=level_text(lever, level, words.lang)
    )


def levels_in_words(
    levels: Mapping[str, float], levers: Mapping[str, Lever], words: Words
) -> list[str]:
    """A text for each lever with a level, in the order of the table of levers."""
    return [lever_at(levers[name], levels[name], words) for name in levers if name in levels]
