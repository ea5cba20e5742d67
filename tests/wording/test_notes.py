"""Notes and formulas are in Dutch too, with the same figures, until their English is edited."""

import re
from dataclasses import replace

import pytest

import models
from dashboard.reference.formulas import sentences, translations
from dashboard.wording import notes
from dashboard.wording.catalogue import words_in

PUBLISHED = models.load_assumptions()
ENGLISH = {
    "notes": {name: row.note for name, row in PUBLISHED.items() if row.note},
    "source_notes": {key: row["note"] for key, row in PUBLISHED.sources.items() if row["note"]},
}

FOREIGN = re.compile(r"\b(the|and|with|which|are|from|this|that|have|does|not)\b", re.I)


def quoted(text: str) -> set[str]:
    """Names of parameters in a text."""
    return set(re.findall(r"`\w+`", text))


def figures(text: str) -> list[str]:
    """Figures without their marks, which differ by language; in no order, as sentences differ."""
    return sorted(re.sub(r"[.,]", "", found) for found in re.findall(r"\d[\d.,]*\d|\d", text))


@pytest.mark.parametrize("table", ENGLISH)
def test_every_note_stands_in_dutch_with_the_same_figures(table):
    dutch = notes.notes(table, "nl")
    assert dutch.keys() == ENGLISH[table].keys()
    differing = {
        name: (figures(note), figures(dutch[name]))
        for name, note in ENGLISH[table].items()
        if figures(note) != figures(dutch[name])
    }
    assert not differing
    assert not [name for name, note in dutch.items() if FOREIGN.search(note)]


def test_every_formula_says_in_dutch_what_its_docstring_says_in_english():
    dutch, english = translations("nl"), sentences(PUBLISHED)
    assert {name: row["english"] for name, row in dutch.items()} == english
    assert not [name for name, row in dutch.items() if FOREIGN.search(row["text"])]
    invented = {
        name: words
        for name, row in dutch.items()
        if (words := quoted(row["text"]) - quoted(english[name]))
    }
    assert not invented


def test_a_note_is_said_in_the_readers_language_until_it_is_edited():
    row = PUBLISHED["sl_share"]
    dutch, lang = notes.of_assumption(row, words_in("nl"))
    assert lang == "nl" and dutch != row.note
    assert notes.of_assumption(row, words_in("en")) == (row.note, "en")
    mine = replace(row, note="Counted at our own plant")
    assert notes.of_assumption(mine, words_in("nl")) == ("Counted at our own plant", "en")
    source = PUBLISHED.sources["anema_2009"]
    assert notes.of_source(source, words_in("nl"))[1] == "nl"
