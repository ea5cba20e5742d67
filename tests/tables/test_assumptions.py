"""The assumptions: the published ones, an upload, an edit, and the way there and back.

Long: one table of wrong cells and what is said of each.
"""

from __future__ import annotations

import dataclasses
import pickle
import shutil
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import run
from models.errors import DataError, UsageError
from models.tables.assumptions import COLUMNS, VOCABULARY, Assumptions
from models.tables.folder import FOLDER, SOURCES
from tests.support import broken, custom

PUBLISHED = Assumptions.default()


@pytest.fixture
def folder(tmp_path):
    copy = tmp_path / "mine"
    shutil.copytree(FOLDER, copy)
    return copy


def upload(data: bytes) -> Assumptions:
    """One table as the page gets it."""
    return Assumptions.from_tables([(broken.TABLE, data)], PUBLISHED, complete=False)


def codes(error: DataError) -> set[str]:
    return {one.code for one in error.findings}


# -- the published assumptions ----------------------------------------------------------------


@pytest.mark.parametrize("name", PUBLISHED)
def test_a1_every_assumption_has_unit_source_and_both_labels(name):
    row = PUBLISHED[name]
    assert row.unit and row.label_en and row.label_nl
    assert not PUBLISHED.sources or row.source in PUBLISHED.sources


def test_a2_low_base_high_are_in_order_and_equal_only_when_fixed():
    for row in PUBLISHED.values():
        assert row.low <= row.base <= row.high
        assert row.low < row.high or row.distribution == "fixed"


def test_a3_a4_a13_values_lie_in_the_support_of_their_unit():
    for row in PUBLISHED.values():
        lower, upper = row.support
        assert lower <= row.low and row.high <= upper
        if row.unit.startswith("EUR"):
            assert row.low >= 0 and row.distribution != "normal"


def test_a10_written_and_read_again_it_is_the_same(folder):
    PUBLISHED.to_folder(folder)
    again = Assumptions.from_folder(folder, PUBLISHED)
    assert again == PUBLISHED and again.hash == PUBLISHED.hash
    assert run(assumptions=again, draws=50).to_json() == run(draws=50).to_json()


def test_a11_order_of_rows_columns_and_tables_does_not_matter():
    frame = PUBLISHED.frame.sample(frac=1, random_state=1)
    frame = frame[list(reversed(frame.columns))]
    assert Assumptions.from_frame(frame, PUBLISHED).hash == PUBLISHED.hash


def test_the_frame_is_a_copy():
    frame = PUBLISHED.frame
    frame["base"] = 1e9
    assert Assumptions.from_frame(PUBLISHED.frame, PUBLISHED).hash == PUBLISHED.hash


# -- tables from outside ----------------------------------------------------------------------


@pytest.mark.parametrize("name", broken.BROKEN)
def test_a_broken_table_is_refused_by_name(name):
    how, code, column = broken.BROKEN[name]
    data = how(broken.PUBLISHED)
    start = time.process_time()
    with pytest.raises(DataError) as caught:
        upload(data)
    assert time.process_time() - start < 4
    named = [one for one in caught.value.findings if one.code == code and one.file]
    # how much csv reads of one cell is a setting of the whole process, which frictionless raises
    columns = (column, "note") if name == "a big cell" else (column,)
    assert any(one.column in columns for one in named), caught.value.lines()
    assert (
        all(one.row for one in named)
        or code in ("row_missing",)
        or code.startswith(("file", "encoding", "rows"))
    )
    assert all(line.isprintable() for line in caught.value.lines())


@pytest.mark.parametrize("name", broken.BENIGN)
def test_a_benign_table_is_understood(name):
    assert upload(broken.BENIGN[name](broken.PUBLISHED)).hash == PUBLISHED.hash


def test_all_that_is_wrong_in_all_tables_is_said_at_once(folder):
    for table, parameter in (("prices.csv", "price_gp"), ("care.csv", "use_xray")):
        path = folder / table
        path.write_bytes(broken.cell("base", "veel", parameter)(path.read_bytes()))
    (folder / "work.csv").unlink()
    with pytest.raises(DataError) as caught:
        Assumptions.from_folder(folder, PUBLISHED)
    assert codes(caught.value) == {"number_form", "table_missing"}
    assert len(caught.value.findings) == 3


def test_what_is_wrong_is_quoted_as_the_file_has_it():
    wrong = broken.in_dutch("base", "1.500,5")(broken.PUBLISHED)
    with pytest.raises(DataError, match='found "30,84 / 1.500,5 / 45,57"'):
        upload(wrong)


def test_a_missing_row_is_named_in_the_file_that_lacks_it():
    short = broken.grid(lambda table: table.pop(1))(broken.PUBLISHED)
    with pytest.raises(DataError, match="mine.csv, price_gp: found nothing; "):
        Assumptions.from_tables([("mine.csv", short)], PUBLISHED, complete=False)


def test_a_name_that_is_written_otherwise_is_not_asked_for_again():
    with pytest.raises(DataError) as caught:
        upload(broken.cell("parameter", "priсe_gp")(broken.PUBLISHED))
    assert codes(caught.value) == {"id_form", "id_alike"}


