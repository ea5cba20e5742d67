"""What `deliberate` prints: two or more sides, each a folder, a table, a bundle or a link."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from models.analysis.evidence.deliberation import Deliberation
from models.analysis.evidence.round_table import RoundTable, round_table
from models.command_line.arguments import Once, Parser, real
from models.command_line.commands import pairs, read_assumptions, run_arguments
from models.engine.record import to_json
from models.errors import DataError, UsageError, finding, shown
from models.tables.assumptions import Assumptions

EDIT, HASH = "a.", "assumptions"  # in a link: an edited number, the hash that it was made with
LINK = "link"
KNOWN = 12  # characters of that hash
MILLION = 1e6


def read_side(text: str) -> Assumptions:
    """The assumptions of one side; UsageError or DataError with what is wrong."""
    if "://" in text or text.startswith("?"):
        return read_link(text)
    return read_assumptions(text)


def read_link(text: str) -> Assumptions:
    """The assumptions of a link of the page: `a.price_gp=40` or `a.price_gp=40:30:50`.

    DataError where the link was made with edits that it could not carry. Levels and options in the
    link are ignored: the package is the one given to the command.
    """
    query = parse_qsl(urlsplit(text).query, keep_blank_values=True)
    edits = [f"{name.removeprefix(EDIT)}={value}" for name, value in query if name.startswith(EDIT)]
    published = Assumptions.default()
    try:
        changed = pairs(edits, "a.", ranges=True)
        used = published.with_values(changed) if changed else published
    except UsageError as error:
        raise DataError([finding("link_edit", file=LINK, found=str(error))]) from None
    made = dict(query).get(HASH, used.hash)
    if made[:KNOWN] != used.hash[:KNOWN]:
        published_hash = used.hash[:KNOWN]
        raise DataError(
            [finding("link_partial", file=LINK, found=made[:KNOWN], name=published_hash)]
        )
    return used


def add_sides(parser: Parser) -> None:
    """The arguments that name the sides, for this command and for the printed protocol."""
    parser.add_argument(
        "sides", nargs="+", metavar="SIDE", help="two or more: a folder, table, zip, bundle or link"
    )
    parser.add_argument(
        "--name", action="append", metavar="NAME", help="what a side is called, one for each"
    )
    parser.add_argument("--reference-value", action=Once, type=real, metavar="EUR")


def names_of(args: Namespace) -> list[str]:
    """The names of the sides: as given, else from their files, else A, B, ..."""
    given = list(getattr(args, "name", ()))
    if given and (len(given) != len(args.sides) or len(set(given)) != len(given)):
        raise UsageError(
            f"{len(args.sides)} sides and {len(given)} names; give every side a --name of its own"
        )
    letters = [chr(ord("A") + i) for i in range(len(args.sides))]
    stems = ["" if "://" in side or "?" in side else Path(side).stem for side in args.sides]
    usable = len(set(stems)) == len(stems) and all(stems)
    return given or (stems if usable else letters)


def asked_of(args: Namespace) -> tuple[dict[str, Assumptions], dict]:
    """The sides by name, and the other arguments of `round_table`."""
    if hasattr(args, "assumptions") or hasattr(args, "set_assumption"):
        raise UsageError("deliberate reads its sides as arguments; leave out other assumptions")
    if len(args.sides) < 2:
        raise UsageError("name two sides or more: deliberate A B")
    arguments = run_arguments(args)
    options = {
        name: arguments[name]
        for name in arguments
        if name not in ("assumptions", "set_assumptions")
    }
    names = names_of(args)
    sides = {name: read_side(side) for name, side in zip(names, args.sides, strict=True)}
    return sides, options


def table_of(args: Namespace, sides: Mapping[str, Assumptions], options: dict) -> RoundTable:
    """The sides compared; progress is shown on a terminal."""
    value = getattr(args, "reference_value", None)
    return round_table(sides, value=value, progress=_told, **options)


def deliberate_(args: Namespace) -> str:
    comparison = table_of(args, *asked_of(args))
    if getattr(args, "format", "table") == "json":
        only = comparison.pairs[0].deliberation if len(comparison.pairs) == 1 else comparison
        return to_json(only)
    lines = []
    if len(comparison.sides) > 2:
        lines = [f"{'EUR million a year, in force':40} {'total':>12} {'package':>10}  would choose"]
        for seat in comparison.sides:
            amounts = _millions(seat.base_case, seat.incremental)
            lines.append(f"{shown(seat.name, 40):40} {amounts}  {seat.decision}")
        lines.append("")
    for pair in comparison.pairs:
        lines += [*_pair(pair.deliberation, shown(pair.a, 30), shown(pair.b, 30)), ""]
    return "\n".join(line.rstrip() for line in lines).rstrip("\n")


def _pair(comparison: Deliberation, a: str, b: str) -> Sequence[str]:
    lines = [
        f"a is {a}, b is {b}; EUR million a year, in force; {comparison.agreed} rows are the same",
        f"{'':44} {'a':>12} {'b':>12} {'alone':>12} {'share':>10} {'package':>10}",
    ]
    for row in comparison.rows:
        values = (f"{value:12.6g}" if isinstance(value, float) else "" for value in (row.a, row.b))
        amounts = _millions(row.alone, row.share), _millions(row.share_incremental).strip()
        both = " ".join(f"{value:>12}" for value in values)
        lines.append(f"{row.parameter[:44]:44} {both} {amounts[0]} {amounts[1]:>10}")
    for name in ("interaction", "total"):
        sums = getattr(comparison, name), getattr(comparison, f"{name}_incremental")
        first, second = (_millions(amount).strip() for amount in sums)
        lines.append(f"{name:70} {'':12} {first:>10} {second:>10}")
    if comparison.method == "sampled":
        most = max((row.standard_error for row in comparison.rows), default=0.0)
        lines.append(
            f"shares from sampled orders; standard error at most {_millions(most).strip()}"
        )
    made = comparison.decision
    if not made.changes:
        return [*lines, f"both would choose {made.a}: no row divides them on the choice"]
    least = "smallest set" if made.proven else "smallest set found"
    lines += [
        f"{a} would choose {made.a}, {b} {made.b}; it turns on ({least}):",
        f"  {a} would follow with {', '.join(made.dividing)} as {b} has it",
        f"  {b} would follow with {', '.join(made.dividing_b)} as {a} has it",
    ]
    if made.research:
        worth = made.research
        known = _millions(worth.a.evppi).strip(), _millions(worth.b.evppi).strip()
        lines.append(
            "learning who is right about it, either as likely, is worth "
            f"{_millions(worth.settled).strip()}; knowing it exactly {known[0]} to {a}, "
            f"{known[1]} to {b}"
        )
    return lines


def _millions(*amounts: float) -> str:
    rounded = [round(amount / MILLION, 2) + 0.0 for amount in amounts]
    return " ".join(
        f"{amount:{width},.2f}" for amount, width in zip(rounded, (12, 10), strict=False)
    )


def _told(number: int, of: int, answers: int) -> None:
    """Progress on one line of a terminal; nothing where stderr is no terminal."""
    if sys.stderr.isatty():
        print(f"\rpair {number} of {of}: {answers} answers", end="", file=sys.stderr, flush=True)


COMMANDS = {"deliberate": deliberate_}
