"""The command line keeps its contract: keys, exit codes, one sentence a mistake."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import models
from models.command_line.parsers import main

ROOT = Path(__file__).parents[2]
FEW = ("--draws", "200")
PACKAGE = ("--set", "xray_share=0.05", "--set", "return_to_work_support=0.5")
BASE_VALUES = ("--anchor", "none", "--point")


def command(capsysbinary, *words: str) -> tuple[int, str, str]:
    code = main(list(words))
    out, err = capsysbinary.readouterr()
    return code, out.decode(), err.decode()


@pytest.fixture
def call(capsysbinary):
    return lambda *words: command(capsysbinary, *words)


def test_run_prints_one_object_as_the_contract_has_it(call):
    code, out, err = call("run", *PACKAGE, *FEW, "--years", "2", "--format", "json")
    assert code == 0 and out.count("\n") == 1
    found = json.loads(out)
    assert err.splitlines() == [f"warning: {told['text']}" for told in found["warnings"]]
    assert [told["key"] for told in found["warnings"]] == [
        *("beyond_evidence", "shares_above_one", "few_draws"),
    ]
    assert found["schema"] == 1 and found["draws"] == 200 and found["seed"] == 1
    assert found["anchor"] == "evidence" and found["valuation"] == "human_capital"
    for name in ("scenario_id", "assumptions_hash", "model_version"):
        assert found[name]
    for name in ("base_case_total", "scenario_total", "incremental_total"):
        assert {"mean", "p2_5", "p97_5", "unit"} <= set(found["headline"][name])
        assert found["headline"][name]["unit"] == "EUR/year"
    assert 0 <= found["headline"]["probability_saving"] <= 1
    ledger = {"scenario", "view", "year", "cost_item", "payer", "kind", "mean", "p2_5", "p97_5"}
    assert all(ledger <= set(row) for row in found["ledger"])
    assert {row["view"] for row in found["ledger"]} == {"steady_state", "budget_impact"}
    first = int(models.load_assumptions()["first_year"].base)
    assert {row["year"] for row in found["ledger"]} == {None, first, first + 1}
    assert all({"scenario", "measure", "unit", "mean"} <= set(row) for row in found["health"])


def test_the_ledger_of_the_json_adds_up_to_its_headline(call):
    found = json.loads(call("run", *PACKAGE, *FEW, "--format", "json")[1])
    for scenario in ("base_case", "scenario", "incremental"):
        total = sum(
            row["mean"]
            for row in found["ledger"]
            if (row["scenario"], row["view"], row["kind"]) == (scenario, "steady_state", "resource")
        )
        assert total == pytest.approx(found["headline"][f"{scenario}_total"]["mean"], abs=0.01)


def test_the_command_the_package_and_the_file_say_the_same(call, tmp_path):
    words = ("run", *PACKAGE, *FEW, "--format", "json")
    printed = call(*words)[1]
    levers = {"xray_share": 0.05, "return_to_work_support": 0.5}
    result = models.run(levers=levers, draws=200)
    assert printed == result.to_json() + "\n"
    error = result.incremental.std() / 200**0.5
    found = json.loads(printed)["standard_errors"]["incremental_total"]
    assert found == pytest.approx(error)
    file = tmp_path / "out.json"
    assert call(*words, "--out", str(file))[:2] == (0, "")
    assert file.read_text(encoding="utf-8") == printed


def test_a_scenario_file_is_the_same_as_its_options(call, tmp_path):
    file = tmp_path / "mine.json"
    file.write_text('{"levers": {"xray_share": 0.05}, "draws": 200, "valuation": "friction"}')
    by_file = call("run", "--scenario", str(file), "--format", "json")
    by_hand = call(
        *("run", "--set", "xray_share=0.05", *FEW, "--valuation", "friction", "--format", "json")
    )
    assert by_file[0] == 0 and by_file == by_hand
    wins = call("run", "--scenario", str(file), "--valuation", "human_capital", "--format", "json")
    assert json.loads(wins[1])["valuation"] == "human_capital"


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        (("--set-assumption", "vol_physio_lbp_share=0.15"), ["few_draws", "shown_not_used"]),
        (("--anchor", "none", "--recalibrate"), ["few_draws", "nothing_to_recalibrate"]),
        (("--set-assumption", "price_hour=400"), ["assumption_beyond_range", "few_draws"]),
    ],
)
def test_strict_turns_a_warning_into_an_exit_code(call, words, keys):
    code, out, _ = call("run", *FEW, *words, "--format", "json", "--strict")
    told = [warning["key"] for warning in json.loads(out)["warnings"]]
    assert code == 3 and [key for key in told if key != "shares_above_one"] == keys


def test_the_sums_at_base_values_can_be_repeated_by_hand(call):
    """X-rays: 549,000 acute patients x 0.11 x EUR 88.17 = EUR 5.32 million."""
    found = json.loads(call("run", *FEW, *BASE_VALUES, "--format", "json")[1])["point"]
    xrays = sum(row["base_case"] for row in found if row["cost_item"] == "xray")
    assert xrays == pytest.approx(549_000 * 0.11 * 88.17, rel=1e-9)
    assert all(row["incremental"] == 0 for row in found)


def rows_of(file: str | Path) -> int:
    """Rows of a table of data/, by a reader that is not the model's."""
    with (ROOT / "data" / file).open(encoding="utf-8", newline="") as table:
        return len(list(csv.DictReader(table)))


