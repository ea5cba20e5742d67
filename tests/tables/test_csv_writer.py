"""The one writer of CSV: what is written is read back, and no spreadsheet runs a cell of it."""

import csv
import io

import numpy as np
import pandas as pd
import pytest

from models.tables.csv_writer import csv_text, frame_text, harmless, reader_text, records_text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("rugpijn", "rugpijn"),
        ("=1+1", "'=1+1"),
        ("+31", "'+31"),
        ("-1", "'-1"),
        ("−1", "'−1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1+1", "'＝1+1"),
        ("  =1+1", "  '=1+1"),
        ('"=1+1', "\"'=1+1"),
        ("rugpijn;=1+1", "rugpijn;'=1+1"),
        ("rugpijn, =1+1", "rugpijn, '=1+1"),
        ("een\t=1+1", "een =1+1"),
        ("een\r\n=cmd|'/c calc'!A0", "een =cmd|'/c calc'!A0"),
        ("10-20; 30", "10-20; 30"),
    ],
)
def test_no_text_starts_a_formula_in_any_cell(text, wanted):
    assert harmless(text) == wanted


def test_a_table_for_a_program_is_read_back_as_it_was():
    records = [{"id": "a", "note": 'say "no", or; not\nnow', "more": 1}, {"id": "=1", "note": ""}]
    text = records_text(["id", "note"], records)
    assert text == 'id,note\na,"say ""no"", or; not\nnow"\n=1,\n'
    read = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["note"] for row in read] == [row["note"] for row in records]
    with pytest.raises(KeyError):
        records_text(["id", "other"], records)


def test_numbers_of_a_frame_are_read_back_to_the_bit():
    frame = pd.DataFrame({"draw": [1, 2], "cost": [0.1 + 0.2, 1e300 / 3]})
    rows = list(csv.DictReader(io.StringIO(frame_text(frame))))
    assert [float(row["cost"]) for row in rows] == list(frame["cost"])


@pytest.mark.parametrize(
    ("lang", "row"), [("nl", "a;1234,5;2;;;true;'=1+1"), ("en", "a,1234.5,2,,,true,'=1+1")]
)
def test_a_reader_gets_the_marks_of_their_language_and_no_formula(lang, row):
    values = ["a", np.float64(1234.5), 2.0, None, float("nan"), True, "=1+1"]
    assert reader_text([values], lang) == f"{row}\r\n"
    assert reader_text([[pd.NA, 2]], lang, end="") == (";2" if lang == "nl" else ",2")
    assert reader_text([[2.0, 1.5]], "nl", "{:.2f}".format) == "2,00;1,50\r\n"


def test_a_cell_with_the_separator_is_quoted():
    assert csv_text([["a;b", "c"]], ";") == '"a;b";c\n'
