"""Texts about a lever, wherever it is shown."""

from __future__ import annotations

from collections.abc import Callable

import models
from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import euro_range, level_text
from dashboard.wording.ranking import change_in_euros
from models.tables.levers import Lever

PARTS = ("what", "unit", "who", "evidence", "not", "pays")  # of a lever's card, in this order
ALONE, SPREAD = "{alone}", "{spread}"


def tried_text(lever: Lever, words: Words) -> str:
    """The range of levels that was tried or thought reachable; the text says which."""
    if lever.trial_low is None or lever.trial_high is None:
        return words("lever.no_trial_range")
    low, high = (level_text(lever, v, words.lang) for v in (lever.trial_low, lever.trial_high))
    tried = words.lever(lever, "tried", low=low, high=high)
    return tried or words("lever.tried", low=low, high=high)


def part_text(lever: Lever, part: str, words: Words, alone: Callable[[], models.Result]) -> str:
    """A part of a lever's card, with the model's figures where the text has fields for them.

    `alone` returns the run of this lever alone at its strongest level; it is called only for a text
    with the field {alone} or {spread}.
    """
    text = words.lever(lever, part, alone=ALONE, spread=SPREAD)
    if ALONE not in text and SPREAD not in text:
        return text
    change = alone().headline["incremental_total"]
    spread = euro_range(change["p2_5"], change["p97_5"], words.lang)
    return text.replace(ALONE, change_in_euros(change, words)).replace(SPREAD, spread)
