"""A sweep in a file: the same bytes however it was calculated, interrupted and resumed."""

import errno
import multiprocessing
import os
from functools import partial

import pandas as pd
import pyarrow.parquet as pq
import pytest

import models
from models.analysis.sweeps import parquet
from models.analysis.sweeps.parquet import write_sweep
from models.analysis.sweeps.plan import Plan, Span, grid
from models.analysis.sweeps.table import planned, sweep
from models.analysis.sweeps.workers import cluster, here, processes
from models.command_line.parsers import main
from models.errors import UsageError

FAST = {"draws": 5, "anchor": "none"}
PUBLISHED = models.load_assumptions()


def plan_of(*specs: str, samples: int = 0, **options) -> Plan:
    axes = grid(specs, PUBLISHED, samples)
    given = {name: value for name, value in {**FAST, **options}.items() if name not in axes}
    return planned(axes, samples=samples, **given)


@pytest.fixture
def small(monkeypatch):
    """Six parts of two runs."""
    monkeypatch.setattr(parquet, "RUNS", 2)
    return plan_of("xray_share=0:0.05:0.01", "anchor=none,total")


def test_the_file_holds_the_rows_of_the_table(small, tmp_path):
    told = []
    path = write_sweep(small, tmp_path / "a.parquet", here, lambda *now: told.append(now))
    values = {"xray_share": [0, 0.01, 0.02, 0.03, 0.04, 0.05], "anchor": ["none", "total"]}
    expected = sweep(values, draws=5)
    pd.testing.assert_frame_equal(
        pq.read_table(path).to_pandas(), expected, check_dtype=False, check_exact=True
    )
    assert told == [(done, 12) for done in range(0, 13, 2)]
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.parquet"]


def test_what_was_stopped_goes_on_and_gives_the_same_bytes(small, tmp_path):
    whole = write_sweep(small, tmp_path / "whole.parquet", here).read_bytes()
    out, parts = tmp_path / "b.parquet", tmp_path / "b.parquet.parts"
    asked = []

    def stopped(plan, missing):
        asked.append(missing)
        for number, content in here(plan, missing):
            yield number, content
            if number % 3 == 1:
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_sweep(small, out, stopped)
    (parts / "00000.parquet").write_bytes(b"half a part")  # as a disk may leave it
    (parts / "00005.unfinished").write_bytes(b"PAR1")
    with pytest.raises(KeyboardInterrupt):
        write_sweep(small, out, stopped)
    write_sweep(small, out, stopped)
    assert asked == [[0, 1, 2, 3, 4, 5], [0, 2, 3, 4, 5], [5]]
    assert out.read_bytes() == whole and not parts.exists()
    write_sweep(small, out, stopped)  # is there already: nothing is asked
    assert len(asked) == 3


def test_a_file_or_parts_of_another_sweep_are_left_alone(small, tmp_path):
    out = write_sweep(small, tmp_path / "c.parquet", here)
    before = out.read_bytes()
    other = plan_of("xray_share=0,0.05")
    with pytest.raises(UsageError, match="is not this sweep; name another file"):
        write_sweep(other, out, here)
    assert out.read_bytes() == before
    out.rename(tmp_path / "d.parquet.parts-file")
    folder = tmp_path / "d.parquet.parts"
    folder.mkdir()
    (folder / "00000.parquet").write_bytes(parquet.part(small, 0))
    with pytest.raises(UsageError, match="parts of another sweep"):
        write_sweep(other, tmp_path / "d.parquet", here)


def test_a_full_disk_is_said_and_what_is_done_stays(small, tmp_path, monkeypatch):
    whole, written = parquet._write_whole, []

    def fills_up(path, content):
        if len(written) == 3:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written.append(path)
        whole(path, content)

    monkeypatch.setattr(parquet, "_write_whole", fills_up)
    with pytest.raises(UsageError, match=r"No space left.*6 of 12 runs are kept"):
        write_sweep(small, tmp_path / "e.parquet", here)
    assert sorted(path.name for path in (tmp_path / "e.parquet.parts").iterdir()) == [
        "00000.parquet",
        "00001.parquet",
        "00002.parquet",
    ]


def test_two_workers_one_of_them_killed_give_the_bytes_of_one(tmp_path):
    plan = plan_of("xray_share=0:0.2:0.01", "mri_share=0:0.05:0.0025")  # 21 x 21 runs: 3 parts
    alone = write_sweep(plan, tmp_path / "alone.parquet", here)

    def one_killed(plan, missing):
        for number, content in processes(2, plan, missing):
            workers = multiprocessing.active_children()
            if len(workers) == 2 and not killed:
                killed.append(workers[0].pid)
                workers[0].kill()
            yield number, content

    killed: list = []
    together = write_sweep(plan, tmp_path / "together.parquet", one_killed)
    assert killed and together.read_bytes() == alone.read_bytes()


