"""The claim checker: counted, filtered, linked, exported; nothing runs in a spreadsheet."""

import csv
import io
from dataclasses import replace

import pytest

import models
from dashboard.templates import claim_card
from dashboard.wording import claims
from dashboard.wording.catalogue import LANGUAGES, words_in
from tests.pages.test_app import app, html, page

RESULT = models.run(draws=200)
EVERY = pytest.mark.parametrize("lang", LANGUAGES)


def exported(found, lang: str) -> list[dict]:
    text = claims.export(found, RESULT, words_in(lang))
    assert text.startswith(b"\xef\xbb\xbf") == (lang == "nl")  # Dutch Excel needs the mark
    return list(
        csv.DictReader(
            io.StringIO(text.decode("utf-8-sig")), delimiter=";" if lang == "nl" else ","
        )
    )


@EVERY
def test_verdicts_add_up(lang):
    every = claims.claims(lang)
    assert claims.counts(every) == {
        "agrees": 18, "differs_by_definition": 15, "no_source_found": 8,
    }  # fmt: skip
    assert sum(claims.counts(every).values()) == len(every) == 41


def test_filters_narrow_and_combine():
    every = claims.claims("en")
    assert claims.chosen(every, [], None, "") == list(every)
    definitions = claims.chosen(every, ["differs_by_definition"], "1", "billion")
    assert [claim.id for claim in definitions] == ["total_cost"]
    assert {c.question for c in claims.chosen(every, [], "4", "")} == {"4"}
    assert [c.id for c in claims.chosen(every, ["agrees"], "2", "eighty WORN")] == ["disc_80s"]
    assert claims.chosen(every, [], None, "no such words") == []
    assert claims.chosen(every, [], None, "pocovi_2024")  # sources are searched too


def test_what_the_model_uses_is_said_with_its_unit_and_follows_an_edit():
    claim = next(c for c in claims.claims("nl") if c.id == "imaging_dearer")
    said = claims.used(claim, RESULT, words_in("nl"))
    assert any("EUR 41,7 per" in line for line in said)
    assert any("EUR 244" in line for line in said)
    edited = models.run(set_assumptions={"price_mri": 300}, draws=50)
    assert any("EUR 300" in line for line in claims.used(claim, edited, words_in("nl")))


@EVERY
def test_the_export_holds_every_claim_in_the_language(lang):
    words = words_in(lang)
    rows = exported(claims.claims(lang), lang)
    names = [words(f"claims.column.{n}") for n in ("id", "article_value", "verdict", "url")]
    assert len(rows) == 41
    by_id = {row[names[0]]: row for row in rows}
    assert by_id["ever_90"][names[1]] == {"nl": "0,9", "en": "0.9"}[lang]
    assert by_id["total_cost"][names[1]] == "4000000000"
    assert by_id["total_cost"][names[2]] == words("claims.verdict.differs_by_definition")
    assert by_id["disc_80s"][names[3]].startswith("http")


def test_a_cell_never_runs_in_a_spreadsheet():
    first = replace(claims.claims("nl")[0], claim='=HYPERLINK("http://x")', explanation="@SUM(1)")
    row = exported([first], "nl")[0]
    assert row["bewering"] == '\'=HYPERLINK("http://x")'
    assert row["toelichting"] == "'@SUM(1)"


def test_text_of_a_file_is_never_markup():
    claim = replace(claims.claims("nl")[0], claim="<img src=x onerror=alert(1)>")
    card = claim_card.card(claim, RESULT, words_in("nl"), 'https://x/?a="><script>')
    assert "<img" not in card and "<script" not in card


@EVERY
def test_the_page_shows_all_and_says_the_finding(lang):
    test = page("claims", lang=lang)
    assert not test.exception and not test.warning
    text = html(test)
    assert text.count("<details class") == 41
    assert "41" in text and "18" in text


@pytest.mark.parametrize("claim", ["walk_twice", "disc_20s"])
def test_a_link_opens_one_claim(claim):
    test = app(claim=claim).switch_page("dashboard/pages/claims.py").run()
    assert not test.exception and not test.warning
    assert html(test).count(" open><summary>") == 1
    assert f"claim={claim}" in html(test).split(" open><summary>")[1].split("</details>")[0]


@pytest.mark.parametrize("claim", ["walk_twic", "<script>alert(1)</script>", "", "x" * 3000])
def test_a_link_to_no_claim_is_said_so(claim):
    test = app(claim=claim).switch_page("dashboard/pages/claims.py").run()
    assert not test.exception
    assert [w.value for w in test.warning] == ["Deze link wijst naar een bewering die er niet is."]
    said = " ".join(text.value for text in test.text)
    assert len(said) < 250
    assert " open><summary>" not in html(test)


def test_filters_of_the_page():
    test = page("claims")
    test.button_group(key="claims_verdict").set_value(["no_source_found"]).run()
    assert html(test).count("<details class") == 8
    test.button_group(key="claims_verdict").set_value([]).run()
    test.text_input(key="claims_search").set_value("geen enkele bewering heeft dit").run()
    assert html(test).count("<details class") == 0
    assert any("past hierbij" in text.value for text in test.markdown)
