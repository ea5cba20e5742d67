"""Every answer of an analysis: fields that cannot change, and JSON that says the same numbers."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import numpy as np
import pytest

import models
from models.analysis.answer import Answer, Stamp
from models.analysis.evidence.edit_effects import price
from models.analysis.evidence.structures import beside
from models.analysis.history.predictions import write_predictions
from models.engine.output.document import SCHEMA
from models.engine.record import Quantity, Record, plain, to_json
from models.engine.result import Result
from models.engine.summary import chance_of_saving

PACKAGE = {"walking_programme": 0.2, "xray_share": 0.05}
RESULT = models.run(PACKAGE, draws=40)
PUBLISHED = models.load_assumptions()
EDITED = PUBLISHED.with_values({"price_gp": 4000.0})  # far outside its range: a warning
FEW = {"draws": 30}

ANSWERS: dict[str, Callable[[], Answer]] = {
    "attribute": lambda: models.attribute(RESULT),
    "backcast": lambda: models.backcast(RESULT),
    "breakeven": lambda: models.breakeven("return_to_work_support", **FEW),
    "compare": lambda: models.compare(PUBLISHED, EDITED, PACKAGE, **FEW),
    "correlations": lambda: models.correlations(RESULT),
    "cross_model": lambda: models.cross_model(RESULT),
    "deliberate": lambda: models.deliberate(PUBLISHED, EDITED, PACKAGE, **FEW),
    "price": lambda: price(EDITED, PACKAGE, **FEW),
    "rank": lambda: models.rank(RESULT),
    "targets": lambda: models.targets(RESULT),
    "tornado": lambda: models.tornado(models.run(PACKAGE, draws=4)),
    "value_of_information": lambda: models.value_of_information(RESULT),
}


def same(parsed: Any, value: Any) -> bool:
    """Whether what a JSON text holds is this value, numbers to the last bit."""
    if isinstance(value, Record):
        return list(parsed) == value.keys() and all(same(parsed[k], v) for k, v in value.entries())
    if isinstance(value, Mapping):
        return list(parsed) == list(value) and all(same(parsed[k], v) for k, v in value.items())
    if dataclasses.is_dataclass(value):
        return same(parsed, dataclasses.asdict(value))
    if isinstance(value, tuple):
        return len(parsed) == len(value) and all(map(same, parsed, value))
    return parsed == value and isinstance(parsed, bool) == isinstance(value, bool)


def loose(value: Any, where: str = "answer") -> list[str]:
    """Places within an answer that can be changed, or that JSON does not know."""
    if isinstance(value, Record):
        parts = [(f.name, getattr(value, f.name)) for f in dataclasses.fields(value)]
        return [bad for name, part in parts for bad in loose(part, f"{where}.{name}")]
    if isinstance(value, dict | list | set | np.ndarray):
        return [where]
    if isinstance(value, Mapping):
        return [bad for name, part in value.items() for bad in loose(part, f"{where}[{name}]")]
    if isinstance(value, tuple):
        return [bad for i, part in enumerate(value) for bad in loose(part, f"{where}[{i}]")]
    if dataclasses.is_dataclass(value):
        return [] if type(value).__dataclass_params__.frozen else [where]
    allowed = value is None or type(value) in (str, bool, int, float)
    return [] if allowed and not (isinstance(value, float) and math.isnan(value)) else [where]


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_cannot_change_and_its_json_says_the_same(name):
    answer = ANSWERS[name]()
    assert isinstance(answer, Answer)
    assert loose(answer) == []
    with pytest.raises(dataclasses.FrozenInstanceError):
        answer.warnings = ()
    parsed = json.loads(to_json(answer))
    assert same(parsed, answer)
    made = ("schema", "assumptions_hash", "scenario_id", "model_version", "price_year", "draws")
    assert list(parsed)[: len(made)] == list(made) and parsed["schema"] == SCHEMA
    assert {"seed", "anchor", "valuation", "overlap", "warnings"} <= parsed.keys()
    assert all(one.keys() == {"key", "values"} for one in parsed["warnings"])


RECORDS: dict[str, Callable[[], Record]] = {  # with fields of their own before the figures
    "frontier": lambda: models.frontier(
        Result(RESULT.model, {}, {n: RESULT.levers[n] for n in PACKAGE}, RESULT.options), 1e9
    ),
    "sheet": lambda: models.sheet(RESULT, "imaging_red_flags_only"),
    "structures": lambda: beside(RESULT),
    "trace": lambda: models.trace(RESULT, "item.xray"),
}


@pytest.mark.parametrize("name", RECORDS)
def test_a_record_cannot_change_and_its_json_says_the_same(name):
    answer = RECORDS[name]()
    assert loose(answer) == []
    with pytest.raises(dataclasses.FrozenInstanceError):
        answer.schema = 2
    parsed = json.loads(to_json(answer))
    assert same(parsed, answer)
    assert list(parsed)[0] == "schema" and "assumptions_hash" in parsed


def test_the_stamp_is_that_of_the_run():
    stamp = Stamp.of(RESULT.model.assumptions, RESULT.levels, RESULT.options)
    assert stamp.scenario_id == RESULT.scenario_id
    assert stamp.assumptions_hash == RESULT.assumptions_hash
    assert stamp.price_year == RESULT.price_year
    assert models.attribute(RESULT).stamp == stamp


def test_what_to_beware_of_goes_with_the_answer():
    keys = [one.key for one in ANSWERS["price"]().warnings]
    assert "assumption_beyond_range" in keys
    assert ANSWERS["attribute"]().warnings == models.warnings(RESULT)


def test_scores_of_predictions_are_named_fields_too(tmp_path):
    file = write_predictions(models.run(draws=40), date(2026, 11, 28), tmp_path)
    first = models.predict(models.run(draws=40), date(2026, 11, 28))[0]
    outcomes = f"prediction,value,source,published_on,note\n{first.prediction},{first.p50},a,b,c\n"
    answer = models.score(file, ("outcomes.csv", outcomes.encode()))
    assert loose(answer) == [] and same(json.loads(to_json(answer)), answer)
    assert answer.assumptions_hash == first.assumptions_hash and answer.summary.inside == 1


def test_values_that_are_no_results_are_written_by_the_same_rule():
    values = {"a": np.float64(0.1), "b": (1, None), "c": Quantity(1.0, 0.5, 2.0, "EUR/year")}
    assert to_json(values) == (
        '{"a": 0.1, "b": [1, null], '
        '"c": {"mean": 1.0, "p2_5": 0.5, "p97_5": 2.0, "unit": "EUR/year"}}'
    )
    assert plain(date(2026, 1, 2)) == "2026-01-02"
    with pytest.raises(ValueError):
        to_json({"a": math.nan})


def test_a_record_is_read_by_the_name_it_has_in_the_json():
    edit = ANSWERS["price"]().edits[0]
    assert edit["to"] == edit.value_after == 4000.0 and {**edit}["from"] == edit.value_before
    with pytest.raises(KeyError):
        edit["value_after"]


TODAY = models.run(draws=40)
NOTHING: dict[str, Callable[[], Any]] = {  # each with a party or a policy to which nothing happens
    "run": lambda: json.loads(TODAY.to_json()),
    "payers": lambda: json.loads(models.run({"physio_deductible_exempt": 1.0}, draws=40).to_json()),
    "targets": lambda: plain(models.targets(TODAY)),
    "rank": lambda: plain(models.rank(Result(TODAY.model, {}, SAME, TODAY.options))),
    "sheet": lambda: plain(models.sheet(TODAY, "research_programme")),
    "verdict": lambda: plain(models.verdict(TODAY)),
    "sweep": lambda: models.sweep(GRID, draws=40).to_dict("records"),
}
SAME = dict(TODAY.levers)
GRID = {"xray_share": [TODAY.levers["xray_share"].today]}


def chances(value: Any) -> list[tuple[Any, Any]]:
    """Every chance of saving within an answer, with the object that it stands in."""
    if isinstance(value, list):
        return [one for part in value for one in chances(part)]
    if not isinstance(value, Mapping):
        return []
    told = [(value["probability_saving"], value)] if "probability_saving" in value else []
    return told + [one for part in value.values() for one in chances(part)]


def changed(holder: Mapping) -> bool:
    """Whether the difference that a chance belongs to is half a cent or more."""
    change = next((holder[n] for n in ("incremental_total", "incremental") if n in holder), holder)
    return any(abs(change[end]) >= 0.005 for end in ("mean", "p2_5", "p97_5"))


@pytest.mark.parametrize("name", NOTHING)
def test_where_nothing_changes_no_chance_of_saving_is_told(name):
    answer = NOTHING[name]()
    if name == "sweep":
        rows = [row for row in answer if row["outcome"] == "probability_saving"]
        assert rows and all(math.isnan(row["mean"]) for row in rows)
        return
    found = chances(answer)
    assert found and all((share is None) != changed(holder) for share, holder in found)
    if "probability_saving_by_payer" in answer:
        payers = answer["probability_saving_by_payer"]
        assert (name == "payers") == any(share is not None for share in payers.values())
        assert payers["supplementary_insurance"] is None


def test_a_chance_is_a_share_of_draws_and_none_below_half_a_cent():
    """Of -1, -1, 2 and 0 euro two in four save; of a tenth of a cent nothing is said."""
    assert chance_of_saving(np.array([-1.0, -1.0, 2.0, 0.0])) == 0.5
    assert chance_of_saving(np.array([0.001, -0.001])) is None
    assert chance_of_saving(np.array([1.0, 2.0])) == 0.0
