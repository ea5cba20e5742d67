"""Outputs have a schema: current, named in the document, and met by real answers."""

import json
import re

import jsonschema
import pytest

import models
from dashboard.paths import DOCS
from dashboard.reference import outputs
from dashboard.reference.__main__ import stale_schemas
from models.command_line.parsers import main

DOCUMENT = (DOCS / "outputs.md").read_text(encoding="utf-8")
PACKAGE = ["--set", "walking_programme=0.2", "--draws", "50"]
COMMANDS = {
    "run": PACKAGE,
    "attribute": PACKAGE,
    "breakeven": ["--lever", "walking_programme", "--draws", "50"],
    "price": ["--set-assumption", "price_gp=40", "--draws", "50"],
    "rank": ["--draws", "50"],
    "targets": ["--draws", "50"],
    "trials": ["--effect", "eff_rtw_default", "--draws", "50"],
    "voi": PACKAGE,
}


def schema(name: str) -> dict:
    return json.loads((outputs.FOLDER / f"{name}.json").read_bytes())


def test_the_schemas_are_current_and_sound():
    assert stale_schemas() == []
    for name in (*outputs.RECORDS, "run"):
        jsonschema.Draft202012Validator.check_schema(schema(name))


def test_the_document_names_every_schema():
    assert set(re.findall(r"\(schemas/([a-z-]+)\.json\)", DOCUMENT)) == {*outputs.RECORDS, "run"}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_real_answer_meets_its_schema(command, capsys):
    assert main([command, *COMMANDS[command], "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    jsonschema.validate(answer, schema(command), jsonschema.Draft202012Validator)


def test_an_answer_with_another_field_does_not():
    sides = [models.load_assumptions(), models.load_assumptions().with_values({"price_gp": 40.0})]
    answer = json.loads(models.engine.record.to_json(models.deliberate(*sides, draws=50)))
    checker = jsonschema.Draft202012Validator(schema("deliberate"))
    assert checker.is_valid(answer)
    assert not checker.is_valid(answer | {"surprise": 1})
    assert not checker.is_valid({k: v for k, v in answer.items() if k != "total"})
