"""Typed rows are checked as an upload is; the Dutch tables load again to the same hash."""

import csv
import dataclasses
import io

import pytest

import models
from models.errors import DataError
from models.tables.assumptions import Assumptions
from models.tables.csv_writer import MARK
from models.tables.edits import as_typed, dutch, typed, with_rows
from tests.support import broken_cells

A = models.load_assumptions()
REASON = {"reason": "Eigen telling"}


def refused(name: str, cells: dict, decimal: str = ".") -> dict[str, str]:
    with pytest.raises(DataError) as found:
        typed(A, name, cells, decimal)
    assert all(one.row is None and not one.file and one.key == name for one in found.value.findings)
    return {one.column: one.code for one in found.value.findings}


def test_a_typed_row_is_that_row():
    row = typed(A, "price_gp", {"base": "40", "low": "35,5", "high": "1.050,25"} | REASON, ",")
    wanted = dataclasses.replace(A["price_gp"], base=40.0, low=35.5, high=1050.25)
    assert row == wanted and row.reason == "Eigen telling"


@pytest.mark.parametrize("name", A)
@pytest.mark.parametrize("decimal", [".", ","])
def test_what_the_form_shows_is_the_row_itself(name, decimal):
    row = A[name]
    cells = {column: as_typed(getattr(row, column), decimal) for column in ("base", "low", "high")}
    assert typed(A, name, cells, decimal) == row


NUMBERS = [(text, code) for code, texts in broken_cells.NUMBERS.items() for text in texts]
IN_DUTCH = [(text, code) for code, texts in broken_cells.IN_DUTCH.items() for text in texts]
REASONS = [(text, code) for code, texts in broken_cells.NOTES.items() for text in texts]


@pytest.mark.parametrize(("text", "code"), NUMBERS)
def test_a_wrong_number_is_refused_as_in_a_file(text, code):
    assert refused("price_gp", {"base": text}) == {"base": code}


@pytest.mark.parametrize(("text", "code"), IN_DUTCH)
def test_a_wrong_number_is_refused_in_dutch(text, code):
    assert refused("price_gp", {"base": text}, ",") == {"base": code}


@pytest.mark.parametrize(("text", "code"), REASONS)
def test_a_wrong_reason_is_refused(text, code):
    assert refused("price_gp", {"reason": text}) == {"reason": code}


def test_all_that_is_wrong_is_said_at_once():
    cells = {"base": "veel", "low": "", "high": "NA", "reason": "=1+1"}
    found = {"base": "number_form", "low": "number_empty", "high": "number_word"}
    assert refused("price_gp", cells) == found | {"reason": "text_formula"}


@pytest.mark.parametrize("base", ["30", "46"])
def test_a_value_lies_within_its_range(base):
    assert refused("price_gp", {"base": base}) == {"low": "order"}


def test_rows_must_be_possible_together():
    row = typed(A, "sl_S12", {"base": "0.9", "high": "0.95"}, ".")
    with pytest.raises(DataError, match="sl_S6"):
        with_rows(A, [row])
    shifted = [dataclasses.replace(A["price_gp"], base=35.0)]
    edited = with_rows(A, shifted)
    assert edited["price_gp"].base == 35 and with_rows(edited, [A["price_gp"]]) == A


def test_dutch_tables_load_again_to_the_same_hash():
    edited = with_rows(A, [dataclasses.replace(A["price_gp"], base=35.25, reason="Eigen; telling")])
    tables = dutch(edited.to_tables())
    again = Assumptions.from_tables(list(tables.items()), A)
    assert again == edited and again["price_gp"].reason == "Eigen; telling"
    for data in tables.values():
        assert data.startswith(MARK["nl"].encode()) and b"\r\n" in data
    header = tables["prices.csv"].removeprefix(MARK["nl"].encode()).decode().partition("\r\n")[0]
    assert header.startswith("parameter;label_en;")
    assert b";35,25;" in tables["prices.csv"]


@pytest.mark.parametrize("published", [A.to_tables(), dutch(A.to_tables())], ids=["en", "nl"])
def test_no_cell_is_a_formula_for_a_spreadsheet(published):
    for data in published.values():
        sign = ";" if data.startswith(MARK["nl"].encode()) else ","
        for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=sign):
            for cell in row:
                number = cell.lstrip("-").replace(",", ".").replace(".", "", 1).isdigit()
                assert number or cell[:1] not in tuple("=+-@\t\r"), cell
