"""A row of the report: what was measured, beside its bar."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median, quantiles


def row(what: str, value: float | None, unit: str, bar: float | None = None, **others) -> dict:
    """A row: `held` when the value is at most the bar; without a bar there is no verdict.

    A value that could not be measured is None, and says so instead of a verdict.
    """
    verdict = ""
    if value is None:
        verdict = "not measured"
    elif bar is not None:
        verdict = "held" if value <= bar else "MISSED"
    return {
        "what": what, "measured": value, "unit": unit, "bar": bar, "verdict": verdict,
        "spread": others.get("spread"), "beside": others.get("beside"),
    }  # fmt: skip


def high(values: Sequence[float]) -> float:
    """The 95th percentile of the values."""
    return quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


def ratio(what: str, ours: Sequence[float], bare: Sequence[float], bar: float | None) -> dict:
    """The median of ratios round by round; beside it the milliseconds of both."""
    ratios = [a / b for a, b in zip(ours, bare, strict=True)]
    beside = f"{median(ours):.0f} ms against {median(bare):.0f}"
    return row(what, median(ratios), "times", bar, spread=[min(ratios), max(ratios)], beside=beside)
