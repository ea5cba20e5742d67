"""What is said about a lever, wherever it stands."""

from __future__ import annotations

from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import level_text
from models.tables.levers import Lever

PARTS = ("what", "unit", "who", "evidence", "not", "pays")  # of a lever's card, in this order


def tried_text(lever: Lever, words: Words) -> str:
    """The range that was tried or thought reachable, in words that say which of the two."""
    if lever.trial_low is None or lever.trial_high is None:
        return words("lever.no_trial_range")
    low, high = (level_text(lever, v, words.lang) for v in (lever.trial_low, lever.trial_high))
    tried = words.lever(lever, "tried", low=low, high=high)
    return tried or words("lever.tried", low=low, high=high)
