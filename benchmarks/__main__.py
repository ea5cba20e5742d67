"""Command line of the benchmarks."""

from __future__ import annotations

import argparse
import difflib
import importlib
import json
import sys

from benchmarks.contest import Missing, progress
from benchmarks.report import machine, machine_line

NAMES = ("slider", "growth", "peer", "load", "engine", "texts", "live")


def main(arguments: list[str] | None = None) -> int:
    """Run one benchmark or all; 0 when measured, 1 when the one asked for lacks something."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", nargs="?", metavar="|".join(NAMES), help="default: all")
    parser.add_argument("--format", choices=("json", "table"), default="table")
    parser.add_argument("--rounds", type=int, metavar="N", help="more rounds, steadier medians")
    args = parser.parse_args(arguments)
    if args.name not in (None, *NAMES):
        near = difflib.get_close_matches(args.name, NAMES, n=1) or NAMES
        parser.error(f"unknown benchmark {args.name!r}; try: {', '.join(near)}")
    if args.rounds is not None and args.rounds < 1:
        parser.error("--rounds: give a whole number from 1")
    where, reports, missing = machine(), [], {}
    for name in [args.name] if args.name else NAMES:
        progress(f"== {name}")
        options = {} if args.rounds is None else {"rounds": args.rounds}
        try:
            reports.append(importlib.import_module(f"benchmarks.{name}").run(**options))
        except Missing as reason:
            missing[name] = str(reason)
            print(f"{name} is skipped: {reason}", file=sys.stderr)
    if args.format == "json":
        content = [report.content() for report in reports]
        output = {"schema": 1, "machine": where, "benchmarks": content, "skipped": missing}
        print(json.dumps(output, ensure_ascii=False))
    elif reports:
        print("\n\n".join([machine_line(where), *(report.table() for report in reports)]))
    return 1 if args.name in missing else 0


if __name__ == "__main__":
    sys.exit(main())
