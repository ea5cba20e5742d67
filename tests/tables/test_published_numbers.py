"""A published number that stands in more than one table is the same in each.

An assumption, a claim of the article, a target, a point of a chart and the table of the backcast
may hold the same number, as each says something else about it: whoever changes one changes all.
"""

import csv

import pytest

import models
from models.paths import DATA

ROWS = models.load_assumptions()


def read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


SERIES = [
    {**row, "file": path.name}
    for path in sorted((DATA / "series").glob("*.csv"))
    for row in read(f"series/{path.name}")
]


def test_a_claim_has_the_number_of_the_assumption_that_takes_it_from_the_article():
    compared = 0
    for claim in read("claims.csv"):
        row = ROWS[claim["model_uses"]] if claim["model_uses"] in ROWS else None
        if claim["article_value"] and row and row.provenance == "article":
            assert float(claim["article_value"]) == row.base, claim["id"]
            compared += 1
    assert compared >= 5


def test_a_point_that_is_an_assumption_has_its_value_and_range():
    points = [point for point in SERIES if point["note_en"] in ROWS]
    assert len(points) >= 2
    for point in points:
        row = ROWS[point["note_en"]]
        ends = [float(point[name]) for name in ("value", "low", "high")]
        assert ends == [row.base, row.low, row.high], (point["file"], point["label_en"])


@pytest.mark.parametrize(
    ("parameter", "file", "year", "source"),
    [
        ("tot_article", "totals_over_time.csv", "2025", "article_2025"),
        ("tot_lambeek_2007", "totals_over_time.csv", "2007", "lambeek_2011"),
        ("tot_rivm_2017", "totals_over_time.csv", "2017", "rivm_costs_2017"),
        ("vol_gp_acute", "how_many_patients.csv", "2023", "article_2025"),
        ("use_xray", "imaging_and_serious_cause.csv", "2025", "article_2025"),
    ],
)
def test_a_published_figure_is_the_same_in_chart_and_assumptions(parameter, file, year, source):
    found = [
        float(point["value"])
        for point in SERIES
        if (point["file"], point["year"], point["source"]) == (file, year, source)
        and point["provenance"] in ("article", "published")
    ]
    assert found and set(found) == {ROWS[parameter].base}


def test_totals_are_the_same_in_backcast_chart_and_targets():
    drawn = {
        point["year"]: float(point["value"])
        for point in SERIES
        if (point["file"], point["series"]) == ("totals_over_time.csv", "as_published")
    }
    backcast = {
        row["year"]: float(row["value"])
        for row in read("history/published.csv")
        if row["outcome"] == "total"
    }
    assert backcast.items() <= drawn.items() and len(backcast) == 3
    (target,) = (row for row in read("targets.csv") if row["id"] == "total")
    assert float(target["mean"]) == ROWS["tot_article"].base == drawn["2025"]
