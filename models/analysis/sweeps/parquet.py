"""A sweep as a Parquet file: parts in a folder beside it while it grows, then one file.

A part is written whole or not at all, so that a sweep that was ended at any moment, by force too,
goes on from its last part. The file depends on the plan alone: not on the workers, their number,
or how often it was resumed.
"""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from models.analysis.sweeps.plan import MOST_RUNS, Plan
from models.analysis.sweeps.table import columns_of, kinds
from models.errors import UsageError, shown

RUNS = 200  # of a part; another number makes other bytes
PLAN = b"rugpijn_sweep"  # name under which file and parts carry the id of their plan
TYPES = {int: pa.int64(), float: pa.float64(), str: pa.string(), bool: pa.bool_()}

Progress = Callable[[int, int], None]
Workers = Callable[[Plan, list[int]], Iterator[tuple[int, bytes]]]


def parts(plan: Plan) -> int:
    """Number of parts."""
    return -(-plan.size // RUNS)


def part(plan: Plan, number: int) -> bytes:
    """A part, from 0, as a Parquet file; what a worker calculates."""
    first = number * RUNS + 1
    columns = columns_of(plan, range(first, min(first + RUNS, plan.size + 1)))
    sink = io.BytesIO()
    pq.write_table(pa.table(columns, schema=_schema(plan)), sink)
    return sink.getvalue()


def _schema(plan: Plan) -> pa.Schema:
    fields = [pa.field(name, TYPES[kind]) for name, kind in kinds(plan).items()]
    return pa.schema(fields, metadata={PLAN: plan.id})


def write_sweep(
    plan: Plan, out: str | Path, workers: Workers, progress: Progress = lambda done, of: None
) -> Path:
    """Calculate what is still missing and write the file; `progress` is told runs done and of all.

    Raises UsageError where the file is another sweep's, cannot be written, or a run is impossible;
    parts that are done are then kept for the next time.
    """
    out = Path(out)
    if plan.size > MOST_RUNS:
        raise UsageError(f"--sweep: {plan.size} runs; at most {MOST_RUNS}, so take larger steps")
    folder = out.with_name(f"{out.name}.parts")
    id_ = plan.id
    if out.exists():
        if _plan_of(out) == id_:
            progress(plan.size, plan.size)
            return out
        raise UsageError(f"{shown(out)} is there already and is not this sweep; name another file")
    done = 0
    try:
        folder.mkdir(exist_ok=True)
        missing = []
        for number in range(parts(plan)):
            path = folder / _name(number)
            if path.exists() and _plan_of(path) not in (id_, None):
                raise UsageError(
                    f"{shown(folder)} holds parts of another sweep; name another file, or remove it"
                )
            if not path.exists() or _plan_of(path) is None:  # None: damaged, so made again
                missing.append(number)
        done = plan.size - sum(_runs(plan, number) for number in missing)
        progress(done, plan.size)
        for number, content in workers(plan, missing):
            _write_whole(folder / _name(number), content)
            done += _runs(plan, number)
            progress(done, plan.size)
        _join(plan, folder, out)
    except (OSError, ValueError) as error:  # ValueError: no name of a file
        why = getattr(error, "strerror", None) or error
        raise UsageError(
            f"--out {shown(out)}: cannot be written ({why}); {done} of {plan.size} runs are kept, "
            "and the same command goes on from there"
        ) from None
    shutil.rmtree(folder, ignore_errors=True)
    return out


def _name(number: int) -> str:
    return f"{number:05}.parquet"


def _runs(plan: Plan, number: int) -> int:
    return min(RUNS, plan.size - number * RUNS)


def _plan_of(path: Path) -> str | None:
    """Id of the plan that a file was made of; None where it is no Parquet file of ours."""
    try:
        metadata = pq.read_schema(path).metadata or {}
    except (pa.ArrowInvalid, OSError):
        return None
    return metadata.get(PLAN, b"").decode("utf-8", "replace")


def _write_whole(path: Path, content: bytes) -> None:
    """Write beside it and rename, so that there is never half a file under its name."""
    beside = path.with_suffix(".unfinished")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, path)


def _join(plan: Plan, folder: Path, out: Path) -> None:
    beside = folder / "whole.unfinished"
    with pq.ParquetWriter(beside, _schema(plan)) as writer:
        for number in range(parts(plan)):
            writer.write_table(pq.read_table(folder / _name(number)))
    os.replace(beside, out)
