"""The ZIP for a newsroom: what is in it, and that its text claims no more than its interval."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest

import models
from dashboard.documents.story_kit import story_kit
from dashboard.languages import LANGUAGES
from dashboard.wording import sentences
from dashboard.wording.catalogue import words_in

DAY, LINK = date(2026, 1, 2), "https://example.org/rug/simulator?x=1"
OPEN, NONE = ({"walking_programme": 0.4}, {})  # a package whose interval holds zero; today


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_kit_has_text_figures_and_what_not_to_write(monkeypatch, lang):
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    words, result = words_in(lang), models.run(OPEN, draws=100)
    total = result.headline["incremental_total"]
    assert total["p2_5"] < 0 < total["p97_5"]
    with ZipFile(BytesIO(story_kit(result, words, LINK, DAY, "Een naam"))) as folder:
        names = set(folder.namelist())
        text = folder.read(f"{words('kit.file')}.txt").decode()
    assert {"change_by_payer.csv", "budget_impact.csv", "budget_impact.txt"} <= names
    assert not any(name.endswith((".png", ".svg")) for name in names)
    for part in (
        "Een naam",
        sentences.simulator_answer(result, words)[0],
        words("kit.never_saves"),
        words("kit.no_pictures"),
        LINK,
        models.VERSION,
    ):
        assert part in text
    assert "{" not in text and ".." not in text


def test_without_a_package_it_is_about_today(monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    words = words_in("nl")
    with ZipFile(BytesIO(story_kit(models.run(NONE, draws=100), words, LINK, DAY))) as folder:
        text = folder.read("verhaal.txt").decode()
        assert "today_by_item.csv" in folder.namelist()
    assert words("kit.never_precise") in text and words("kit.never_saves") not in text
