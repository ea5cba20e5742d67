"""Command line of the page: its charts, brief and a static site, with the same numbers."""

from __future__ import annotations

import argparse

from dashboard.command_line import commands, protocol_command, release_commands
from dashboard.documents.site import site
from dashboard.wording.catalogue import LANGUAGES
from models.command_line.arguments import Once, Parser, Switch, obey, run_options
from models.command_line.deliberate_command import add_sides

COMMANDS = {
    "charts": commands.charts,
    "export": commands.export,
    "brief": commands.brief,
    "kit": commands.kit,
    "protocol": protocol_command.protocol_,
    "simulator": commands.simulator,
    "site": site,
    **release_commands.COMMANDS,
}


PROGRAM = "python -m dashboard"


def parsers(program: str = PROGRAM) -> dict[str, Parser]:
    """A parser a command, in the order of the list; help calls the program `program`."""
    common = run_options()
    by_name: dict[str, Parser] = {}

    def command(name: str, what: str, *formats: str, is_run: bool = True) -> Parser:
        by_name[name] = Parser(
            prog=f"{program} {name}",
            description=what,
            parents=[common] if is_run else [],
            argument_default=argparse.SUPPRESS,
        )
        if formats:
            by_name[name].add_argument("--format", action=Once, choices=formats)
        return by_name[name]

    command("charts", "id, title and question of every chart", "table", "json", is_run=False)
    export = command("export", "files of one chart or of all, as the page's buttons make them")
    export.add_argument("--chart", action=Once, required=True, metavar="ID|all")
    export.add_argument(
        "--format", action=Once, required=True, choices=(*commands.DRAWN, "csv", "html")
    )
    export.add_argument("--size", action=Once, choices=commands.SIZES, help="of svg and png")
    export.add_argument(
        "--interactive", action=Switch, help="html that answers the mouse, about 5 MB"
    )
    brief = command("brief", "two pages to print about one package", "html", "pdf")
    brief.add_argument("--out", action=Once, metavar="FILE")
    record = command(
        "protocol", "where parties differ and what divides them, to print", "html", "pdf"
    )
    add_sides(record)
    record.add_argument("--out", action=Once, metavar="FILE")
    kit = command("kit", "what a newsroom needs for a package, in one ZIP")
    kit.add_argument("--out", action=Once, required=True, metavar="FILE.zip")
    live = command("simulator", "the simulator in one file that needs no server")
    live.add_argument("--out", action=Once, required=True, metavar="FILE.html")
    for parser in (export, brief, record, kit, live):
        parser.add_argument("--lang", action=Once, required=True, choices=LANGUAGES)
    static = command("site", "a folder with every chart, table and brief, for any web server")
    for parser in (brief, kit, static):
        parser.add_argument(
            "--base-url", action=Once, metavar="URL", help="where the page or the folder will stand"
        )
    command(
        "sbom", "what the programme is made of, with hashes and licences (CycloneDX)", is_run=False
    ).add_argument("--out", action=Once, metavar="FILE")
    command("licences", "licence of every requirement, as CSV", is_run=False).add_argument(
        "--out", action=Once, metavar="FILE"
    )
    publish = command("release", "check a version, and build what goes out with it", is_run=False)
    publish.add_argument("--out", dest="folder", action=Once, metavar="DIR")
    publish.add_argument("--check", action=Switch, help="only the checks")
    publish.add_argument("--base-url", action=Once, metavar="URL", help="where the site will stand")
    for parser in (export, static):
        parser.add_argument("--out", dest="folder", action=Once, required=True, metavar="DIR")
    return by_name


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0 when all is well, 1 for wrong data or no browser, 2 for wrong usage."""
    return obey(PROGRAM, parsers(), COMMANDS, arguments)
