"""The ranking as a list: its orders, the marks of the payers, and links that set one lever."""

import re

import models
from dashboard.documents.ranking_list import ordered, ranked_list
from dashboard.templates.ranking import HALF, _marks
from dashboard.wording.catalogue import words_in
from models.engine.result import SOCIETY


def test_orders_are_by_the_figure_that_they_name():
    found = models.rank(models.run(draws=100))
    means = [row.incremental["mean"] for row in ordered(found)]
    assert means == sorted(means)
    shares = [row.probability_saving or 0 for row in ordered(found, "certain")]
    assert shares == sorted(shares, reverse=True)
    gained = [row.qaly["mean"] for row in ordered(found, "health")]
    assert gained == sorted(gained, reverse=True)
    for payer in found.levers[0].payers:
        amounts = [row.payers[payer] for row in ordered(found, "saving", payer)]
        assert amounts == sorted(amounts)
    assert ordered(found, "health", SOCIETY) == ordered(found, "health")


def test_rows_name_winners_and_payers_and_link_to_one_lever():
    today, words = models.run(draws=100), words_in("en")
    found = models.rank(today)
    rows = ordered(found, "health")
    html = ranked_list(found, rows, today, words, lambda row: f"to#{row.lever}")
    assert re.findall(r'href="to#(\w+)"', html) == [row.lever for row in rows]
    aloud = re.findall(r'class="unseen">([^<]*)<', html)
    assert len(aloud) == len(rows) and any("More for: " in text for text in aloud)
    assert html.count("<i>") == len(found.levers[0].payers)  # a letter a payer, and no two alike
    letters = re.findall(r"<i>(\w+)</i>", html)
    assert len(set(letters)) == len(letters)


def test_marks_are_as_tall_as_their_part_of_the_largest():
    assert [mark["height"] for mark in _marks([-1.0, 0.5, 0.0])] == [f"{HALF}px", "10px", "0px"]
    assert [mark["side"] for mark in _marks([-1.0, 0.5])] == ["less", "more"]
