"""Assumptions with a value a year: the deductible of the year in base case and package alike."""

from math import exp

import numpy as np
import pytest

import models
from models.engine.by_year import schedule
from models.engine.options import CALENDARS
from models.errors import DataError
from models.formulas.payers import add
from models.paths import DATA
from tests.verification.bench import LEVERS, PUBLISHED, items, point

TABLE = "values_by_year.csv"
PACKAGE = {"physio_basic_package": 1.0}
COURSE = 9.5 * 41.73  # EUR, sessions x price


def under(deductible: float) -> float:
    """Part of a course that is paid under a deductible of prices of 2024: 55% pay it at all."""
    return 0.55 * (1 - exp(-deductible / COURSE))


def with_rows(tmp_path, *rows: str):
    """The published assumptions with other rows by year."""
    head = (DATA / TABLE).read_text(encoding="utf-8").splitlines()[0]
    (tmp_path / TABLE).write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    return models.load_assumptions(tmp_path)


def paid(state, item: str, payer: str) -> float:
    return float(state.ledger[item, payer][0])


@pytest.mark.parametrize(
    "calendar, year, deductible",
    [
        ("plan", 1, 460 / 1.02**3),  # 2027, prices 2% a year since 2024: 433.5
        ("plan", 3, 460 / 1.02**5),  # 2029: no step of 2029 was found, so 460 is held
        ("plan", 4, 520 / 1.02**6),  # 2030: 461.7
        ("law", 4, 385 / 1.02**6),  # 341.9
        ("none", 4, 385),
    ],
)
def test_physiotherapy_under_the_deductible_of_the_year_by_hand(calendar, year, deductible):
    """8% of the cost is in the package already. Its use moves along the arc of -31%, from the share
    under 385 to the share under the deductible of the year; all others stay as they are."""
    m = point(calendar=calendar)
    *_, state = m.years({}, {}, "independent", year)
    now, then = under(385), under(deductible)
    use = 0.08 * (1 - 0.31 * then) / (1 - 0.31 * now)
    whole = items(m.base)["physiotherapy"]
    assert paid(state, "physiotherapy", "household_deductible") == pytest.approx(whole * use * then)
    assert paid(state, "physiotherapy", "basic_insurance") == pytest.approx(
        whole * use * (1 - then)
    )
    assert items(state)["physiotherapy"] == pytest.approx(whole * (0.92 + use))


def test_other_insured_care_under_the_deductible_of_the_year_by_hand():
    """15% at 385, so 1 - 0.85^(D / 385) at D = 460 / 1.02^3; care itself is the same."""
    m = point()
    state = next(m.years({}, {}, "independent", 1))
    share = 1 - 0.85 ** (460 / 1.02**3 / 385)
    whole = items(m.base)["mri"]
    assert paid(state, "mri", "household_deductible") == pytest.approx(whole * share)
    assert items(state)["mri"] == pytest.approx(whole)


def test_in_force_no_figure_differs_by_calendar():
    runs = [models.run(PACKAGE, draws=300, calendar=name) for name in CALENDARS]
    first, *others = (run.table[run.table["year"].isna()].set_index("measure") for run in runs)
    for other in others:
        assert np.array_equal(first["mean"], other["mean"])
    years = [run.budget()["mean"].to_list() for run in runs]
    assert years[0] != years[1] != years[2]
    assert len({run.years_to_force for run in runs}) == 1


def test_base_case_and_package_of_the_years_have_the_deductible_of_the_year():
    """The premium table's years: an average deductible in the base case that rises in 2030."""
    result = models.run(PACKAGE, draws=300, years=5)
    frame = result.cash.premium
    frame = frame[frame["year"].notna() & (frame["measure"] == "average_deductible")]
    wide = frame.pivot(index="year", columns="scenario", values="mean")
    for scenario in ("base_case", "scenario"):
        steps = wide[scenario].diff().dropna()
        assert steps[2030] > 2 * steps[2029] > 0
    change = wide["scenario"] - wide["base_case"]
    assert change.to_list() == pytest.approx(wide["incremental"].to_list())
    by_payer = result.budget().set_index(["view", "payer", "year"])["mean"]["nominal"]
    payers = [name for name in by_payer.index.levels[0] if name != "total"]
    for year in wide.index:
        whole = sum(by_payer[name, year] for name in payers)
        assert whole == pytest.approx(by_payer["total", year])


def test_an_edited_deductible_holds_in_every_year():
    result = models.run(draws=50, set_assumptions={"ins_deductible": 165})
    assert {row["value"] for row in result.values_by_year()} == {165}
    assert {row["status"] for row in result.values_by_year()} == {"in_force", "edited"}
    assert not result.model.dated


def test_a_price_and_the_package_of_a_year_in_base_case_and_scenario(tmp_path):
    """A consultation at 40 from 2028 on; in 2029 physiotherapy in the package."""
    note = "law,convention,,"
    used = with_rows(
        tmp_path, f"price_gp,2028,40,constant,{note}", f"pol_physio_package,2029,1,constant,{note}"
    )
    m = models.run(assumptions=used, draws=50, anchor="none").point
    first, second, third = m.years({}, {}, "independent", 3)
    assert items(first) == items(m.base)
    assert items(second)["gp"] == pytest.approx(items(m.base)["gp"] * 40 / 33.12)
    assert items(second)["physiotherapy"] == items(m.base)["physiotherapy"]
    moved = m.steady(PACKAGE, LEVERS, "independent")
    assert items(third)["physiotherapy"] == pytest.approx(items(moved)["physiotherapy"])
    levels = {"walking_programme": 0.2}
    for before, after in m.years_beside_today(levels, LEVERS, "independent", 3):
        assert paid(before, "physiotherapy", "basic_insurance") == pytest.approx(
            paid(after, "physiotherapy", "basic_insurance"), rel=0.02
        )
    assert not (add(third.ledger.values()) == m.base.total).all()


def test_the_list_says_which_year_has_what():
    m = point()
    said = {row["year"]: (row["value"], row["status"]) for row in schedule(m, 4)}
    assert said == {
        None: (385, "in_force"), 2027: (460, "plan"), 2028: (460, "plan"), 2029: (460, "plan"),
        2030: (520, "plan"),
    }  # fmt: skip
    assert PUBLISHED["ins_deductible"].base == 385


@pytest.mark.parametrize(
    "row, column, code",
    [
        ("ins_deductible,2027.5,460,nominal,plan,convention,,", "year", "whole"),
        ("ins_deductible,1027,460,nominal,plan,convention,,", "year", "range"),
        ("ins_deductible,2027,-1,nominal,plan,convention,,", "value", "range"),
        ("ins_deductible,2027,460,nominal,wish,convention,,", "status", "name_unknown"),
        ("ins_deductable,2027,460,nominal,plan,convention,,", "parameter", "name_unknown"),
        ("course_recurrence,2027,0.3,constant,plan,convention,,", "parameter", "by_year_parameter"),
        ("ins_ded_used,2027,0.3,nominal,plan,convention,,", "prices", "by_year_money"),
    ],
)
def test_a_wrong_row_is_refused_with_its_place(tmp_path, row, column, code):
    with pytest.raises(DataError) as raised:
        with_rows(tmp_path, row)
    found = {(one.file, one.column, one.code) for one in raised.value.findings}
    assert (TABLE, column, code) in found
