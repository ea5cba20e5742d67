"""Printed parts and their total, and one rounding for every range."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import models
from dashboard.charts import CHARTS
from dashboard.languages import LANGUAGES
from dashboard.wording import cash, numbers
from dashboard.wording.catalogue import words_in
from dashboard.wording.live import live_texts
from dashboard.wording.row_texts import rounded
from models.analysis.choice.shapley import attribute

AMOUNT = r"EUR ([+−]?[0-9.,]+)( miljoen| million| miljard| billion)?"
SIZE = {"": 1.0, " miljoen": 1e6, " million": 1e6, " miljard": 1e9, " billion": 1e9}

PACKAGES = [
    {"physio_basic_package": 1.0},
    {"walking_programme": 0.2},
    {"return_to_work_support": 0.5, "xray_share": 0.02},
]


def read(text: str, lang: str) -> list[float]:
    """The amounts in a sentence, in EUR."""
    found = []
    for digits, scale in re.findall(AMOUNT, text):
        digits = digits.replace("−", "-").strip(".,")
        digits = (
            digits.replace(".", "").replace(",", ".") if lang == "nl" else digits.replace(",", "")
        )
        found.append(float(digits) * SIZE[scale])
    return found


def test_parts_add_up_by_hand():
    """6.4 + 0.4 = 6.8: by itself 6 + 0 = 7. 6.4 and 0.4 lose as much; the first is rounded up."""
    assert numbers.adding_up([6.4, 0.4], 6.8, 1) == [7, 0]
    assert numbers.adding_up([-6.4, -0.4], -6.8, 1) == [-7, 0]
    assert numbers.adding_up([33.3, 33.3, 33.4], 100, 10) == [30, 30, 40]


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=6), st.sampled_from([1.0, 1e3, 1e6]))
def test_parts_add_up_and_stay_within_a_step(parts, step):
    shown = numbers.adding_up(parts, sum(parts), step)
    assert sum(shown) == pytest.approx(round(sum(parts) / step) * step, abs=step / 1e3)
    assert all(abs(a - b) <= step * (1 + 1e-9) for a, b in zip(shown, parts, strict=True))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("levers", PACKAGES)
def test_what_households_pay_adds_up_in_its_sentence(levers, lang):
    """6 million and 400,000 stood under 7 million."""
    said = cash.answer(models.run(levers, draws=200), words_in(lang))[1]
    *parts, total = read(said, lang)
    assert len(parts) == 3 and sum(parts) == pytest.approx(total, abs=1)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_parts_of_a_chart_that_do_not_add_up_say_so(lang):
    """-84.4 and -74.4 are -84 and -74, which is -158; together -158.8 is -159."""
    words = words_in(lang)
    note = words("table.rounded_by_itself")
    assert rounded([-84.4e6, -74.4e6], -158.8e6, words).strip() == note
    assert rounded([-84.0e6, -74.0e6], -158e6, words) == ""
    for levers in ({"xray_share": 0.05, "unproven_treatments": 1.0, "public_campaign": 0.5},
                   {"return_to_work_support": 0.5, "walking_programme": 0.3}):  # fmt: skip
        result = models.run(levers, draws=100)
        parts = attribute(result)
        chart = CHARTS["waterfall"](result, words, parts)
        shown = sum(round(one["share"] / 1e6) for one in parts["parts"])
        whole = round(result.headline["incremental_total"]["mean"] / 1e6)
        assert (note in chart.subtitle) == (shown != whole)


@given(st.floats(-5e9, 5e9), st.floats(1e6, 5e9))
def test_a_range_is_rounded_in_one_way(low, width):
    """In a sentence, in a column of millions and as counts: the same two numbers."""
    high, step = low + width, numbers.rounding(low, low + width)
    ends = sorted(round(end / step) * step for end in (low, high))
    for text, size in (
        (numbers.million_range(low, high, "en"), 1e6),
        (numbers.count_range(low, high, "en"), 1.0),
    ):
        told = re.findall("−?[0-9][0-9,.]*", text)
        assert [float(one.replace("−", "-").replace(",", "")) * size for one in told] == (
            pytest.approx(ends, abs=step / 2)
        )
    told = numbers.euro_range(low, high, "en")
    size = 1e9 if "billion" in told else 1e6 if "million" in told else 1.0
    figures = re.findall("−?[0-9][0-9,.]*", told)
    assert [float(one.replace("−", "-").replace(",", "")) * size for one in figures] == (
        pytest.approx(ends, abs=step / 2)
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_premium_has_one_range_on_its_card_and_in_its_sentence(lang):
    words = words_in(lang)
    result = models.run({"physio_basic_package": 1.0, "physio_deductible_exempt": 1.0}, draws=300)
    premium = result.cash.premium_quantity("premium_per_adult")
    assert premium["p97_5"] - premium["p2_5"] > 5
    spread = numbers.count_range(premium["p2_5"], premium["p97_5"], lang)
    assert spread in live_texts(result, words)["premium.note"]
    assert f"({spread})" in cash.answer(result, words)[0]
