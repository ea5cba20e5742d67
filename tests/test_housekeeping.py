"""Departed sessions are collected when a visitor comes, and not at every visitor of a rush."""

import weakref

from dashboard import housekeeping


class Session:
    def __init__(self):
        self.itself = self  # as the objects of Streamlit do


def left_behind() -> weakref.ref:
    return weakref.ref(Session())


def test_what_is_left_goes_once_a_pause(monkeypatch):
    now = [1_000.0]
    monkeypatch.setattr(housekeeping, "monotonic", lambda: now[0])
    monkeypatch.setattr(housekeeping, "_last", 0.0)
    gone = left_behind()
    housekeeping.sweep()
    assert gone() is None
    monkeypatch.setattr(housekeeping.gc, "collect", lambda: now.append("again"))
    housekeeping.sweep()
    assert len(now) == 1
    now[0] += housekeeping.PAUSE
    housekeeping.sweep()
    assert len(now) == 2
