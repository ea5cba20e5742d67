"""The Dutch download through a Dutch LibreOffice: every table comes back with the same numbers."""

import dataclasses

import pytest

import models
from dashboard.assumptions import upload
from models.tables.edits import dutch
from tests.support.calc import as_dutch_excel, edit_cell, office

A = models.load_assumptions()
EDIT = ("price_gp", "33,12", "44,12")
WANTED = dataclasses.replace(A["price_gp"], base=44.12)


def read(data: bytes) -> upload.Edits:
    assumptions = upload.read(data, "prices.csv", A).assumptions
    assert assumptions["price_gp"] == WANTED
    return upload.changes(A, assumptions)


def test_one_cell_as_dutch_excel_saves_it():
    data = as_dutch_excel(dutch(A.to_tables())["prices.csv"], *EDIT)
    assert read(data) == upload.Edits(("price_gp",), (), (), (), ())


@pytest.mark.skipif(not office(), reason="no LibreOffice: neither soffice nor libreoffice is here")
def test_one_cell_in_libreoffice(tmp_path):
    table = tmp_path / "prices.csv"
    table.write_bytes(dutch(A.to_tables())["prices.csv"])
    data = edit_cell(table, *EDIT, tmp_path / "office")
    assert read(data) == upload.Edits(("price_gp",), (), (), (), ())
