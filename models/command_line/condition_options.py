"""Options of `frontier` that say what every package must meet."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping

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


def condition_lines(conditions: Conditions) -> list[str]:
    """A line with the conditions that every package meets; no line without conditions."""
    parts = [f"{levels_text(dict(conditions.held))} held"] if conditions.held else []
    parts += [f"with {', '.join(conditions.must)}"] if conditions.must else []
    parts += [f"without {', '.join(conditions.without)}"] if conditions.without else []
    parts += [f"{name} at most {most / 1e6:.1f} more" for name, most in conditions.payers]
    if conditions.worse_off is not None:
        parts.append(f"no other payer more than {conditions.worse_off / 1e6:.1f} worse off")
    return ["conditions: " + "; ".join(parts)] if parts else []


def levels_text(levels: Mapping[str, float]) -> str:
    return " ".join(f"{name}={level:g}" for name, level in levels.items()) or "today"
