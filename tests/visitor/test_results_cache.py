"""One cache of results for all visitors: shared by the equal, bounded in bytes."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

import models
from dashboard.charts import CHARTS
from dashboard.visitor import results_cache
from dashboard.visitor.results_cache import Answer, Answers, Holder, Key, table_of
from dashboard.wording.catalogue import words_in
from models.engine.model import Options

PUBLISHED = models.load_assumptions()
LEVELS = {"walking_programme": 0.2, "return_to_work_support": 0.5}
FEW = Options(draws=200, seed=77)


def edited(value: float) -> models.Assumptions:
    return PUBLISHED.with_values({"sl_share": value})


@pytest.fixture(autouse=True)
def empty():
    """Nothing that another test worked out is found again, and nothing of these stays."""
    results_cache.work_out.cache_clear()
    yield
    results_cache.work_out.cache_clear()


# -- what is shared -------------------------------------------------------------------------------


def test_equal_assumptions_share_a_result_and_others_never(monkeypatch):
    holders = [Holder(edited(value)) for value in (0.31, 0.31, 0.32)]
    first, second, other = (
        results_cache.result_of(one.assumptions, FEW, LEVELS) for one in holders
    )
    assert first is second and other is not first
    assert other.headline != first.headline
    reason = edited(0.31)
    row = replace(reason["sl_share"], reason="Counted")
    reason = models.Assumptions({**reason, "sl_share": row}.values(), reason.sources)
    assert results_cache.result_of(reason, FEW, LEVELS) is not first  # a reason is shown


def test_everything_that_an_answer_depends_on_is_in_its_key():
    made = [
        results_cache.result_of(PUBLISHED, options, levels)
        for options in (FEW, replace(FEW, seed=78), replace(FEW, years=2))
        for levels in (LEVELS, {})
    ]
    assert len(set(map(id, made))) == 6
    assert table_of("verdicts", made[0]) is table_of("verdicts", made[0])
    assert table_of("verdicts", made[0]) is not table_of("verdicts", made[2])
    even = [
        table_of("breakeven", made[0], "walking_programme", p) for p in ("price_gp", "sl_share")
    ]
    assert even[0]["parameter"] == "price_gp" and even[1]["parameter"] == "sl_share"


@pytest.mark.parametrize("name", results_cache.TABLES)
def test_every_table_can_be_kept_and_counted(name):
    result = results_cache.result_of(PUBLISHED, FEW, LEVELS)
    asked = {"breakeven": ("walking_programme", "price_gp"), "sheet": ("walking_programme",)}
    table_of(name, result, *asked.get(name, ()))
    sizes = [answer.bytes for answer in results_cache.ANSWERS.values()]
    assert len(sizes) == 2 and all(100 < size < 2e7 for size in sizes)


# -- how much stays -------------------------------------------------------------------------------


def test_a_result_counts_its_draws():
    result = models.run(LEVELS, draws=1_000, seed=5)
    counted = results_cache._bytes(result)
    arrays = [*result.model.p.values(), *result.base.ledger.values()]
    arrays += result.scenario.ledger.values()
    held = sum({id(array): array.nbytes for array in arrays}.values())
    assert held < counted < 2 * held
    assert results_cache._bytes(models.run(LEVELS, draws=2_000, seed=5)) == 2 * counted


def test_the_answer_used_longest_ago_makes_room():
    answers, keys = Answers(100), [Key(PUBLISHED, FEW, (), name) for name in "abcd"]
    for key in keys[:3]:
        answers[key] = Answer(key.name, 30)
    assert answers[keys[0]].value == "a"  # used again
    answers[keys[3]] = Answer("d", 30)
    assert [key.name for key in keys if key in answers] == ["a", "c", "d"]
    with pytest.raises(ValueError):
        answers[Key(PUBLISHED, FEW, (), "e")] = Answer("e", 101)


def test_draws_go_with_the_last_answer_that_rests_on_them():
    used, answers = edited(0.31), Answers(100)
    visitor = Holder(used)
    models.run(LEVELS, assumptions=used, draws=50)
    assert used.memory
    answers[Key(used, FEW, ())] = Answer("result", 60)
    answers[Key(used, FEW, (), "table")] = Answer("table", 10)
    answers[Key(PUBLISHED, FEW, ())] = Answer("published", 95)
    assert len(answers) == 1 and not used.memory and visitor.assumptions is used
    assert PUBLISHED.memory


def test_what_rests_on_assumptions_goes_after_the_last_who_held_them():
    one, other = Holder(edited(0.31)), Holder(edited(0.31))
    results_cache.result_of(one.assumptions, FEW, LEVELS)
    last = Holder(edited(0.32))
    del one
    gc.collect()
    results_cache.result_of(last.assumptions, FEW, {})
    assert len(results_cache.ANSWERS) == 2  # the other still holds equal ones
    del other
    gc.collect()
    results_cache.result_of(PUBLISHED, FEW, {})
    kept = {key.assumptions for key in results_cache.ANSWERS}
    assert kept == {last.assumptions, PUBLISHED}


# -- who waits for whom ---------------------------------------------------------------------------


def beside(slow: Callable, quick: Callable) -> tuple[object, object]:
    """What `slow` and `quick` answer, where `quick` must be done while `slow` still works."""
    started, over, answers = threading.Event(), threading.Event(), {}

    def working() -> bool:
        started.set()
        return over.wait(30)

    first = threading.Thread(target=lambda: answers.update(slow=slow(working)))
    second = threading.Thread(target=lambda: answers.update(quick=quick()))
    first.start()
    try:
        assert started.wait(30)
        second.start()
        second.join(20)
        assert "quick" in answers and "slow" not in answers
    finally:
        over.set()
        first.join()
        second.join()
    return answers["slow"], answers["quick"]


@pytest.mark.parametrize(
    "asked",
    [
        Key(PUBLISHED, FEW, (), "frontier"),
        Key(PUBLISHED, replace(FEW, seed=78), (), "tornado"),
        Key(edited(0.31), FEW, (), "tornado"),
        Key(PUBLISHED, FEW, (("xray_share", 0.05),), "tornado"),
    ],
    ids=["table", "seed", "assumptions", "levels"],
)
def test_nobody_waits_for_what_another_asked_for(asked):
    assert beside(
        lambda working: results_cache.work_out(Key(PUBLISHED, FEW, (), "tornado"), working).value,
        lambda: results_cache.work_out(asked, lambda: "mine").value,
    ) == (True, "mine")


def test_nobody_waits_for_the_tornado_of_another():
    """The slow one holds a turn and does not pass it on."""
    result = results_cache.result_of(PUBLISHED, FEW, LEVELS)
    slow, quick = beside(
        lambda working: results_cache.made_of("tornado", result, working),
        lambda: results_cache.result_of(edited(0.31), FEW, LEVELS),
    )
    assert slow is True and quick.headline


def test_who_asks_for_the_very_same_waits_for_the_one_answer():
    made, answers = [], []

    def make():
        made.append(1)
        time.sleep(0.2)  # the others have come by then, or make one more and fail the test
        return object()

    key = Key(PUBLISHED, FEW, (), "tornado")
    results_cache._bytes, plain = (lambda value: 1), results_cache._bytes
    try:
        threads = [
            threading.Thread(target=lambda: answers.append(results_cache.work_out(key, make)))
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        results_cache._bytes = plain
    assert len(made) == 1 and len(answers) == 4 and len(set(map(id, answers))) == 1


def test_a_failure_is_nobody_elses_and_is_not_kept():
    key = Key(PUBLISHED, FEW, (), "tornado")

    def fail():
        raise ValueError("planted")

    with pytest.raises(ValueError, match="planted"):
        results_cache.work_out(key, fail)
    assert results_cache.work_out(key, lambda: "well").value == "well"


@pytest.mark.parametrize("name", ["backcast", "cross_model", "targets"])
def test_finished_charts_are_counted(name):
    chart = CHARTS[name](models.run(draws=200), words_in("nl"))
    assert len(chart.figure.to_json()) / 4 < results_cache._bytes(chart) < 2e7
