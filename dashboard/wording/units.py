"""The value of an assumption with its unit, as readers see it: 11% of patients."""

from __future__ import annotations

from math import floor, log10

from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import euros, number, percent

BARE = ("share", "fraction", "year")  # units without a word after the number
AS_PERCENT = ("share", "fraction", "probability", "relative", "absolute risk", "per year")
DIGITS = 3


def measured(value: float, unit: str, words: Words, named: bool = True) -> str:
    """The number in three digits, shares as percentages, followed by its unit if `named`."""
    key = f"unit.{unit}"
    word = words(key) if key in words else unit  # a unit of an upload
    unit_text = "" if unit in BARE or not named else f" {word}"
    if unit == "year":
        return f"{value:.0f}"
    if unit.startswith(AS_PERCENT) and not unit.startswith("per 1"):
        return percent(value, words.lang, _decimals(value * 100)) + unit_text
    if unit.startswith("EUR/") and abs(value) >= 1e6:
        return euros(value, words.lang) + unit_text
    text = number(value, words.lang, _decimals(value))
    return f"EUR {text}{unit_text}" if unit.startswith("EUR/") else text + unit_text


def _decimals(value: float) -> int:
    """Number of decimals that show a value in DIGITS digits; 0 for large numbers."""
    shown = float(f"{value:.{DIGITS - 1}e}")
    places = max(0, DIGITS - 1 - floor(log10(abs(shown)))) if shown else 0
    while places and round(shown, places) == round(shown, places - 1):
        places -= 1
    return places
