"""Packages side by side: none is dropped without a word, and none is ranked without the others."""

import pytest

import models
from dashboard.charts.package.compare import compared
from dashboard.languages import LANGUAGES
from dashboard.wording import comparison
from dashboard.wording.catalogue import words_in

LEVERS, SIGNED = models.load_levers(), models.load_scenarios()
MOST = {"en": "saves most", "nl": "het meest"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_two_packages_that_read_alike_have_labels_of_their_own(lang):
    """Equal in the two levers that a short label names; under one label one of them was lost."""
    names = [
        comparison.to_text({"mri_share": 0.01, "xray_share": 0.05, "public_campaign": level})
        for level in (0.5, 1.0)
    ]
    words = words_in(lang)
    labels = comparison.labels(names, SIGNED, LEVERS, words)
    assert len(set(labels.values())) == 2


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_left_out_is_said_with_the_reason(lang):
    words = words_in(lang)
    full = comparison.left_out("abcd", ["Walking", "Campaign"], words)
    assert "Walking; Campaign" in full and "4" in full
    assert comparison.left_out("a", ["Walking"], words) not in ("", full)
    assert comparison.left_out("abcd", [], words) == ""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_package_saves_most_before_one_that_is_left_out(lang):
    """Unproven treatments surely save; fewer of them is second to more of them, drawn or not."""
    words = words_in(lang)
    half, all_ = (models.run({"unproven_treatments": v}, draws=60) for v in (0.5, 1.0))
    walking = models.run({"walking_programme": 0.01}, draws=60)
    shown = {"half": half, "walking": walking}
    assert MOST[lang] in compared(shown, words).title
    title = compared(shown, words, left_out={"all": all_}).title
    assert MOST[lang] not in title and "3" in title
    _, rows = comparison.outcomes(shown, "society", words, {"all": all_})
    cheapest = next(row for row in rows if row[0] == words("compare.cheapest"))
    assert cheapest[1] in ("0%", "<1%"), "all of it saves more in every draw"
