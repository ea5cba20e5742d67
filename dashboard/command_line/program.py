"""The installed command `rugpijn`: the commands of the model and of the page, and both served."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from argparse import Namespace
from typing import NoReturn

from dashboard.command_line import parsers as page
from dashboard.paths import ENTRY
from models.command_line import parsers as model
from models.command_line.arguments import Once, Parser, obey, whole
from models.errors import UsageError
from models.service import command as service

PROGRAM = "rugpijn"
PORT = 8501


def parsers() -> dict[str, Parser]:
    """A parser a command, in the order in which they are listed."""
    app = Parser(
        prog=f"{PROGRAM} app",
        description="the page, for a browser on this computer",
        argument_default=argparse.SUPPRESS,
    )
    app.add_argument("--port", action=Once, type=whole, metavar="N", help=f"usually {PORT}")
    known = {**model.parsers(PROGRAM), **page.parsers(PROGRAM), "app": app}
    return known | {
        "serve": service.parser(PROGRAM),
        "mcp": service.assistant_parser(PROGRAM),
    }


def app(args: Namespace) -> NoReturn:
    """Serve the page on this computer until it is stopped; Streamlit takes this process over."""
    port = getattr(args, "port", PORT)
    if not 1 <= port <= 65_535:
        raise UsageError(f"--port {port}: write a number from 1 to 65535")
    # -P: a folder `models` where the reader happens to stand must not be taken for ours
    command = [sys.executable, "-P", "-m", "streamlit", "run", os.fspath(ENTRY)]
    command += ["--server.address", "localhost", "--server.port", str(port)]
    if os.name == "posix":
        sys.stdout.flush()
        os.execv(sys.executable, command)
    raise SystemExit(subprocess.run(command).returncode)  # Windows cannot replace a process


COMMANDS = {
    **model.COMMANDS,
    **page.COMMANDS,
    "app": app,
    "serve": service.serve,
    "mcp": service.assistant,
}


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0 when all is well, 1 for wrong data or no browser, 2 for wrong usage."""
    return obey(PROGRAM, parsers(), COMMANDS, arguments)
