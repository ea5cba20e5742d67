"""The table of `run` prints the premium by the rule and who pays whom."""

import pytest

import models
from models.command_line.parsers import main

LEVELS = {"physio_basic_package": 1.0, "return_to_work_support": 0.5}


def printed(capsysbinary, *words: str) -> dict[str, list[float]]:
    assert main(["run", "--draws", "200", "--years", "2", *words]) == 0
    found = {}
    for line in capsysbinary.readouterr().out.decode().splitlines():
        name, *cells = line.replace("(EUR m)", "").replace("(EUR/adult)", "").split()[:6] or [""]
        try:
            found.setdefault(name, []).append([float(cell) for cell in cells])
        except ValueError:
            continue  # a head
    return found


def test_the_table_of_a_package_is_that_of_the_result(capsysbinary):
    words = [f"{name}={level}" for name, level in LEVELS.items()]
    found = printed(capsysbinary, *(word for pair in words for word in ("--set", pair)))
    result = models.run(levers=LEVELS, draws=200, years=2)
    premium = result.cash.premium_quantity("premium_per_adult")
    assert found["premium_per_adult"][0][1:] == pytest.approx(
        [premium["mean"], premium["p2_5"], premium["p97_5"]], abs=0.005
    )
    assert len(found["premium_per_adult"][1]) == 2  # two years
    assert sum(found["wage_payment"][0]) == pytest.approx(0, abs=0.2)
    assert found["total"][0][3] == 0  # the insurer ends at zero


def test_without_a_lever_the_table_is_today(capsysbinary):
    found = printed(capsysbinary)
    assert found["premium_per_adult"][0][1:] == [0, 0, 0]
    assert len(found["premium_per_adult"]) == 1
    assert found["wage_payment"][0][0] > 0
