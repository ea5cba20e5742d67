"""The benchmarks run and say what they saw; no timing decides a test."""

from __future__ import annotations

import importlib.util
import json

import numpy as np
import pytest

from benchmarks import growth, peer, slider
from benchmarks.__main__ import main
from benchmarks.contest import Contender, Missing, contest, difference
from benchmarks.live import bars
from benchmarks.report import Report, compared

HAS_PEER = importlib.util.find_spec("openfisca_core") is not None


def steady(value):
    return lambda: {"cost": np.array([value, 2.0]), "nil": np.zeros(2)}


def breaks():
    raise ValueError("planted")


@pytest.fixture(scope="module")
def entries():
    contenders = [
        Contender("first", steady, (1.0,)),
        Contender("agrees", steady, (1.0 + 1e-12,)),
        Contender("disagrees", steady, (1.0 + 1e-6,)),
        Contender("breaks", breaks),
    ]
    return contest(contenders, rounds=3, repeats=2)


def test_whoever_agrees_is_timed_every_round(entries):
    assert [entry.status for entry in entries[:2]] == ["ok", "ok"]
    assert [len(entry.seconds) for entry in entries[:2]] == [3, 3]
    assert len(entries[1].ratios(entries[0])) == 3


def test_whoever_disagrees_is_named_and_has_no_time(entries):
    entry = entries[2]
    assert entry.status == "disagrees"
    assert "cost differs by 1.0e-06" in entry.reason
    assert entry.seconds == [] and entry.median is None
    row = compared(entry, entries[0])
    assert row["ms"] is None and row["ratio"] is None
    line = Report("x", "y", {}, [compared(entry, entries[0])]).table().splitlines()[4]
    assert "disagrees" in line and "ms" not in line


def test_a_contender_that_breaks_does_not_stop_the_others(entries):
    assert entries[3].status == "failed"
    assert entries[3].seconds == []


@pytest.mark.parametrize(
    ("second", "word"),
    [
        ({"a": np.array([1.0, 2.0])}, ""),
        ({"a": np.array([1.0, 2.0 + 1e-8])}, "a differs by 5.0e-09"),
        ({"a": np.array([1.0, np.nan])}, "a differs by inf"),
        ({"a": np.array([1.0])}, "a: 1 values where 2"),
        ({"b": np.array([1.0, 2.0])}, "other quantities: a, b"),
    ],
)
def test_a_difference_is_told_in_words(second, word):
    found = difference({"a": np.array([1.0, 2.0])}, second)
    assert found.startswith(word) and bool(found) == bool(word)


def test_slider_measures_a_lever_and_all_beside_the_floor():
    rows = slider.run(draws=200, rounds=2, levers=["xray_share"]).rows
    assert [row["status"] for row in rows] == ["ok"] * 4
    assert rows[0]["ratio"] == 1.0
    assert all(row["ms"] > 0 for row in rows)


def test_growth_tells_time_memory_and_exponent():
    usual = {"draws": 200, "years": 1, "levers": 1, "scenarios": 1}
    rows = growth.run(rounds=1, sizes={"draws": (200, 2_000)}, usual=usual).rows
    assert [row["size"] for row in rows] == [200, 2_000]
    assert rows[1]["peak_MB"] > rows[0]["peak_MB"] > 0
    assert np.isfinite(rows[1]["exponent_time"])


def test_an_exponent_is_the_slope_of_the_logarithms():
    assert growth.exponent([1, 10, 100], [3, 30, 300]) == pytest.approx(1)
    assert growth.exponent([1, 10, 100], [3, 300, 30_000]) == pytest.approx(2)


@pytest.mark.skipif(not HAS_PEER, reason=peer.INSTALL)
def test_the_peer_agrees_in_every_draw_and_its_32_bits_do_not():
    rows = peer.run(draws=300, rounds=1).rows
    assert [row["status"] for row in rows] == ["ok", "ok", "disagrees"]
    assert rows[2]["ms"] is None


def test_a_missing_peer_is_one_sentence(monkeypatch, capsys):
    monkeypatch.setattr(peer.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(Missing, match="pip install -r benchmarks/requirements.txt"):
        peer.run()
    assert main(["peer", "--format", "json"]) == 1
    printed = capsys.readouterr()
    assert json.loads(printed.out)["skipped"] == {"peer": peer.INSTALL}
    assert f"peer is skipped: {peer.INSTALL}" in printed.err


def test_json_is_one_object_with_the_machine(monkeypatch, capsys):
    found = Report("slider", "question", {"draws": 1}, [{"contender": "a", "ms": 1.5}], ["note"])
    monkeypatch.setattr(slider, "run", lambda **options: found)
    assert main(["slider", "--format", "json"]) == 0
    content = json.loads(capsys.readouterr().out)
    assert content["schema"] == 1
    assert content["machine"]["packages"]["numpy"] == np.__version__
    assert content["benchmarks"][0]["rows"] == [{"contender": "a", "ms": 1.5}]


@pytest.mark.parametrize("wrong", [["sliders"], ["slider", "--rounds", "0"]])
def test_a_wrong_call_ends_with_2_and_says_why(wrong, capsys):
    with pytest.raises(SystemExit) as ended:
        main(wrong)
    assert ended.value.code == 2
    assert "slider" in capsys.readouterr().err


def test_a_bar_is_held_missed_or_not_measured():
    assert bars.row("drag", 17.0, "ms", 17)["verdict"] == "held"
    assert bars.row("drag", 17.1, "ms", 17)["verdict"] == "MISSED"
    assert bars.row("drag", None, "ms", 17)["verdict"] == "not measured"
    assert bars.row("size", 0.6, "MB")["verdict"] == ""
    # rounds 2 / 1, 9 / 3 and 4 / 4: the median of the ratios, not the ratio of the medians
    found = bars.ratio("release", [2, 9, 4], [1, 3, 4], 1.6)
    assert (found["measured"], found["spread"], found["verdict"]) == (2.0, [1.0, 3.0], "MISSED")
    assert bars.high([float(n) for n in range(1, 100)]) == pytest.approx(95)
