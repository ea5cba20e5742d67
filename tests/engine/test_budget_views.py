"""The years in two views that never mix; payers that add up; growth of programmes."""

import json

import numpy as np
import pytest

import models
from models.engine.run import catalogue_of, run_like
from models.formulas.payers import PAYERS
from tests.verification.bench import LEVERS, PUBLISHED, point

SUPPORT = {"return_to_work_support": 0.5}
WALKING = {"walking_programme": 0.2}
PACKAGE = {**SUPPORT, **WALKING, "public_campaign": 1.0, "physio_basic_package": 0.5}
PASSED = 2027 - 2024  # years between the price year and the first year of the budget


def base(name: str) -> float:
    return PUBLISHED[name].base


def programme(levels: dict, year: int) -> tuple[float, float]:
    """Programme cost of a year of the point estimate: at constant prices, and nominal."""
    result = models.run(levels, draws=1, years=year, anchor="none")  # base values as they stand
    result.model = result.point
    result.base = result.model.base
    rows = result.budget_programme().set_index(["view", "year"])["mean"]
    discount = 1.03 ** (year - 1)
    calendar = 2027 + year - 1
    return rows["constant_prices", calendar] * discount, rows["nominal", calendar]


@pytest.mark.parametrize("year", [1, 10])
@pytest.mark.parametrize("lever", ["public_campaign", "research_programme", "xray_share"])
def test_a_fixed_programme_grows_with_prices_alone(lever, year):
    """Hand: EUR 6 million a year is 6 million x 1.02^(3 + year - 1), however old people get."""
    level = LEVERS[lever].min if LEVERS[lever].programme_when == "below" else LEVERS[lever].max
    constant, nominal = programme({lever: level}, year)
    ramp = min(year / LEVERS[lever].ramp_years, 1)
    assert constant == pytest.approx(base(LEVERS[lever].programme_fixed) * ramp)
    assert nominal == pytest.approx(constant * 1.02 ** (PASSED + year - 1))


def test_a_programme_per_patient_grows_with_ageing_and_one_per_worker_does_not():
    """Hand: 8.7% more patients in ten years, so 1.087^(12 / 10) twelve years after 2024."""
    constant, nominal = programme(WALKING, 10)
    assert nominal == pytest.approx(constant * 1.087**1.2 * 1.02**12)
    constant, nominal = programme(SUPPORT, 10)
    assert nominal == pytest.approx(constant * 1.02**12)


def test_the_years_of_the_point_estimate_by_hand():
    """Walking, year 1: only its programme and care differ; wages, prices and ageing apart."""
    m = point(anchor="total")
    today, state = next(m.years_beside_today(WALKING, LEVERS, "independent", 1))
    result = models.run(WALKING, draws=1, years=1)
    result.model, result.base = m, m.base
    work = care = 0.0
    for key, amount in state.ledger.items():
        change = float(amount[0] - today.ledger[key][0])
        if key[0].startswith(("sick_leave", "disability")):
            work += change
        else:
            care += change
    rows = result.budget().set_index(["view", "payer"])["mean"]
    assert rows["constant_prices", "total"] == pytest.approx(work + care)
    ageing = 1.087 ** (PASSED / 10)
    nominal = work * 1.035**PASSED + care * 1.02**PASSED * ageing
    assert rows["nominal", "total"] == pytest.approx(nominal)


def test_no_view_holds_both_growth_and_a_discount():
    result = models.run(PACKAGE, draws=200, years=6)
    frame = result.budget()
    assert set(map(tuple, frame[["view", "discounted"]].to_numpy())) == {
        ("nominal", False), ("constant_prices", True),
    }  # fmt: skip
    years = result.budget_constant_prices().set_index(["payer", "year"])["mean"]
    discounted = frame[frame["discounted"]].set_index(["payer", "year"])["mean"]
    added = result.budget_sum().set_index(["view", "payer"])["mean"]
    for payer in (*PAYERS, "total"):
        weights = 1.03 ** -np.arange(6)
        assert discounted[payer].to_numpy() == pytest.approx(years[payer].to_numpy() * weights)
        assert added["constant_prices", payer] == pytest.approx(float(years[payer] @ weights))


