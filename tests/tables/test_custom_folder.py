"""A lever, a cost item and a scenario by rows alone, from a folder or an upload."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import models
from models.command_line.parsers import main
from models.engine.model import Model
from models.engine.options import Options
from models.engine.run import catalogue_of
from models.errors import DataError
from models.tables.assumptions import Assumptions
from models.tables.catalogue import Catalogue
from tests.support import custom
from tests.support.custom import ITEM, LEVER, SCENARIO

PUBLISHED = models.load_assumptions()
MINE = Assumptions.from_tables(custom.upload(), PUBLISHED)
POINT = Options(draws=1, seed=0, anchor="total")  # base values, as the hand counts
CENT = 0.01
ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path):
    own = tmp_path / "mine"
    own.mkdir()
    for name, data in custom.upload():
        (own / name).write_bytes(data)
    return own


def printed(capsys, *words: str) -> str:
    assert main(list(words)) == 0, capsys.readouterr().err
    return capsys.readouterr().out


def point(used: Assumptions = MINE, **options) -> Model:
    return Model(used, PUBLISHED, Options(**{**vars(POINT), **options}), point=True)


def amounts(state) -> dict[str, float]:
    found: dict[str, float] = {}
    for (item, _), amount in state.ledger.items():
        found[item] = found.get(item, 0.0) + float(amount[0])
    return found


def codes(tables) -> set[str]:
    with pytest.raises(DataError) as caught:
        Assumptions.from_tables(tables, PUBLISHED)
    assert all(one.file and one.message("nl") for one in caught.value.findings)
    return {one.code for one in caught.value.findings}


# -- it is there ------------------------------------------------------------------------------


def test_the_command_line_knows_what_the_folder_adds(folder, capsys):
    levers, packages = len(models.load_levers()) + 1, len(models.load_scenarios()) + 1
    known = f"{len(PUBLISHED) + 5} assumptions, {levers} levers, {packages} scenarios"
    assert known in printed(capsys, "check", str(folder))
    listed = json.loads(printed(capsys, "levers", "--assumptions", str(folder), "--format", "json"))
    assert [one["id"] for one in listed["levers"]][-1] == LEVER
    words = ("--assumptions", str(folder), "--draws", "50", "--format", "json")
    by_name = json.loads(printed(capsys, "run", "--scenario", SCENARIO, *words))
    by_level = json.loads(printed(capsys, "run", "--set", f"{LEVER}=0.5", *words))
    assert by_name == by_level
    lines = {row["cost_item"] for row in by_name["ledger"] if row["view"] == "budget_impact"}
    assert ITEM in lines and by_name["headline"]["incremental_total"]["mean"] < 0
    even = json.loads(printed(capsys, "breakeven", "--lever", LEVER, *words))
    assert even["parameter"] == "eff_chiro_contract"
    # half a million / 12 million: below this share avoided the contracts cost more than they save
    assert even["value"] == pytest.approx(0.5 / 12, rel=0.1)
    parts = json.loads(printed(capsys, "attribute", "--scenario", SCENARIO, *words))["parts"]
    assert [part["lever"] for part in parts] == [LEVER]


def test_the_commands_about_files_know_the_folder_too(folder, tmp_path, capsys):
    words = ("--assumptions", str(folder), "--draws", "20", "--scenario", SCENARIO)
    zipped = str(tmp_path / "run.zip")
    printed(capsys, "bundle", *words, "--out", zipped)
    assert "same" in printed(capsys, "verify", zipped)
    bars = json.loads(printed(capsys, "tornado", *words, "--format", "json"))["bars"]
    assert bars[0]["parameter"] in ("eff_chiro_contract", "vol_chiro_visits")
    said = printed(capsys, "compare", str(custom.DATA), str(folder), "--draws", "20")
    assert "levers.csv" in said and "price_chiro" in said


def test_without_the_folder_nothing_is_known_of_it(capsys):
    assert main(["run", "--set", f"{LEVER}=0.5"]) == 2
    assert LEVER in capsys.readouterr().err
    assert main(["run", "--scenario", SCENARIO]) == 2
    assert LEVER not in models.load_levers() and ITEM not in Catalogue.published().cost_items


def test_a_scenario_file_is_checked_against_the_levers_of_the_folder(folder, tmp_path, capsys):
    path = tmp_path / "own.json"
    path.write_text(json.dumps({"levers": {LEVER: 0.5}}))
    printed(capsys, "run", "--scenario", str(path), "--assumptions", str(folder), "--draws", "20")


# -- what it comes to -------------------------------------------------------------------------


def test_amounts_by_hand():
    """200,000 x 60 = 12.0 m. At 0.5: 12.0 x (1 - 0.5 x 0.25) = 10.5 m, and 0.5 x 0.5 m = 0.25 m."""
    m = point()
    package = m.steady({LEVER: 0.5}, catalogue_of(MINE), "independent")
    before, after = amounts(m.base), amounts(package)
    assert before[ITEM] == pytest.approx(12_000_000, abs=CENT)
    assert after[ITEM] == pytest.approx(10_500_000, abs=CENT)
    assert after["programme"] == pytest.approx(250_000, abs=CENT)
    paid = {payer: float(v[0]) for (item, payer), v in m.base.ledger.items() if item == ITEM}
    assert paid == {
        "supplementary_insurance": pytest.approx(4_800_000, abs=CENT),
        "household_out_of_pocket": pytest.approx(7_200_000, abs=CENT),
    }
    others = {item for item in before if item not in (ITEM, "programme")}
    assert all(before[item] == after[item] for item in others)


def test_the_published_figures_do_not_move_by_a_bit():
    ours, theirs = point(PUBLISHED).base, point().base
    assert all((theirs.ledger[key] == amount).all() for key, amount in ours.ledger.items())
    difference = theirs.total - ours.total
    assert difference[0] == pytest.approx(12_000_000, abs=CENT)
    drawn = models.run(draws=200).model.p
    assert all(
        (models.run(assumptions=MINE, draws=200).model.p[n] == v).all() for n, v in drawn.items()
    )


def test_at_today_it_is_neutral_to_the_bit_and_off_it_alive():
    same = models.run({LEVER: 0.0}, assumptions=MINE, draws=200)
    assert (same.incremental == 0).all() and same.levels == {}
    moved = models.run({LEVER: 1.0}, assumptions=MINE, draws=200)
    assert moved.summary("incremental").loc[ITEM, "mean"] < 0
    assert moved.summary("incremental", "payer").loc["supplementary_insurance", "mean"] < 0


def test_it_is_in_every_sum():
    result = models.run({LEVER: 0.5}, assumptions=MINE, draws=100, years=2)
    for scenario in ("base_case", "scenario"):
        total = result.summary(scenario, "total").loc["total", "mean"]
        for by in ("cost_item", "category", "payer"):
            assert result.summary(scenario, by)["mean"].sum() == pytest.approx(total)
    views = result.perspectives()["mean"]
    assert views["society"] == pytest.approx(result.headline["incremental_total"]["mean"])
    change = result.summary("incremental")["mean"]
    assert views["care_budget"] == pytest.approx(change[ITEM] + change["programme"])
    frame = result.table
    years = frame[(frame["cost_item"] == ITEM) & (frame["view"] == "budget_impact")]
    assert set(years["year"]) == {result.first_year, result.first_year + 1}


def test_it_counts_in_the_calibration_where_it_is_care():
    """Held, the total is 12 million more; solved again it is the anchor; work stands outside it."""
    anchor = PUBLISHED["tot_article"].base
    assert point().base.total[0] == pytest.approx(anchor + 12e6, abs=1)
    again = Model(
        MINE, PUBLISHED, Options(draws=1, seed=0, anchor="total", recalibrate=True), point=True
    )
    assert again.base.total[0] == pytest.approx(anchor, abs=1)
    work = Assumptions.from_tables(
        custom.changed(
            "cost_items.csv", f"{ITEM},resource,care,care", f"{ITEM},resource,work,work"
        ),
        PUBLISHED,
    )
    again = Model(
        work, PUBLISHED, Options(draws=1, seed=0, anchor="total", recalibrate=True), point=True
    )
    assert again.base.total[0] == pytest.approx(anchor + 12e6, abs=1)
    steps = models.steps(models.run(assumptions=MINE, draws=100))["mean"]
    assert steps["bottom_up"] == pytest.approx(
        models.steps(models.run(draws=100))["bottom_up":]["mean"].iloc[0] + 12e6, rel=0.02
    )


@pytest.mark.parametrize("follows", ["episodes", "chronic", "patients", "nothing"])
def test_it_moves_with_what_it_follows(follows):
    """Year 1 of walking: e = 1 - q + q', c = 1 - x + x e where the stock follows, patients
    (A e + C c) / (A + C)."""
    used = Assumptions.from_tables(
        custom.changed("cost_items.csv", "price_chiro,patients", f"price_chiro,{follows}"),
        PUBLISHED,
    )
    used = used.with_values({"eff_walk_chronic": 1.0})
    m = point(used)
    lever = catalogue_of(used)["walking_programme"]
    state = next(m.years({lever.id: 0.3}, catalogue_of(used), "independent", 1))
    q, ratio = PUBLISHED["course_recurrence"].base, PUBLISHED["eff_walkback_hr"].base
    reached = 0.3 / lever.ramp_years
    e = 1 - q + q * (1 - reached) + reached * (1 - (1 - q) ** ratio)
    acute, chronic = PUBLISHED["vol_gp_acute"].base, PUBLISHED["vol_chronic_lbp_care"].base
    c = 1 - float(m.exit[0]) * (1 - e)
    both = (acute * e + chronic * c) / (acute + chronic)
    wanted = {"episodes": e, "chronic": c, "patients": both, "nothing": 1.0}[follows]
    assert amounts(state)[ITEM] == pytest.approx(12e6 * wanted, rel=1e-9)
    assert follows == "nothing" or wanted < 1
