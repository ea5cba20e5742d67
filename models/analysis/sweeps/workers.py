"""Who calculates the parts of a sweep: this process, processes beside it, or a cluster of Dask."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection, get_context, parent_process

import numpy as np

from models.analysis.sweeps.parquet import part
from models.analysis.sweeps.plan import Plan
from models.errors import UsageError, shown

Parts = Iterator[tuple[int, bytes]]
ATTEMPTS = 3  # times in a row that workers may die without a part done
PATIENCE = "15s"  # for a cluster to answer

_PLAN: list[Plan] = []  # of this worker, which is given it once


def here(plan: Plan, missing: list[int]) -> Parts:
    """One part after the other, in this process."""
    for number in missing:
        yield number, _quietly(plan, number)


def processes(workers: int, plan: Plan, missing: list[int]) -> Parts:
    """`workers` processes of this machine; the parts of one that is killed are given out again."""
    if workers == 1 or len(missing) < 2:
        yield from here(plan, missing)
        return
    left, idle = set(missing), 0
    while left:
        idle += 1
        pool = ProcessPoolExecutor(workers, get_context("spawn"), _begin, (plan,))
        try:
            asked = {pool.submit(_part, number): number for number in sorted(left)}
            for future in as_completed(asked):
                content = future.result()
                left.remove(asked[future])
                idle = 0
                yield asked[future], content
        except BrokenProcessPool:
            if idle >= ATTEMPTS:
                raise UsageError(
                    f"worker processes were ended {ATTEMPTS} times in a row before a part was "
                    "done, perhaps for want of memory; take fewer --workers or fewer --draws"
                ) from None
        finally:
            pool.shutdown(cancel_futures=True)


def _begin(plan: Plan) -> None:
    """Start of a worker: it leaves an interruption to its parent, and ends when that has ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    assert parent is not None
    threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    _PLAN[:] = [plan]


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)


def _part(number: int) -> bytes:
    return _quietly(_PLAN[0], number)


def _quietly(plan: Plan, number: int) -> bytes:
    with np.errstate(all="ignore"):  # as on the command line: no number is refused in words
        return part(plan, number)


def cluster(address: str, plan: Plan, missing: list[int]) -> Parts:
    """The workers of a Dask scheduler, such as tcp://host:8786; Dask moves the parts of one that
    is lost to another.
    """
    try:
        from distributed import Client
        from distributed import as_completed as completed
    except ImportError:
        raise UsageError("--cluster needs Dask: pip install 'rugpijn[cluster]'") from None
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(f"--cluster {shown(address)}: no scheduler there ({error})") from None
    with client:
        shared = client.scatter(plan, broadcast=True)
        futures = client.map(_numbered, missing, plan=shared, pure=False)
        for _, (number, made_of, content) in completed(futures, with_results=True):
            if made_of != plan.id:
                raise UsageError(
                    f"--cluster {shown(address)}: its workers have another version of this "
                    "package or of its tables; install the same one there"
                )
            yield number, content


def _numbered(number: int, plan: Plan) -> tuple[int, str, bytes]:
    """A part with its number and the id that the plan has for this worker."""
    return number, plan.id, _quietly(plan, number)