def test_five_thousand_wrong_rows_take_no_longer_than_twenty():
    table = [broken.rows(broken.PUBLISHED)[0]]
    example = broken.rows(broken.PUBLISHED)[1]
    for number in range(1000):
        table.append([f"pryce_{number}", *example[1:]])
        table[-1][table[0].index("source")] = f"tatoheene_{number}"
    start = time.process_time()
    with pytest.raises(DataError):
        upload(broken.written(table))
    assert time.process_time() - start < 2


def test_a_single_table_is_laid_over_the_baseline():
    edited = upload(broken.cell("base", "35")(broken.PUBLISHED))
    assert len(edited) == len(PUBLISHED) and edited["price_gp"].base == 35
    changed = [name for name in edited if edited[name] != PUBLISHED[name]]
    assert changed == ["price_gp"]
    assert run(assumptions=edited, draws=20).headline["base_case_total"]["mean"] > 0


def test_a_partition_is_checked_across_tables():
    data = (FOLDER / "insurance.csv").read_bytes()
    data = broken.cell("high", "0.99", "ins_physio_cover")(data)
    data = broken.cell("base", "0.98", "ins_physio_cover")(data)
    with pytest.raises(DataError) as caught:
        Assumptions.from_tables([("insurance.csv", data)], PUBLISHED, complete=False)
    assert codes(caught.value) == {"partition"}


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda f: (f / "prices.csv").unlink(), "table_missing"),
        (lambda f: (f / "extra.csv").write_text("a,b\n1,2\n"), "header_other"),
        (lambda f: shutil.copy(f / "prices.csv", f / "prices (1).csv"), "id_twice"),
        (lambda f: (f / "prices.xlsx").write_bytes(b"PK\x03\x04"), "file_unexpected"),
        (lambda f: (f / "prices.ods").write_bytes(b"PK\x03\x04"), "file_unexpected"),
        (lambda f: (f / "prices.csv.bak").write_text("x"), "file_unexpected"),
        (lambda f: (f / "map.csv").mkdir(), "file_missing"),
        (lambda f: (f / "loop.csv").symlink_to("loop.csv"), "file_missing"),
        (lambda f: [one.unlink() for one in f.iterdir()], "folder_empty"),
        (lambda f: [(f / f"{n}.csv").write_text("") for n in range(80)], "folder_crowded"),
        (lambda f: [(f / f"{n}.csv").write_bytes(b" " * 10**6) for n in range(5)], "file_large"),
        (lambda f: (f / SOURCES).write_text("key,title\na,b\n"), "header_other"),
        (lambda f: (f / "readonly.csv").write_bytes(b""), "file_empty"),
    ],
    ids=range(13),
)
def test_a_broken_folder_is_refused(folder, make, code):
    make(folder)
    with pytest.raises(DataError) as caught:
        Assumptions.from_folder(folder, PUBLISHED)
    assert code in codes(caught.value)


def test_what_may_lie_beside_the_tables(folder):
    for name in ("README.md", "datapackage.json", ".DS_Store", "~$prices.xlsx", "LICENSE"):
        (folder / name).write_text("x")
    (folder / "figures").mkdir()
    assert Assumptions.from_folder(folder, PUBLISHED).hash == PUBLISHED.hash


def test_a_folder_that_is_not_there(tmp_path):
    for path in (tmp_path / "none", tmp_path / ("x" * 300), "\x00"):
        with pytest.raises(DataError) as caught:
            Assumptions.from_folder(path, PUBLISHED)
        assert codes(caught.value) == {"file_missing"}


def test_sources_of_an_upload_are_added_to_the_published_ones(folder):
    own = b"key,authors,title,year,publisher,url,licence,accessed,note\nmine,,Own count,2025,,,,,\n"
    (folder / SOURCES).write_bytes(own)
    path = folder / "prices.csv"
    path.write_bytes(broken.cell("source", "mine")(path.read_bytes()))
    edited = Assumptions.from_folder(folder, PUBLISHED)
    assert edited["price_gp"].source == "mine" and "mine" in edited.sources
    assert set(PUBLISHED.sources) < set(edited.sources)


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("url", "javascript:alert(1)", "link_form"),
        ("url", "ftp://a.nl", "link_form"),
        ("url", "https://a.nl/<b>", "link_form"),
        ("title", "=1+1", "text_formula"),
        ("title", "", "text_empty"),
        ("title", "<b>x</b>", "text_markup"),
        ("key", "a b", "id_form"),
        ("note", "a\u202eb", "cell_control"),
    ],
)
def test_a_broken_source_is_refused(folder, column, text, code):
    columns = "key,authors,title,year,publisher,url,licence,accessed,note".split(",")
    row = dict.fromkeys(columns, "") | {"key": "mine", "title": "Own count", column: text}
    (folder / SOURCES).write_bytes(broken.written([columns, list(row.values())]))
    with pytest.raises(DataError) as caught:
        Assumptions.from_folder(folder, PUBLISHED)
    assert any(one.code == code and one.column == column for one in caught.value.findings)


# -- edits ------------------------------------------------------------------------------------


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


# -- the curve of sick leave ----------------------------------------------------------------------


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
