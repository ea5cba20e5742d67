"""The frontier of health and money: worked by hand, and against every combination run in full."""

import json
import sys
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import models
from models.analysis.choice.frontier import Frontier, frontier
from models.analysis.choice.screening import Screen, healthiest, hull, ladder
from models.command_line.parsers import main
from models.engine.record import plain
from models.engine.result import Result
from models.engine.run import catalogue_of

LEVERS = catalogue_of(models.load_assumptions())
FEW = ("xray_share", "opioid_share", "walking_programme", "antibiotic", "cannabis_extract")


def test_hull_by_hand():
    """Money and health of five packages; B lies above the line from A to C, D is dominated."""
    cost = np.array([0.0, 10.0, 12.0, 15.0, 40.0])  # A B C D E
    health = np.array([0.0, 3.0, 8.0, 7.0, 10.0])
    # A to B costs 3.3 a unit, A to C 1.5: B is passed over; D costs more than C and gives less
    assert hull(cost, health) == [0, 2, 4]


POINTS = st.lists(st.tuples(st.integers(-20, 20), st.integers(-20, 20)), min_size=1, max_size=30)


@given(POINTS, st.integers(0, 50))
def test_no_package_beats_the_hull_at_any_price_of_health(points, price):
    cost, health = np.array(points, dtype=float).T
    rows = hull(cost, health)
    benefit = price * health - cost
    assert benefit[rows].max() == benefit.max()
    assert (np.diff(cost[rows]) > 0).all() and (np.diff(health[rows]) > 0).all()


@given(POINTS, st.integers(-20, 20))
def test_the_healthiest_within_a_budget(points, budget):
    cost, health = np.array(points, dtype=float).T
    rows = healthiest(cost, health, budget)
    within = [(-h, c) for c, h in points if c <= budget]
    assert [(-health[r], cost[r]) for r in rows] == sorted(within)


def test_a_lever_stands_at_the_end_of_its_trials():
    """Inside research: 0.065 on a step of 0.01; a rule for everybody; no what-if."""
    both = {name: (ladder(LEVERS[name]), ladder(LEVERS[name], True)) for name in FEW}
    assert both == {
        "xray_share": ([0.07], [0.07, 0.0]),
        "opioid_share": ([], [0.0]),
        "walking_programme": ([0.4], [0.4]),  # trials went as far as the slider
        "antibiotic": ([], [0.3]),
        "cannabis_extract": ([], [1.0]),
    }
    assert ladder(LEVERS["return_to_work_support"]) == [1.0]


def test_an_edited_today_beyond_the_trials_is_left_alone():
    """With 5% X-rays today, the 6.5% that trials reached is no policy any more."""
    lever = replace(LEVERS["xray_share"], today=0.05)
    assert ladder(lever) == [] and ladder(lever, True) == [0.0]


@pytest.mark.parametrize("outside", (False, True))
def test_the_search_keeps_to_its_bounds(few, outside):
    """Every package, and the best for a budget: inside researched ranges, without what-ifs."""
    found = frontier(few, budget=1e9, outside_research=outside)
    packages = [*(one["levels"] for one in found["packages"]), found["best"]["levels"]]
    beyond = [
        name
        for levels in packages
        for name, level in levels.items()
        if LEVERS[name].what_if
        or (LEVERS[name].trial_low or -1) > level
        or (LEVERS[name].trial_high or 1e9) < level
    ]
    assert bool(beyond) == outside
    assert (found["what_ifs_left_out"] == ()) == outside
    assert any(one["beyond_evidence"] for one in found["packages"]) == outside


@pytest.fixture(scope="module")
def few() -> Result:
    """A model with five levers, so that all combinations can be run."""
    result = models.run(draws=400)
    return Result(result.model, {}, {n: LEVERS[n] for n in FEW}, result.options)


