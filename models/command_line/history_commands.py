"""What the commands about history print: backcast, cross-model, predictions, score."""

from __future__ import annotations

from argparse import ArgumentTypeError, Namespace
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd

from models.analysis.history.backcast import Backcast, backcast
from models.analysis.history.cross_model import CrossModel, cross_model
from models.analysis.history.predictions import FOLDER, on_record, predict, write_predictions
from models.analysis.history.scoring import score
from models.command_line.commands import run_arguments
from models.engine.record import Quantity, Record, plain, to_json
from models.engine.result import Result
from models.engine.run import run
from models.errors import UsageError, shown
from models.tables.csv_writer import frame_text

SCALES = {"EUR/year": 1e9, "share": 0.01}  # shown in billions and percent


def backcast_(args: Namespace) -> str:
    answer = backcast(_today(args))
    if text := _for_programs(answer, args):
        return text
    lines = [
        "EUR billion of the year itself, or persons a year; ours: mean and 95% interval",
        f"{'year':4} {'set':8} {'outcome':14} {'ours':>30} {'published':>10}  verdict",
    ]
    for row in answer.rows:
        head = f"{row.year:4} {row.set:8} {row.outcome:14}"
        lines.append(f"{head} {_compared(row.ours, row.published)}  {row.verdict}")
    lines += ["", f"{'change of the total':28} {'ours, %':>30} {'published':>10}  verdict"]
    for change in answer.changes:
        head = f"{change.first_year}-{change.last_year} {change.set}"
        lines.append(f"{head:28} {_compared(change.ours, change.published)}  {change.verdict}")
    return "\n".join(lines)


def cross_model_(args: Namespace) -> str:
    answer = cross_model(_today(args))
    if text := _for_programs(answer, args):
        return text
    lines = [
        f"EUR a person a year, prices of {answer.stamp.price_year}; ours: mean and 95% interval",
        f"{'study':18} {'per':10} {'theirs':>9} {'ours':>24}  verdict",
    ]
    for row in answer.rows:
        ours = f"{row.ours.mean:.0f} ({row.ours.p2_5:.0f} to {row.ours.p97_5:.0f})"
        lines.append(f"{row.id:18} {row.per:10} {row.theirs:9.0f} {ours:>24}  {row.verdict}")
    return "\n".join(lines)


def predictions_(args: Namespace) -> str:
    folder = vars(args).pop("out", None)  # here --out is a folder, not the file for the text
    day = getattr(args, "date", datetime.now(UTC).date())
    show = getattr(args, "show", False)
    if not show and (hasattr(args, "assumptions") or hasattr(args, "set_assumption")):
        raise UsageError("only the published assumptions go on record; add --show to look at yours")
    result = _today(args)
    if not show:
        return str(write_predictions(result, day, Path(folder) if folder else FOLDER))
    lines = [f"{'prediction':30} {'median':>12} {'2.5%':>12} {'97.5%':>12}  unit"]
    for row in predict(result, day):
        figures = f"{row.p50:12,.0f} {row.p2_5:12,.0f} {row.p97_5:12,.0f}"
        lines.append(f"{row.prediction:30} {figures}  {row.unit}")
    return "\n".join(lines)


def score_(args: Namespace) -> str:
    named = getattr(args, "predictions", None)
    if named is None and not on_record():
        raise UsageError("no predictions are on record; name a file with --predictions FILE")
    answer = score(Path(named) if named else on_record()[-1], Path(args.outcomes))
    if getattr(args, "format", "table") == "json":
        return to_json(answer)
    columns = ("outcome", "p50", "p2_5", "p97_5", "interval_score", "log_score")
    lines = [f"{'prediction':30}" + "".join(f"{name:>15}" for name in columns) + "  inside"]
    for row in answer.rows:
        figures = "".join(f"{getattr(row, name):15,.6g}" for name in columns)
        lines.append(f"{row.prediction:30}{figures}  {'yes' if row.inside else 'no'}")
    total = answer.summary
    lines.append(
        f"{total.scored} scored, {total.inside:.0%} inside the 95% interval; mean interval "
        f"score {total.interval_score:.3g}, mean log score {total.log_score:.3g} (smaller "
        f"is better); {len(answer.open)} open"
    )
    return "\n".join(lines)


def day(text: str) -> date:
    """A date written as YYYY-MM-DD, for the parser."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        wrong = f"{shown(text)!r} is not a date; write it as 2026-11-28"
        raise ArgumentTypeError(wrong) from None


def _today(args: Namespace) -> Result:
    if hasattr(args, "levels") or hasattr(args, "scenario"):
        raise UsageError(f"{args.command} is about today; leave out --set and --scenario")
    return run(**run_arguments(args))


def _compared(ours: Quantity, published: float) -> str:
    """Our interval and the published figure, in two columns."""
    mean, low, high = (_scaled(end, ours.unit) for end in (ours.mean, ours.p2_5, ours.p97_5))
    return f"{f'{mean} ({low} to {high})':>30} {_scaled(published, ours.unit):>10}"


def _scaled(figure: float, unit: str) -> str:
    """A figure as the table shows it: billions, percent, or persons."""
    size = SCALES.get(unit, 1)
    return f"{figure / size:,.2f}" if unit == "EUR/year" else f"{figure / size:,.0f}"


def _for_programs(answer: Backcast | CrossModel, args: Namespace) -> str | None:
    """The answer as JSON or CSV, where --format asks for one."""
    form = getattr(args, "format", "table")
    if form == "json":
        return to_json(answer)
    return _as_csv(answer.rows) if form == "csv" else None


def _as_csv(rows: Sequence[Record]) -> str:
    """Rows as CSV; a field of a nested record gets a column named after both."""
    return frame_text(pd.json_normalize(plain(rows), sep="_")).rstrip("\n")


COMMANDS: dict[str, Callable[[Namespace], str]] = {
    "backcast": backcast_,
    "cross-model": cross_model_,
    "predictions": predictions_,
    "score": score_,
}
