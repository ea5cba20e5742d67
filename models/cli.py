"""Command line: the same numbers as the page and the package, to the cent.

What is wrong is said on stderr, a line each, and nothing on stdout: exit 2 when the command itself
is wrong, exit 1 when a file is (or is not there).
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import numpy as np

from models import commands, file_commands
from models.errors import DataError, UsageError, shown
from models.levers import OVERLAPS
from models.model import ANCHORS
from models.tables import nearest
from models.work import VALUATIONS

COMMANDS = commands.COMMANDS | file_commands.COMMANDS
INTERRUPTED = 130  # as a shell reports SIGINT


class _Parser(argparse.ArgumentParser):
    """No abbreviations; a mistake is a UsageError on one line."""

    def __init__(self, *args, **options):
        super().__init__(*args, allow_abbrev=False, **options)

    def error(self, message):
        raise UsageError(shown(message, 300))


class _Once(argparse.Action):
    """An option whose last value does not silently win."""

    def __call__(self, parser, namespace, values, option_string=None):
        if hasattr(namespace, self.dest):
            parser.error(f"{option_string} is given twice; give it once")
        setattr(namespace, self.dest, self.value(values, option_string))

    def value(self, values, option_string):
        if values == "":
            raise UsageError(f"{option_string or self.dest} is empty; write it or leave it out")
        return values


class _Switch(_Once):
    """--name or --no-name."""

    def __init__(self, option_strings, dest, **options):
        both = [*option_strings, *(f"--no-{one[2:]}" for one in option_strings)]
        super().__init__(both, dest, nargs=0, **options)

    def value(self, values, option_string):
        return not option_string.startswith("--no-")


def _whole(text: str) -> int:
    if not text.removeprefix("-").isdecimal() or not text.isascii() or len(text) > 20:
        raise argparse.ArgumentTypeError(f"{shown(text)!r} is not a whole number")
    return int(text)


def _run_options() -> argparse.ArgumentParser:
    """The options of `run`. One that is not given is absent, so that a scenario file's counts."""
    parser = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    parser.add_argument("--scenario", action=_Once, metavar="NAME|FILE.json")
    parser.add_argument("--set", dest="levels", action="append", metavar="LEVER=LEVEL")
    parser.add_argument("--assumptions", action=_Once, metavar="DIR|FILE")
    parser.add_argument("--set-assumption", action="append", metavar="PARAM=VALUE[:LOW:HIGH]")
    parser.add_argument("--anchor", action=_Once, choices=ANCHORS)
    parser.add_argument("--valuation", action=_Once, choices=VALUATIONS)
    parser.add_argument("--overlap", action=_Once, choices=OVERLAPS)
    for name in ("years", "draws", "seed"):
        parser.add_argument(f"--{name}", action=_Once, type=_whole, metavar="N")
    parser.add_argument("--recalibrate", action=_Switch, help="solve the calibration again")
    parser.add_argument("--presenteeism", action=_Switch, help="count lost output at work")
    parser.add_argument("--out", action=_Once, metavar="FILE")
    return parser


def _parsers() -> dict[str, _Parser]:
    """A parser a command, in the order in which they are listed."""
    common = _run_options()
    found: dict[str, _Parser] = {}

    def command(name: str, what: str, *formats: str, run_options: bool = True) -> _Parser:
        found[name] = _Parser(
            prog=f"python -m models {name}",
            description=what,
            parents=[common] if run_options else [],
            argument_default=argparse.SUPPRESS,
        )
        if formats:
            found[name].add_argument("--format", action=_Once, choices=formats, help=formats[0])
        return found[name]

    check = command("check", "check a folder or file of data; every error", run_options=False)
    check.add_argument("path", nargs="?", action=_Once, metavar="DIR|FILE")
    check.add_argument("--lang", action=_Once, choices=("en", "nl"), help="language of the errors")
    listed = command("levers", "levers, range, today's level", "table", "json", run_options=False)
    listed.add_argument("--assumptions", action=_Once, metavar="DIR|FILE")
    command("run", "base case and scenario", "table", "json", "csv")
    even = command("breakeven", "value at which a lever costs nil", "json", "table")
    even.add_argument("--lever", action=_Once, required=True)
    even.add_argument("--solve", action=_Once, metavar="PARAM")
    command("attribute", "what each lever of a package contributes", "json", "table")
    command("price", "what each edit of the assumptions is worth", "json", "table")
    return found


def _parse(words: list[str]) -> argparse.Namespace:
    parsers = _parsers()
    summary = "\n".join(f"  {name:10} {one.description}" for name, one in parsers.items())
    if not words or words[0] in ("-h", "--help"):
        usage = f"usage: python -m models COMMAND [--help]\n{summary}"
        if words:
            print(usage)
            raise SystemExit(0)
        raise UsageError(f"name a command: {', '.join(parsers)}")
    name, *rest = words
    if name not in parsers:
        known = ", ".join(parsers)
        raise UsageError(f"unknown command {shown(name)!r}; known: {known}")
    args, unknown = parsers[name].parse_known_args(rest)
    if unknown:
        options = parsers[name]._option_string_actions
        near = ", ".join(nearest(unknown[0].partition("=")[0], options)) or "see --help"
        raise UsageError(f"unknown argument {shown(unknown[0])!r} of {name}; nearest: {near}")
    args.command = name
    return args


def _write(content: str | bytes, out: str | None) -> None:
    """To the file or to stdout: UTF-8 and LF, the same bytes on every machine."""
    data = content.encode() + b"\n" if isinstance(content, str) else content
    try:
        if out is not None:
            Path(out).write_bytes(data)
            return
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:  # the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError) as error:
        where = "standard output" if out is None else f"--out {shown(out)}"
        why = getattr(error, "strerror", None) or error
        raise UsageError(f"{where}: cannot be written ({why})") from None


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0 when all is well, 1 for wrong data, 2 for wrong usage."""
    lang = "en"
    try:
        args = _parse(sys.argv[1:] if arguments is None else arguments)
        lang = getattr(args, "lang", lang)
        with np.errstate(all="ignore"):  # a result that is no number is refused with a sentence
            content = COMMANDS[args.command](args)
        _write(content, getattr(args, "out", None))
    except UsageError as error:
        print(error, file=sys.stderr)
        return 2
    except DataError as error:
        print(error.text(lang), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0
