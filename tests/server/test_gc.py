"""Departed sessions are collected when a visitor comes, and not at every visitor of a rush."""

import weakref

from dashboard.server import gc


class Session:
    def __init__(self):
        self.itself = self  # as the objects of Streamlit do


def left_behind() -> weakref.ref:
    return weakref.ref(Session())


def test_what_is_left_goes_once_a_pause(monkeypatch):
    now = [1_000.0]
    monkeypatch.setattr(gc, "monotonic", lambda: now[0])
    monkeypatch.setattr(gc, "_last", 0.0)
    gone = left_behind()
    gc.collect_departed()
    assert gone() is None
    monkeypatch.setattr(gc.gc, "collect", lambda: now.append("again"))
    gc.collect_departed()
    assert len(now) == 1
    now[0] += gc.PAUSE
    gc.collect_departed()
    assert len(now) == 2
