"""What `elicit` prints: an empty form for experts, or what their answers say together."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import fields
from pathlib import Path

from models.analysis.evidence.elicitation import (
    MOST,
    POOL,
    Elicited,
    Question,
    elicited,
    form,
    read_answers,
)
from models.command_line.arguments import Once, Parser, whole
from models.command_line.commands import run_arguments
from models.engine.record import Quantity, to_json
from models.errors import UsageError, shown
from models.tables.csv_writer import records_text

MILLION = 1e6
COLUMNS = tuple(field.name for field in fields(Question))


def add_options(parser: Parser) -> None:
    parser.add_argument(
        "--answers", action="append", metavar="FILE.csv", help="a filled-in form; may be repeated"
    )
    parser.add_argument(
        "--questions", action=Once, type=whole, metavar="N", help=f"of the form (default {MOST})"
    )


def elicit_(args: Namespace) -> str:
    """Without answers an empty form as CSV, about the guesses that move the answer furthest."""
    arguments = run_arguments(args)
    used, changed = arguments.pop("assumptions"), arguments.pop("set_assumptions")
    used = used.with_values(changed) if changed else used
    if not hasattr(args, "answers"):
        most = getattr(args, "questions", MOST)
        if most < 1:
            raise UsageError(f"--questions {most}: a form has at least 1")
        rows = [
            {name: "" if row[name] is None else row[name] for name in COLUMNS}
            for row in form(used, most=most, **arguments)
        ]
        return records_text(COLUMNS, rows, ",").rstrip("\n")
    if getattr(args, "format", "table") == "csv":
        raise UsageError("answers are told as table or json; csv is the form")
    answers = read_answers([Path(path) for path in args.answers], used)
    answer = elicited(answers, used, **arguments)
    return to_json(answer) if getattr(args, "format", "table") == "json" else _text(answer)


def _text(answer: Elicited) -> str:
    lines = ["mean (95% interval); pool: every expert counts the same"]
    for name in dict.fromkeys(judgement.parameter for judgement in answer.judgements):
        some = [judgement for judgement in answer.judgements if judgement.parameter == name]
        lines += ["", f"{name}, {some[0].unit}"]
        for judgement in some:
            label = POOL if judgement.expert == POOL else shown(judgement.expert, 30)
            lines.append(
                f"  {label:32} {judgement.base:.4g} ({judgement.low:.4g} to {judgement.high:.4g})"
            )
    lines += ["", f"{'EUR million a year, in force':34} {'total':>28} {'package':>28}"]
    for outcome in answer.outcomes:
        label = shown(outcome.expert, 30) or "as it is"
        both = _millions(outcome.base_case), _millions(outcome.incremental)
        lines.append(f"  {label:32} {both[0]:>28} {both[1]:>28}")
    return "\n".join(lines)


def _millions(amount: Quantity) -> str:
    mean, low, high = (end / MILLION for end in (amount.mean, amount.p2_5, amount.p97_5))
    return f"{mean:,.0f} ({low:,.0f} to {high:,.0f})"


COMMANDS = {"elicit": elicit_}