def test_return_to_work_support_costs_about_nothing_in_its_first_year():
    result = models.run(SUPPORT, years=1)
    rows = result.budget().set_index(["view", "payer"])["mean"]
    assert -15e6 < rows["nominal", "total"] < 10e6
    assert result.budget_programme()["mean"].max() > 4e6


def tables_by_payer(content: dict):
    """Every list of rows in the JSON that has a payer, but for those of cash, which net out."""
    for name, rows in content.items():
        if isinstance(rows, list) and rows and "payer" in rows[0] and "flow" not in rows[0]:
            yield name, rows


def test_payers_add_up_to_the_total_in_every_table_and_hold_no_programme():
    result = models.run(WALKING, draws=100, years=3)
    content = json.loads(result.to_json())
    found = dict(tables_by_payer(content))
    assert set(found) >= {"budget", "budget_sum", "budget_constant_prices", "ledger"}
    for name, rows in found.items():
        assert {row["payer"] for row in rows} <= {*PAYERS, "total"}, name
        wholes = {key(row): row["mean"] for row in rows if row["payer"] == "total"}
        for whole, mean in wholes.items():
            parts = [r["mean"] for r in rows if r["payer"] != "total" and key(r) == whole]
            assert len(parts) == len(PAYERS)
            assert sum(parts) == pytest.approx(mean, abs=0.01), name
    assert {row["cost_item"] for row in content["budget_programme"]} == {"programme"}


def key(row: dict) -> tuple:
    return tuple((k, row[k]) for k in ("view", "year", "discounted") if k in row)


def test_health_by_year_is_discounted_at_its_own_rate():
    """Hand: year 4 is divided by 1.015 three times."""
    result = models.run(PACKAGE, draws=100, years=4)
    rows = result.budget_health().set_index(["measure", "discounted", "year"])["mean"]
    for year in range(2027, 2031):
        left = rows["qaly_loss", False, year] / 1.015 ** (year - 2027)
        assert rows["qaly_loss", True, year] == pytest.approx(left)
    assert ("sick_days", True) not in rows.index.droplevel("year")


def test_one_form_for_x_rays_and_scans_is_paid_once():
    """Hand: no picture at all takes the whole form of EUR 1 million a year, whoever asks first;
    X-rays half way down and no scans too, for the form is then wholly there."""
    m = point()
    form = base("imaging_form_cost")

    def paid(**levels: float) -> float:
        state = m.steady(levels, catalogue_of(PUBLISHED), "independent")
        return float(sum(v[0] for (item, _), v in state.ledger.items() if item == "programme"))

    assert paid(xray_share=0.0) == paid(mri_share=0.0) == form
    assert paid(xray_share=0.0, mri_share=0.0) == form
    assert paid(xray_share=0.055, mri_share=0.0) == form
    assert paid(xray_share=0.055, mri_share=0.009) == pytest.approx(form / 2)
    assert paid(xray_share=0.0, imaging_red_flags_only=1.0) == form
    campaign = base("eff_campaign_cost")
    assert paid(xray_share=0.0, public_campaign=1.0) == pytest.approx(form + campaign)


def test_years_are_nominal_in_the_ledger_and_the_same_as_in_the_budget():
    result = run_like(models.run(PACKAGE, draws=50), PACKAGE, years=2)
    rows = result.budget().set_index(["view", "year", "payer"])["mean"]
    for place, year in ((1, 2027), (2, 2028)):
        pairs = result.entries("budget_impact", place)
        total = sum(float(np.mean(after - before)) for before, after in pairs.values())
        assert total == pytest.approx(rows["nominal", year, "total"])
