"""Every text exists in both languages, with the same fields to fill in."""

import re
import shutil
import string

import pytest

import models
from dashboard.wording.catalogue import FOLDER, LANGUAGES, Words, words_in
from dashboard.wording.units import BARE, measured
from models.errors import DataError

FILES = sorted({path.name for lang in LANGUAGES for path in (FOLDER / lang).glob("*.toml")})


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_both_languages_have_the_same_files():
    assert FILES
    for lang in LANGUAGES:
        assert sorted(p.name for p in (FOLDER / lang).glob("*.toml")) == FILES


@pytest.mark.parametrize("lang", LANGUAGES[1:])
def test_every_language_has_the_same_keys_and_fields_to_fill_in(lang):
    dutch, other = Words("nl"), Words(lang)
    assert set(dutch.keys()) == set(other.keys())
    differing = [
        key for key in dutch.keys() if fields(dutch._texts[key]) != fields(other._texts[key])
    ]
    assert not differing


def test_no_text_is_empty_or_left_in_the_other_language():
    dutch, english = Words("nl"), Words("en")
    assert not [key for words in (dutch, english) for key in words.keys() if not words._texts[key]]
    same = [
        key
        for key in dutch.keys()
        if dutch._texts[key] == english._texts[key] and len(dutch._texts[key].split()) > 3
    ]
    assert not same


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_text_of_one_area_hides_another(lang, tmp_path):
    seen: dict[str, str] = {}
    for path in sorted((FOLDER / lang).glob("*.toml")):
        alone = tmp_path / path.stem / lang
        alone.mkdir(parents=True)
        (alone / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
        for key in Words(lang, tmp_path / path.stem).keys():
            assert key not in seen, f"{key} stands in {seen.get(key)} and {path.name}"
            seen[key] = path.name


def test_english_words_do_not_show_in_dutch():
    """Function words that only English has; names of trials and of methods are left alone."""
    english = re.compile(r"\b(the|and|with|which|are|from|this|that|have|does|not|of the)\b", re.I)
    dutch = Words("nl")
    assert not [key for key in dutch.keys() if english.search(dutch._texts[key])]


def test_a_missing_key_or_field_is_named():
    words = Words("nl")
    with pytest.raises(KeyError, match="no.such.key"):
        words("no.such.key")


def test_a_broken_file_is_a_sentence(tmp_path):
    (tmp_path / "nl").mkdir()
    (tmp_path / "nl" / "app.toml").write_text("a = ", encoding="utf-8")
    with pytest.raises(DataError, match="app.toml"):
        Words("nl", tmp_path)


def test_every_unit_of_the_assumptions_has_words():
    units = {row.unit for row in models.load_assumptions().values()} - set(BARE)
    for lang in LANGUAGES:
        assert not [unit for unit in sorted(units) if f"unit.{unit}" not in Words(lang)]


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (0.0458, "share of patients", "4,58% van de patiënten"),
        (0.7197, "hazard ratio", "0,72 keer zoveel kans"),
        (41.73, "EUR/session", "EUR 41,7 per behandeling"),
        (60e6, "EUR/year", "EUR 60,0 miljoen per jaar"),
        (2024, "year", "2024"),
        (0, "share", "0%"),
    ],
)
def test_a_value_is_said_with_its_unit(value, unit, said):
    assert measured(value, unit, Words("nl")) == said


def test_a_lost_text_or_file_is_named(tmp_path):
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    (tmp_path / "en" / "app.toml").unlink()
    with pytest.raises(DataError, match="en/app.toml.*app.title"):
        words_in("en", tmp_path)
    assert words_in("nl", tmp_path)("app.title")
