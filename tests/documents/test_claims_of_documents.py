"""Brief and workbook say of a package no more than its interval carries, as they are rendered."""

import re
from datetime import date
from html import unescape

import pytest

import models
from dashboard.documents.brief import brief
from dashboard.documents.workbook import workbook
from dashboard.languages import LANGUAGES
from dashboard.wording.catalogue import words_in
from tests.support.spreadsheets import sheets

DAY, DRAWS = date(2026, 1, 2), 60
ANCHORS = ("evidence", "total", "none")
ABOUT = {
    "en": r"[Tt]h(?:is|e) package (?:\w+ )?(saves|costs)\b",
    "nl": r"[Dd](?:it|at) pakket (bespaart|kost)\b|(bespaart|kost) (?:dit|het) pakket",
}
HEDGED = {
    "en": r"probably|not certain|on average|On average|[Ii]n \S+ of (the )?(draws|calculations)",
    "nl": r"waarschijnlijk|niet zeker|[Gg]emiddeld|[Ii]n \S+ van de (trekkingen|berekeningen)",
}


def sentences_of(text: str) -> list[str]:
    plain = unescape(re.sub(r"<style.*?</style>|<[^>]+>", "\n", text, flags=re.S))
    return [one for line in plain.splitlines() for one in re.split(r"(?<=[.!?]) ", line) if one]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("anchor", ANCHORS)
def test_no_sentence_of_a_document_claims_against_the_interval(lang, anchor):
    words, sure = words_in(lang), 0
    asked = [package["levels"] for package in models.load_scenarios().values()]
    asked += [{"unproven_treatments": 1.0}, {"cannabis_extract": 1.0}]
    for levels in asked:
        result = models.run(levels, draws=DRAWS, anchor=anchor)
        change = result.headline["incremental_total"]
        text = brief(result, words, "https://example.org/", DAY, {})
        for sentence in sentences_of(text):
            found = re.search(ABOUT[lang], sentence)
            if found is None or re.search(HEDGED[lang], sentence):
                continue
            saves = bool({"saves", "bespaart"} & set(found.groups()))
            assert change["p97_5"] < 0 if saves else change["p2_5"] > 0, sentence
            sure += 1
    assert sure >= 2, "the last two are sure, and said so"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_first_sheet_says_what_the_brief_says(lang):
    words = words_in(lang)
    result = models.run(scenario="keep_walking", draws=DRAWS)
    book = sheets(workbook(result, words, "", DAY))[words("workbook.sheet.about")]
    told = next(str(row[1]) for row in book if row and row[0] == words("workbook.answer"))
    page = " ".join(sentences_of(brief(result, words, "", DAY, {})))
    assert told.split(". ")[0].rstrip(".") in page
