"""Words that readers do not know stay out, in texts and in the names that tables bring along."""

import csv
import re
from pathlib import Path

import pytest

import models
from dashboard.wording.catalogue import LANGUAGES, words_in
from models.paths import DATA

CASES = Path(__file__).parents[1] / "cases" / "words_to_avoid.csv"
OWN_PACKAGES = ("keep_", "back_")  # those of the article are called by what they propose
NAMED = (  # tables whose words stand on a page
    *("payers", "levers", "scenarios", "cost_items", "perspectives", "measure_policies"),
    "measures",
)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def avoided(text: str, lang: str) -> list[str]:
    """What of the list stands in a text, with what to say instead."""
    return [
        f"{row['pattern']} -> {row['say']}"
        for row in rows(CASES)
        if row["lang"] == lang and re.search(rf"\b({row['pattern']})(?!\w)", text, re.IGNORECASE)
    ]


def shown(lang: str) -> dict[str, str]:
    """Every text of a language by key, and the words of the tables by their place."""
    words = words_in(lang)
    texts = {key: re.sub(r"\{[^}\d]*\}", "{n}", words.raw(key)) for key in words.keys()}
    for table in NAMED:
        for number, row in enumerate(rows(DATA / f"{table}.csv"), 2):
            for column, text in row.items():
                if column.endswith(f"_{lang}"):
                    texts[f"{table}.csv row {number} {column}"] = text
    for row in models.load_assumptions().values():
        texts[f"label of {row.parameter}"] = words.of(row)
    return texts


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_text_has_a_word_of_our_own(lang):
    found = {key: avoided(text, lang) for key, text in shown(lang).items()}
    assert not {key: words for key, words in found.items() if words}


def test_the_list_finds_what_it_is_for():
    assert avoided("In 5% van de trekkingen kost het geld.", "nl")
    assert avoided("Niet van ruis te onderscheiden", "nl")
    assert avoided("Once everything works in full", "en")
    # part of another word, or the other language, is no match
    assert not avoided("De druisende beek, middelengte, kruis", "nl")
    assert not avoided("trekkingen", "en")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_thing_has_one_name(lang):
    """A package of one measure, its button and its sheet are called what the measure is called."""
    words, levers = words_in(lang), models.load_levers()
    packages = models.load_scenarios()
    for name, package in packages.items():
        preset = words.raw(f"question.{name}") if f"question.{name}" in words else ""
        if len(package["levels"]) == 1:
            (lever,) = package["levels"]
            assert words.of(package) == words.of(levers[lever]), name
        if preset and name.startswith(OWN_PACKAGES):
            assert preset == f"{words.of(package)}?", name
    items = {row["id"]: row[f"label_{lang}"] for row in rows(DATA / "cost_items.csv")}
    for name, lever in levers.items():
        short = words.of(lever).split(" (")[0]
        assert items.get(name, short).casefold() in short.casefold(), name
    labels = [words.of(lever) for lever in levers.values()]
    assert len({label.casefold() for label in labels}) == len(labels)
