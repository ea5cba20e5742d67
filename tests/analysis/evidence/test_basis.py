"""What today's cost rests on: cost items whose numbers can be weighed by hand."""

import pytest

import models
from models.analysis.evidence.basis import KINDS
from models.tables.edits import READER

PUBLISHED = models.load_assumptions()


def items(**options):
    answer = models.basis(models.run(draws=200, **options))
    return answer, {row.item: row for row in answer.items}


def test_an_amount_is_divided_over_the_numbers_that_move_it():
    """X-rays: patients (newspaper) x share (newspaper) x price (published): each moves the amount
    by 1% a percent, so 1/3 is published. Rehabilitation: patients (guess) x price (derived): 1/2.
    MRI: patients (newspaper), share (guess), price (published): 1/3 each."""
    answer, by_item = items()
    assert by_item["xray"].published == pytest.approx(1 / 3)
    assert by_item["xray"].estimate == pytest.approx(2 / 3)
    assert by_item["pain_rehabilitation"].guess == pytest.approx(1 / 2)
    mri = by_item["mri"]
    assert (mri.published, mri.estimate, mri.guess) == pytest.approx((1 / 3,) * 3)
    for row in answer.items:
        assert sum(row[kind] for kind in KINDS) == pytest.approx(1)
        assert row.unexplained == 0 and row.reader == 0
    assert sum(answer.share(kind) for kind in KINDS) == pytest.approx(1)


def test_what_the_calibration_adds_is_not_explained():
    """The factor f multiplies sick leave: of an amount f x a, the part (f x a - a) = 1 - 1/f."""
    result = models.run(draws=200, anchor="total")
    factor = float(result.model.factor.mean())
    rows = {row.item: row for row in models.basis(result).items}
    assert factor > 1
    assert rows["sick_leave_chronic"].unexplained == pytest.approx(1 - 1 / factor)
    assert rows["disability"].unexplained == 0


def test_a_number_of_the_reader_is_the_readers():
    """Price of the X-ray edited: one of its three numbers is the reader's, none is published."""
    _, by_item = items(assumptions=PUBLISHED.with_values({"price_xray": 95.0}))
    row = by_item["xray"]
    assert row[READER] == pytest.approx(1 / 3) and row.published == 0
    assert row.estimate == pytest.approx(2 / 3)
