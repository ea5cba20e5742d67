"""Which option to choose at each value of a QALY: by hand, and as the value of information says."""

import numpy as np
import pytest

import models
from models.analysis.choice.decision import _at, _quadrants, draws
from models.analysis.choice.options import choices
from models.analysis.uncertainty.worth import evpi

PACKAGE = {"return_to_work_support": 0.5}


def test_chance_and_loss_by_hand():
    """Two options, four draws; the second costs 10, 10, 10, -10 and gives 1, 2, 0, 0 QALYs.

    At EUR 8 a QALY its net benefit is -2, 6, -10, 10 against nil: best in 2 of 4; always choosing
    it loses (2 + 0 + 10 + 0) / 4 = 3, never choosing it (0 + 6 + 0 + 10) / 4 = 4. It is preferred.
    """
    spent = np.array([[0.0, 0, 0, 0], [10, 10, 10, -10]])
    gained = np.array([[0.0, 0, 0, 0], [1, 2, 0, 0]])
    at = _at(8.0, ("today", "new"), spent, gained)
    assert at.preferred == "new" and at.chance_preferred == 0.5 and at.evpi == 3
    assert at.chance_best == {"today": 0.5, "new": 0.5}
    assert at.expected_loss == {"today": 4, "new": 3}
    assert list(_quadrants(spent[1], gained[1]).values()) == [0, 0.5, 0.25, 0.25]


def test_options_that_tie_share_the_draw():
    at = _at(0.0, ("today", "same"), np.zeros((2, 3)), np.zeros((2, 3)))
    assert at.chance_best == {"today": 0.5, "same": 0.5} and at.evpi == 0


def test_it_agrees_with_the_value_of_information():
    result = models.run(PACKAGE, draws=300)
    answer, among = models.decide(result), choices(result)
    benefit = among.net_benefit(answer.reference_value)
    at = next(v for v in answer.values if v.reference_value == answer.reference_value)
    assert at.evpi == pytest.approx(evpi(benefit).value)
    best = np.bincount(benefit.argmax(axis=0), minlength=len(among.levels)) / 300
    assert list(at.chance_best.values()) == pytest.approx(best.tolist())
    assert all(sum(v.chance_best.values()) == pytest.approx(1) for v in answer.values)


def test_money_is_that_of_the_perspective_and_health_of_all():
    result = models.run(PACKAGE, draws=100)
    names, spent, gained = draws(result, "employers")
    assert spent[names.index("back_to_work")] == pytest.approx(result.change_draws("employers"))
    assert np.array_equal(gained, draws(result, "society")[2])
    with pytest.raises(models.UsageError, match="nearest: employers"):
        models.decide(result, "employer")
