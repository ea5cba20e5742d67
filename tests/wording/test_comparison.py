"""Packages side by side: none is dropped without a word, and none is ranked without the others."""

import pytest

import models
from dashboard.charts.package.compare import compared
from dashboard.languages import LANGUAGES
from dashboard.wording import comparison, multiples
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


def test_no_name_that_is_typed_hides_another_package():
    """Each package is found by its label: a name that is another's would take its place."""
    words = words_in("en")
    one, other = ({"xray_share": 0.05}, {"mri_share": 0.01})
    signed = words.of(SIGNED["back_to_work"])
    whole = f"{signed} ({words.of(LEVERS['xray_share'])} 5%)"
    names = [
        comparison.NOW,
        "back_to_work",
        comparison.to_text(one, signed),
        comparison.to_text(other, signed),
        comparison.to_text({**one, **other}, whole),
    ]
    labels = comparison.labels(names, SIGNED, LEVERS, words, signed)
    assert len(set(labels.values())) == len(names) and labels["back_to_work"] == signed


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


def test_panels_share_one_scale_on_which_nil_is_nil_and_less_lies_to_the_right():
    """By hand: the place of an amount is (most - amount) / (most - least)."""
    results = {
        n: models.run(SIGNED[n]["levels"], draws=200) for n in ("keep_moving", "back_to_work")
    }
    rows = {name: one.statistics("incremental", "payer") for name, one in results.items()}
    every = [row for found in rows.values() for row in found.values()]
    most, least = (
        max(0.0, *(r["p97_5"] for r in every)),
        min(0.0, *(r["p2_5"] for r in every)),
    )
    words = words_in("en")
    for panel in multiples.panels(results, "society", words):
        drawn = {row["label"]: row for row in panel["rows"]}
        employers, basic = drawn["Employers"], drawn["Basic insurance"]
        mean = rows[panel["name"]]["employer"]["mean"]
        nil = most / (most - least)
        assert employers["nil"] == basic["nil"] == pytest.approx(nil)
        assert employers["side"] == "save" and "less" in employers["text"]
        assert employers["bar"] == pytest.approx((nil, (most - mean) / (most - least)))
    untouched = next(row for row in panel["rows"] if row["label"] == "Basic insurance")
    assert (untouched["side"], untouched["text"]) == ("none", words("compare.panel.none"))
