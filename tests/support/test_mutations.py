"""A planted error is a shape of the syntax tree, not a line of text."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.mutations import mutated, place
from tests.support.planted_errors import ERRORS

MODELS = Path(__file__).parents[2] / "models"
SOURCE = "def f(p, a):\n    return {'x': (a - 1) * p['k'], 'y': -a}\n"


@pytest.mark.parametrize(
    "old, new, line",
    [
        ("A - 1", "A + 1", "{'x': (a + 1) * p['k'], 'y': -a}"),
        ("A * P['k']", "A", "{'x': a - 1, 'y': -a}"),
        ("P['k']", "P['other']", "{'x': (a - 1) * p['other'], 'y': -a}"),
        ("{'y': -A}", "{'y': A}", "{'x': (a - 1) * p['k'], 'y': a}"),
        ("{'x': A, 'y': B}", "{'x': B, 'y': A}", "{'x': -a, 'y': (a - 1) * p['k']}"),
    ],
)
def test_the_shape_is_rewritten_and_nothing_else(old, new, line):
    assert mutated(SOURCE, ["f"], old, new) == f"def f(p, a):\n    return {line}\n"


def test_another_name_and_another_layout_change_nothing():
    other = "def f(q, b):\n    return {\n        'x': (b - 1)\n        * q['k'],  # why\n    }\n"
    assert "(b + 1) * q['k']" in mutated(other, ["f"], "A - 1", "A + 1")


@pytest.mark.parametrize("old", ["A + B", "A['none']", "a"])
def test_a_shape_that_does_not_fit_once_is_refused(old):
    with pytest.raises(AssertionError, match=r"fits (0|2) times, not once"):
        mutated(SOURCE, ["f"], old, "A")


def test_a_letter_stands_for_one_expression():
    with pytest.raises(AssertionError, match="fits 0 times"):
        mutated("def f(a, b):\n    return a[1] - b[0]\n", ["f"], "A[1] - A[0]", "A[0]")


@pytest.mark.parametrize("name", ERRORS)
def test_every_planted_error_fits_the_model_of_today(name):
    dotted, old, new = ERRORS[name]
    file, names = place(MODELS, dotted)
    source = file.read_text("utf-8")
    assert compile(mutated(source, names, old, new), file.name, "exec")
    assert mutated(source, names, old, new) != mutated(source, names, old, old)
