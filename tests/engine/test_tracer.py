"""A recording computes as NumPy, and refuses what it cannot follow, with the line."""

from dataclasses import replace

import numpy as np
import pytest

import models
from models.browser.errors import TracingError
from models.browser.generator import engine_of, generate, traced_levels, traced_model
from models.browser.graph import Graph, evaluate
from models.browser.tracer import Recording
from models.formulas import care
from models.formulas.lever_effects import OVERLAPS, combine

RESULT = models.run(draws=40)
X, Y = np.array([1.0, 2.0, 3.0]), np.array([3.0, 2.0, 1.0])


def traced(whole=False):
    recording = Recording(3, whole)
    return recording, recording.level("lever", 0.5), recording.column("x", X)


REFUSED = {
    "a branch": lambda v: 1 if v > 0 else 2,
    "float()": lambda v: float(v),
    "int()": lambda v: int(v),
    "a loop": lambda v: list(v),
    "len()": lambda v: len(v),
    "a part": lambda v: v[0],
    "np.array()": lambda v: np.array(v),
    "np.all": lambda v: np.all(v > 0),
    "np.median": lambda v: np.median(v),
    ".mean": lambda v: v.mean(),
    "writes into": lambda v: np.add(v, 1, out=np.zeros(3)),
}


@pytest.mark.parametrize("what", REFUSED)
@pytest.mark.parametrize("moves", (True, False))
def test_what_cannot_be_recorded_is_an_error_with_its_line(what, moves):
    _, level, x = traced()
    with pytest.raises(TracingError) as told:
        REFUSED[what](level * x if moves else x)
    assert told.value.file == "tests/engine/test_tracer.py"
    line = REFUSED[what].__code__.co_firstlineno
    assert told.value.line == line
    assert str(told.value).startswith(f"tests/engine/test_tracer.py:{line}: ")


def test_a_branch_in_a_formula_is_named_by_file_and_line(monkeypatch):
    """As a colleague would write it: the error points at the formula, not at the tracer."""

    def gp(p, *others):
        return 1.0 if p["use_xray"].max() > 0 else 0.0

    monkeypatch.setattr(care, "days_by_care", gp)
    recording = Recording(40)
    twin = traced_model.__wrapped__ if hasattr(traced_model, "__wrapped__") else traced_model
    with pytest.raises(TracingError) as told:
        twin(RESULT.model, recording)
    assert told.value.line == gp.__code__.co_firstlineno + 1


def value(recording, levels, made):
    graph = Graph(tuple(levels))
    wanted = {"value": graph.of(recording.node(made))}
    return evaluate(wanted, levels.values(), graph.columns)["value"]


@pytest.mark.parametrize("level", (0.0, 0.5, 4.0))
def test_an_expression_is_worked_out_for_any_level(level):
    """Worked by hand: max(0, 2 - x L), x = 1, 2, 3."""
    recording, lever, x = traced()
    made = np.maximum(0, 2 - x * lever)
    assert value(recording, {"lever": level}, made).tolist() == [
        max(0, 2 - 1 * level), max(0, 2 - 2 * level), max(0, 2 - 3 * level)
    ]  # fmt: skip


@pytest.mark.parametrize("level", (0.1, 2.0))
@pytest.mark.parametrize("overlap", OVERLAPS)
def test_effects_together_are_those_of_the_formula_to_the_bit(overlap, level):
    recording, lever, x = traced()
    several = [x * lever, recording.column("y", Y) * 0.5, 1 - 0.1 * lever * x]
    plain = [X * level, Y * 0.5, 1 - 0.1 * level * X]
    made = value(recording, {"lever": level}, combine(several, overlap))
    assert made.tolist() == combine(plain, overlap).tolist()


def test_the_base_case_is_recorded_to_the_bit():
    recording = Recording(RESULT.options.draws)
    twin = traced_model(RESULT.model, recording)
    assert (twin.base.total.node.value == RESULT.base.total).all()
    state = twin.steady(traced_levels(RESULT.levers, recording), RESULT.levers, "independent")
    assert state.total.node.moves and state.total.node.value.shape == (1,)


def test_the_same_run_gives_the_same_engine_and_another_another():
    first, again = generate(RESULT), generate(models.run(draws=40))
    assert first.files() == again.files()
    others = (
        models.run(draws=41), models.run(draws=40, seed=2),
        models.run(draws=40, overlap="additive"),
        models.run(draws=40, valuation="friction"), models.run(draws=40, anchor="none"),
        models.run(draws=40, set_assumptions={"price_gp": 60}),
    )  # fmt: skip
    assert len({generate(one).id for one in (RESULT, *others)}) == 1 + len(others)


def test_no_lever_is_named_and_nothing_is_evaluated_in_the_javascript():
    text = generate(RESULT).javascript
    assert "eval" not in text and "Function(" not in text and "import" not in text
    assert not [name for name in RESULT.levers if name in text]


def test_a_lever_added_by_a_row_is_in_the_engine():
    lever = replace(RESULT.levers["xray_share"], id="of_ones_own")
    levers = {**RESULT.levers, "of_ones_own": lever}
    recording = Recording(RESULT.options.draws)
    twin = traced_model(RESULT.model, recording)
    state = twin.steady(traced_levels(levers, recording), levers, "independent")
    graph = Graph(tuple(levers))
    wanted = {"total": graph.of(recording.node(state.total))}
    levels = [one.today if name != "of_ones_own" else 0.05 for name, one in levers.items()]
    found = evaluate(wanted, levels, graph.columns)["total"]
    with_both = RESULT.model.steady({"of_ones_own": 0.05}, levers, "independent").total
    assert found == pytest.approx(with_both, rel=1e-12)


def test_an_engine_is_kept_with_its_assumptions_and_options():
    used, options = RESULT.model.assumptions, RESULT.options
    made = engine_of(used, options)
    assert made is engine_of(used, options)
    assert made.id == generate(RESULT).id
    assert engine_of(used, replace(options, overlap="additive")).id != made.id
