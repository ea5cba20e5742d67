"""How time and memory grow with draws, years, levers and scenarios, with the fitted exponent."""

from __future__ import annotations

import tracemalloc

import numpy as np

import models
from benchmarks.contest import Contender, Entry, contest
from benchmarks.report import Report
from benchmarks.slider import strongest

ROUNDS = 3
SIZES = {
    "draws": (1_000, 3_000, 10_000, 30_000, 100_000),
    "years": (1, 2, 5, 10),
    "levers": (1, 2, 4, 8, 15),
    "scenarios": (1, 2, 3, 4),
}
USUAL = {"draws": 10_000, "years": 5, "levers": 15, "scenarios": 1}
MEGABYTE = 2**20


def whole_answer(draws: int, years: int, levers: int, scenarios: int):
    """Work to time: the tidy table of every scenario on the same draws, and the peak memory."""
    levels = dict(list(strongest().items())[:levers])
    peak = []
    tracemalloc.start()
    start = models.run(draws=draws, years=years)

    def work() -> dict | None:
        # scenarios differ, so that nothing can be shared between them
        parts = [k / scenarios for k in range(1, scenarios + 1)]
        results = [models.run_like(start, _toward(start, levels, part)) for part in parts]
        _ = [result.table for result in results]
        if peak:
            return None
        peak.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        return {"peak": peak[0]}

    return work


def _toward(start, levels: dict[str, float], part: float) -> dict[str, float]:
    today = {name: start.levers[name].today for name in levels}
    return {name: today[name] + part * (level - today[name]) for name, level in levels.items()}


def run(rounds: int = ROUNDS, sizes: dict | None = None, usual: dict | None = None) -> Report:
    """A report in which one quantity grows at a time, while the others keep their usual size."""
    usual = usual or USUAL
    report = Report(
        "growth",
        "time and peak memory of the whole table, as one quantity grows and the others stay",
        {"rounds": rounds, **usual},
        notes=[
            "Time: scenarios and their tidy tables, draws kept. Memory: the peak that Python and "
            "NumPy asked for, from nothing to the last table (tracemalloc, in an untimed call).",
            "Exponent: slope of log time (or memory) on log size by least squares; 1 is linear, "
            "below 1 means that a fixed part weighs at the small end; the last column takes the "
            "two largest sizes only.",
        ],
    )
    for quantity, steps in (sizes or SIZES).items():
        settings = [{**usual, quantity: size} for size in steps]
        contenders = [
            Contender(f"{quantity} {size:,}", whole_answer, tuple(values.values()))
            for size, values in zip(steps, settings, strict=True)
        ]
        entries = contest(contenders, rounds, repeats=1, compare=False)
        report.rows += _rows(quantity, steps, entries)
    return report


def _rows(quantity: str, sizes, entries: list[Entry]) -> list[dict]:
    times = [entry.median for entry in entries]
    peaks = [entry.result["peak"] / MEGABYTE for entry in entries]
    rows = [
        {
            "quantity": quantity, "size": size, "ms": time * 1e3,
            "ms_spread": [min(entry.seconds) * 1e3, max(entry.seconds) * 1e3],
            "peak_MB": peak, "exponent_time": None, "exponent_memory": None,
            "exponent_time_at_the_end": None,
        }
        for size, time, peak, entry in zip(sizes, times, peaks, entries, strict=True)
    ]  # fmt: skip
    rows[-1] |= {
        "exponent_time": exponent(sizes, times),
        "exponent_memory": exponent(sizes, peaks),
        "exponent_time_at_the_end": exponent(sizes[-2:], times[-2:]),
    }
    return rows


def exponent(sizes, values) -> float:
    """Slope of log value on log size by least squares."""
    return float(np.polyfit(np.log(sizes), np.log(values), 1)[0])
