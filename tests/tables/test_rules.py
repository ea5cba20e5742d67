"""The table of rules: a sentence for every case, a text for every sentence in both languages."""

from itertools import product

import pytest

from dashboard.languages import LANGUAGES
from dashboard.wording.catalogue import words_in
from models.tables.rules import certainty, choose, rules

KEYS = {
    "verdict": "verdict.",
    "verdict_sentence": "verdict.",
    "lead": "simulator.lead.",
    "claim": "simulator.lead.",
    "alone": "live.",
    "margin": "simulator.range.",
    "who": "who.",
    "change": "live.",
}
LIMITS = {"sure": 0.975, "likely": 0.8}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_rule_has_its_text(lang):
    words = words_in(lang)
    lost = [
        KEYS[heading] + row["say"]
        for heading in KEYS
        for row in rules()[heading]
        if KEYS[heading] + row["say"] not in words
    ]
    assert not lost


@pytest.mark.parametrize(
    "share, said", ((1, "sure"), (0.975, "sure"), (0.97, "likely"), (0.8, "likely"), (0.5, "open"))
)
def test_certainty_follows_its_limits(share, said):
    assert certainty(share, LIMITS) == said


VERDICTS = {  # as docs/method.md has them
    ("sure", True): "signal",
    ("sure", False): "small_but_sure",
    ("likely", True): "large_and_likely",
    ("likely", False): "small_and_likely",
    ("open", True): "large_but_unsure",
    ("open", False): "noise",
}


@pytest.mark.parametrize("sure, large", VERDICTS)
def test_every_verdict(sure, large):
    said = choose("verdict", changed=True, certainty=sure, large=large)
    assert said == VERDICTS[sure, large]
    assert choose("verdict", changed=False, certainty=sure, large=large) == "nothing"


def test_every_range_that_can_be():
    """The lower end is never above the upper one."""
    ends = [(low, high) for low, high in product((-1, 0, 1), repeat=2) if low <= high]
    assert len({choose("margin", low=low, high=high) for low, high in ends}) == len(ends) == 6


def test_who_says_nothing_of_an_empty_side():
    facts = {"moved": True, "rounds_to_nil": False, "saves": True, "clear": True}
    assert choose("who", less=False, more=False, **facts) == "nobody"
    assert choose("who", less=True, more=False, **facts) == "all_less"
    assert choose("who", less=False, more=True, **facts) == "all_more"
    assert choose("who", less=True, more=True, **facts) == "gains"
    assert choose("who", less=True, more=True, **{**facts, "rounds_to_nil": True}) == "even"
    assert choose("who", less=True, more=True, **{**facts, "saves": False}) == "loses"
    assert choose("who", less=True, more=True, **{**facts, "clear": False}) == "unsure"


def test_a_case_without_a_rule_is_an_error():
    with pytest.raises(KeyError, match="margin"):
        choose("margin", low=1, high=-1)
    with pytest.raises(KeyError):
        choose("claim", saves=True)
