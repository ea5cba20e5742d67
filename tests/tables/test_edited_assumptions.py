"""Edits of the assumptions, one by one and together, and the curve of sick leave."""

from __future__ import annotations

import dataclasses
import pickle
import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import run
from models.errors import DataError, UsageError
from models.tables.assumptions import COLUMNS, VOCABULARY, Assumptions
from models.tables.folder import FOLDER, SOURCES
from tests.support import broken, custom
from tests.tables.test_assumptions import PUBLISHED, codes, upload


def test_a_reason_travels_with_the_edit_and_does_not_change_the_number(tmp_path):
    frame = PUBLISHED.frame
    frame.loc[frame["parameter"] == "price_gp", "reason"] = "Our contract price"
    edited = Assumptions.from_frame(frame, PUBLISHED)
    assert edited["price_gp"].reason == "Our contract price"
    assert edited.hash == PUBLISHED.hash and edited["price_gp"] == PUBLISHED["price_gp"]
    edited.to_folder(tmp_path)
    assert Assumptions.from_folder(tmp_path, PUBLISHED)["price_gp"].reason == "Our contract price"


def test_two_visitors_with_the_same_numbers_do_not_share_a_cached_object():
    frame = PUBLISHED.frame
    frame["reason"] = "Mine"
    mine = Assumptions.from_frame(frame, PUBLISHED)
    assert mine != PUBLISHED and mine.hash == PUBLISHED.hash
    assert run(assumptions=mine, draws=20).model.assumptions["price_gp"].reason == "Mine"
    assert run(draws=20).model.assumptions["price_gp"].reason == ""


def test_from_frame_is_as_strict_as_an_upload():
    frame = PUBLISHED.frame.astype(object)
    frame.loc[frame["parameter"] == "price_gp", "base"] = float("nan")
    frame.loc[frame["parameter"] == "price_mri", "low"] = 1e9
    frame.loc[frame["parameter"] == "price_xray", "label_nl"] = "<b>"
    with pytest.raises(DataError) as caught:
        Assumptions.from_frame(frame.iloc[1:], PUBLISHED)
    assert codes(caught.value) == {"number_empty", "order", "text_markup", "row_missing"}


def test_with_values_keeps_the_range_in_proportion():
    row = PUBLISHED.with_values({"price_gp": 2 * PUBLISHED["price_gp"].base})["price_gp"]
    assert row.low == pytest.approx(2 * PUBLISHED["price_gp"].low)
    assert row.high == pytest.approx(2 * PUBLISHED["price_gp"].high)
    assert PUBLISHED.with_values({"price_gp": 0})["price_gp"].distribution == "fixed"


@pytest.mark.parametrize("value", [-1, 1e14, float("nan"), float("inf"), True, "33", None, []])
def test_an_impossible_value_is_refused(value):
    with pytest.raises(UsageError, match="price_gp"):
        PUBLISHED.with_values({"price_gp": value})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("days_week", 0), ("weeks_year", 0), ("mac_ageing_years", 0), ("sl_S4", 0.6)),
        *(("wia_delay_years", 1e13), ("wia_delay_years", 1.5), ("first_year", 1e13)),
        *(("use_xray", 1.1), ("mac_pop", 1e9), ("pay_uwv", 1)),
    ],
)
def test_values_that_would_break_the_sums_are_refused(name, value):
    with pytest.raises(UsageError, match=name):
        PUBLISHED.with_values({name: value})


def with_knot(folder, name: str, base: float) -> Assumptions:
    """The published assumptions with one more point of the curve, in a range of a tenth about it.

    Read as `data/` itself is: without a baseline that says which parameters there are.
    """
    table = folder / "work.csv"
    lines = table.read_text(encoding="utf-8").splitlines()
    row = next(line for line in lines if line.startswith("sl_S6,"))
    own = row.replace("sl_S6", name, 1)
    own = own.replace(",0.26,0.18,0.36,", f",{base},{base * 0.95:.4g},{base * 1.05:.4g},", 1)
    assert own != row
    table.write_text("\n".join((*lines, own, "")), encoding="utf-8")
    shutil.copy(FOLDER.parent / SOURCES, folder)
    return Assumptions.from_folder(folder)


@pytest.mark.parametrize(
    ("name", "base", "code", "column"),
    [
        ("sl_S8", 0.9, "falling", "base"),  # above the 0.26 of week 6
        ("sl_S8", 0.26, "falling", "base"),  # as high as week 6
        ("sl_S8", 0.15, "falling", "base"),  # below the 0.16 of week 12, which is then too high
        ("sl_S130", 0.02, "falling", "base"),  # above the 0.012 of week 104
        ("sl_S1", 0.4, "falling", "base"),  # below the 0.5 of week 2
        ("sl_S08", 0.2, "knot_name", "parameter"),
        ("sl_S0", 0.9, "knot_name", "parameter"),
    ],
)
def test_a_point_of_the_curve_that_is_added_is_checked_too(folder, name, base, code, column):
    with pytest.raises(DataError) as caught:
        with_knot(folder, name, base)
    wrong = next(one for one in caught.value.findings if one.code == code)
    assert (wrong.file, wrong.column) == ("work.csv", column) and wrong.row
    after = {"sl_S1": "sl_S2", "sl_S8": "sl_S12" if base < 0.16 else "sl_S8"}
    assert wrong.key == after.get(name, name)
    for lang in ("en", "nl"):
        assert wrong.key in wrong.message(lang) and wrong.message(lang).count(";") >= 2


