"""Texts are as easy to read as we promise: Dutch at B1, English to match.

The measure is LIX (Bjornsson 1968): words a sentence plus the percentage of words of more than six
letters. It needs no syllables and so is the same in both languages; below 40 is plain, 50 is a
newspaper. What is in braces counts as one word; what is in brackets, such as a source, as none.
Not measured: whether a word is known; `test_plain_language` has the list for that.
"""

import csv
import re
import tomllib
from collections.abc import Iterator

import pytest

from dashboard.wording.catalogue import LANGUAGES
from models.paths import DATA

ANALYST = (  # for whoever checks the model; all other files are for any reader
    *("bundle", "calibration", "deliberate", "drivers", "export", "history", "method", "reference"),
    *("trials", "workbench", "workbook"),
)
LIMITS = {  # kind -> (words in the longest sentence, mean words a sentence, LIX)
    "reader": {"nl": (25, 13, 40), "en": (25, 13.5, 35)},
    "analyst": {"nl": (30, 14, 40), "en": (30, 14, 35)},
}
DOCUMENT = "bundle.readme"  # a file of its own, with commands in it
SHORT = 6  # words; a label is no sentence
ENDS = r"(?<=[.!?])\s+"


def sentences(text: str) -> list[list[str]]:
    """The words of every sentence of a text."""
    text = re.sub(r"\([^)]*\)", "", re.sub(r"\{[^}]*\}", "7", text))
    found = (re.findall(r"[^\W\d_][\w'’-]*|\d[\d.,]*", part) for part in re.split(ENDS, text))
    return [words for words in found if words]


def lix(listed: list[list[str]]) -> tuple[float, float]:
    """Mean words a sentence, and LIX."""
    words = [word for sentence in listed for word in sentence]
    mean = len(words) / len(listed)
    return mean, mean + 100 * sum(len(word) > 6 for word in words) / len(words)


def flat(table: dict, before: str = "") -> Iterator[tuple[str, str]]:
    """Key and text of a TOML table with tables in it."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from flat(value, f"{before}{name}.")
        else:
            yield before + name, value


def texts(lang: str) -> dict[str, dict[str, str]]:
    """File -> key -> text, with the facts of the measure sheets as one more file."""
    found = {}
    for path in sorted((DATA / "text" / lang).glob("*.toml")):
        found[path.stem] = dict(flat(tomllib.loads(path.read_text(encoding="utf-8"))))
        found[path.stem].pop(DOCUMENT, None)
    with (DATA / "measures.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found["facts"] = {f"row {n} {row['lever']}": row[f"text_{lang}"] for n, row in enumerate(rows)}
    return found


def test_the_measure_is_worked_out_by_hand():
    """3 and 5 words are 4 a sentence; 2 of 8 have more than six letters: 4 + 25 = 29."""
    listed = sentences("Dat is duidelijk. De {lever} kost (20%) weinig verzekeraars geld.")
    assert [len(words) for words in listed] == [3, 6]
    mean, index = lix([["Dat", "is", "duidelijk"], ["De", "7", "kost", "verzekeraars", "geld"]])
    assert (mean, index) == (4, 29)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_texts_keep_to_the_limits_of_their_kind(lang):
    wrong = []
    for name, listed in texts(lang).items():
        kind = "analyst" if name in ANALYST else "reader"
        longest, mean, index = LIMITS[kind][lang]
        every = []
        for key, text in listed.items():
            if len(text.split()) < SHORT:
                continue
            found = sentences(text)
            every += found
            wrong += [
                f"{key}: {len(s)} words: {' '.join(s)[:80]}" for s in found if len(s) > longest
            ]
        if not every:
            continue
        is_mean, is_index = lix(every)
        if is_mean > mean or is_index > index:
            wrong.append(f"{name}: {is_mean:.1f} words a sentence, LIX {is_index:.0f}")
    assert not wrong, "\n".join(wrong)