def test_levers_lists_all_with_their_scale(call):
    found = json.loads(call("levers", "--format", "json")[1])["levers"]
    assert len(found) == rows_of("levers.csv") >= 15
    for one in found:
        assert {"id", "unit", "min", "max", "step", "today", "label_en", "label_nl"} <= set(one)
        assert one["min"] <= one["today"] <= one["max"] and one["step"] > 0


def test_breakeven_and_attribute_have_the_keys_of_the_contract(call):
    even = json.loads(call("breakeven", "--lever", "return_to_work_support", *FEW)[1])
    names = {"schema", "assumptions_hash", "draws", "seed", "lever", "parameter", "unit", "base"}
    assert names | {"value", "plausible", "evidence", "reason"} <= set(even)
    parts = json.loads(call("attribute", *PACKAGE, *FEW)[1])
    assert {"schema", "assumptions_hash", "draws", "seed", "total", "interaction"} <= set(parts)
    assert sum(part["share"] for part in parts["parts"]) == pytest.approx(parts["total"], abs=0.01)


def test_breakeven_put_back_gives_nil_within_a_euro(call):
    lever = ("--set", "return_to_work_support=0.5", *FEW)
    even = json.loads(call("breakeven", "--lever", "return_to_work_support", *lever)[1])
    again = f"{even['parameter']}={even['value']!r}"
    back = json.loads(call("run", *lever, "--set-assumption", again, "--format", "json")[1])
    assert abs(back["headline"]["incremental_total"]["mean"]) < 1


USAGE = {
    "no command": ((), "name a command"),
    "unknown command": (("rum",), "unknown command 'rum'"),
    "unknown lever": (("run", "--set", "xray=0.05"), "nearest: xray_share"),
    "lever out of range": (("run", "--set", "xray_share=0.5"), "allowed 0 to 0.2"),
    "lever below": (("run", "--set", "xray_share=-0.01"), "out of range"),
    "lever not a number": (("run", "--set", "xray_share=nan"), "not a number"),
    "decimal comma": (("run", "--set", "xray_share=0,05"), "with a point"),
    "no level": (("run", "--set", "xray_share"), "NAME=NUMBER"),
    "twice": (("run", "--set", "xray_share=0", "--set", "xray_share=0.1"), "given twice"),
    "unknown parameter": (("run", "--set-assumption", "price_gpp=3"), "nearest: price_gp"),
    "impossible value": (("run", "--set-assumption", "sl_share=2"), "allowed: 0 to 1"),
    "range the wrong way": (("run", "--set-assumption", "sl_share=0.3:0.4:0.5"), "low"),
    "two numbers": (("run", "--set-assumption", "sl_share=0.3:0.4"), "BASE:LOW:HIGH"),
    "too many draws": (("run", "--draws", "100001"), "1 to 100000"),
    "no draws": (("run", "--draws", "0"), "1 to 100000"),
    "years": (("run", "--years", "11"), "1 to 10"),
    "seed": (("run", "--seed", "-1"), "out of range"),
    "anchor": (("run", "--anchor", "totaal"), "'total', 'sick_leave', 'none'"),
    "option twice": (("run", "--seed", "1", "--seed", "2"), "given twice"),
    "abbreviated": (("run", "--see", "2"), "nearest: --seed"),
    "unknown scenario": (("run", "--scenario", "everything"), "known: article_proposals"),
    "cannot be written": (("run", *FEW, "--out", f"{__file__}/x"), "cannot be written"),
    "no lever": (("breakeven",), "--lever"),
    "breakeven unknown": (("breakeven", "--lever", "walking"), "known: "),
    "solve unknown": (("breakeven", "--lever", "antibiotic", "--solve", "gp"), "nearest: price_gp"),
}


