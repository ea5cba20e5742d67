"""Best packages under conditions: against every package of a small grid, and what is impossible."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

import models
from models.analysis.choice.conditions import Conditions, paid
from models.analysis.choice.frontier import frontier
from models.analysis.choice.options import HEALTH
from models.command_line.parsers import main
from models.engine.result import Result
from models.engine.run import catalogue_of
from models.errors import UsageError

LEVERS = catalogue_of(models.load_assumptions())
FEW = ("walking_programme", "return_to_work_support", "physio_basic_package", "xray_share")
OUT = tuple(name for name in LEVERS if name not in FEW)
RESULT = models.run(draws=200)


def brute(result: Result, conditions: Conditions) -> list[tuple[dict, float, float]]:
    """Every package of FEW at today and at its researched end that meets the conditions."""
    held, m = dict(conditions.held), result.model
    ends = {"walking_programme": 0.4, "return_to_work_support": 1.0, "physio_basic_package": 1.0,
            "xray_share": 0.07}  # fmt: skip
    found = []
    for chosen in product((False, True), repeat=len(FEW)):
        moved = {name: ends[name] for name, on in zip(FEW, chosen, strict=True) if on}
        if set(moved) & set(held) or set(moved) & set(conditions.without):
            continue
        levels = held | moved
        if not set(conditions.must) <= set(levels):
            continue
        state = m.steady(levels, result.levers, result.options.overlap)
        more = {
            name: np.mean(paid(state, name) - paid(m.base, name))
            for name in conditions.limits(result)
        }
        if all(more[name] <= most for name, most in conditions.limits(result).items()):
            cost = np.mean(state.total - m.base.total)
            gained = np.mean(m.base.health[HEALTH] - state.health[HEALTH])
            found.append((levels, float(cost), float(gained)))
    return found


@pytest.mark.parametrize(
    "asked",
    [
        Conditions(),
        Conditions(held=(("walking_programme", 0.2),)),
        Conditions(must=("physio_basic_package",)),
        Conditions(payers=(("basic_insurance", 0.0),)),
        Conditions(must=("return_to_work_support",), worse_off=150e6),
    ],
    ids=["none", "held", "must", "payer", "worse off"],
)
def test_the_same_best_package_as_every_package_tried(asked):
    asked = replace(asked, without=OUT)
    expected = brute(RESULT, asked)
    cheapest = min(expected, key=lambda one: (one[1], -one[2]))
    found = frontier(RESULT, budget=1e9, conditions=asked)
    assert dict(found.packages[0].levels) == cheapest[0]
    assert found.packages[0].cost.mean == pytest.approx(cheapest[1], abs=1)
    healthiest = max(expected, key=lambda one: (round(one[2], 6), -one[1]))
    assert dict(found.best.levels) == healthiest[0]


def test_impossible_conditions_say_which_to_relax():
    asked = Conditions(without=OUT, must=("walking_programme",), payers=(("employer", -1e12),))
    with pytest.raises(
        UsageError, match="relax employer at most -1,000,000,000,000 EUR more"
    ) as told:
        frontier(RESULT, conditions=asked)
    assert told.value.names == ("employer",)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (Conditions(must=("walking_program",)), "walking_programme"),
        (Conditions(payers=(("employers", 0.0),)), "employer"),
        (Conditions(must=("xray_share",), without=("xray_share",)), "asked for and ruled out"),
    ],
)
def test_a_wrong_condition_gets_a_sentence(asked, sentence):
    with pytest.raises(UsageError, match=sentence):
        frontier(RESULT, conditions=asked)


def test_the_command_holds_what_is_set(capsys):
    without = [word for name in OUT for word in ("--without", name)]
    told = ["frontier", "--draws", "100", "--format", "table", *without]
    assert main([*told, "--set", "walking_programme=0.2"]) == 0
    said = capsys.readouterr().out
    assert "walking_programme=0.2 held" in said
    packages = [line for line in said.splitlines() if "walking_programme=" in line][1:]
    assert packages and all("walking_programme=0.2" in line for line in packages)
    assert main([*told, "--payer-limit", "basic_insurance=x"]) == 2
