"""What a visitor's assumptions leave behind: nothing, as soon as nobody holds them."""

import gc
import re
import threading
import weakref
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

import models
from models import parallel
from models.analysis.uncertainty.sensitivity import feeds
from models.caching import cached, cached_property
from models.engine.inputs import inputs
from models.formulas import draws

PUBLISHED = models.load_assumptions()
LEVELS = {"walking_programme": 0.2}


def sizes() -> tuple[int, ...]:
    """Answers kept with the published assumptions and with each of their rows."""
    owners = [PUBLISHED, *PUBLISHED.values()]
    return tuple(len(known) for owner in owners for known in owner.memory.values())


def test_edited_assumptions_go_with_whoever_held_them():
    # what is published is worked out and stays
    assert models.run(LEVELS).headline and models.price(PUBLISHED, LEVELS, draws=500)
    assert feeds(PUBLISHED)
    before = sizes()
    gc.collect()
    gc.disable()  # they go at once, not when the collector comes by
    try:
        edited = PUBLISHED.with_values({"sl_share": 0.31, "price_gp": 40, "sl_S104": 0.01})
        held = models.run(LEVELS, assumptions=edited)
        assert held.headline and models.price(edited, LEVELS, draws=500) and feeds(edited)
        gone = [weakref.ref(edited), weakref.ref(held.model), weakref.ref(edited["sl_share"])]
        gone.append(weakref.ref(held.model.p["sl_share"]))
        del edited, held
        assert [one() for one in gone] == [None] * len(gone)
    finally:
        gc.enable()
    assert sizes() == before


def test_a_lever_move_keeps_the_draws_of_edited_assumptions():
    edited = PUBLISHED.with_values({"sl_share": 0.31})
    first = models.run(assumptions=edited)
    assert models.run(LEVELS, assumptions=edited).model is first.model


def test_an_edit_draws_that_row_again_and_no_other():
    edited = PUBLISHED.with_values({"sl_share": 0.31})
    was, now = (inputs(used, 100, 1, False) for used in (PUBLISHED, edited))
    assert [name for name in was if was[name] is not now[name]] == ["sl_share"]


def test_an_upload_shares_the_rows_that_it_leaves_alone():
    tables = {n: data for n, data in PUBLISHED.to_tables().items() if n != "sources.csv"}
    tables["work.csv"] = tables["work.csv"].replace(b",0.25,", b",0.26,")
    edited = models.Assumptions.from_tables(list(tables.items()), PUBLISHED)
    assert [n for n in edited if edited[n] is not PUBLISHED[n]] == ["sl_share"]


def test_the_curve_follows_an_edit_of_one_of_its_weeks():
    edited = PUBLISHED.with_values({"sl_S12": PUBLISHED["sl_S12"].base * 0.9})
    was, now = (inputs(used, 2_000, 1, False) for used in (PUBLISHED, edited))
    assert np.mean(now["sl_S12"]) < np.mean(was["sl_S12"])


def test_the_oldest_answer_makes_room():
    class Owner:
        def __init__(self):
            self.memory = {}

    made = []

    @cached(most=2)
    def squared(owner, x):
        made.append(x)
        return x * x

    owner = Owner()
    assert [squared(owner, x) for x in (1, 2, 1, 3, 2, 1)] == [1, 4, 1, 9, 4, 1]
    assert made == [1, 2, 3, 1]
    assert squared(Owner(), x=3) == 9


class Answer:
    def __init__(self, make):
        self.make = make

    @cached_property
    def value(self):
        """What was made."""
        return self.make()


def test_once_is_worked_out_once():
    made = []
    answer = Answer(lambda: made.append(1) or len(made))
    assert (answer.value, answer.value, Answer.value.__doc__) == (1, 1, "What was made.")


def test_whoever_takes_long_holds_up_nobody_else():
    started, over = threading.Event(), threading.Event()
    slow = Answer(lambda: started.set() or over.wait(20))
    thread = threading.Thread(target=lambda: slow.value)
    thread.start()
    try:
        assert started.wait(20)
        seen = []
        other = threading.Thread(target=lambda: seen.append(Answer(lambda: "quick").value))
        other.start()
        other.join(5)
        assert seen == ["quick"]
    finally:
        over.set()
        thread.join()


def test_no_property_of_ours_has_a_lock_for_all_visitors():
    root = Path(__file__).parents[2]
    files = [path for folder in ("models", "dashboard") for path in (root / folder).rglob("*.py")]
    shared = re.compile(r"from functools import .*cached_property|@functools\.cached_")
    assert not [path.name for path in files if shared.search(path.read_text("utf-8"))]


def test_pieces_on_several_threads_come_back_in_their_order(monkeypatch):
    """Seven squares, batches of two: what each gives stands where its item stood."""
    monkeypatch.setattr(parallel, "WORKERS", 2)
    monkeypatch.setattr(parallel, "BATCH", 2)
    threads = set()

    def square(n):
        threads.add(threading.get_ident())
        return n * n

    assert parallel.each(square, range(7)) == [0, 1, 4, 9, 16, 25, 36]
    assert threading.get_ident() not in threads
    with pytest.raises(ZeroDivisionError):
        parallel.each(lambda n: 1 // n, [2, 1, 0])


def test_only_what_is_not_known_is_drawn_again(monkeypatch):
    """After an edit of one assumption one is drawn; no thread is started for the others."""
    asked = []
    each = parallel.each
    monkeypatch.setattr(draws, "each", lambda make, items: asked.append(items) or each(make, items))
    models.run(draws=73, anchor="none")
    models.run(draws=73, anchor="none", set_assumptions={"price_gp": 41})
    assert "price_gp" in asked[0] and asked[-1] == ["price_gp"]


def test_a_key_that_works_out_its_hash_when_compared_does_not_wait_for_itself():
    """Assumptions are hashed when they are first looked up, which is remembered as well."""

    @cached(most=2)
    def answer(owner, key):
        return len(key)

    owner = SimpleNamespace(memory={})
    found = []

    def ask():
        found.extend(answer(owner, PUBLISHED.with_values({"price_gp": 40.0})) for _ in range(2))

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(timeout=30)
    assert found == [len(PUBLISHED)] * 2
