"""What the texts on history claim is what the calculation gives; a figure that moves is noticed."""

import pytest

import models
from dashboard.charts import CHARTS
from dashboard.reference import history
from dashboard.wording.catalogue import LANGUAGES, words_in

RESULT = models.run(draws=2_000)
ROWS = {(r["year"], r["set"], r["outcome"]): r for r in models.backcast(RESULT)["rows"]}


def test_told_nothing_about_the_back_the_model_is_too_low_for_every_year():
    """history.misses.benefits"""
    totals = [row for (_, name, what), row in ROWS.items() if (name, what) == ("general", "total")]
    assert [row["verdict"] for row in totals] == ["too_low"] * 3


def test_told_the_counts_of_2007_lost_work_falls_short_and_so_it_would_with_working_days():
    """history.misses.value and .unit: 6 million working days are 6 x 7 / 5 million calendar days,
    two fifths more sick leave."""
    assert ROWS[2007, "counted", "work"]["verdict"] == "too_low"
    year = models.analysis.history.backcast.Year(RESULT, 2007, "counted").outcomes()
    more = year["work"] + year["sick_leave"] * 2 / 5
    assert more.mean() < ROWS[2007, "counted", "work"]["published"]


def test_a_benefit_was_worth_less_in_money_of_2007_than_now():
    """history.misses.value: lost output a benefit, in euros of the year."""
    year = models.analysis.history.backcast.Year(RESULT, 2007, "counted").outcomes()
    assert year["benefit_price"].mean() < RESULT.model.p["sl_disability_output"].mean()


def test_care_is_above_what_was_published_in_all_three_years():
    """history.misses.care: the mean in each year, the whole interval in the first and the last."""
    care = [ROWS[year, "general", "care"] for year in (1991, 2002, 2007)]
    assert all(row["ratio"] > 1 for row in care)
    assert care[0]["verdict"] == care[-1]["verdict"] == "too_high"


def test_intervals_are_about_as_wide_as_the_text_says():
    """history.misses.wide: the upper end is about twice the lower one."""
    for (_, name, what), row in ROWS.items():
        if (name, what) == ("counted", "total"):
            assert 1.5 < row["p97_5"] / row["p2_5"] < 2.5


def test_what_validation_md_says_of_the_past():
    """docs/validation.md, "Does it know the past?"."""
    counted = [ROWS[year, "counted", "total"] for year in (1991, 2002, 2007)]
    assert [row["verdict"] for row in counted] == ["inside", "too_low", "too_low"]
    assert counted[0]["ratio"] < 0.9  # the mean is well below
    assert ROWS[1991, "counted", "work_friction"]["verdict"] == "inside"
    assert ROWS[1991, "general", "inflow"]["ratio"] < 0.5


def test_what_validation_md_says_of_other_studies():
    rows = {row["id"]: row for row in models.cross_model(RESULT)["rows"]}
    totals = [row for row in rows.values() if row["compares_with"].startswith("total")]
    assert [row["verdict"] for row in totals] == ["too_low"] * 6
    assert rows["uk_1998_care"]["verdict"] == "inside"
    assert rows["ch_2005_care"]["ratio"] == pytest.approx(1 / 7, rel=0.2)
    assert rows["rivm_campaign"]["ratio"] < 0.2  # many times ours


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_year_is_told_with_its_verdict(lang):
    words = words_in(lang)
    told = history.sentences(RESULT, words)
    for sentence, year in zip(told, (1991, 2002, 2007), strict=True):
        assert str(year) in sentence and "{" not in sentence
    assert len(history.misses(RESULT.model.assumptions, 2024, words)) == 7


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_title_counts_the_years_that_are_found(lang):
    verdicts = [ROWS[year, "counted", "total"]["verdict"] for year in (1991, 2002, 2007)]
    title = CHARTS["backcast"](RESULT, words_in(lang)).title
    assert f" {verdicts.count('inside')} " in title and " 3 " in title


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_chart_draws_published_and_ours_in_prices_of_the_model(lang):
    """Three dots a year, in billions: published 1991 is 4.2 x 2.1371 = 8.976."""
    chart = CHARTS["backcast"](RESULT, words_in(lang))
    dots = chart.figure.data[-1].x
    assert len(dots) == 9 and dots[0] == pytest.approx(8.976, abs=1e-3)
    assert dots[2] == pytest.approx(ROWS[1991, "counted", "total"]["today"]["mean"] / 1e9, abs=1e-5)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_cross_model_chart_shows_every_study_in_its_table(lang):
    chart = CHARTS["cross_model"](RESULT, words_in(lang))
    assert len(chart.table.rows) == len(models.cross_model(RESULT)["rows"]) == len(chart.data)
    assert "sources.csv" not in chart.alt and "nan" not in chart.alt
