"""Options of `frontier` that say what every package must meet."""

from __future__ import annotations

from argparse import Namespace

from models.analysis.choice.conditions import Conditions
from models.command_line.arguments import Once, Parser, real
from models.command_line.commands import pairs
from models.engine.result import Result


def add_conditions(parser: Parser) -> None:
    parser.add_argument(
        "--must", action="append", metavar="LEVER", help="a lever that is moved; may be repeated"
    )
    parser.add_argument(
        "--without", action="append", metavar="LEVER", help="a lever that stays at today"
    )
    parser.add_argument(
        "--payer-limit", action="append", metavar="PAYER=EUR",
        help="how much more a payer may bear in a year; below 0: how much less it must",
    )  # fmt: skip
    parser.add_argument(
        "--worse-off", action=Once, type=real, metavar="EUR",
        help="how much more any other payer may bear in a year",
    )  # fmt: skip


def conditions_of(args: Namespace, result: Result) -> Conditions:
    """The conditions in the arguments; levels given by --set and --scenario are held."""
    limits = pairs(getattr(args, "payer_limit", []), "--payer-limit")
    return Conditions(
        held=tuple(result.levels.items()),
        must=tuple(getattr(args, "must", ())),
        without=tuple(getattr(args, "without", ())),
        payers=tuple((name, float(most)) for name, most in limits.items()),  # type: ignore[arg-type]
        worse_off=getattr(args, "worse_off", None),
    )
