"""The table of changes: what is shown adds up, by payer and by cost item."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import models
from dashboard.parts import change_table
from dashboard.wording import row_texts
from dashboard.wording.catalogue import LANGUAGES, Words
from tests.pages.test_simulator import EVERY, PACKAGE, Tables, millions


@EVERY
@pytest.mark.parametrize("by", ["payer", "cost_item"])
def test_shown_parts_and_rounding_make_the_shown_total(lang, by):
    result = models.run(PACKAGE, draws=500)
    words = Words(lang)
    name = (row_texts.payer_name if by == "payer" else row_texts.item_name)(words)
    text = change_table.change_table(result, by, "caption", name, words)
    rows = Tables(text).found["caption"][1:]
    for column in (1, 2, 4):
        *parts, total = (millions(row[column], lang) for row in rows)
        assert sum(parts) == total


@given(st.lists(st.floats(-5e9, 5e9), min_size=1, max_size=12), st.sampled_from(LANGUAGES))
def test_the_rest_of_rounding_is_what_is_missing(parts, lang):
    whole = sum(parts)
    rest = millions(change_table.rounding_rest(parts, whole, lang), lang)
    assert sum(round(part / 1e6) for part in parts) + rest == round(whole / 1e6)
