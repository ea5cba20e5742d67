"""Amounts that the documents quote are those that a run gives today."""

from types import SimpleNamespace

import pytest

from dashboard.reference import amounts

ROWS = {row["id"]: row for row in amounts.rows()}
QUOTES = [(path.name, *quote) for path in amounts.documents() for quote in amounts.quotes(path)]


def test_every_amount_is_quoted_as_the_table_has_it_and_no_row_is_idle():
    assert {(doc, id, ROWS[id]["shown"]) for doc, id, _ in QUOTES} == set(QUOTES)
    assert ROWS.keys() == {id for _, id, _ in QUOTES}


def test_a_figure_is_written_in_millions_with_the_sign_of_a_change():
    """Hand: 1,499,999.9 is 1 million, -62.8 million is -63, and nothing has no sign."""
    assert amounts._whole(1_499_999.9) == "1" and amounts._whole(-62.8e6, plus=True) == "-63"
    assert amounts._whole(7.2e6, plus=True) == "+7" and amounts._whole(-0.3e6, plus=True) == "0"
    assert amounts._whole(3_599_273_046) == "3,599"


@pytest.mark.parametrize(
    "id", [id for id, row in ROWS.items() if not row["edits"] + row["options"]]
)
def test_a_quoted_amount_is_that_of_today(id):
    """`python -m dashboard.reference --amounts` writes them; those of an edit or another option are
    worked out there alone, as each needs draws of its own."""
    assert amounts.figure(ROWS[id]) == ROWS[id]["shown"]


@pytest.mark.parametrize(
    ("unit", "value", "shown"),
    [
        ("working days/year", 7_220_743.1, "7.2 million"),
        ("spells/year", 144_875.8, "145,000"),
        ("share of spells", 0.7059, "71%"),
        ("calendar days", 34.83, "35"),
        ("assessments/year", 2_095.9, "2,096"),
        ("EUR/year", 3_599_273_046.0, "3,599"),
    ],
)
def test_a_published_figure_is_written_in_its_own_unit(unit, value, shown):
    after = SimpleNamespace(mean=value)
    rows = (SimpleNamespace(id="other"), SimpleNamespace(id="this", unit=unit, after=after))
    assert amounts._model_figure(SimpleNamespace(targets=rows), "this") == shown