def test_a_point_that_falls_is_taken_up_and_no_drawn_curve_rises(folder):
    used = with_knot(folder, "sl_S8", 0.22)
    drawn = run(assumptions=used, draws=1_000).model.p
    assert (drawn["sl_S6"] > drawn["sl_S8"]).all() and (drawn["sl_S8"] > drawn["sl_S12"]).all()


@pytest.mark.parametrize(("name", "base"), [("sl_S8", 0.9), ("sl_S130", 0.01)])
def test_an_upload_cannot_add_a_point_that_rises_or_moves_the_end_of_wage_payment(name, base):
    """A new parameter is let in where a table uses it, here as the strength of a lever."""
    row = f"{name},Absent,Afwezig,{base},{base / 2},{base * 1.01},95%,beta,share of spells,,work,"
    row += "expert_guess,Made up,expert_guess,red,Made up for a test"
    tables = custom.tables()
    tables[custom.OWN] += f"{row}\n"
    tables["lever_effects.csv"] += f"{custom.LEVER},vol_gp_acute,reduce,{name},,Made up,\n"
    with pytest.raises(DataError) as caught:
        Assumptions.from_tables(custom.upload(tables), PUBLISHED)
    wrong = next(one for one in caught.value.findings if one.code in ("falling", "knot_late"))
    assert (wrong.file, wrong.key) == (custom.OWN, name) and wrong.row == 7


def test_an_unknown_parameter_gets_the_nearest_names():
    with pytest.raises(UsageError, match="price_gp"):
        PUBLISHED.with_values({"price_gb": 1})


def test_equality_hashing_and_pickling():
    copy = pickle.loads(pickle.dumps(PUBLISHED))
    assert copy == PUBLISHED and hash(copy) == hash(PUBLISHED)
    assert PUBLISHED.with_values({"price_gp": 34}) != PUBLISHED
    with pytest.raises(TypeError):
        PUBLISHED["price_gp"] = 1
    with pytest.raises(dataclasses.FrozenInstanceError):
        PUBLISHED["price_gp"].base = 1


CELLS = st.one_of(
    st.text(max_size=20),
    st.text("0123456789.,-e%", max_size=8),
    st.sampled_from([word for words in VOCABULARY.values() for word in words]),
    st.sampled_from(["=1+1", "<b>", "NA", "1-feb", "", "1e400", "price_gp", "2024"]),
)


@settings(max_examples=600, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30), st.sampled_from(COLUMNS), CELLS), max_size=3))
def test_any_edit_of_a_table_is_refused_or_can_be_run(edits):
    table = broken.rows(broken.PUBLISHED)
    for row, column, text in edits:
        table[1 + row % (len(table) - 1)][table[0].index(column)] = text
    try:
        edited = upload(broken.written(table))
    except DataError as error:
        assert all(one.file for one in error.findings)
        return
    for name, row in edited.items():
        known = PUBLISHED[name]
        assert (row.unit, row.group, row.price_year) == (known.unit, known.group, known.price_year)
        assert row.low <= row.base <= row.high and row.support[0] <= row.low


def test_edits_as_values_give_the_same_numbers_again():
    edited = PUBLISHED.with_values({"price_gp": 40.0, "sl_share": (0.3, 0.1, 0.5)})
    assert (edited["sl_share"].low, edited["sl_share"].base, edited["sl_share"].high) == (
        0.1,
        0.3,
        0.5,
    )
    values, rows, tables = edited.as_values(PUBLISHED)
    assert values == {"price_gp": 40.0, "sl_share": (0.3, 0.1, 0.5)} and rows == tables == ()
    assert PUBLISHED.with_values(values).hash == edited.hash


def test_a_range_that_cannot_be_is_refused():
    for wrong in ((0.3, 0.4, 0.5), (0.3, 0.1, 1.5), (0.3, 0.1)):
        with pytest.raises(UsageError, match="sl_share|low"):
            PUBLISHED.with_values({"sl_share": wrong})


def test_what_values_cannot_express_is_named():
    frame = PUBLISHED.frame
    frame.loc[frame["parameter"] == "sl_share", "distribution"] = "gamma"
    edited = Assumptions.from_frame(frame, PUBLISHED)
    assert edited.as_values(PUBLISHED) == ({}, ("sl_share",), ())
