"""Stated correlations: a Gaussian copula over the named streams, off unless a row is in use."""

from __future__ import annotations

import math
import shutil
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

import models
from models.engine.record import plain
from models.formulas.draws import copula, draw, mixed, uniform

DATA = Path(__file__).parents[3] / "data"
PUBLISHED = models.load_assumptions()


def changed(folder: Path, old: str, new: str) -> models.Assumptions:
    shutil.copytree(DATA, folder)
    path = folder / "correlations.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return models.load_assumptions(folder)


def test_the_weights_of_a_pair_by_hand():
    """Spearman 0.5 is 2 sin(pi / 12) = 0.5176381 of normal scores; sqrt(1 - 0.2679492) = 0.8555997.

    The first name keeps its stream; the second takes 0.5176381 of it and 0.8555997 of its own.
    """
    mix = copula({("a", "b"): 0.5})
    assert mix["a"] == (("a", 1.0),)
    assert [name for name, _ in mix["b"]] == ["a", "b"]
    assert [weight for _, weight in mix["b"]] == pytest.approx([0.5176381, 0.8555997], abs=1e-7)


def test_mixed_streams_are_uniform_and_have_the_rank_correlation():
    """Of 40,000 draws the standard error of a rank correlation is about 0.005."""
    mix = copula({("a", "b"): -0.4, ("b", "c"): 0.3})
    a, b, c = (mixed(mix[name], 40_000, 1) for name in "abc")
    assert stats.spearmanr(a, b).statistic == pytest.approx(-0.4, abs=0.02)
    assert stats.spearmanr(b, c).statistic == pytest.approx(0.3, abs=0.02)
    assert stats.spearmanr(a, c).statistic == pytest.approx(0.0, abs=0.02)
    for values in (a, b, c):
        assert values.mean() == pytest.approx(0.5, abs=0.01)
        assert values.std() == pytest.approx(math.sqrt(1 / 12), abs=0.01)


def test_the_first_of_a_pair_keeps_its_stream():
    mix = copula({("a", "b"): 0.7})
    assert np.allclose(mixed(mix["a"], 50, 3), uniform("a", 50, 3), atol=1e-12)


def test_correlations_that_cannot_be_together_are_refused(tmp_path):
    with pytest.raises(np.linalg.LinAlgError):
        copula({("a", "b"): 0.9, ("b", "c"): 0.9, ("a", "c"): -0.9})
    with pytest.raises(models.DataError) as caught:
        changed(tmp_path / "data", "sl_share,sl_S4,-0.4", "sl_share,sl_S4,-1.4")
    assert [one.column for one in caught.value.findings] == ["rank_correlation"]


def test_none_is_in_use_and_the_draws_are_independent():
    assert PUBLISHED.catalogue.mixing == {}
    assert {row["use"] for row in PUBLISHED.catalogue["correlations"]} == {"0"}


def test_a_row_in_use_correlates_its_two_parameters_and_moves_no_other(tmp_path):
    edited = changed(
        tmp_path / "data",
        "use_opioid_weak,use_opioid_strong,0.4,expert_guess,"
        "Expert guess of sign and size; no published correlation was found,0",
        "use_opioid_weak,use_opioid_strong,0.4,expert_guess,"
        "Expert guess of sign and size; no published correlation was found,1",
    )
    before = models.run(anchor="none", draws=4_000).model.p
    after = models.run(assumptions=edited, anchor="none", draws=4_000).model.p
    pair = after["use_opioid_weak"], after["use_opioid_strong"]
    assert stats.spearmanr(*pair).statistic == pytest.approx(0.4, abs=0.05)
    moved = [name for name in before if not np.allclose(before[name], after[name], rtol=1e-9)]
    assert moved == ["use_opioid_weak"]  # alphabetical: use_opioid_strong keeps its stream


def test_the_answer_with_and_without_stands_side_by_side():
    result = models.run({"return_to_work_support": 0.5}, draws=1_000)
    found = models.correlations(result)
    assert plain(found["independent"]["base_case_total"]) == result.headline["base_case_total"]
    assert found["correlated"]["base_case_total"] != found["independent"]["base_case_total"]
    assert len(found["stated"]) == len(PUBLISHED.catalogue["correlations"])


def test_without_a_row_in_use_the_draws_are_the_plain_ones():
    plain = draw(PUBLISHED, 100, 1)
    p = models.run(anchor="none", draws=100).model.p
    assert all(np.array_equal(p[name], plain[name]) for name in plain)
