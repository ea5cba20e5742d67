"""Which lever saves most is claimed only as far as the draws carry it; every row opens."""

import pytest

import models
from dashboard.wording import ranking
from dashboard.wording.catalogue import words_in

RESULT = models.run(draws=200)
EN = words_in("en")


def row(lever: str, mean: float, low: float, high: float, **others) -> dict:
    """A row of the ranking in EUR million."""
    ends = {"mean": mean * 1e6, "p2_5": low * 1e6, "p97_5": high * 1e6}
    label = {"label_en": lever.replace("_", " "), "label_nl": lever}
    return {
        "lever": lever,
        "level": 1.0,
        "researched": True,
        "incremental": ends,
        "other_valuation": {"mean": -1e6, "p2_5": -2e6, "p97_5": -0.5e6},
        "probability_most": 0.95,
        "verdict": "signal",
        "evidence": "amber",
        **label,
        **others,
    }


def found(*rows: dict) -> dict:
    return {"levers": list(rows), "valuation": "human_capital", "movement": 46e6}


SECOND = row("public_campaign", -50, -80, -20, verdict="noise", evidence="red")


def said(first: dict, *others: dict) -> str:
    lead, rest = ranking.answer(found(first, *others), RESULT, EN)
    return " ".join([lead, *rest])


def test_it_saves_most_where_nine_in_ten_draws_say_so_and_nil_is_outside():
    text = said(row("stratified_care", -300, -400, -200), SECOND)
    assert text.startswith("stratified care saves most: EUR 300 million a year")
    assert "overlap" not in text


@pytest.mark.parametrize(
    "less_sure",
    [{"probability_most": 0.89}, {"incremental": {"mean": -3e8, "p2_5": -7e8, "p97_5": 1e7}}],
)
def test_else_it_does_so_on_average_and_that_is_not_certain(less_sure):
    text = said(row("stratified_care", -300, -400, -60) | less_sure, SECOND)
    assert text.startswith("stratified care saves most on average, but that is not certain")
    assert "The ranges of all 1 other policies overlap" in text


def test_no_lever_saves():
    lead, rest = ranking.answer(found(row("stratified_care", 3, -1, 9)), RESULT, EN)
    assert lead == "No policy by itself saves money on average" and len(rest) == 1


def test_another_way_of_counting_that_turns_the_sign_is_said_at_once():
    turned = {"mean": 13e6, "p2_5": -14e6, "p97_5": 57e6}
    first = row("stratified_care", -130, -340, 20, other_valuation=turned)
    assert "until somebody takes over, it is EUR 10 million more on average" in said(first, SECOND)


def test_sure_savings_and_guesses_are_counted():
    sure = row("stratified_care", -40, -60, -20, verdict="small_but_sure")
    text = said(sure, SECOND)
    assert "Only these savings are sure of direction: stratified care, at 100%" in text
    assert "Under 1 of the 2 policies lies a number that is an estimate" in text
    assert "Of no policy is it sure" in said(sure | {"verdict": "noise"}, SECOND)


@pytest.mark.parametrize(
    ("ends", "change", "spread"),
    [
        ((-127, -340, 14), "130 less", "340 less to 10 more"),  # steps of 10: 354 / 5 is 71
        ((2, 0.4, 5), "2.0 more", "0.4 to 5.0 more"),  # steps of 0.1: 4.6 / 5 is 0.92
        ((1, -70, 80), "about 0", "70 less to 80 more"),
        ((-18, -60, -1), "20 less", "60 less to 0"),
    ],
)
def test_a_row_says_its_direction_in_a_word(ends, change, spread):
    assert ranking.change(row("stratified_care", *ends), EN) == (change, spread)
