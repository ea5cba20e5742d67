"""Shared by the command lines: options of a run, parsing, and messages about mistakes.

Mistakes go to stderr, a line each, and nothing on stdout: exit 2 when the command itself
is wrong, exit 1 when a file is (or is not there).
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from models.engine.options import CHOICES, DEFAULTS, NUMBERS, SWITCHES
from models.errors import DataError, UsageError, shown
from models.similar_names import nearest
from models.tables.cell_values import parse_number

TEXTS = ("table", "text")  # formats that are written to a .txt file
WARNED = 3  # with --strict
INTERRUPTED = 130  # as a shell reports SIGINT


class Parser(argparse.ArgumentParser):
    """No abbreviations; a mistake is a UsageError on one line."""

    def __init__(self, *args, **options):
        super().__init__(*args, allow_abbrev=False, **options)

    def error(self, message):
        raise UsageError(shown(message, 300))

    def print_help(self, file=None):
        write(self.format_help().removesuffix("\n"), None)


class Once(argparse.Action):
    """An option that may be given once; a second time is an error, not an override."""

    def __call__(self, parser, namespace, values, option_string=None):
        if hasattr(namespace, self.dest):
            parser.error(f"{option_string} is given twice; give it once")
        setattr(namespace, self.dest, self.value(values, option_string))

    def value(self, values, option_string):
        if values == "":
            raise UsageError(f"{option_string or self.dest} is empty; write it or leave it out")
        return values


class Switch(Once):
    """--name or --no-name."""

    def __init__(self, option_strings, dest, **options):
        both = [*option_strings, *(f"--no-{option[2:]}" for option in option_strings)]
        super().__init__(both, dest, nargs=0, **options)

    def value(self, values, option_string):
        return not option_string.startswith("--no-")


def whole(text: str) -> int:
    if not text.removeprefix("-").isdecimal() or not text.isascii() or len(text) > 20:
        raise argparse.ArgumentTypeError(f"{shown(text)!r} is not a whole number")
    return int(text)


def real(text: str) -> float:
    try:
        return parse_number(text)
    except DataError:
        raise argparse.ArgumentTypeError(
            f"{shown(text)!r} is not a number; write it in digits, such as 20000"
        ) from None


INPUTS: dict[
    str, dict
] = {  # what a run is about; its options are those of models/engine/options.py
    "--scenario": {
        "action": Once,
        "metavar": "NAME|FILE.json",
        "help": "a named package of levers, or a scenario file",
    },
    "--set": {
        "dest": "levels",
        "action": "append",
        "metavar": "LEVER=LEVEL",
        "help": "move a lever; may be repeated",
    },
    "--assumptions": {
        "action": Once,
        "metavar": "DIR|FILE",
        "help": "tables of your own: a folder, a zip, or one changed table",
    },
    "--set-assumption": {
        "action": "append",
        "metavar": "PARAM=VALUE[:LOW:HIGH]",
        "help": "change a number, its range in proportion or LOW to HIGH; may be repeated",
    },
}


def run_options() -> Parser:
    """The options of `run`. One that is not given is absent, so that a scenario file can set it."""
    parser = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    for option, settings in INPUTS.items():
        parser.add_argument(option, **settings)
    for name, choice in CHOICES.items():
        text = f"{choice.meaning} (default {DEFAULTS[name]})"
        parser.add_argument(f"--{name}", action=Once, choices=choice.allowed, help=text)
    for name, number in NUMBERS.items():
        text = f"{number.meaning}, {number.low} to {number.high} (default {DEFAULTS[name]})"
        parser.add_argument(f"--{name}", action=Once, type=whole, metavar="N", help=text)
    for name, switch in SWITCHES.items():
        parser.add_argument(f"--{name}", action=Switch, help=switch.meaning)
    return parser


def parse(words: list[str], parsers: Mapping[str, Parser], program: str) -> argparse.Namespace:
    """The command and its options; UsageError with the nearest names when one is unknown."""
    summary = "\n".join(f"  {name:10} {command.description}" for name, command in parsers.items())
    if not words or words[0] in ("-h", "--help"):
        usage = f"usage: {program} COMMAND [--help]\n{summary}"
        if words:
            write(usage, None)
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
    _format_of_out(args, parsers[name])
    return args


def _format_of_out(args: argparse.Namespace, parser: Parser) -> None:
    """Take the format from the file name of --out; UsageError where it conflicts or is unknown."""
    out, option = getattr(args, "out", None), parser._option_string_actions.get("--format")
    if out is None or option is None or not option.choices:
        return
    ending, choices = Path(out).suffix.lower().removeprefix("."), tuple(option.choices)
    given = getattr(args, "format", None)
    known = [
        choice for choice in choices if choice == ending or (ending == "txt" and choice in TEXTS)
    ]
    if known and given not in (None, *known):
        raise UsageError(f"--out {shown(out)} and --format {given}: name one of the two")
    if not known and ending and given is None:
        listed = ", ".join(f".{'txt' if choice in TEXTS else choice}" for choice in choices)
        raise UsageError(
            f"--out {shown(out)}: .{shown(ending)} is no format of {args.command}; write a name "
            f"in {listed}, or say --format"
        )
    if known and given is None:
        args.format = known[0]


def write(content: str | bytes, out: str | None) -> None:
    """Write to the file or to stdout: UTF-8 and LF, the same bytes on every machine."""
    data = content.encode() + b"\n" if isinstance(content, str) else content
    try:
        if out is not None:
            Path(out).write_bytes(data)
            return
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:  # the reading program, such as `head`, has closed the pipe
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError) as error:
        where = "standard output" if out is None else f"--out {shown(out)}"
        why = getattr(error, "strerror", None) or error
        raise UsageError(f"{where}: cannot be written ({why})") from None


def obey(
    program: str,
    parsers: Mapping[str, Parser],
    commands: Mapping[str, Callable],
    words: list[str] | None = None,
) -> int:
    """Run a command; 0 when all is well, 1 for wrong data, 2 for wrong usage, 3 for a warning
    under --strict. Warnings go to stderr, a line each."""
    lang = "en"
    try:
        args = parse(sys.argv[1:] if words is None else words, parsers, program)
        lang = getattr(args, "lang", lang)
        with np.errstate(all="ignore"):  # a result that is no number is refused with a sentence
            content = commands[args.command](args)
        write(content, getattr(args, "out", None))
        warnings = getattr(args, "warned", ())
        for line in warnings:
            print(f"warning: {line}", file=sys.stderr)
        if warnings and getattr(args, "strict", False):
            return WARNED
        return int(getattr(args, "failed", False))
    except UsageError as error:
        print(error, file=sys.stderr)
        return 2
    except DataError as error:
        print(error.text(lang), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0
