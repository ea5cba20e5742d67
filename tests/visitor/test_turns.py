"""Long work takes turns: one thread at a time, none stopped by another."""

from __future__ import annotations

import threading

import models
from dashboard.visitor.turns import Turns
from models import caching

LONG = 1_000.0  # seconds: no test waits for it


def together(*works) -> None:
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not [thread for thread in threads if thread.is_alive()]


def test_a_turn_is_passed_on_between_two_steps():
    """The long work ends only after the short one is done: it cannot be waited for."""
    turns, started, done = Turns(0, LONG), threading.Event(), threading.Event()

    def long():
        with turns.taken():
            started.set()
            while not done.is_set():
                turns.pass_on()

    def short():
        started.wait(30)
        with turns.taken():
            done.set()

    together(long, short)
    assert done.is_set()


def test_a_turn_that_is_not_passed_on_is_taken_over():
    turns, started, done = Turns(0, 0.01), threading.Event(), threading.Event()

    def stuck():
        with turns.taken():
            started.set()
            assert done.wait(30)

    def other():
        started.wait(30)
        with turns.taken():
            turns.pass_on()
            done.set()

    together(stuck, other)
    with turns.taken():  # and nothing is left behind
        assert not turns._queue
    assert turns._holder is None


def test_one_thread_works_at_a_time():
    turns, at_work, most = Turns(0, LONG), [], []

    def work():
        with turns.taken():
            for _ in range(50):
                at_work.append(1)
                most.append(len(at_work))
                at_work.pop()
                with turns.taken():  # within its own turn
                    turns.pass_on()

    together(*[work] * 8)
    assert set(most) == {1} and len(most) == 400


def test_who_has_no_turn_waits_for_none():
    turns = Turns(0, LONG)
    with turns.taken():
        together(turns.pass_on)


def test_a_run_passes_on_many_times_on_its_way(monkeypatch):
    steps = []
    monkeypatch.setattr(caching, "_RULES", [lambda: steps.append(1)])
    used = models.load_assumptions().with_values({"price_gp": 40.0})
    models.run({"walking_programme": 0.2}, assumptions=used, draws=100, seed=5, years=2)
    assert len(steps) > len(used) / 2  # every assumption that is drawn, and every year
