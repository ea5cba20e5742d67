"""Cross-model table: each conversion worked by hand; ours is the run's own figure per person."""

import csv
from pathlib import Path

import pytest

import models
from models.analysis.history.cross_model import inhabitants, study_figures

DATA = Path(__file__).parents[3] / "data"
OPTIONS = {"anchor": "none", "draws": 400}


@pytest.fixture(scope="module")
def today():
    return models.run(**OPTIONS)


@pytest.fixture(scope="module")
def rows(today):
    return {row["id"]: row for row in models.cross_model(today)["rows"]}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("nl_2007", 319.3),  # 3.5e9 x 1.4943 / 16,381,696
        ("nl_2002", 429.7),  # 4.3e9 x 1.6138 / 16,148,929
        ("nl_1991", 595.6),  # 4.2e9 x 2.1371 / 15,069,798
        ("uk_1998_care", 63.7),  # 1.632e9 / 0.720671 x 0.905892 x 1.8155 / 58,487,141
        ("ch_2005_care", 442.8),  # 2.6e9 x 1.551 / 1.686548 x 0.897139 x 1.5351 / 7,437,115
        ("se_2001", 310.5),  # 1.86e9 x 9.258 / 9.402445 x 0.904914 x 1.6669 / 8,895,960
        ("rivm_campaign", 21.8),  # 200e6 x 1.7362 / 15,925,513
        ("start_back", 59.2),  # 34.39 / 0.709725 x 0.847927 x 1.4408
    ],
)
def test_their_figure_a_person_is_worked_by_hand(rows, name, expected):
    assert rows[name]["theirs"] == pytest.approx(expected, abs=0.1)


def test_ours_is_the_headline_divided_by_the_inhabitants(today, rows):
    assert inhabitants() == 17_993_485
    total = today.headline["base_case_total"]["mean"]
    assert rows["nl_2007"]["ours"]["mean"] == pytest.approx(total / 17_993_485)


def test_each_row_has_the_valuation_of_its_study(rows):
    for human, friction in (("nl_1991", "nl_1991_friction"), ("ch_2005", "ch_2005_friction")):
        assert rows[friction]["ours"]["mean"] < rows[human]["ours"]["mean"]
    assert rows["ch_2005"]["ours"]["mean"] > rows["nl_1991"]["ours"]["mean"]  # presenteeism


def test_a_saving_is_the_run_of_its_lever(today, rows):
    figure = next(f for f in study_figures() if f.id == "rivm_campaign")
    pushed = models.run(levers={figure.lever: figure.level}, **OPTIONS)
    saving = -pushed.headline["incremental_total"]["mean"] / inhabitants()
    assert rows["rivm_campaign"]["ours"]["mean"] == pytest.approx(saving)


def test_levers_exist_and_levels_are_on_their_slider():
    levers = models.load_levers()
    for figure in study_figures():
        assert bool(figure.lever) == figure.compares_with.startswith("saving")
        if figure.lever:
            assert levers[figure.lever].min <= figure.level <= levers[figure.lever].max


def test_dutch_euros_need_no_purchasing_power_and_sources_are_known():
    with (DATA / "sources.csv").open(encoding="utf-8", newline="") as stream:
        known = {row["key"] for row in csv.DictReader(stream)}
    for figure in study_figures():
        assert figure.source in known
        assert (figure.country == "NL") == (figure.ppp == figure.ppp_nl == 1)


def test_a_total_per_inhabitant_counts_everybody():
    """17,993,485 inhabitants at the end of 2024 (World Bank): 3.6 billion is about 200 each."""
    result = models.run(draws=60)
    each, total = models.per_inhabitant(result), result.headline["base_case_total"]
    assert each.mean == pytest.approx(total["mean"] / 17_993_485)
    assert (each.p2_5, each.unit) == (
        pytest.approx(total["p2_5"] / 17_993_485),
        "EUR/inhabitant/year",
    )
