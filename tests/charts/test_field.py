"""The squares: every euro once in each picture, no piece over an edge, amounts that add up."""

import pytest

import models
from dashboard.charts import CHARTS
from dashboard.charts.today.field import (
    CARE,
    EVIDENCE,
    PAYERS,
    PITCH,
    ROWS,
    SIDE,
    VIEWS,
    WORK,
    field,
)
from dashboard.templates.field import squares
from dashboard.wording.catalogue import LANGUAGES, words_in
from dashboard.wording.field import shown, texts
from tests.support.colours import contrast

RESULT = models.run(draws=200)
DRAWN = field(RESULT)


def test_every_square_is_filled_to_the_total_in_every_picture():
    """The total in squares of 100 million, each SIDE high: the heights of the pieces."""
    assert DRAWN.square == 1e8
    mean = RESULT.headline["base_case_total"]["mean"]
    assert DRAWN.total == pytest.approx(mean)
    for view in range(len(VIEWS)):
        filled: dict[tuple, float] = {}
        for piece in DRAWN.pieces:
            x, y = piece.places[view]
            square = x, y // PITCH
            assert x % PITCH == 0 and y % PITCH + piece.height <= SIDE + 1e-6  # over no edge
            filled[square] = filled.get(square, 0.0) + piece.height
        full, rest = divmod(mean, 1e8)
        assert len(filled) == full + 1 and max(y for _, y in filled) == ROWS - 1
        assert sum(filled.values()) == pytest.approx((full + rest / 1e8) * SIDE, rel=1e-4)
        assert max(filled.values()) == pytest.approx(SIDE, rel=1e-3)


@pytest.mark.parametrize("side", range(len(VIEWS)), ids=VIEWS)
def test_a_group_has_as_much_room_as_its_amount(side):
    _, groups = DRAWN.views[side]
    for number, group in enumerate(groups):
        height = sum(p.height for p in DRAWN.pieces if p.groups[side] == number)
        assert height / SIDE * DRAWN.square == pytest.approx(group.amount, abs=2e4)
    assert len({group.colour for group in groups}) == len(groups)


def test_amounts_that_are_shown_add_up():
    """14 + 14 + 12 = 40: tens alone give 30, and the first of those cut most gets the ten."""
    assert shown([14, 14, 12], 10) == [20, 10, 10]
    assert shown([5.0], 10) == [0.0] and shown([15, 15], 10) == [20, 10]
    for _, groups in DRAWN.views:
        amounts = shown([group.amount for group in groups])
        assert sum(amounts) == pytest.approx(round(DRAWN.total / 1e7) * 1e7)
        for amount, group in zip(amounts, groups, strict=True):
            assert abs(amount - group.amount) < 1e7


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_drawing_says_every_amount(lang):
    words = words_in(lang)
    said = texts(DRAWN, RESULT, words)
    html = squares(DRAWN, said, "choose", "sum", "here")
    for side in VIEWS:
        for name, amount in zip(said[side]["names"], said[side]["amounts"], strict=True):
            assert f"{name} {amount}" in said[side]["alt"]
            assert f"<dd>{amount}</dd>" in html
    assert html.count('type="radio"') == len(VIEWS) and html.count('class="piece"') == len(
        DRAWN.pieces
    )
    chart = CHARTS["field"](RESULT, words)
    paths = "".join(shape.path for shape in chart.figure.layout.shapes)
    assert set(paths) <= set("MHVZ,.-e0123456789")  # what Plotly draws: absolute commands
    assert paths.count("Z") >= 2 * (DRAWN.total // DRAWN.square) + len(DRAWN.items)
    assert len(chart.figure.layout.shapes) == sum(len(groups) for _, groups in DRAWN.views)


def test_colours_stand_out_on_both_papers():
    for colour in (*WORK, *CARE, *PAYERS, *EVIDENCE.values()):
        assert min(contrast(colour, paper) for paper in ("#ffffff", "#0d1414")) >= 3
