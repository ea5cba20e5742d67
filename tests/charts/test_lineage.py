"""The family tree of the numbers: each from its record, each trail to its end."""

import csv
import re

import pytest

import models
from dashboard.charts import CHARTS
from dashboard.charts.checks.lineage import ARTICLE, TREES, steps
from dashboard.languages import LANGUAGES
from dashboard.wording.catalogue import words_in
from models.paths import DATA

RESULT = models.run(draws=60)


def test_steps_have_the_numbers_of_their_records():
    """4.3 and 3.5 billion stand in the abstract of Lambeek 2011, which quotes 4.2 for 1991;
    3.5 x 1.486 = 5.201; 549,000 and 11% in the article; 3% and 9% in Huisarts & Wetenschap."""
    found = {step.id: step.value for step in steps(RESULT, words_in("nl"))}
    assert found["total_1991"] == 4.2e9 and found["total_2002"] == 4.3e9
    assert found["total_2007"] == found["total_2015"] == found["total_2026"] == 3.5e9
    assert found["total_indexed"] == pytest.approx(5.201e9) and found["total_article"] == 4e9
    assert (found["patients_article"], found["patients_kngf"]) == (549_000, 900_000)
    assert [found[f"xray_{name}"] for name in ("1998", "nivel", "article")] == [0.03, 0.09, 0.11]
    assert found["total_count"] == RESULT.headline["base_case_total"]["mean"]
    assert all(found[name] != found[name] for name in ("patients_nivel", "xray_zin"))  # nan


def test_a_step_cites_an_earlier_one_of_its_tree_and_the_article_none():
    with (DATA / "lineage.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    known = {}
    for row in rows:
        assert not row["rests_on"] or known[row["rests_on"]] == row["tree"], row
        assert bool(row["source"]) == (row["record"] != "result"), row
        known[row["id"]] = row["tree"]
        # no amount is typed again: of the digits in a label only a year stays
        for lang in LANGUAGES:
            digits = set(re.findall(r"\d+", row[f"label_{lang}"])) - {row["label_en"][:4]}
            assert digits <= {"2024"}, row
    ends = [row["id"] for row in rows if row["link"] == "not_found"]
    assert ends == [tree + ARTICLE for tree in TREES]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_trail_ends_in_the_table_too(lang):
    chart, words = CHARTS["lineage"](RESULT, words_in(lang)), words_in(lang)
    last = [row for row in chart.table.rows if row[3] == words("chart.lineage.link_not_found")]
    assert len(last) == 3 == sum("opeens" in row[0] for row in last)
