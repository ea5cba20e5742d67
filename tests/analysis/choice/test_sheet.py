"""Measure sheets: every lever has its facts, and its figures are those of a run of it alone."""

import csv
import json
from collections import Counter

import pytest

import models
from models.command_line.parsers import main
from models.engine.record import Quantity, plain
from models.paths import DATA
from models.tables.measures import FIELDS, STATUSES, facts, policies

LEVERS = models.load_levers()
SOURCES = models.load_assumptions().sources
RESULT = models.run(draws=200)
ASKED = {"whom", "law", "start", "decides", "objections", "side_effects", "doubt", "change"}


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("lever", LEVERS)
def test_every_lever_has_the_facts_that_a_ministry_asks_for(lever):
    found = {fact.field for fact in facts(lever) if not fact.policy}
    assert ASKED <= found, ASKED - found
    assert found <= set(FIELDS)


def test_a_fact_that_was_seen_names_its_source_and_no_other_claims_one_was_read():
    known = {(p.id, lever) for lever in LEVERS for p in policies(lever)}
    for row in rows("measures.csv"):
        cited = [key.strip() for key in row["sources"].split("+") if key.strip()]
        assert row["status"] in STATUSES, row
        assert set(cited) <= set(SOURCES), row
        assert bool(cited) or row["status"] != "seen", row
        assert not cited or row["status"] != "not_seen", row
        assert not row["policy"] or (row["policy"], row["lever"]) in known, row
        assert all(SOURCES[key]["accessed"] or SOURCES[key]["note"] for key in cited), row


def test_the_published_facts_say_how_much_is_judgement():
    """Two in five rows were seen; who reads a sheet is told which."""
    found = Counter(row["status"] for row in rows("measures.csv"))
    assert set(found) == set(STATUSES) and min(found.values()) >= 10
    starts = {row["status"] for row in rows("measures.csv") if row["field"] == "start"}
    assert "own" in starts  # no earliest start is published by anybody: all are ours


def test_the_figures_are_those_of_the_lever_alone():
    found = models.sheet(RESULT, "xray_share")
    ranked = {row["lever"]: row for row in models.rank(RESULT)["levers"]}["xray_share"]
    for name in (
        "incremental",
        "level",
        "qaly",
        "premium_per_adult",
        "verdict",
        "evidence",
        "cash",
    ):
        assert found[name] == ranked[name], name
    assert {p: row["mean"] for p, row in found["payers"].items()} == ranked["payers"]
    alone = models.run(levers={"xray_share": found["level"]}, draws=200)
    budget = alone.budget()
    nominal = budget[~budget["discounted"]].set_index(["year", "payer"])["mean"]
    assert [year["year"] for year in found["years"]] == list(range(2027, 2032))
    for year in found["years"]:
        added = sum(row["mean"] for row in year["payers"].values())
        assert year["total"]["mean"] == pytest.approx(added, abs=1)
        assert year["total"]["mean"] == nominal[year["year"], "total"]


def test_a_household_pays_the_premium_of_its_adults():
    """Each adult pays the same nominal premium, so two pay twice as much, at every end."""
    figures = models.sheet(RESULT, "physio_basic_package").figures
    two, one = figures.premium_of(2), figures.premium_per_adult
    assert (two.mean, two.p2_5, two.p97_5) == (2 * one.mean, 2 * one.p2_5, 2 * one.p97_5)
    assert two.mean > 0


def test_a_lever_of_three_policies_has_a_row_for_each():
    found = models.sheet(RESULT, "imaging_red_flags_only")
    assert [one["id"] for one in found["policies"]] == ["feedback", "form", "stop"]
    assert [one["level"] for one in found["policies"]] == [0.1, 0.5, 1.0]
    stop = models.run(levers={"imaging_red_flags_only": 1.0}, draws=200)
    assert found["policies"][2]["incremental"] == Quantity(**stop.headline["incremental_total"])
    assert models.sheet(RESULT, "xray_share")["policies"] == ()


def test_what_would_change_the_answer_is_worked_out():
    """The programme cost is linear: 1,500 to 500 is -1,000, to 3,500 is +2,000, so twice as far."""
    found = models.sheet(RESULT, "return_to_work_support")
    cost = next(one for one in found["changes"] if one["parameter"] == "eff_rtw_cost")
    assert (cost["base"], cost["low"], cost["high"]) == (1500, 500, 3500)
    assert cost["at_low"] < 0 < cost["at_high"]
    assert cost["at_high"] == pytest.approx(-2 * cost["at_low"], rel=1e-6)
    widths = [abs(one["at_high"] - one["at_low"]) for one in found["changes"]]
    assert widths == sorted(widths, reverse=True)
    other = models.run(levers={"return_to_work_support": 1}, draws=200, valuation="friction")
    assert found["other_valuation"]["valuation"] == "friction"
    assert found["other_valuation"]["incremental"] == Quantity(
        **other.headline["incremental_total"]
    )


def test_another_level_is_said_to_be_one():
    found = models.sheet(RESULT, "xray_share", 0.05)
    assert (found["level"], found["researched"]) == (0.05, False)


def test_the_command_prints_a_sheet_and_refuses_a_package(capsysbinary):
    wanted = ["sheet", "xray_share", "--draws", "200"]
    assert main([*wanted, "--format", "json"]) == 0
    printed = json.loads(capsysbinary.readouterr().out)
    assert printed == plain(models.sheet(RESULT, "xray_share"))
    assert main(wanted) == 0
    text = capsysbinary.readouterr().out.decode()
    assert "[own judgement]" in text and "[besluit_zvw]" in text and "employer" in text
    assert main([*wanted, "--set", "mri_share=0.01"]) == 2
    assert b"leave out --set of mri_share" in capsysbinary.readouterr().err
    assert main(["sheet", "xray", "--draws", "200"]) == 2
    assert b"nearest: xray_share" in capsysbinary.readouterr().err
