"""Numbers in both languages, at the edges where formatters usually slip."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.wording import numbers as f
from dashboard.wording.catalogue import words_in
from dashboard.wording.sentences import margin


@pytest.mark.parametrize(
    ("value", "decimals", "dutch", "english"),
    [
        (1234.5, 1, "1.234,5", "1,234.5"),
        (-1234567, 0, "−1.234.567", "−1,234,567"),
        (-0.04, 1, "0,0", "0.0"),
        (0, 0, "0", "0"),
    ],
)
def test_number(value, decimals, dutch, english):
    assert f.number(value, "nl", decimals) == dutch
    assert f.number(value, "en", decimals) == english


def test_signed_and_percent():
    assert f.signed(3.25, "nl", 1) == "+3,2"
    assert f.signed(-3, "en") == "−3"
    assert f.signed(0.01, "en") == "0"
    assert f.percent(0.018, "nl", 1) == "1,8%"
    assert f.percent(0.11, "en") == "11%"


@pytest.mark.parametrize(
    ("value", "dutch", "english"),
    [
        (4e9, "EUR 4,0 miljard", "EUR 4.0 billion"),
        (999.96e6, "EUR 1,0 miljard", "EUR 1.0 billion"),
        (150e6, "EUR 150 miljoen", "EUR 150 million"),
        (12.34e6, "EUR 12,3 miljoen", "EUR 12.3 million"),
        (-2.5e6, "EUR −2,5 miljoen", "EUR −2.5 million"),
        (385, "EUR 385", "EUR 385"),
        (0, "EUR 0", "EUR 0"),
    ],
)
def test_euros(value, dutch, english):
    assert f.euros(value, "nl") == dutch
    assert f.euros(value, "en") == english


@pytest.mark.parametrize(
    ("low", "high", "dutch", "english"),
    [
        (41.2e6, 251e6, "EUR 40–250 miljoen", "EUR 40–250 million"),
        (3.12e9, 5.02e9, "EUR 3,1–5,0 miljard", "EUR 3.1–5.0 billion"),
        (-41e6, 251e6, "EUR −40 tot 250 miljoen", "EUR −40 to 250 million"),
        (-251e6, -41e6, "EUR −250 tot −40 miljoen", "EUR −250 to −40 million"),
        (0, 0, "EUR 0", "EUR 0"),
        (5e6, 5e6, "EUR 5,00 miljoen", "EUR 5.00 million"),
    ],
)
def test_range(low, high, dutch, english):
    assert f.euro_range(low, high, "nl") == dutch
    assert f.euro_range(low, high, "en") == english


def test_a_mean_is_rounded_like_its_range_and_stands_in_its_unit():
    assert f.estimate(-139.2e6, -331e6, 17e6, "nl") == (
        "EUR −140 miljoen",
        "EUR −330 tot 20 miljoen",
    )
    assert f.estimate(0.98e9, 0.8e9, 1.4e9, "en")[0] == "EUR 1.0 billion"
    assert f.estimate(0.94e9, 0.4e9, 1.4e9, "en") == ("EUR 0.9 billion", "EUR 0.4–1.4 billion")


@pytest.mark.parametrize(("step", "places"), [(0.1, 1), (0.005, 3), (1, 0), (500, 0), (0.01, 2)])
def test_decimals_follow_the_step(step, places):
    assert f.decimals_of(step) == places


@given(st.floats(-1e12, 1e12), st.floats(-1e12, 1e12), st.sampled_from(("nl", "en")))
def test_any_range_is_said_without_a_thousand_million(low, high, lang):
    text = f.euro_range(low, high, lang)
    assert text.startswith("EUR ")
    assert "-" not in text and "nan" not in text and "e+" not in text
    assert "−0 " not in text


@given(st.floats(0, 1e11))
def test_both_languages_say_the_same_digits(value):
    dutch, english = f.euros(value, "nl"), f.euros(value, "en")
    assert [c for c in dutch if c.isdigit()] == [c for c in english if c.isdigit()]


@pytest.mark.parametrize("ends", [(-268e6, 49e6), (49e6, -268e6)])
def test_a_range_through_nil_has_a_word_between_in_either_order(ends):
    assert f.million_range(*ends, "nl") == "−270 tot 50"
    assert f.million_range(*ends, "en") == "−270 to 50"


def test_a_name_within_a_sentence_keeps_an_abbreviation():
    said = {"Huishoudens: eigen risico": "huishoudens: eigen risico", "UWV": "UWV", "": ""}
    assert {name: f.within(name) for name in said} == said


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (-60.2e6, 11.9e6, "van EUR 60 miljoen besparing tot EUR 10 miljoen extra kosten"),
        (-700e6, 66e6, "van EUR 700 miljoen besparing tot EUR 100 miljoen extra kosten"),
        (-700e6, 40e6, "van EUR 700 miljoen besparing tot zo goed als niets"),
        (-700e6, -40e6, "van EUR 700 miljoen besparing tot zo goed als niets"),
        (-87e6, -12e6, "van EUR 90 miljoen tot EUR 10 miljoen besparing"),
        (-4e6, 163e6, "van zo goed als niets tot EUR 160 miljoen extra kosten"),
        (3e6, 131e6, "van zo goed als niets tot EUR 130 miljoen extra kosten"),
        (57e6, 301e6, "van EUR 60 miljoen tot EUR 300 miljoen extra kosten"),
    ],
)
def test_a_margin_never_ends_in_an_amount_of_nil(low, high, said):
    assert margin(low, high, words_in("nl")) == f"De marge loopt {said}, na de aanloopjaren."
