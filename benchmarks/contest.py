"""Timing contenders against each other, each in a process of its own, in alternating rounds.

Results are compared first: a contender with other results than the first one is not timed.
"""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter

import numpy as np

TOLERANCE = 1e-9  # relative, per draw


class Missing(Exception):
    """What a benchmark needs is not installed; the message says what, and how to get it."""


@dataclass(frozen=True)
class Contender:
    """`prepare(*arguments)` runs in a process of its own and returns the work to be timed.

    The work returns quantities by name, compared with those of the first contender that returns
    any; None where there is nothing to compare.
    """

    name: str
    prepare: Callable[..., Callable[[], dict | None]]
    arguments: tuple = ()


@dataclass
class Entry:
    """The outcome of a contender; `seconds` has a value per round, none where results differ."""

    name: str
    status: str = "ok"  # or: disagrees, failed
    reason: str = ""
    result: dict | None = None
    seconds: list[float] = field(default_factory=list)

    @property
    def median(self) -> float | None:
        return median(self.seconds) if self.seconds else None

    def ratios(self, rival: Entry) -> list[float]:
        """Ratio to another contender, round by round."""
        return [a / b for a, b in zip(self.seconds, rival.seconds, strict=True)]


def contest(
    contenders: list[Contender], rounds: int, repeats: int = 5, compare: bool = True
) -> list[Entry]:
    """Results first, then `rounds` rounds; a round is the median of `repeats` calls."""
    context = multiprocessing.get_context("spawn")
    entries, lines, processes = [], [], []
    try:
        for contender in contenders:
            progress(f"preparing {contender.name}")
            line, end = context.Pipe()
            process = context.Process(target=serve, args=(contender, end, repeats), daemon=True)
            process.start()
            end.close()
            processes.append(process)
            lines.append(line)
            entries.append(_answer(contender, line))
        if compare:
            judge(entries)
        for number in range(1, rounds + 1):
            progress(f"round {number} of {rounds}")
            for entry, line in zip(entries, lines, strict=True):
                if entry.status == "ok":
                    line.send(True)
                    entry.seconds.append(line.recv())
    finally:
        for line in lines:
            line.close()  # the process then finds the pipe closed, and ends
        for process in processes:
            process.join()
    return entries


def serve(contender: Contender, pipe, repeats: int) -> None:
    """In the contender's process: prepare, give the result, then a time for every request."""
    try:
        work = contender.prepare(*contender.arguments)
        pipe.send(("ok", "", work()))
        while pipe.recv():
            work()  # untimed, to fill the caches of the processor again
            pipe.send(median(_timed(work) for _ in range(repeats)))
    except EOFError:  # nothing more is asked
        pass


def _timed(work) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def _answer(contender: Contender, line) -> Entry:
    try:
        return Entry(contender.name, *line.recv())
    except EOFError:
        return Entry(contender.name, "failed", "stopped before it gave a result; see above")


def judge(entries: list[Entry]) -> None:
    """Whoever differs from the first result `disagrees`, and is not timed."""
    compared = [entry for entry in entries if entry.result is not None]
    for entry in compared[1:]:
        reason = difference(compared[0].result, entry.result)
        if reason:
            entry.status, entry.reason = "disagrees", reason


def difference(first: dict, second: dict) -> str:
    """The largest relative difference in words; empty when all quantities agree."""
    if first.keys() != second.keys():
        return "other quantities: " + ", ".join(sorted(map(str, first.keys() ^ second.keys())))
    worst, where = 0.0, None
    for name, expected in first.items():
        expected, measured = np.asarray(expected, float), np.asarray(second[name], float)
        if expected.shape != measured.shape:
            return f"{name}: {measured.size} values where {expected.size} were expected"
        size = np.maximum(np.abs(expected), np.abs(measured))
        gap = np.abs(measured - expected) / np.where(size > 0, size, 1)
        largest = float(np.max(np.where(np.isfinite(gap), gap, np.inf), initial=0.0))
        if largest > worst:
            worst, where = largest, name
    return "" if worst <= TOLERANCE else f"{where} differs by {worst:.1e} (relative)"


def progress(text: str) -> None:
    """A line for whoever waits; results alone go to stdout."""
    print(text, file=sys.stderr, flush=True)
