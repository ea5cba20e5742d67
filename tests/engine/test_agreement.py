"""The engine gives the model's figures, in Node and in Chromium; planted errors are caught.

The whole proof, 1,000 scenarios, is `python -m benchmarks engine`.
"""

import json
import random
import shutil
import subprocess

import numpy as np
import pytest

from benchmarks import engine as proof
from benchmarks.contest import Missing
from models.browser import javascript
from models.browser.generator import BrowserEngine
from models.browser.graph import compute

needs_node = pytest.mark.skipif(not shutil.which("node"), reason="Node is not installed")


def answers(folder, listed):
    """By Node; RuntimeError says what went wrong."""
    try:
        return proof.in_node(folder, listed)
    except Missing as reason:
        pytest.skip(f"no Node: {reason}")


@pytest.fixture(scope="module")
def made():
    return proof.jobs(24, draws=120, seed=7)


@pytest.fixture(scope="module")
def folder(made, tmp_path_factory):
    place = tmp_path_factory.mktemp("engines")
    return place, proof.write(made, place)


def worst(rows):
    return max(rows, key=lambda row: row["off"])


def test_the_sample_is_on_both_sides_of_today_and_in_every_option(made):
    levels = [(job, one["levels"]) for job in made for one in job.scenarios]
    sides = {
        (name, np.sign(level - job.engine.levers[name].today))
        for job, chosen in levels
        for name, level in chosen.items()
    }
    for name, lever in made[0].engine.levers.items():
        if lever.min < lever.today < lever.max:
            assert {(name, 1.0), (name, -1.0)} <= sides
    options = [job.engine.description for job in made]
    assert {one["valuation"] for one in options} == {"human_capital", "friction"}
    assert {one["overlap"] for one in options} == {"independent", "best_only", "additive"}
    assert {one["anchor"] for one in options} == set(proof.ANCHORS)
    assert len({one["assumptions_hash"] for one in options}) == len(proof.EDITS)


@needs_node
def test_node_agrees(made, folder):
    rows = proof.compared(made, proof.in_node(*folder))
    assert worst(rows)["off"] <= proof.TOLERANCE, worst(rows)


@pytest.mark.browser
def test_chromium_agrees(made, folder, chromium):
    rows = proof.compared(made, proof.in_page(chromium, *folder))
    assert worst(rows)["off"] <= proof.TOLERANCE, worst(rows)


OWN = ("health.", "premium.")  # measured against their own size, not against the total


@pytest.mark.parametrize(
    "encoding, of_total, of_itself",
    (("float32", 1e-6, 1e-6), ("fixed24", 1e-6, 1e-5), ("fixed16", 1e-4, 1e-3)),
)
def test_fewer_bits_stay_within_what_is_stated(encoding, of_total, of_itself, made, tmp_path):
    part = [job for job in made if job.scenarios][:4]
    found = answers(tmp_path, proof.write(part, tmp_path, encoding))
    for job, answer in zip(part, found, strict=True):
        for name, off in proof.differences(job.expected[0](), answer).items():
            bar = of_itself if name.startswith(OWN) else of_total
            assert off <= bar, (job.name, name)


@needs_node
def test_an_answer_does_not_depend_on_the_moves_before_it(tmp_path):
    """What is kept between moves: any order, and a new engine, give the same bits."""
    part = proof.jobs(2, draws=120, seed=11)
    chance = random.Random(4)
    for job in part:
        moves = [proof.random_levels(job.engine.levers, chance) for _ in range(5)]
        one_lever = [dict([*levels.items()][:1]) for levels in moves]
        job.scenarios = [{"levels": one, "years": True} for one in (*moves, *one_lever, {})]
    forth = proof.in_node(*_written(part, tmp_path / "forth"))
    for job in part:
        job.scenarios.reverse()
    back = proof.in_node(*_written(part, tmp_path / "back"))
    count = len(part[0].scenarios)
    for first in (0, count):
        there, again = forth[first : first + count], back[first : first + count]
        for one, other in zip(there, reversed(again), strict=True):
            assert one["figures"] == other["figures"]
            assert one["years"] == other["years"]
        assert any(row["change"] != [0, 0, 0] for row in there[0]["figures"].values())
        assert all(row["change"] == [0, 0, 0] for row in there[-1]["figures"].values())


def _written(part, place):
    place.mkdir()
    return place, proof.write(part, place)


@needs_node
def test_figures_of_levels_that_were_left_are_refused(tmp_path):
    job = proof.jobs(1, draws=60, seed=3)[0]
    place, _ = _written([job], tmp_path / "one")
    script = """
      import fs from "fs"
      import { Engine } from "./runtime.js"
      const engine = await import("./0/engine.js")
      const bytes = fs.readFileSync("0/columns.bin")
      const columns = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)
      const description = JSON.parse(fs.readFileSync("0/engine.json"))
      const made = new Engine({ engine, columns, description })
      const [{ id, max, min }] = made.description.levers
      const before = made.run({ [id]: min })
      made.run({ [id]: max })
      try { before.change("total") } catch (error) { console.log(error.name, error.message) }
    """
    (place / "stale.js").write_text(script, encoding="utf-8")
    done = subprocess.run(
        ["node", "stale.js"], cwd=place, capture_output=True, text=True, check=True
    )
    assert done.stdout == "EngineError these figures are of levels that were left\n"


