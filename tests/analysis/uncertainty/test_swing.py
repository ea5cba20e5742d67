"""How far an assumption moves the answer, and the picture of its distribution."""

from dataclasses import replace

import numpy as np
import pytest

import models
from models.analysis.uncertainty.swing import DRAWS, swing, swings
from models.engine.model import Model
from models.engine.options import Options
from models.formulas.distributions import density
from models.formulas.draws import parameter_draws

PUBLISHED = models.load_assumptions()
OPTIONS = Options()


def total(assumptions) -> float:
    fewer = replace(OPTIONS, draws=DRAWS)
    return float(Model(assumptions, PUBLISHED, fewer).base.total.mean())


def test_a_price_moves_its_own_line_and_no_more():
    """Hours of chronic patients and spells all cost price_hour, so work moves in proportion."""
    row = PUBLISHED["price_hour"]
    found = swing(PUBLISHED, "price_hour", {}, OPTIONS)
    base = total(PUBLISHED)
    for end, moved in zip((row.low, row.high), found.today, strict=True):
        assert moved == pytest.approx(total(PUBLISHED.with_values({"price_hour": end})) - base)
    assert found.today[0] < 0 < found.today[1]
    assert found.package == (0.0, 0.0)


def test_rows_that_are_not_used_have_no_swing():
    found = swings(PUBLISHED, {}, OPTIONS)
    assert not {name for name in found if PUBLISHED[name].group == "context"}
    assert all(one.size > 0 for one in found.values())


def test_a_package_shows_what_only_policies_use():
    found = swings(PUBLISHED, {"return_to_work_support": 0.5}, OPTIONS)
    effect = found["eff_rtw_default"]
    assert effect.today == (0.0, 0.0)
    assert effect.package[0] != effect.package[1]


@pytest.mark.parametrize("name", sorted(PUBLISHED))
def test_a_distribution_is_drawn_as_it_is_sampled(name):
    row = PUBLISHED[name]
    values, likely = density(row)
    if row.distribution == "fixed":
        assert values.size == 0
        return
    assert np.all(np.diff(values) > 0) and np.all(likely > 0)
    area = np.trapezoid(likely, values)
    mean = np.trapezoid(likely * values, values) / area
    assert abs(mean - row.base) < 0.05 * (row.high - row.low)
    drawn = parameter_draws(row, 10_000, 1)
    assert np.mean((drawn >= values[0]) & (drawn <= values[-1])) > 0.95
