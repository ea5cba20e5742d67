"""The price below which a programme pays for itself: at that price the difference is nil."""

import pytest

import models
from models.analysis.choice.breakeven import paying_price
from models.analysis.choice.paying_line import paying_line
from models.engine.summary import quantity

DRAWS = 200


@pytest.mark.parametrize("others", [{}, {"xray_share": 0.05}])
def test_at_the_paying_price_the_lever_makes_no_difference(others):
    """Every draw of the price times value / base, so that its mean is the value's."""
    levels = {"return_to_work_support": 0.5, **others}
    found = paying_price(models.run(levels, draws=DRAWS), "return_to_work_support")
    row = models.load_assumptions()[found.parameter]
    edit = _times(row, found.value / found.base)
    result = models.run(levels, draws=DRAWS, set_assumptions=edit)
    without = models.run(others, draws=DRAWS, set_assumptions=edit)
    difference = result.scenario.total.mean() - without.scenario.total.mean()
    assert difference == pytest.approx(0, abs=1e4)  # of a programme of some 80 million
    assert found.base == row.base and found.unit == "EUR/worker"
    line = paying_line(models.run(levels, draws=DRAWS), "return_to_work_support")
    dearest = models.run(
        levels, draws=DRAWS, set_assumptions=_times(row, line.prices[-1] / row.base)
    )
    wanted = quantity(
        dearest.scenario.total - without.scenario.total
    )  # what others do has no price
    for end in ("mean", "p2_5", "p97_5"):
        assert line.changes[-1][end] == pytest.approx(wanted[end], rel=1e-4)
    assert line.ends[0] < found.value < line.ends[1]


def _times(row, factor: float) -> dict:
    """An assumption with its base and both ends so many times as large."""
    return {row.parameter: tuple(factor * x for x in (row.base, row.low, row.high))}


def test_a_lever_without_a_price_has_none_and_one_that_is_not_moved_is_refused():
    result = models.run({"xray_share": 0.05}, draws=60)
    assert paying_price(result, "xray_share") is None
    with pytest.raises(KeyError):
        paying_price(result, "return_to_work_support")