# -- planted errors --------------------------------------------------------------------------------


def caught(part, tmp_path) -> bool:
    """Whether the comparison notices: a figure off, or no answer at all."""
    try:
        found = answers(tmp_path, proof.write(part, tmp_path))
    except RuntimeError as error:
        return "EngineError" in str(error)
    return worst(proof.compared(part, found))["off"] > proof.TOLERANCE


WRITING = {
    "swapped operands of a difference": ("subtract", "({1}-{0})"),
    "swapped operands of a ratio": ("divide", "({1}/{0})"),
    "a where without its other branch": ("where", "{1}"),
    "a where the other way round": ("where", "({0}?{2}:{1})"),
    "a maximum that is not taken": ("maximum", "{0}"),
    "the wrong logarithm": ("log1p", "Math.log10(1+{0})"),
    "a sum that is a difference": ("add", "({0}-{1})"),
}


@pytest.mark.parametrize("error", WRITING)
def test_an_error_in_the_writing_is_caught(error, tmp_path, monkeypatch):
    operation, written = WRITING[error]
    assert javascript.WRITTEN[operation] != written
    monkeypatch.setitem(javascript.WRITTEN, operation, written)
    assert caught(proof.jobs(4, draws=60, seed=3), tmp_path)


def altered(engine: BrowserEngine, columns=None, **text) -> BrowserEngine:
    return BrowserEngine(**{**vars(engine), "columns": columns or engine.columns, **text})


@pytest.mark.parametrize("error", ("wrong column", "off by one draw", "a draw too early in all"))
def test_an_error_in_the_columns_is_caught(error, tmp_path):
    part = proof.jobs(3, draws=60, seed=3)
    for job in part:
        columns = list(job.engine.columns)
        if error == "wrong column":
            columns[3], columns[-3] = columns[-3], columns[3]
        elif error == "off by one draw":
            columns[1::2] = [np.roll(column, 1) for column in columns[1::2]]
        else:
            columns = [np.append(column[1:], 0.0) for column in columns]
        job.engine = altered(job.engine, columns)
    assert caught(part, tmp_path)


@pytest.mark.parametrize("file", ("engine.js", "columns.bin", "engine.json"))
def test_a_file_of_another_engine_gets_no_answer(file, tmp_path):
    first, second = proof.jobs(2, draws=60, seed=3)
    listed = proof.write([first, second], tmp_path)
    shutil.copy(tmp_path / "1" / file, tmp_path / "0" / file)
    with pytest.raises(RuntimeError, match="EngineError: .*belongs to another engine"):
        answers(tmp_path, listed)


def test_damaged_columns_get_no_answer(tmp_path):
    part = proof.jobs(1, draws=60)
    listed = proof.write(part, tmp_path)
    path = tmp_path / "0" / "columns.bin"
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    with pytest.raises(RuntimeError, match="EngineError: .*damaged"):
        answers(tmp_path, listed)


@needs_node
def test_mean_and_ends_are_numpys(tmp_path):
    """The same bits round every step of the pairwise sum; ends also where a sample misleads."""
    shutil.copy(proof.SCRIPTS[-1], tmp_path / "runtime.mjs")
    chance = np.random.default_rng(5)
    lists = [chance.lognormal(0, 3, n).tolist() for n in (1, 2, 7, 8, 9, 127, 128, 129, 1000, 2501)]
    lists += [[3.0, 3.0, 1.0, 3.0, 3.0], [0.0] * 700, chance.normal(0, 1, 10_001).tolist()]
    lists += [chance.integers(0, 3, 5_000).astype(float).tolist(), [float(-i) for i in range(999)]]
    ordered = np.sort(chance.normal(0, 1, 10_000))
    lists += [ordered.tolist(), ordered[::-1].tolist(), [0.0] * 9_000 + ordered[:1_000].tolist()]
    lists += [np.where(np.arange(10_000) * 256 % 10_000 < 256, 9.0, ordered).tolist()]
    script = """
      import { mean, ends } from "./runtime.mjs"
      const lists = JSON.parse(await new Response(process.stdin).text())
      const found = lists.map((v) => [mean(v), ...ends(new Float64Array(v))])
      process.stdout.write(JSON.stringify(found))
    """
    (tmp_path / "run.mjs").write_text(script, encoding="utf-8")
    done = subprocess.run(
        ["node", str(tmp_path / "run.mjs")],
        input=json.dumps(lists), capture_output=True, text=True, check=True,
    )  # fmt: skip
    for values, found in zip(lists, json.loads(done.stdout), strict=True):
        assert found[0] == np.mean(values)
        assert found[1:] == pytest.approx(np.percentile(values, [2.5, 97.5]), rel=1e-15)


@pytest.mark.parametrize("operation", javascript.WRITTEN)
def test_every_written_operation_is_numpys(operation):
    """A name that NumPy does not know could never be recorded."""
    assert compute(operation, *[1.0] * javascript.WRITTEN[operation].count("{")) is not None
