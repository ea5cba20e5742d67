"""Who says this: nothing is made up about the maker, and the answers hold the run's figures."""

import tomllib
from datetime import date

import pytest

import models
from dashboard.documents.brief import brief
from dashboard.wording import about
from dashboard.wording.catalogue import LANGUAGES, words_in
from models.paths import DATA
from tests.pages.test_app import html, page

EVERY = pytest.mark.parametrize("lang", LANGUAGES)
RESULT = models.run(draws=300)


@EVERY
def test_what_nobody_filled_in_is_said_to_be_so(lang, monkeypatch):
    words = words_in(lang)
    empty = words("about.empty")
    nobody = {"maker": {"name": "", "published": ""}, "accessibility": {"status": ""}}
    monkeypatch.setattr(about, "filled_in", lambda: nobody)
    assert about.rows("accessibility", words) == [
        (words("about.field.accessibility.status"), empty)
    ]
    assert about.identity(words).count(empty) == 2
    somebody = nobody | {"maker": {"name": "A. Maker", "published": "2026-12-01"}}
    monkeypatch.setattr(about, "filled_in", lambda: somebody)
    line = about.identity(words)
    assert "A. Maker" in line and "2026-12-01" in line and empty not in line
    assert models.VERSION in line


def test_every_field_of_the_file_has_its_name_in_both_languages():
    fields = tomllib.loads((DATA / "maker.toml").read_text(encoding="utf-8"))
    for part, names in fields.items():
        for name in names:
            assert all(f"about.field.{part}.{name}" in words_in(lang) for lang in LANGUAGES)


@EVERY
def test_the_answers_hold_the_figures_of_the_run(lang):
    """937 million, 3.5 and 4 billion are rows of the assumptions; the rest is of the result."""
    words = words_in(lang)
    found = {title: (text, cited) for title, text, cited in about.why(RESULT, words)}
    assert len(found) == 5
    text = " ".join(text for text, _ in found.values())
    point = "," if lang == "nl" else "."
    assert "937" in text and f"3{point}5" in text and f"4{point}0" in text
    headline = RESULT.headline["base_case_total"]["mean"] / 1e9
    assert f"{headline:.1f}".replace(".", point) in text
    cited = [row["key"] for _, rows in found.values() for row in rows]
    assert set(cited) == {key for keys in about.WHY.values() for key in keys}


@EVERY
def test_the_line_stands_on_the_page_and_in_the_brief(lang):
    shown = page("about", lang=lang)
    assert not shown.exception
    words = words_in(lang)
    assert about.identity(words) in html(shown)
    assert words("about.privacy_text") in html(shown)
    assert about.identity(words) in brief(RESULT, words, "http://localhost", date(2026, 1, 2))
