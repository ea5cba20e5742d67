"""What a visitor has chosen is read and judged once a run, and a move is little work."""

from __future__ import annotations

import threading
from collections import Counter
from pathlib import Path

import pytest
import streamlit

from tests.pages.test_app import LEVERS, move, page

ROOT = Path(__file__).parents[2]
OURS = tuple(f"{ROOT / folder}/" for folder in ("models", "dashboard"))
HALF = 3_769 // 2  # calls of this project that a move took before choices were read once


def has_its_engine() -> dict:
    return {"n": 1, "live": streamlit.session_state.engine.address}


@pytest.fixture(scope="module")
def calls() -> Counter:
    """Calls of functions of this project, by name, while a release draws the whole page.

    The browser has its engine, as after a second on the page: it is sent no answer.
    """
    test, made = page("simulator"), Counter()
    move(test, walking_programme=0.1)  # what is kept for all has been made

    def count(frame, event, _):
        code = frame.f_code
        # a template is no function of ours: it counts once for each piece of text that it gives
        ours = code.co_filename.startswith(OURS) and code.co_filename.endswith(".py")
        if event == "call" and ours:
            made[code.co_qualname] += 1

    threading.setprofile(count)  # a run has a thread of its own
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dashboard.parts.simulator.live._last_message", has_its_engine)
        try:
            move(test, walking_programme=0.2)
        finally:
            threading.setprofile(None)
    assert not test.exception and made
    return made


def test_a_move_takes_half_the_calls_that_it_took(calls):
    assert calls.total() <= HALF, calls.most_common(12)


def test_every_level_is_judged_once_a_run(calls):
    assert calls["on_grid"] == len(LEVERS)
    assert calls["read"] == 1


def test_what_the_browser_works_out_is_not_worked_out_for_it(calls):
    assert not calls["live_answer"] and not calls["live_texts"] and not calls["generate"]


def test_lines_that_reproduce_a_run_are_not_written_for_a_move(calls):
    assert not calls["command"] and not calls["python"] and not calls["Assumptions.as_values"]
