"""Levers and cost items of one's own on every page and in the workbook."""

from __future__ import annotations

from datetime import date
from gzip import decompress
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import models
from dashboard.documents.workbook import workbook
from dashboard.parts.simulator.sections import SECTIONS
from dashboard.visitor import engines
from dashboard.wording.catalogue import words_in
from dashboard.wording.row_texts import item_name
from models.tables.assumptions import Assumptions
from tests.pages.test_app import live, move
from tests.support import custom
from tests.support.custom import ITEM, LEVER
from tests.tables.test_custom_folder import MINE, PUBLISHED

ROOT = Path(__file__).parents[2]

TEXTS = "what_en,what_nl,pays_en,pays_nl"


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_page_shows_what_the_folder_adds(lang):
    """Lever, card with its own words, cost item, package; a lever without words has its label."""
    found = custom.tables()
    head, *rows = found["levers.csv"].splitlines()
    own = "Contracts avoid visits.,Contracten voorkomen bezoeken.,,"
    lines = [f"{row},{own if row.startswith(LEVER) else ',,,'}" for row in rows]
    found["levers.csv"] = "\n".join((f"{head},{TEXTS}", *lines, ""))
    worded = Assumptions.from_tables(custom.upload(found), PUBLISHED)
    said = {"nl": "Contracten voorkomen bezoeken.", "en": "Contracts avoid visits."}[lang]
    for used, there in ((worded, True), (MINE, False)):
        for name in ("overview", "simulator"):
            test = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
            test.query_params["lang"] = lang
            test.run()
            test.session_state["own_assumptions"] = used
            test.switch_page(f"dashboard/pages/{name}.py").run()
            assert not test.exception and not test.error
        told = decompress(engines.content(live(test)["engine"], f"{lang}.json")).decode()
        assert LEVER in told and (said in told) == there
        move(test, **{LEVER: 0.5})
        assert not test.exception and test.session_state[LEVER] == 0.5
        for section in SECTIONS:
            test.session_state["section"] = section
            test.run()
            assert not test.exception, section


def test_every_sheet_of_the_workbook_knows_the_new_rows():
    result = models.run({LEVER: 0.5}, assumptions=MINE, draws=20)
    for lang in ("nl", "en"):
        assert workbook(result, words_in(lang), "link", date(2026, 1, 1))
        assert item_name(words_in(lang), result.catalogue)(ITEM) == "Chiropractors"
