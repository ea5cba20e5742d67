"""The cash ledger of runs: conserved in every draw, beside the costs, zero where nothing moves."""

import json

import numpy as np
import pytest

import models
from models.engine.cash import MEASURES, rules_in
from models.errors import DataError
from models.formulas.cash import CASH_PAYERS, KINDS
from models.paths import DATA

LEVERS = models.load_levers()
PACKAGE = {name: lever.max for name, lever in list(LEVERS.items())[:9]}
RUNS = {
    "today": models.run(draws=300),
    "package": models.run(levers=PACKAGE, draws=300, years=3),
    "friction": models.run(levers=PACKAGE, draws=300, valuation="friction", anchor="none"),
}
PUBLISHED = models.load_assumptions()


def sums(pairs, wanted, side: int) -> np.ndarray:
    return sum(pair[side] for key, pair in pairs.items() if wanted(*key))


@pytest.mark.parametrize("name", RUNS)
@pytest.mark.parametrize("year", [None, 1, 3])
def test_money_is_conserved_in_every_draw(name, year):
    result = RUNS[name]
    if year is None:
        pairs, ledger = result.cash.pairs, result.entries()
    else:
        *_, last = result.model.years_beside_today(
            result.levels, result.levers, "independent", year
        )
        pairs = result.cash.pairs_of(year, *last)
        ledger = result.entries("budget_impact", year)
    items = result.catalogue.cost_items
    for side in (0, 1):
        for flow, kind in KINDS.items():
            if kind == "transfer":
                left = sums(pairs, lambda f, _, flow=flow: f == flow, side)
                assert np.abs(left).max() < 1e-3, flow
        bought = sums(pairs, lambda f, _: KINDS[f] == "purchase", side)
        care = sums(ledger, lambda item, _: items[item]["category"] == "care", side)
        assert bought == pytest.approx(care, rel=1e-9)
        insurer = sums(pairs, lambda _, payer: payer == "insurer", side)
        assert np.abs(insurer).max() < 1e-3
        missed = sums(pairs, lambda f, _: KINDS[f] == "missed", side)
        everything = sums(pairs, lambda *_: True, side)
        assert everything == pytest.approx(bought + missed, rel=1e-9)


def test_nothing_moves_when_no_lever_does():
    frame = RUNS["today"].cash.table
    moved = frame[frame["scenario"] == "incremental"]
    assert (moved[["mean", "p2_5", "p97_5"]] == 0).all().all()
    assert set(frame["payer"]) == set(CASH_PAYERS)


def test_public_funds_book_money_and_not_the_value_of_output():
    """By hand on base values: 12% of missed wages at 70%, of wages up to the maximum."""
    result = models.run(draws=50, anchor="total")  # whose point estimate is at base values
    p = {name: row.base for name, row in PUBLISHED.items()}
    point = result.point
    absence = point.today.absence
    weeks = absence.spell_weeks * p["sl_partial"] + absence.chronic_weeks
    wages = (weeks * p["sl_hours_week"] * p["mac_wage"])[0]
    k = 304.25 / (29.5 * 28.94 / 5 * 1.035**2)  # the maximum of 2026 against a day in 2026
    insured = 1 - (1 + k) * np.exp(-2 * k)
    found = models.engine.cash.flows(PUBLISHED, point.base)
    assert found["sickness_benefit", "uwv"][0] == pytest.approx(0.12 * 0.7 * wages * insured)
    paid = {payer for (item, payer), v in point.base.ledger.items()
            if item.startswith("sick_leave") and v.any()}  # fmt: skip
    assert paid == {"employer", "lost_output"}


def test_views_of_households_and_public_funds_are_their_money():
    result = RUNS["package"]
    money = {payer: draws.mean() for payer, draws in result.cash.payers().items()}
    seen = result.perspectives()["mean"]
    assert seen["households"] == pytest.approx(money["household"])
    assert seen["public_funds"] == pytest.approx(money["uwv"] + money["state"])


def test_the_command_writes_cash_and_premium():
    found = json.loads(RUNS["package"].to_json())
    row = found["cash"][0]
    assert {"scenario", "view", "year", "flow", "payer", "kind", "mean", "p2_5", "p97_5"} <= set(
        row
    )
    assert {row["year"] for row in found["cash"]} == {None, 2027, 2028, 2029}
    assert {row["measure"] for row in found["premium"]} == set(MEASURES)
    units = {row["measure"]: row["unit"] for row in found["premium"]}
    assert units["premium_per_adult"] == "EUR/adult/year" and units["tax_lost"] == "EUR/year"
    steady = [r for r in found["cash"] if r["view"] == "steady_state"
              and r["scenario"] == "incremental"]  # fmt: skip
    total = sum(r["mean"] for r in steady if r["flow"] == "nominal_premium" and r["mean"] > 0)
    premium = next(r["mean"] for r in found["premium"] if r["measure"] == "premium_per_adult"
                   and r["scenario"] == "incremental" and r["year"] is None)  # fmt: skip
    # the mean of a quotient: close to, not equal to, the quotient of the means
    assert premium == pytest.approx(total / 14.5e6, rel=0.02)


def test_the_law_of_a_year_and_never_a_plan():
    catalogue = PUBLISHED.catalogue
    planned = {year: rules_in(catalogue, year, ("law", "plan"))["max_daily_wage"]["value"]
               for year in (2026, 2028, 2029)}  # fmt: skip
    assert planned == {2026: "304.25", 2028: "304.25", 2029: "243.4"}
    assert rules_in(catalogue, 2025)["max_daily_wage"]["value"] == "290.67"
    assert rules_in(catalogue, 2040)["max_daily_wage"]["value"] == "304.25"


@pytest.mark.parametrize(
    "old, new, column, code",
    [
        ("contribution_share,2006,0.5", "contribution_share,2006,1.5", "value", "range"),
        ("max_daily_wage,2025", "max_daily_wage,2025.5", "year", "whole"),
        ("max_daily_wage,2025", "max_daily_wage,1500", "year", "range"),
        ("max_daily_wage,2025,290.67", "max_daily_wage,2025,-1", "value", "range"),
        ("sickness_benefit,2004,0.7,share of capped wage,law",
         "sickness_benefit,2004,0.7,share of capped wage,lore", "status", "name_unknown"),
        ("iva_benefit,2006", "iva_benfit,2006", None, "row_gone"),
        ("share of capped wage,law,wia_level", "share of capped wage,law,wia_levl", "source",
         "name_unknown"),
    ],
)  # fmt: skip
def test_a_wrong_rule_is_refused_with_its_place(tmp_path, old, new, column, code):
    text = (DATA / "dated_rules.csv").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "dated_rules.csv").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as raised:
        models.load_assumptions(tmp_path)
    found = [one for one in raised.value.findings if one.file == "dated_rules.csv"]
    assert found and (column is None or column in {one.column for one in found})


def test_a_rule_is_part_of_the_hash(tmp_path):
    text = (DATA / "dated_rules.csv").read_text(encoding="utf-8")
    (tmp_path / "dated_rules.csv").write_text(
        text.replace("sickness_benefit,2004,0.7,", "sickness_benefit,2004,0.8,"), encoding="utf-8"
    )
    mine = models.load_assumptions(tmp_path)
    assert mine.hash != PUBLISHED.hash
    before = RUNS["today"].cash.payers("base_case")["uwv"].mean()
    after = models.run(assumptions=mine, draws=300).cash.payers("base_case")["uwv"].mean()
    assert after > before
