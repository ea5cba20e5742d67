"""The name of a file says its format; a name of the other table says where it belongs."""

import json

import pytest

import models
from models.command_line.parsers import main

FEW = ["run", "--draws", "50"]


@pytest.mark.parametrize(
    ("name", "begins"), [("x.json", "{"), ("x.csv", "scenario"), ("x.txt", "EUR")]
)
def test_the_name_says_the_format(tmp_path, name, begins):
    out = tmp_path / name
    assert main([*FEW, "--out", str(out)]) == 0
    text = out.read_text(encoding="utf-8")
    assert text.startswith(begins) or begins in text.splitlines()[0]
    if name.endswith("json"):
        assert json.loads(text)["draws"] == 50


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--out", "x.parquet"], ".parquet is no format of run; write a name in .txt, .json, .csv"),
        (["--out", "x.xlsx"], ".xlsx is no format of run"),
        (["--out", "x.csv", "--format", "json"], "name one of the two"),
        (["--set", "price_hour=40"], "price_hour is an assumption: use --set-assumption"),
        (["--set-assumption", "xray_share=0.05"], "xray_share is a lever: use --set"),
    ],
)
def test_what_contradicts_is_refused(words, sentence, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main([*FEW, *words]) == 2
    assert sentence in capsys.readouterr().err and not list(tmp_path.iterdir())


def test_a_result_says_what_it_is():
    result = models.run(draws=50)
    assert repr(result).startswith(f"<Result {result.scenario_id}: base case ")
    assert "change 0.0 EUR million a year; 50 draws" in repr(result)
