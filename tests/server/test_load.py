"""F10: under load every answer is the one that a lonely visitor gets; and the watch can tell."""

from __future__ import annotations

import os

import pytest

from benchmarks import load
from benchmarks.load import Seen, alone, beside, crowd, first_pages, other_seed, part, rush
from tests.support.loops import finished


@pytest.fixture(scope="module")
def seen(server):
    """Small editions of the scenarios of `python -m benchmarks load`."""
    process = os.getpid()  # whose time is looked at does not matter here

    async def scenes():
        first, lonely = await alone(server, process, 1)
        return lonely, {
            "alone": first,
            "crowd": await crowd(server, process, 8, 2.0, lonely),
            "first pages": await first_pages(server, process, 12),
            "flood": await beside(server, process, lonely, lambda a: [rush(a, 200)]),
            "seeds": await beside(server, process, lonely, lambda a: [other_seed(a, 7)]),
        }

    pause, load.PAUSE = load.PAUSE, 0.3
    try:
        yield finished(scenes())
    finally:
        load.PAUSE = pause


@pytest.mark.parametrize("scene", ["alone", "crowd", "first pages", "flood", "seeds"])
def test_F10_every_answer_is_the_lonely_one(seen, scene):
    lonely, scenes = seen
    assert len(set(lonely.values())) == len(lonely) == len(load.LEVELS)
    assert scenes[scene].wrong == 0
    assert len(scenes[scene].waits) >= 12 and min(scenes[scene].bytes) > 0


def test_a_wrong_answer_is_counted(server):
    planted = Seen()

    async def one():
        lonely = dict.fromkeys(load.LEVELS, "another answer")
        async with load.Visitor(server) as visitor:
            await visitor.open(load.START, "simulator")
            await load.move(visitor, 0.4, lonely, planted)

    finished(one())
    assert planted.wrong == 1


def test_a_row_says_what_was_seen():
    row = Seen([0.1, 0.3, 0.2, 0.4], [2_000] * 4, 1, 2.0, 0.4, [100.0, 130.0, 110.0]).row("x", 50.0)
    assert row["p50_ms"] == pytest.approx(300) and row["p95_ms"] == pytest.approx(400)
    assert row["cpu_ms_each"] == pytest.approx(100) and row["cpu_ratio"] == pytest.approx(2)
    assert (row["peak_MB"], row["grown_MB"]) == (130, 10)
    assert (row["answers"], row["wrong_or_lost"]) == (4, 1)
    assert part([], 0.95) == 0
