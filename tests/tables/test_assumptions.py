"""The assumptions: the published ones, an upload, an edit, and the way there and back."""

from __future__ import annotations

import shutil
import time

import pytest

from models import run
from models.errors import DataError
from models.tables.assumptions import Assumptions
from models.tables.folder import FOLDER, SOURCES
from tests.support import broken

PUBLISHED = Assumptions.default()


def upload(data: bytes) -> Assumptions:
    """One table as the page gets it."""
    return Assumptions.from_tables([(broken.TABLE, data)], PUBLISHED, stays="rows")


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
    assert all(one.row for one in named) or code.startswith(("file", "encoding", "rows"))
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
        Assumptions.from_tables([("mine.csv", short)], PUBLISHED)


@pytest.mark.parametrize("part", ["a row less", "half of it", "three columns", "semicolons"])
def test_rows_and_columns_that_a_single_table_lacks_stay_as_published(part):
    """Two thirds of 33.12 is 22.08; low and high, 30.84 and 45.57, follow: 20.56 and 30.38."""
    short = {
        "a row less": broken.grid(lambda table: table.pop(1))(broken.PUBLISHED),
        "half of it": broken.PUBLISHED[: len(broken.PUBLISHED) // 2].rpartition(b"\n")[0] + b"\n",
        "three columns": b"reason,base,parameter\nmine,22.08,price_gp\n",
        "semicolons": b"parameter;base\nprice_gp;22,08\n",
    }[part]
    mine = upload(short)
    changed = [name for name in PUBLISHED if mine[name] != PUBLISHED[name]]
    if part in ("a row less", "half of it"):
        assert mine.hash == PUBLISHED.hash
    else:
        row = mine["price_gp"]
        assert changed == ["price_gp"] and row.unit == PUBLISHED["price_gp"].unit
        assert (row.base, row.low, row.high) == pytest.approx((22.08, 20.56, 30.38))


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
        Assumptions.from_tables([("insurance.csv", data)], PUBLISHED, stays="rows")
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
