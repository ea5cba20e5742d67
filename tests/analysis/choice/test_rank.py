"""All levers on one scale: each alone at the end of its researched range, largest saving first."""

import json
from dataclasses import replace

import numpy as np
import pytest

import models
from models.analysis.choice.rank import _most, strongest
from models.command_line.parsers import main
from models.engine.record import plain, to_json

LEVERS = models.load_levers()
RESULT = models.run(draws=200)
FOUND = models.rank(RESULT)


def test_the_strongest_level_is_the_end_of_the_researched_range():
    lever = replace(next(iter(LEVERS.values())), min=0, max=1, today=0.5, trial_low=0.2,
                    trial_high=0.7, programme_when="above")  # fmt: skip
    assert strongest(lever) == (0.7, True)
    assert strongest(replace(lever, programme_when="below")) == (0.2, True)
    # research went further than the slider
    assert strongest(replace(lever, trial_high=3.0)) == (1, True)
    # between steps of the slider, 0.1 apart: the step towards today
    assert strongest(replace(lever, trial_high=0.77, step=0.1)) == (0.7, True)
    below = replace(lever, trial_low=0.23, step=0.1, programme_when="below")
    assert strongest(below) == (0.3, True)
    # none: the end of the slider, and said so
    assert strongest(replace(lever, trial_low=None, trial_high=None)) == (1, False)


def test_every_lever_once_largest_saving_first():
    means = [row["incremental"]["mean"] for row in FOUND["levers"]]
    assert means == sorted(means)
    assert {row["lever"] for row in FOUND["levers"]} == set(LEVERS)


def test_a_row_is_the_lever_alone():
    row = FOUND["levers"][0]
    alone = models.run(levers={row["lever"]: row["level"]}, draws=200)
    assert plain(row["incremental"]) == alone.headline["incremental_total"]
    assert row["probability_saving"] == alone.headline["probability_saving"]
    assert sum(row["payers"].values()) == pytest.approx(row["incremental"]["mean"])
    assert row["verdict"] == models.verdict(alone).word
    premium = alone.cash.premium_quantity("premium_per_adult")
    assert plain(row["premium_per_adult"]) == premium and premium["unit"] == "EUR/adult/year"


def test_the_share_of_draws_in_which_a_lever_saves_most():
    # draw by draw the lowest is a, b, both; in the last no lever saves anything
    changes = np.array([[-3.0, -1.0, -2.0, 4.0], [-2.0, -5.0, -2.0, 1.0]])
    assert _most(changes) == [0.5, 0.5]
    assert 0.9 < sum(row["probability_most"] for row in FOUND["levers"]) <= 1.0


def test_levels_of_the_result_do_not_count():
    moved = models.run(levers={"public_campaign": 1.0}, draws=200)
    assert models.rank(moved)["levers"] == FOUND["levers"]


@pytest.mark.parametrize("form", ["json", "csv", "table"])
def test_the_command_ranks(capsysbinary, form):
    assert main(["rank", "--draws", "200", "--format", form]) == 0
    out = capsysbinary.readouterr().out.decode()
    if form == "json":
        assert json.loads(out) == json.loads(to_json(FOUND))
    else:
        named = [line for line in out.splitlines() if line.split(",")[0].split("=")[0] in LEVERS]
        first = FOUND["levers"][0]["lever"]
        assert len(named) == len(LEVERS) and named[0].startswith(first)
