"""`rugpijn serve`, the service on a port of this machine, and `rugpijn mcp`, for an assistant."""

from __future__ import annotations

import argparse
from argparse import Namespace

import uvicorn

from models.command_line.arguments import Once, Parser, whole
from models.errors import UsageError
from models.service.app import service
from models.service.limits import Limits

PORT = 8600


def parser(program: str) -> Parser:
    """The options of the command."""
    command = Parser(
        prog=f"{program} serve",
        description="the model over HTTP, for other programs",
        argument_default=argparse.SUPPRESS,
    )
    command.add_argument("--host", action=Once, help="address to listen on (127.0.0.1)")
    command.add_argument("--port", action=Once, type=whole, metavar="N", help=f"usually {PORT}")
    return command


def assistant_parser(program: str) -> Parser:
    """The command for assistants, which has no options: it speaks over its input and output."""
    return Parser(
        prog=f"{program} mcp",
        description="the model for an assistant, over input and output (Model Context Protocol)",
        argument_default=argparse.SUPPRESS,
    )


def assistant(args: Namespace) -> str:
    """Answer until the input ends."""
    try:
        from models.service.assistant import speak
    except ModuleNotFoundError as error:
        raise UsageError(f"mcp needs {error.name}: pip install 'rugpijn[mcp]'") from None
    speak()
    return ""


def serve(args: Namespace) -> str:
    """Answer until SIGINT or SIGTERM; requests that are being answered are finished first."""
    port = getattr(args, "port", PORT)
    if not 1 <= port <= 65_535:
        raise UsageError(f"--port {port}: write a number from 1 to 65535")
    limits = Limits()
    uvicorn.run(
        service(limits),
        host=getattr(args, "host", "127.0.0.1"),
        port=port,
        access_log=False,  # it would name addresses
        log_level="warning",
        server_header=False,
        limit_concurrency=limits.at_once + 2 * limits.waiting,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=int(limits.seconds),
    )
    return "stopped"