def test_a_dask_cluster_that_loses_a_worker_gives_the_same_bytes(tmp_path):
    distributed = pytest.importorskip("distributed")
    plan = plan_of("xray_share=0:0.2:0.01", "mri_share=0:0.05:0.0025")
    alone = write_sweep(plan, tmp_path / "alone.parquet", here)
    settings = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    with distributed.LocalCluster(host="127.0.0.1", **settings) as local:

        def one_killed(plan, missing):
            for number, content in cluster(local.scheduler_address, plan, missing):
                if not killed:
                    killed.append(local.workers[0].process.process.pid)
                    os.kill(killed[0], 9)
                yield number, content

        killed: list = []
        out = write_sweep(plan, tmp_path / "dask.parquet", one_killed)
    assert killed and out.read_bytes() == alone.read_bytes()


def test_samples_fill_their_spans_evenly_and_repeat():
    """Four samples of 0 to 0.2: one in each quarter, 0-0.05, 0.05-0.1, 0.1-0.15 and 0.15-0.2."""
    words = "xray_share=0:0.2", "price_hour=36:44"
    plan = plan_of(*words, samples=4)
    points = [plan.point(number).values for number in range(1, 5)]
    assert sorted(int(point["xray_share"] / 0.05) for point in points) == [0, 1, 2, 3]
    assert sorted(int((point["price_hour"] - 36) / 2) for point in points) == [0, 1, 2, 3]
    assert points == [plan_of(*words, samples=4).point(n).values for n in range(1, 5)]
    assert points[0] != plan_of(*words, samples=4, seed=2).point(1).values
    assert plan.axes["price_hour"] == Span(36, 44)


def test_a_point_is_the_run_that_it_names():
    plan = plan_of("scenario=today,keep_moving", "price_hour=40", "years=2,3", "xray_share=0.1")
    assert plan.size == 4
    point = plan.point(4)
    assert dict(point.values) == {
        "scenario": "keep_moving",
        "price_hour": 40,
        "years": 3,
        "xray_share": 0.1,
    }
    package = models.load_scenarios()["keep_moving"]["levels"]
    assert dict(point.levels) == {**package, "xray_share": 0.1}
    assert (dict(point.edits), point.options["years"]) == ({"price_hour": 40}, 3)
    assert plan.point(1).options["years"] == plan.point(2).options["years"] == 2  # levers fastest


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--sweep", "xray_share=0:0.1"], "--samples N"),
        (["--sweep", "xray_share=0.1,0.1"], "listed twice"),
        (["--sweep", "xray_share=0,9"], "out of range"),
        (["--sweep", "scenario=keep_movin"], "nearest: keep_moving"),
        (["--sweep", "anchor=newspaper"], "allowed: evidence"),
        (["--sweep", "presenteeism=yes"], "true or false"),
        (["--sweep", "draws=1.5"], "whole number"),
        (["--sweep", "anchor=none", "--anchor", "total"], "swept and also given"),
        (["--sweep", "scenario=today", "--scenario", "keep_moving"], "swept and also given"),
        (["--sweep", "xray_share=0", "--set", "xray_share=0.1"], "swept and also --set"),
        (["--samples", "3"], "--samples N goes with"),
        (["--samples", "0"], "--samples 0: write a whole number from 1"),
        (["--sweep", "xray_share=0", "--workers", "2"], "--out NAME.parquet"),
        (["--out", "x.parquet", "--workers", "0"], "--workers 0"),
        (["--out", "x.parquet", "--workers", "2", "--cluster", "a"], "name one of the two"),
        (["--out", "no_such_folder/x.parquet"], "cannot be written (No such file"),
        (["--out", "\0.parquet"], "cannot be written"),
    ],
)
def test_what_cannot_be_swept_is_one_sentence(words, sentence, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["sweep", "--draws", "5", *words]) == 2
    out, err = capsys.readouterr()
    assert out == "" and sentence in err and len(err.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_the_command_says_what_it_wrote(tmp_path, capsys):
    out = tmp_path / "f.parquet"
    words = ["--sweep", "xray_share=0,0.1", "--workers", "1", "--draws", "5"]
    assert main(["sweep", *words, "--out", str(out)]) == 0
    said, err = capsys.readouterr()
    assert said.startswith("2 runs in ") and err.splitlines() == ["0 of 2 runs", "2 of 2 runs"]
    assert pq.read_table(out)["run"].to_pylist()[-1] == 2


def test_workers_that_die_again_and_again_are_given_up(monkeypatch):
    from concurrent.futures.process import BrokenProcessPool

    from models.analysis.sweeps import workers

    class Broken:
        def __init__(self, *given):
            pools.append(self)

        def submit(self, *given):
            raise BrokenProcessPool

        def shutdown(self, **given):
            pass

    pools: list = []
    monkeypatch.setattr(workers, "ProcessPoolExecutor", Broken)
    with pytest.raises(UsageError, match="fewer --workers or fewer --draws"):
        list(partial(processes, 2)(plan_of("xray_share=0,0.1"), [0, 1]))
    assert len(pools) == 3
