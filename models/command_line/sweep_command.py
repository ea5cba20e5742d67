"""`sweep`: a table of runs to the terminal or a CSV, or any number of them to a Parquet file."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from functools import partial

from models.analysis.sweeps.parquet import Workers, write_sweep
from models.analysis.sweeps.plan import Plan, grid
from models.analysis.sweeps.table import planned, table
from models.analysis.sweeps.workers import cluster, processes
from models.command_line.arguments import Once, Parser, whole
from models.command_line.commands import run_arguments
from models.errors import UsageError, shown
from models.tables.csv_writer import frame_text

MAX_WORKERS = 256
MAX_SAMPLES = 1_000_000
PARQUET = ".parquet"


def add_options(parser: Parser) -> None:
    parser.add_argument(
        "--sweep",
        action="append",
        metavar="NAME=FROM:TO:STEP|A,B,C",
        help="a lever, an assumption, `scenario` or an option of a run; may be repeated; "
        "NAME=FROM:TO with --samples",
    )
    parser.add_argument(
        "--samples",
        action=Once,
        type=whole,
        metavar="N",
        help="points spread over the spans FROM:TO (Latin hypercube, from --seed)",
    )
    parser.add_argument(
        "--workers", action=Once, type=whole, metavar="N", help="processes (one a core)"
    )
    parser.add_argument(
        "--cluster", action=Once, metavar="ADDRESS", help="of a Dask scheduler: tcp://host:8786"
    )


def sweep_(args: Namespace) -> str:
    arguments = run_arguments(args)
    used, changed = arguments["assumptions"], arguments["set_assumptions"]
    used = used.with_values(changed) if changed else used
    samples = _within(args, "samples", 0, MAX_SAMPLES)
    axes = grid(getattr(args, "sweep", ()), used, samples)
    plan = planned(
        axes, **{**arguments, "assumptions": used, "set_assumptions": None}, samples=samples
    )
    out = getattr(args, "out", None)
    if out is None or not out.lower().endswith(PARQUET):
        return _csv(args, plan)
    vars(args).pop("out")  # the file is written here, and what is returned is said on the terminal
    write_sweep(plan, out, _workers(args), Progress())
    return f"{plan.size:,} runs in {shown(out)}; plan {plan.id}"


def _csv(args: Namespace, plan: Plan) -> str:
    for name in ("workers", "cluster"):
        if hasattr(args, name):
            raise UsageError(f"--{name} goes with a Parquet file: --out NAME.parquet")
    return frame_text(table(plan)).rstrip("\n")


def _workers(args: Namespace) -> Workers:
    if hasattr(args, "cluster"):
        if hasattr(args, "workers"):
            raise UsageError("--workers and --cluster: name one of the two")
        return partial(cluster, args.cluster)
    return partial(processes, _within(args, "workers", os.cpu_count() or 1, MAX_WORKERS))


def _within(args: Namespace, name: str, default: int, most: int) -> int:
    """The number of an option, or `default` where it is not given."""
    if not hasattr(args, name):
        return default
    number = getattr(args, name)
    if not 1 <= number <= most:
        raise UsageError(f"--{name} {number}: write a whole number from 1 to {most:,}")
    return number


class Progress:
    """Runs done on stderr: one line that changes on a terminal, a line each tenth elsewhere."""

    tenth = -1

    def __call__(self, done: int, of: int) -> None:
        text, tenth = f"{done:,} of {of:,} runs", 10 * done // of
        if sys.stderr.isatty():
            print(f"\r{text}", end="\n" if done == of else "", file=sys.stderr, flush=True)
        elif tenth != self.tenth:
            self.tenth = tenth
            print(text, file=sys.stderr, flush=True)


COMMANDS = {"sweep": sweep_}
