"""An assistant asks the model: every answer names its run, and gives intervals; no network."""

import asyncio
import json
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from mcp.client import Client

import models
from dashboard.command_line.program import main as program
from models.command_line.parsers import main
from models.service.assistant import server

DRAWS = 100
IDENTITY = {"scenario_id", "assumptions_hash", "model_version"}


def in_a_loop(work):
    """The answer of a coroutine, on its own thread: a browser test may have a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def asked(*calls: tuple[str, dict]) -> list:
    """The results of these calls, from a client in this process."""

    async def session() -> list:
        async with Client(server()) as client:
            return [await client.call_tool(name, given) for name, given in calls]

    return in_a_loop(session())


def test_the_tools_list_themselves_with_schemas():
    async def listed():
        async with Client(server()) as client:
            return (await client.list_tools()).tools

    tools = {tool.name: tool for tool in in_a_loop(listed())}
    assert list(tools) == ["list_levers", "run", "explain", "compare", "sources"]
    levers = tools["run"].input_schema["properties"]["levers"]["properties"]
    assert levers["xray_share"]["minimum"] == 0
    assert all(tool.annotations.read_only_hint for tool in tools.values())


def test_every_answer_names_its_run_and_has_intervals():
    edits = {"set_assumptions": {"price_hour": [40, 38, 45]}, "draws": DRAWS}
    pair = {"a": {"levers": {"xray_share": 0.05}}, "b": {"scenario": "keep_moving"}}
    levers, run, explained, compared, sources, behind = (
        json.loads(result.content[0].text) | {"same": result.structured_content}
        for result in asked(
            ("list_levers", {}),
            ("run", {"levers": {"xray_share": 0.05}, **edits}),
            ("explain", {"output": "item.gp", "draws": DRAWS}),
            ("compare", {"packages": pair, "draws": DRAWS}),
            ("sources", {"name": "price_gp"}),
            ("sources", {"name": "walking_programme"}),
        )
    )
    for answer in (levers, run, explained, compared, sources, behind):
        same = answer.pop("same")
        assert same == answer and IDENTITY <= set(answer)
    truth = models.run(
        {"xray_share": 0.05}, set_assumptions={"price_hour": (40, 38, 45)}, draws=DRAWS
    )
    assert run["scenario_id"] == truth.scenario_id
    assert run["assumptions_hash"] == truth.assumptions_hash
    assert run["incremental_total"] == truth.headline["incremental_total"]
    employer = truth.summary("incremental", "payer").loc["employer"]
    assert run["change_by_payer"]["employer"]["p97_5"] == employer["p97_5"]
    assert {"mean", "p2_5", "p97_5", "unit"} <= set(explained["figure"])
    assert "gp x GP consultation" in explained["steps"] and "tatooheene_2024" in explained["steps"]
    first = models.run({"xray_share": 0.05}, draws=DRAWS)
    second = models.run(scenario="keep_moving", draws=DRAWS)
    difference = compared["differences"][0]
    assert (difference["of"], difference["less"]) == ("a", "b")
    expected = (first.incremental - second.incremental).mean()
    assert difference["difference"]["mean"] == pytest.approx(expected, rel=1e-12)
    assert compared["packages"]["b"]["scenario_id"] == second.scenario_id
    row = models.load_assumptions()["price_gp"]
    assert sources["numbers"]["price_gp"]["interval"] == [row.low, row.high]
    assert sources["numbers"]["price_gp"]["source"]["key"] == row.source
    assert len(behind["numbers"]) > 1
    lever = models.load_levers()["xray_share"]
    assert levers["levers"]["xray_share"]["range"] == [lever.min, lever.max]


WRONG = [
    ("run", {"levers": {"xray_shar": 0.1}}, "nearest: xray_share"),
    ("run", {"draws": 10**9}, "whole number from 1 to 20000"),
    ("run", {"assumptions": "/etc"}, "unknown field"),
    ("run", {"set_assumptions": {"use_xray": 7}}, "use_xray"),
    ("explain", {}, "output is missing"),
    ("explain", {"output": "nonsense", "draws": 10}, "unknown figure"),
    ("compare", {"packages": {"a": {}}}, "at least 2"),
    ("compare", {"packages": {str(i): {} for i in range(5)}}, "at most 4"),
    ("compare", {"packages": {"a": {}, "b": {"levers": {"x": 1}}}}, "packages.b.levers"),
    ("compare", {"packages": {"a": {}, "b": 3}}, "write an object"),
    ("sources", {"name": "../../etc/passwd"}, "no assumption and no lever"),
    ("erase", {}, "unknown tool"),
]


def test_what_is_wrong_is_a_sentence():
    results = asked(*((name, given) for name, given, _ in WRONG))
    for result, (name, given, words) in zip(results, WRONG, strict=True):
        said = result.content[0].text
        assert result.is_error and words in said and "Traceback" not in said, (name, given, said)


def test_without_the_package_the_command_says_what_to_install(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "models.service.assistant", None)
    assert program(["mcp"]) == 2
    assert "pip install 'rugpijn[mcp]'" in capsys.readouterr().err
    assert main(["mcp"]) == 2  # the commands of the model alone do not serve
