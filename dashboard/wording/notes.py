"""Notes about numbers and sources, in the reader's language.

The tables hold their notes in English, as an analyst edits them. Translations are in `notes.csv`
and `source_notes.csv` of a language. A note that is not the published one, such as a reader's own,
is shown as written.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache

import models
from dashboard.wording.catalogue import FOLDER, Words
from models.tables.assumptions import Assumption

WRITTEN = "en"  # the language of the tables


def of_assumption(row: Assumption, words: Words) -> tuple[str, str]:
    """The note of an assumption and its language."""
    published = models.load_assumptions().get(row.parameter)
    known = published is not None and published.note == row.note
    return _in_language(row.note, known, row.parameter, "notes", words.lang)


def of_source(row: Mapping[str, str], words: Words) -> tuple[str, str]:
    """The note of a source and its language."""
    published = models.load_assumptions().sources.get(row["key"], {})
    known = published.get("note") == row["note"]
    return _in_language(row["note"], known, row["key"], "source_notes", words.lang)


def _in_language(note: str, is_published: bool, key: str, table: str, lang: str) -> tuple[str, str]:
    text = notes(table, lang).get(key) if is_published else None
    return (text, lang) if text else (note, WRITTEN)


@lru_cache(maxsize=8)
def notes(table: str, lang: str) -> dict[str, str]:
    """The translated notes of a table by parameter or key; empty without such a file."""
    path = FOLDER / lang / f"{table}.csv"
    if not path.exists():
        return {}
    with open(path, encoding="utf-8", newline="") as file:
        return {row["name"]: row["note"] for row in csv.DictReader(file)}
