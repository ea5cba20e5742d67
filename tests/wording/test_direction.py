"""What a difference may be called, worked by hand."""

from datetime import date

import numpy as np
import pytest

import models
from dashboard.documents.brief import brief
from dashboard.documents.workbook import workbook
from dashboard.languages import LANGUAGES
from dashboard.wording import comparison, row_texts
from dashboard.wording.catalogue import words_in
from dashboard.wording.direction import chance_of, claim, direction, ranks
from dashboard.wording.live import live_texts, live_words
from dashboard.wording.numbers import count
from dashboard.wording.sentences import money_figures, simulator_answer
from tests.support.spreadsheets import sheets

M = 1e6
CASES = [  # mean, 2.5%, 97.5% in EUR million, share on the side of the mean, what may be said
    (-50, -80, -20, 1.0, "saves"),
    (50, 20, 80, 1.0, "costs"),
    (-50, -120, 20, 0.9, "saves_likely"),  # likely from 0.8 on
    (-50, -120, 20, 0.79, "saves_open"),
    (30, -40, 100, 0.85, "costs_likely"),
    (30, -40, 100, 0.7, "costs_open"),
    # from 34 less to 0.4 less: the verdict calls that sure, though the end is written as nil
    (-12, -34, -0.4, 0.99, "saves"),
    (-3, -60, 60, 0.55, "nil"),  # 120 wide: a step of 10 million, half of which is 5
    (0, 0, 0, 0.0, "none"),
]


@pytest.mark.parametrize(("mean", "low", "high", "share", "said"), CASES)
def test_nothing_is_claimed_against_its_range(mean, low, high, share, said):
    draws = np.where(np.arange(1000) < 1000 * share, mean or 0.0, -mean or 0.0) * M
    change = {"mean": mean * M, "p2_5": low * M, "p97_5": high * M}
    assert claim(change, draws, likely=0.8) == said


def test_half_a_cent_is_no_difference():
    """A payer whom nothing touches differed by rounding in the fifteenth decimal: 15% chance."""
    dust = {"mean": 1e-9, "p2_5": -0.004, "p97_5": 0.004}
    assert not direction(dust)["changed"] and claim(dust) == "none"
    assert chance_of(0.15, dust, "nl") == "–"
    assert chance_of(0.15, {**dust, "p97_5": 0.006}, "nl") == "15%"


def test_a_ranking_needs_nine_draws_in_ten():
    assert ranks(0.9) and not ranks(0.89)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_chance_where_nothing_changes(lang):
    """The supplementary insurer when the deductible changes; employers when research is paid."""
    words = words_in(lang)
    result = models.run({"physio_deductible_exempt": 1.0}, draws=300)
    texts, payers = live_texts(result, words), result.statistics("incremental", "payer")
    still = [name for name, row in payers.items() if not direction(row)["changed"]]
    assert "supplementary_insurance" in still
    assert all(texts[f"payer.{name}.chance"] == "–" for name in still)
    result = models.run({"research_programme": 1.0}, draws=300)
    views = result.perspectives()
    quiet = [name for name, row in views.iterrows() if not direction(row)["changed"]]
    assert "employers" in quiet and "society" not in quiet
    start = words("simulator.lead.none", whose="@").split("@")[0]
    for name in quiet:
        assert simulator_answer(result, words, name)[0].startswith(start)
        assert money_figures(result, words, name)[-1][1] == "–"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_healthy_years_are_gained_everywhere(lang):
    """-700 healthy years lost is good news that reads as bad: page, table, side by side, files."""
    words = words_in(lang)
    result = models.run({"walking_programme": 0.2}, draws=300)
    lost = result.health_changes(("qaly_loss",))["qaly_loss"]
    assert lost["mean"] < 0, "walking gains health"
    figure = count(-lost["mean"], -lost["p97_5"], -lost["p2_5"], lang, plus=True)
    gained = words("health.qaly_gained")
    assert figure.startswith("+")
    texts = live_texts(result, words)
    assert (texts["health.qaly_loss.label"], texts["health.qaly_loss"]) == (gained, figure)
    table = {row[0]: row for row in row_texts.health(result, words)}
    assert table[gained][2] == figure and table[gained][1].startswith("−")
    assert words("health.qaly_loss") not in table
    _, side = comparison.outcomes({"walking": result}, "society", words)
    assert {row[0]: row[1] for row in side}[gained].startswith(figure)
    page = brief(result, words, "https://example.org/", date(2026, 1, 2), {})
    assert gained in page and figure in page and words("health.qaly_loss") not in page
    assert words("health.qaly_loss") not in live_words(words).values()
    book = sheets(workbook(result, words, "", date(2026, 1, 2)))
    rows = [row for row in book[words("workbook.sheet.health")] if row and row[0] == gained]
    assert len(rows) == 3 and rows[-1][3] == pytest.approx(-lost["mean"])
