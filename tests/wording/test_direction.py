"""What a difference may be called, worked by hand."""

import numpy as np
import pytest

import models
from dashboard.languages import LANGUAGES
from dashboard.wording.catalogue import words_in
from dashboard.wording.direction import chance_of, claim, direction, ranks
from dashboard.wording.live import live_texts
from dashboard.wording.sentences import money_figures, simulator_answer

M = 1e6
CASES = [  # mean, 2.5%, 97.5% in EUR million, share on the side of the mean, what may be said
    (-50, -80, -20, 1.0, "saves"),
    (50, 20, 80, 1.0, "costs"),
    (-50, -120, 20, 0.9, "saves_likely"),  # likely from 0.8 on
    (-50, -120, 20, 0.79, "saves_open"),
    (30, -40, 100, 0.85, "costs_likely"),
    (30, -40, 100, 0.7, "costs_open"),
    # from 34 less to 0.4 less: a step of a million, so the upper end is written as nil
    (-12, -34, -0.4, 0.99, "saves_likely"),
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