def test_screening_finds_what_running_everything_finds(few):
    found = frontier(few, outside_research=True)
    steps = [[few.levers[n].today, *ladder(few.levers[n], True)] for n in FEW]
    packages, cost, health = [], [], []
    for levels in product(*steps):
        run = models.run(levers=dict(zip(FEW, levels, strict=True)), draws=400)
        packages.append(run.levels)
        cost.append(run.incremental.mean())
        health.append(-(run.scenario.health["qaly_loss"] - run.base.health["qaly_loss"]).mean())
    assert found["combinations"] == len(packages) == 3 * 2**4
    rows = hull(np.array(cost), np.array(health))
    assert [one["levels"] for one in found["packages"]] == [packages[row] for row in rows]
    assert [one["cost"]["mean"] for one in found["packages"]] == pytest.approx(
        [cost[row] for row in rows]
    )
    assert found["screening"]["run_in_full"] < len(packages)


@pytest.fixture(scope="module")
def found() -> Frontier:
    return frontier(models.run(draws=500), budget=20e6, perspective="care_budget")


def test_each_next_package_buys_health_at_a_higher_price(found):
    prices = [one["price_of_next_qaly"] for one in found["packages"]]
    assert prices[0] is None and prices[1:] == sorted(prices[1:])
    assert found["packages"][0]["cost"]["mean"] < 0  # some packages save money for care
    assert all(0 <= one["sure"] <= 1 for one in found["packages"])
    assert sum(one["best_at_reference_value"] for one in found["packages"]) == pytest.approx(1)


def test_money_is_that_of_the_perspective(found):
    one = found["packages"][-1]
    run = models.run(levers=one["levels"], draws=500)
    assert one["cost"]["mean"] == pytest.approx(run.perspectives().loc["care_budget", "mean"])


def test_the_best_for_a_budget_is_within_it(found):
    best = found["best"]
    assert best["cost"]["mean"] <= 20e6
    cheaper = [p for p in found["packages"] if p["cost"]["mean"] <= 20e6]
    assert best["qaly"]["mean"] >= max(p["qaly"]["mean"] for p in cheaper)
    assert frontier(models.run(draws=50), budget=-1e12)["best"] is None


def test_odd_pairs_are_left_out(found):
    """Exempt from the deductible without being in the package is no package."""
    tried = [lever for lever in LEVERS.values() if not lever.what_if]
    assert len(tried) >= 12 and found["combinations"] == 2 ** len(tried) * 3 // 4
    for one in found["packages"]:
        assert "physio_basic_package" in one["levels"] or (
            "physio_deductible_exempt" not in one["levels"]
        )


def test_the_levels_of_the_scenario_play_no_part(few):
    moved = Result(few.model, {"xray_share": 0.05}, few.levers, few.options)
    assert frontier(moved)["packages"] == frontier(few)["packages"]


def test_when_there_are_too_many_the_least_levers_stay_at_today(few, monkeypatch):
    monkeypatch.setattr(sys.modules[Screen.__module__], "MOST", 20)
    found = frontier(Result(few.model, {}, few.levers, few.options), outside_research=True)
    assert found["combinations"] <= 20
    assert set(found["left_out"]) | set(found["levers"]) == set(FEW)
    assert "walking_programme" in found["levers"]


def test_progress_runs_from_start_to_end(few):
    seen: list[float] = []
    frontier(Result(few.model, {}, few.levers, few.options), progress=seen.append)
    assert seen == sorted(seen) and seen[-1] == 1


def test_the_command_gives_the_same(found, capsysbinary):
    words = ["--draws", "500", "--budget", "20000000", "--perspective", "care_budget"]
    assert main(["frontier", *words]) == 0
    assert json.loads(capsysbinary.readouterr().out) == plain(found)
    assert main(["frontier", *words, "--format", "table"]) == 0
    assert b"best within 20 million" in capsysbinary.readouterr().out


@pytest.mark.parametrize(
    "words", [["--perspective", "care"], ["--budget", "veel"], ["--budget", "1e13"]]
)
def test_a_wrong_question_is_a_line(words, capsys):
    assert main(["frontier", "--draws", "20", *words]) == 2
    out, err = capsys.readouterr()
    assert out == "" and len(err.strip().splitlines()) == 1


def test_no_two_levels_of_the_ladder_are_the_same():
    for lever in models.load_levers().values():
        steps = ladder(lever, True)
        assert len({lever.today, *steps}) == 1 + len(steps)
