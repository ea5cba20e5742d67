"""The service answers as the command line does, and refuses in words what it cannot answer."""

from __future__ import annotations

import http.client
import json
import re
import socket
import threading
import time
from argparse import Namespace
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
import uvicorn

from models.command_line.arguments import write
from models.command_line.parsers import COMMANDS, main
from models.errors import DataError, finding
from models.service import app
from models.service.limits import Limits
from models.service.openapi import openapi
from models.service.questions import QUESTIONS, Question, fields_of

DRAWS = 200
LIMITS = Limits(body=2_000, draws=5_000, seconds=20, sending=1, at_once=1, waiting=1)


class Server:
    """A service on a free port of this machine."""

    def __init__(self, limits: Limits):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        application = app.service(limits)
        self.answers = application.state.answers
        settings = uvicorn.Config(
            application, host="127.0.0.1", port=self.port, log_level="critical"
        )
        self.uvicorn = uvicorn.Server(settings)
        self.thread = threading.Thread(target=self.uvicorn.run, daemon=True)
        self.thread.start()
        for _ in range(300):
            if self.uvicorn.started:
                return
            time.sleep(0.1)
        raise RuntimeError("the service has not started")

    def ask(self, path: str, body: object = None, method: str | None = None):
        """Status, body as text, and headers."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        sent = body if isinstance(body, bytes | None) else json.dumps(body)
        line.request(method or ("GET" if body is None else "POST"), path, sent)
        response = line.getresponse()
        text = response.read().decode()
        line.close()
        return response.status, text, response.headers

    def stop(self) -> None:
        self.uvicorn.should_exit = True
        self.thread.join(10)


@pytest.fixture(scope="module")
def server():
    running = Server(LIMITS)
    yield running
    running.stop()


SAMPLES = {
    "run": (
        {"levers": {"xray_share": 0.05}, "set_assumptions": {"price_hour": [80, 70, 90]}},
        ["--set", "xray_share=0.05", "--set-assumption", "price_hour=80:70:90"],
    ),
    "attribute": ({"scenario": "keep_moving"}, ["--scenario", "keep_moving"]),
    "breakeven": ({"lever": "walking_programme"}, ["--lever", "walking_programme"]),
    "price": ({"set_assumptions": {"price_gp": 40}}, ["--set-assumption", "price_gp=40"]),
    "targets": ({"anchor": "total"}, ["--anchor", "total"]),
    "rank": ({"valuation": "friction", "seed": 7}, ["--valuation", "friction", "--seed", "7"]),
    "tornado": ({"outcome": "base_case_total"}, ["--outcome", "base_case_total"]),
    "trace": ({"output": "item.gp"}, ["item.gp"]),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_answer_is_that_of_the_command_line(name, server, capfdbinary):
    asked, words = SAMPLES[name]
    draws = 50 if name == "tornado" else DRAWS  # it runs the model twice an assumption
    status, text, headers = server.ask(f"/v1/{name}", asked | {"draws": draws})
    assert status == 200, text
    assert headers["content-type"] == "application/json"
    assert headers["cache-control"] == "no-store"
    capfdbinary.readouterr()
    assert main([name, *words, "--draws", str(draws), "--format", "json"]) == 0
    assert text.encode() == capfdbinary.readouterr().out


def test_levers_health_and_readiness(server, capfdbinary):
    write(COMMANDS["levers"](Namespace(format="json")), None)
    listed = capfdbinary.readouterr().out
    assert server.ask("/v1/levers")[1].encode() == listed
    assert server.ask("/health")[:2] == (200, '{"status": "alive"}\n')
    assert server.ask("/ready")[:2] == (200, '{"status": "ready"}\n')


def test_the_calls_of_the_documentation_work(server):
    text = (Path(__file__).parents[2] / "docs" / "service.md").read_text("utf-8")
    calls = re.findall(r"curl http://127.0.0.1:8600(\S+)(?: -d '(.*)')?", text)
    assert {path for path, _ in calls} >= {"/v1/levers", "/v1/run", "/v1/trace"}
    for path, body in calls:
        asked = json.loads(body) | {"draws": 50} if body else None
        assert server.ask(path, asked)[0] == 200, (path, body)


WRONG = [
    ("run", {"levers": {"xray_shar": 0.1}}, 422, "levers.xray_shar", "nearest: xray_share"),
    ("run", {"levers": {"xray_share": "0.1"}}, 422, "levers.xray_share", "write a number from"),
    ("run", {"levers": {"xray_share": True}}, 422, "levers.xray_share", "write a number from"),
    ("run", {"levers": {"xray_share": 2}}, 422, "levers.xray_share", "from 0 to"),
    ("run", {"levers": [1]}, 422, "levers", "write an object"),
    ("run", {"draws": 5_001}, 422, "draws", "whole number from 1 to 5000"),
    ("run", {"draws": 10**400}, 422, "draws", "whole number"),
    ("run", {"seed": -1}, 422, "seed", "whole number from 0"),
    ("run", {"anchor": "newspaper"}, 422, "anchor", "allowed: evidence, total"),
    ("run", {"presenteeism": 1}, 422, "presenteeism", "write true or false"),
    ("run", {"scenario": "../secret.json"}, 422, "scenario", "allowed: "),
    ("run", {"assumptions": "/etc"}, 422, "assumptions", "unknown field"),
    ("run", {"out": "x"}, 422, "out", "unknown field"),
    ("run", {"set_assumptions": {"price": 1}}, 422, "set_assumptions.price", "nearest: "),
    ("run", {"set_assumptions": {"price_gp": [1, 2]}}, 422, "set_assumptions.price_gp", "low"),
    ("run", {"set_assumptions": {"use_xray": 7}}, 422, "set_assumptions", "use_xray"),
    ("breakeven", {}, 422, "lever", "missing"),
    ("breakeven", {"lever": "walk"}, 422, "lever", "unknown"),
    ("trace", {"output": "nonsense"}, 422, "output", "nonsense"),
    ("trace", {"output": ""}, 422, "output", "1 to 100 characters"),
    ("run", b'{"draws": NaN}', 400, "body", "not a number of JSON"),
    ("run", b'{"draws": 1, "draws": 2}', 422, "draws", "twice"),
    ("run", b"\xff\xfe", 400, "body", "not JSON"),
    ("run", b"[" * 1_900, 400, "body", "not JSON"),
    ("run", b"[]", 400, "body", "not an object"),
    ("run", b" " * 2_001, 413, "body", "more than 2,000 bytes"),
]


@pytest.mark.parametrize(("name", "body", "status", "field", "words"), WRONG)
def test_what_is_wrong_is_named_and_never_reaches_the_model(
    name, body, status, field, words, server, monkeypatch
):
    if (field, words) not in (("output", "nonsense"), ("set_assumptions", "use_xray")):
        asked = QUESTIONS[name]

        def reached(args):
            raise AssertionError("the model was asked")

        monkeypatch.setitem(QUESTIONS, name, replace(asked, command=reached))
    found, text, _ = server.ask(f"/v1/{name}", body)
    error = json.loads(text)["error"]
    assert (found, error["field"]) == (status, field)
    assert words in error["message"] and "Traceback" not in text


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [("/v1/run", "GET", 405), ("/v1/sample", "POST", 404), ("/../data/levers.csv", "GET", 404)],
)
def test_another_address_is_an_error_in_json(path, method, status, server):
    found, text, _ = server.ask(path, None, method)
    assert found == status and json.loads(text)["error"]["message"]


def test_a_body_that_does_not_come_is_given_up(server):
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as line:
        line.sendall(b"POST /v1/run HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n{")
        assert line.recv(200).startswith(b"HTTP/1.1 408")
    assert server.ask("/health")[0] == 200


def test_more_than_may_wait_are_sent_away_and_the_rest_is_answered(server, monkeypatch):
    """One is calculated, one waits, the third is refused at once; health answers meanwhile."""
    going, free = threading.Event(), threading.Event()

    def slow(args):
        going.set()
        assert free.wait(30)
        return "{}"

    monkeypatch.setitem(QUESTIONS, "run", Question(slow, "waits"))
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(server.ask, "/v1/run", {})
        assert going.wait(10)
        second = pool.submit(server.ask, "/v1/run", {})
        for _ in range(600):
            if server.answers.open == 2:
                break
            time.sleep(0.05)
        status, _, headers = server.ask("/v1/rank", {"draws": 1})
        assert (status, headers["retry-after"]) == (503, "1")
        assert server.ask("/health")[0] == 200
        free.set()
        assert [first.result()[0], second.result()[0]] == [200, 200]
    assert server.ask("/v1/run", {})[0] == 200


def test_an_answer_that_takes_too_long_is_given_up(monkeypatch):
    free = threading.Event()
    monkeypatch.setitem(QUESTIONS, "run", Question(lambda args: free.wait(30) and "{}", "waits"))
    short = Server(replace(LIMITS, seconds=0.2))
    status, text, _ = short.ask("/v1/run", {})
    assert status == 504 and "within 0.2 seconds" in text
    free.set()
    short.stop()


def test_the_description_lists_every_question_and_its_fields(server):
    described = json.loads(server.ask("/openapi.json")[1])
    assert described == json.loads(json.dumps(openapi(LIMITS)))
    for name, question in QUESTIONS.items():
        body = described["paths"][f"/v1/{name}"]["post"]["requestBody"]["content"]
        schema = body["application/json"]["schema"]
        assert set(schema["properties"]) == set(fields_of(name, LIMITS.draws))
        assert schema["required"] == list(question.required)
        assert schema["properties"]["draws"]["maximum"] == LIMITS.draws


def test_readiness_names_what_is_wrong_with_the_data(server, monkeypatch):
    def broken(**given):
        raise DataError([finding("file_empty", file="care.csv")])

    monkeypatch.setattr(app, "run", broken)
    status, text, _ = server.ask("/ready")
    assert status == 503 and "care.csv" in json.loads(text)["error"]["message"]
    assert server.ask("/health")[0] == 200


def test_the_metrics_count_requests_and_name_nobody(server):
    def counted() -> dict[str, int]:
        lines = server.ask("/metrics")[1].splitlines()
        pairs = (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
        return {name: int(number) for name, number in pairs}

    before = counted()
    server.ask("/v1/run", {"levers": {"nobody@home": 0.1}})
    server.ask("/nothing?who=me")
    after, refused = counted(), 'rugpijn_requests_total{path="/v1/run",status="422"}'
    assert after[refused] == before.get(refused, 0) + 1 and after["rugpijn_requests_open"] == 0
    assert not any("nobody" in name or "me" == name or "nothing" in name for name in after)


def test_the_log_says_what_happened_and_not_to_whom(server, capfd):
    server.ask("/v1/run", {"levers": {"xray_shar": 0.1}})
    lines = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
    assert {"path": "/v1/run", "status": 422}.items() <= lines[-1].items()
    assert set(lines[-1]) == {"time", "path", "status", "ms"}
