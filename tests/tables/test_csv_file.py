"""Reading tables from outside: what is refused, what is understood, and nothing in between."""

from __future__ import annotations

import os
import string
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from models.errors import MAX_FINDINGS, DataError, Findings, finding, messages, shown
from models.similar_names import nearest, skeleton
from models.tables.cell_values import parse_number, text_problem
from models.tables.csv_file import read_table

COLUMNS = ("name", "value")
TABLE = b"name,value\na,1\nb,2.5\n"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("0", 0), ("-0", 0), ("7", 7), ("-0.5", -0.5), ("1234.56", 1234.56), (" 12 ", 12)),
        *(("1e-05", 1e-5), ("2.5e3", 2500), ("0.1", 0.1), ("4000000000", 4e9)),
    ],
)
def test_numbers_with_a_point(text, value):
    assert parse_number(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("0", 0), ("-0,5", -0.5), ("1234,56", 1234.56), ("1.234,56", 1234.56)),
        *(("1.234", 1234), ("2.000", 2000), ("1.234.567", 1_234_567), ("0,125", 0.125)),
    ],
)
def test_numbers_with_a_comma(text, value):
    assert parse_number(text, decimal=",") == value


@settings(max_examples=3000, deadline=None)
@given(
    st.one_of(
        st.text(max_size=40),
        st.text("0123456789.,-+eE_ \u00a0#/%'١²", max_size=12),
        st.floats(allow_nan=True).map(repr),
    ),
    st.sampled_from(".,"),
)
@example("1_000", ".")
@example("١٢", ".")
@example("1.0735", ",")
def test_a_number_is_read_as_its_digits_say_or_refused(text, decimal):
    try:
        value = parse_number(text, decimal=decimal)
    except DataError as error:
        (one,) = error.findings
        assert one.code.startswith("number_") and one.message() and one.message("nl")
        return
    plain = text.strip(" \u00a0\u202f")
    plain = plain.replace(".", "").replace(",", ".") if decimal == "," else plain
    assert plain.isascii() and value == float(plain) and abs(value) <= 1e13


@settings(max_examples=1000, deadline=None)
@given(st.floats(min_value=-1e12, max_value=1e12).filter(lambda x: x == 0 or abs(x) > 1e-11))
def test_a_number_as_the_programme_writes_it_is_read_back(value):
    from models.tables.rows import cell

    assert parse_number(cell(value)) == value
    assert parse_number(repr(value)) == value


def read(data: bytes, **options) -> list[dict]:
    return read_table(data, name="t.csv", required=COLUMNS, **options)


@settings(max_examples=2500, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=120).map(str.encode)))
@example(b"name,value\n\x00,1\n")
@example(b'"\n')
@example(b"name;value\r")
def test_any_bytes_give_rows_or_findings(data):
    try:
        rows = read(data)
    except DataError as error:
        assert error.findings and error.lines() and error.lines("nl")
        assert all(line.isprintable() for line in error.lines())
        return
    assert all(row["name"].isprintable() for row in rows)


@settings(max_examples=1500, deadline=None)
@given(st.data())
def test_a_table_that_is_cut_and_patched_never_surprises(data):
    text = bytearray(TABLE)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(text)))
        gone = data.draw(st.integers(0, 3))
        text[place : place + gone] = data.draw(st.binary(max_size=3))
    try:
        rows = read(bytes(text))
    except DataError as error:
        assert all(one.file == "t.csv" for one in error.findings)
        return
    assert rows and all(
        set(row) == {*COLUMNS, "__row__", "__file__", "__decimal__"} for row in rows
    )


@settings(max_examples=1000, deadline=None)
@given(
    st.lists(
        st.tuples(st.text(min_size=1, max_size=8), st.floats(-1e9, 1e9)), min_size=1, max_size=5
    ),
    st.sampled_from([(",", "\n"), (",", "\r\n"), (";", "\r\n")]),
    st.sampled_from(["utf-8", "utf-8-sig"]),
)
def test_what_is_written_is_read(cells, way, encoding):
    import csv
    import io

    cells = [(name, value) for name, value in cells if name.strip() == name]
    if not cells or any(text_problem(name) or "\ufffd" in name or not name for name, _ in cells):
        return
    separator, end = way
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=separator, lineterminator=end)
    writer.writerow(COLUMNS)
    for name, value in cells:
        number = f"{value:.6f}"
        writer.writerow((name, number.replace(".", ",") if separator == ";" else number))
    rows = read(stream.getvalue().encode(encoding))
    assert [row["name"] for row in rows] == [name for name, _ in cells]
    for row, (_, value) in zip(rows, cells, strict=True):
        assert parse_number(row["value"], decimal=row["__decimal__"]) == float(f"{value:.6f}")


