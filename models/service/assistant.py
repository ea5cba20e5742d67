"""The tools of the model as a server of the Model Context Protocol, for an assistant."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import numpy as np
from mcp import types
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server

from models.engine.record import plain
from models.errors import DataError, UsageError
from models.service.requests import WrongRequest
from models.service.tools import call, tools
from models.version import VERSION

INSTRUCTIONS = (
    "What low back pain costs the Netherlands a year, and what policies would change. Every figure "
    "is a mean over joint draws with its 95% interval: say the interval with the figure, and give "
    "scenario_id and assumptions_hash so that others can check it. Where an interval spans 0, do "
    "not say that a policy saves or costs. Numbers marked expert_guess are guesses: say so."
)
READS = types.ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
AT_ONCE = 1  # answers that are worked out at a time


def server() -> Server[Any]:
    """The server, for any transport."""
    known = tools()
    turn = asyncio.Semaphore(AT_ONCE)

    async def listed(context: Any, params: Any) -> types.ListToolsResult:
        return types.ListToolsResult(
            tools=[
                types.Tool(
                    name=name, description=t.meaning, input_schema=t.schema, annotations=READS
                )
                for name, t in known.items()
            ]
        )

    async def called(context: Any, params: types.CallToolRequestParams) -> types.CallToolResult:
        try:
            if params.name not in known:
                raise UsageError(f"unknown tool; known: {', '.join(known)}")
            async with turn:
                tool, given = known[params.name], params.arguments or {}
                answer = await asyncio.to_thread(_answered, tool, given)
        except DataError as error:
            return _refused(error.text())
        except WrongRequest as error:
            return _refused(str(error) if error.field in str(error) else f"{error.field}: {error}")
        except UsageError as error:
            return _refused(str(error))
        text = json.dumps(answer, ensure_ascii=False, allow_nan=False)
        return types.CallToolResult(
            content=[types.TextContent(type="text", text=text)], structured_content=answer
        )

    return Server(
        "rugpijn",
        version=VERSION,
        instructions=INSTRUCTIONS,
        on_list_tools=listed,
        on_call_tool=called,
    )


def _answered(tool: Any, given: dict[str, Any]) -> dict[str, Any]:
    with np.errstate(all="ignore"):  # what is no number is refused in words
        return plain(call(tool, given))


def _refused(sentence: str) -> types.CallToolResult:
    return types.CallToolResult(
        content=[types.TextContent(type="text", text=sentence)], is_error=True
    )


def speak() -> None:
    """Serve one assistant over standard input and output, until the input ends."""

    async def connected() -> None:
        session = server()
        async with stdio_server() as (read, write):
            await session.run(read, write, session.create_initialization_options())

    asyncio.run(connected())
