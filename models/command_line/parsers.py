"""Command line: the same numbers as the page and the package, to the cent."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from models.analysis.uncertainty.sample import LAYOUTS
from models.analysis.uncertainty.sensitivity import OUTCOMES
from models.browser.columns import ENCODINGS
from models.command_line import (
    analysis_commands,
    browser_commands,
    choice_commands,
    commands,
    deliberate_command,
    elicit_command,
    file_commands,
    history_commands,
    sheet_command,
    sweep_command,
    trials_command,
)
from models.command_line.arguments import Once, Parser, Switch, obey, real, run_options, whole
from models.command_line.choice_commands import add_conditions
from models.command_line.deliberate_command import add_sides

COMMANDS: dict[str, Callable[..., Any]] = (
    commands.COMMANDS
    | file_commands.COMMANDS
    | analysis_commands.COMMANDS
    | choice_commands.COMMANDS
    | history_commands.COMMANDS
    | browser_commands.COMMANDS
    | sheet_command.COMMANDS
    | sweep_command.COMMANDS
    | deliberate_command.COMMANDS
    | trials_command.COMMANDS
    | elicit_command.COMMANDS
)


PROGRAM = "python -m models"


def parsers(program: str = PROGRAM) -> dict[str, Parser]:
    """A parser a command, in the order of the list; help calls the program `program`."""
    common = run_options()
    common.add_argument("--out", action=Once, metavar="FILE")
    commands: dict[str, Parser] = {}

    def command(name: str, what: str, *formats: str, is_run: bool = True) -> Parser:
        commands[name] = Parser(
            prog=f"{program} {name}",
            description=what,
            parents=[common] if is_run else [],
            argument_default=argparse.SUPPRESS,
        )
        if formats:
            commands[name].add_argument("--format", action=Once, choices=formats, help=formats[0])
        return commands[name]

    check = command(
        "check", "check a folder or file of data; every error", "text", "json", is_run=False
    )
    check.add_argument("path", nargs="?", action=Once, metavar="DIR|FILE")
    check.add_argument("--lang", action=Once, choices=("en", "nl"), help="language of the errors")
    listed = command("levers", "levers, range, today's level", "table", "json", is_run=False)
    listed.add_argument("--assumptions", action=Once, metavar="DIR|FILE")
    ran = command("run", "base case and scenario", "table", "json", "csv")
    ran.add_argument("--strict", action=Switch, help="exit code 3 when there is a warning")
    ran.add_argument(
        "--point", action=Switch, help="one sum to check by hand; at base values with --anchor none"
    )
    even = command("breakeven", "value at which a lever costs nil", "json", "table")
    even.add_argument("--lever", action=Once, required=True)
    even.add_argument("--solve", action=Once, metavar="PARAM")
    command("attribute", "what each lever of a package contributes", "json", "table")
    drives = command("tornado", "how far each assumption moves the answer", "json", "table")
    drives.add_argument("--outcome", action=Once, choices=OUTCOMES)
    command("correlations", "stated, implied, and what they hide", "table", "json")
    command("targets", "published figures, before and after", "table", "json", "csv")
    command("structures", "the answer had the model been built otherwise", "table", "json")
    voi = command("voi", "what knowing more before choosing is worth at most", "json", "table")
    drawn = command("sample", "the draws as three tables in a folder, for other tools")
    drawn.add_argument("--layout", action=Once, choices=LAYOUTS, help="savi: also for BCEA, voi")
    drawn.add_argument("--perspective", action=Once, metavar="NAME", help="whose money (society)")
    grid = command("sweep", "a table of runs; without --sweep every lever at min, today and max")
    sweep_command.add_options(grid)
    best = command("frontier", "the most health for the money over all packages", "json", "table")
    best.add_argument("--budget", action=Once, type=real, metavar="EUR")
    best.add_argument("--perspective", action=Once, metavar="NAME")
    best.add_argument(
        "--outside-research", action=Switch, help="also what-ifs and levels nobody has tried"
    )
    add_conditions(best)
    chosen = command(
        "decision",
        "which option at each value of a QALY: chance, loss, plane",
        "table",
        "json",
        "csv",
    )
    chosen.add_argument("--perspective", action=Once, metavar="NAME")
    for parser in (voi, best, chosen):
        parser.add_argument("--reference-value", action=Once, type=real, metavar="EUR")
    command("rank", "every lever alone at its researched strongest level", "table", "json", "csv")
    about = command("sheet", "measure sheet of a lever: facts, sources, figures", "text", "json")
    about.add_argument("lever", action=Once, metavar="LEVER", help="at --set LEVER=LEVEL, if given")
    command("price", "what each edit of the assumptions is worth", "json", "table")
    versions = command("compare", "which figures moved between two versions", "table", "json")
    versions.add_argument("old", action=Once, metavar="OLD_DIR")
    versions.add_argument("new", action=Once, metavar="NEW_DIR")
    sides = command(
        "deliberate", "where sets of assumptions differ, and what divides", "table", "json"
    )
    add_sides(sides)
    behind = command("trials", "trials behind the effects, pooled where two count", "table", "json")
    trials_command.add_options(behind)
    experts = command(
        "elicit", "a form for experts, or what their answers say", "table", "json", "csv"
    )
    elicit_command.add_options(experts)
    command("backcast", "years of which the answer is known", "table", "json", "csv")
    command("cross-model", "other studies and countries beside ours", "table", "json", "csv")
    frozen = command("predictions", "freeze what this version expects of coming years")
    frozen.add_argument("--date", action=Once, type=history_commands.day, metavar="YYYY-MM-DD")
    frozen.add_argument("--show", action=Switch, help="show them; freeze nothing")
    scored = command("score", "predictions beside outcomes", "table", "json", is_run=False)
    scored.add_argument("outcomes", action=Once, metavar="FILE.csv")
    scored.add_argument("--predictions", action=Once, metavar="FILE.csv")
    live = command("engine", "the formulas as a program for the browser, with its draws")
    live.add_argument("--encoding", action=Once, choices=ENCODINGS, help="how draws are written")
    figure = command("trace", "where a figure comes from, down to its sources", "table", "json")
    figure.add_argument("output", action=Once, metavar="OUTPUT", help="such as total or item.gp")
    figure.add_argument("--depth", action=Once, type=whole, metavar="N", help="of the table")
    command("bundle", "a run in one file, to be checked by others")
    verify = command(
        "verify", "run a bundle again: same, or what differs", "text", "json", is_run=False
    )
    verify.add_argument("bundle", action=Once, metavar="FILE.zip|FILE.html")
    verify.add_argument("--lang", action=Once, choices=("en", "nl"), help="language of the errors")
    return commands


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0 when all is well, 1 for wrong data, 2 for wrong usage."""
    return obey(PROGRAM, parsers(), COMMANDS, arguments)