@pytest.mark.parametrize("name", USAGE)
def test_a_wrong_call_is_one_sentence_and_exit_2(name, call):
    words, said = USAGE[name]
    code, out, err = call(*words)
    assert (code, out) == (2, "") and said in err
    assert "Traceback" not in err and len(err.splitlines()) == 1


def test_all_that_is_wrong_with_a_call_is_said_at_once(call):
    wrong = ("--set", "xray=1", "--set", "mri_share=9", "--set", "walking=1")
    code, out, err = call("run", *wrong)
    assert code == 2 and len(err.splitlines()) == 3


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_wrong_data_is_exit_1_with_every_error(call, tmp_path, lang):
    folder = tmp_path / "mine"
    models.load_assumptions().to_folder(folder)
    file = folder / "prices.csv"
    text = file.read_text(encoding="utf-8").replace("33.12", "abc").replace("88.17", "1_000")
    file.write_text(text, encoding="utf-8")
    code, out, err = call("check", str(folder), "--lang", lang)
    assert (code, out) == (1, "") and len(err.splitlines()) == 2
    for line, (key, found) in zip(
        err.splitlines(), (("price_gp", "abc"), ("price_xray", "1_000")), strict=True
    ):
        assert "prices.csv" in line and key in line and f'"{found}"' in line and "base" in line
    assert call("run", "--assumptions", str(folder))[:2] == (1, "")


@pytest.mark.parametrize("path", ["/nonexistent", "nothing.json", "nothing.csv"])
def test_what_is_not_there_is_exit_1(call, path):
    code, out, err = call("check", path)
    assert (code, out) == (1, "") and "existing" in err and len(err.splitlines()) == 1


def test_a_check_ends_in_the_language_that_was_asked_for(call):
    files = (ROOT / "data" / "assumptions").glob("*.csv")
    n, levers = sum(map(rows_of, files)), rows_of("levers.csv")
    for language, line in (
        ([], f"{n} assumptions, {levers} levers, 5 scenarios: in order"),
        (["--lang", "nl"], f"{n} aannames, {levers} maatregelen, 5 scenario's: in orde"),
    ):
        code, out, err = call("check", *language)
        assert (code, out.strip(), err) == (0, line, "")


def test_a_table_by_itself_and_a_folder_are_checked(call, tmp_path):
    assert call("check")[0] == 0
    models.load_assumptions().to_folder(tmp_path)
    assert call("check", str(tmp_path))[0] == 0
    assert call("check", str(tmp_path / "prices.csv"))[0] == 0


@pytest.mark.parametrize(("package", "missing"), [("models", "pandas"), ("dashboard", "plotly")])
def test_without_its_requirements_a_command_ends_in_a_sentence(package, missing, tmp_path):
    """As with the Python of a machine on which nothing was installed."""
    (tmp_path / "sitecustomize.py").write_text(f"import sys\nsys.modules[{missing!r}] = None\n")
    done = subprocess.run(
        [sys.executable, "-m", package, "check"],
        env={**os.environ, "PYTHONPATH": str(tmp_path)}, capture_output=True, text=True,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"not installed: {missing}; do: {sys.executable} -m pip install")
    assert done.stderr.count("\n") == 1