def test_rows_carry_their_place():
    first, second = read(TABLE)
    assert (first["__row__"], second["__row__"], first["__file__"]) == (2, 3, "t.csv")
    assert read(b"name;value\na;1,5\n")[0]["__decimal__"] == ","


def test_everything_wrong_is_said_at_once():
    with pytest.raises(DataError) as caught:
        read(b"name,value\na,1,2\n\nb\x00,2\nc\n")
    assert [one.row for one in caught.value.findings] == [2, 3, 4, 5]


def test_twenty_are_said_and_the_rest_is_counted():
    findings = Findings()
    for row in range(60):
        findings.add("row_empty", file="t.csv", row=row)
    lines = DataError(findings).lines()
    assert len(lines) == MAX_FINDINGS + 1 and lines[-1] == "and 40 more"
    assert DataError(findings).lines("nl")[-1] == "en nog 40"


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_message_has_two_languages_with_the_same_fields():
    english, dutch = messages("en"), messages("nl")
    assert list(english) == list(dutch) and len(english) > 100
    for code, parts in english.items():
        assert {name: fields(text) for name, text in parts.items()} == {
            name: fields(text) for name, text in dutch[code].items()
        }, code


@pytest.mark.parametrize("code", sorted(set(messages("en")) - {"words"}))
def test_a_finding_is_one_line_in_both_languages(code):
    values = dict.fromkeys(set().union(*map(fields, messages("en")[code].values())), "x")
    values.pop("column", None)
    assert not any("\n" in finding(code, **values).message(lang) for lang in ("en", "nl"))


def test_an_invisible_character_is_shown_as_its_number():
    assert shown("a\u202eb\n\x1b[31m") == "a\\u202eb\\u000a\\u001b[31m"
    assert len(shown("x" * 1000)) < 70
    assert shown("\ud800") == "\\ud800"


def test_what_looks_alike_has_one_skeleton():
    assert skeleton("priсe_gp") == skeleton("PRICE GP") == skeleton("price-gp")
    assert nearest("pryce_gp", ["use_xray", "price_gp"])[0] == "price_gp"
    assert nearest("pryce_gp", ["use_xray", "price_gp"], likeness=0.6) == ["price_gp"]
    assert nearest("gp", ["use_xray", "price_gp"])[0] == "price_gp"
    assert nearest("xray", ["mri_share", "xray_share"])[0] == "xray_share"
    assert nearest("x" * 10_000, ["price_gp"]) == []


@pytest.mark.parametrize("kind", ["missing", "folder", "loop", "pipe", "dangling"])
def test_only_a_regular_file_is_read(tmp_path, kind):
    path = tmp_path / "t.csv"
    if kind == "folder":
        path.mkdir()
    elif kind in ("loop", "dangling"):
        path.symlink_to("t.csv" if kind == "loop" else "nowhere")
    elif kind == "pipe":
        if not hasattr(os, "mkfifo"):
            pytest.skip("no pipes on this system")
        os.mkfifo(path)
    with pytest.raises(DataError) as caught:
        read_table(path, required=COLUMNS)
    assert caught.value.findings[0].code == "file_missing"


@pytest.mark.parametrize(
    "data",
    [
        b"name,value\n" + b"\x00,\x00\n" * 5000,
        b'name,value\n"' + b"a" * 1_900_000,
        b'name,value\n"' + b'""' * 900_000,
        b"name,value\n" + b"," * 1_900_000,
        b"name,value\n" + b"\n" * 1_900_000,
        b"name,value\n" + b'"' * 1_900_001,
        b"name,value\n" + "\u202e,1\n".encode() * 5000,
        b'"' * 1_900_000,
        b"\xff" * 1_900_000,
        b"a," * 900_000,
    ],
    ids=range(10),
)
def test_a_file_made_to_be_slow_is_refused_soon(data):
    start = time.process_time()
    with pytest.raises(DataError):
        read(data)
    assert time.process_time() - start < 4


def test_rows_after_a_sea_of_empty_ones_are_not_lost():
    with pytest.raises(DataError) as caught:
        read(TABLE + b"\n" * 30_000 + b"c,3\n")
    assert caught.value.findings[0].code == "rows_many"
