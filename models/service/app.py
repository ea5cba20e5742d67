"""The service: routes, limits, and one log line a request, without who asked."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from argparse import Namespace
from collections import Counter
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from models.command_line.parsers import COMMANDS
from models.engine.run import run
from models.errors import DataError, UsageError
from models.service.limits import Limits
from models.service.openapi import openapi
from models.service.questions import QUESTIONS, Question, fields_of
from models.service.requests import WrongRequest, arguments

HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
READY_DRAWS = 100  # enough to see that data and model are in order

Answer = Callable[[Request], Awaitable[Response]]


class Service:
    """Answers requests in a few threads; refuses more than `limits` let wait."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._pool = ThreadPoolExecutor(limits.at_once, thread_name_prefix="question")
        self.open = 0  # being calculated, or waiting for their turn
        self.answered: Counter[tuple[str, int]] = Counter()  # requests by path and status

    async def calculated(self, command: Callable[[Namespace], str], args: Namespace) -> str:
        """The output of a command; WrongRequest when the queue is full or it takes too long."""
        if self.open >= self.limits.at_once + self.limits.waiting:
            raise WrongRequest("", "too many requests are waiting; try again in a second", 503)
        self.open += 1
        future = self._pool.submit(_quietly, command, args)
        loop = asyncio.get_running_loop()
        future.add_done_callback(lambda _: loop.call_soon_threadsafe(self._done))
        try:
            # a thread cannot be stopped: it counts as open until it has ended
            answer = asyncio.shield(asyncio.wrap_future(future))
            return await asyncio.wait_for(answer, self.limits.seconds)
        except TimeoutError:
            future.cancel()
            message = f"no answer within {self.limits.seconds:g} seconds; ask for fewer draws"
            raise WrongRequest("draws", message, 504) from None

    def _done(self) -> None:
        self.open -= 1

    async def question(self, name: str, request: Request) -> Response:
        """The answer to POST /v1/`name`."""
        question = QUESTIONS[name]
        args = arguments(await self._body(request), question, fields_of(name, self.limits.draws))
        try:
            return _json(await self.calculated(question.command, args))
        except UsageError as error:
            raise WrongRequest(_field(str(error), args, question), str(error)) from None
        except DataError as error:
            raise WrongRequest("set_assumptions", error.text()) from None

    async def levers(self, request: Request) -> Response:
        return _json(await self.calculated(COMMANDS["levers"], Namespace(format="json")))

    async def health(self, request: Request) -> Response:
        return _json('{"status": "alive"}')

    async def ready(self, request: Request) -> Response:
        """Whether tables and model give an answer; 503 with what is wrong where they do not."""
        try:
            await self.calculated(
                lambda args: run(draws=args.draws).to_json(), Namespace(draws=READY_DRAWS)
            )
        except DataError as error:
            raise WrongRequest("", error.text(), 503) from None
        except UsageError as error:
            raise WrongRequest("", str(error), 503) from None
        return _json('{"status": "ready"}')

    async def metrics(self, request: Request) -> Response:
        """Requests since the start by path and status, and those open now; for Prometheus."""
        lines = ["# TYPE rugpijn_requests_total counter"]
        lines += [
            f'rugpijn_requests_total{{path="{path}",status="{status}"}} {number}'
            for (path, status), number in sorted(self.answered.items())
        ]
        lines += ["# TYPE rugpijn_requests_open gauge", f"rugpijn_requests_open {self.open}"]
        return Response("\n".join(lines) + "\n", headers=HEADERS, media_type="text/plain")

    async def description(self, request: Request) -> Response:
        return _json(json.dumps(openapi(self.limits), ensure_ascii=False))

    async def _body(self, request: Request) -> bytes:
        """The body; WrongRequest where it is longer or arrives later than `limits` allow."""
        content = bytearray()

        async def read() -> None:
            async for part in request.stream():
                content.extend(part)
                if len(content) > self.limits.body:
                    message = f"the body has more than {self.limits.body:,} bytes"
                    raise WrongRequest("body", message, 413)

        try:
            await asyncio.wait_for(read(), self.limits.sending)
        except TimeoutError:
            message = f"the body did not arrive within {self.limits.sending:g} seconds"
            raise WrongRequest("body", message, 408) from None
        return bytes(content)


def _field(message: str, args: Namespace, question: Question) -> str:
    """The request field that an error of the model is about, found from its message."""
    edited = [item.partition("=")[0] for item in getattr(args, "set_assumption", ())]
    if any(name in message for name in edited):
        return "set_assumptions"
    return question.required[0] if question.required else ""


def _quietly(command: Callable[[Namespace], str], args: Namespace) -> str:
    with np.errstate(all="ignore"):  # as on the command line: what is no number is refused in words
        return command(args)


def _json(text: str, status: int = 200, **headers: str) -> Response:
    """An answer that ends as the command line ends it."""
    return Response(f"{text}\n", status, {**HEADERS, **headers}, "application/json")


def _error(field: str, message: str, status: int, **headers: str) -> Response:
    content = {"error": {"field": field, "message": message}}
    return _json(json.dumps(content, ensure_ascii=False), status, **headers)


async def _refused(request: Request, error: Exception) -> Response:
    """The response to a request that cannot be answered: field and sentence, as JSON."""
    if isinstance(error, WrongRequest):
        later = (
            {"Retry-After": "1", "Connection": "close"} if error.status in (408, 413, 503) else {}
        )
        return _error(error.field, str(error), error.status, **later)
    assert isinstance(error, HTTPException)
    return _error(
        "", f"{request.method} {request.url.path[:100]}: {error.detail}", error.status_code
    )


def _logged(answer: Answer, answered: Counter[tuple[str, int]]) -> Answer:
    """Count each request, and log a line of JSON: time, path, status, duration; not who asked."""

    async def noted(request: Request) -> Response:
        started, status = time.perf_counter(), 500
        try:
            response = await answer(request)
            status = response.status_code
        except (WrongRequest, HTTPException) as error:
            response = await _refused(request, error)
            status = response.status_code
        finally:
            line = {
                "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
                "path": request.url.path,
                "status": status,
                "ms": round(1000 * (time.perf_counter() - started), 1),
            }
            answered[request.url.path, status] += (
                1  # a route's own path, so their number is bounded
            )
            print(json.dumps(line), file=sys.stderr, flush=True)
        return response

    return noted


def service(limits: Limits | None = None) -> Starlette:
    """The application, for any ASGI server."""
    limits = limits or Limits()
    answers = Service(limits)

    def logged(answer: Answer) -> Answer:
        return _logged(answer, answers.answered)

    routes = [
        *(
            Route(f"/v1/{name}", logged(partial(answers.question, name)), methods=["POST"])
            for name in QUESTIONS
        ),
        Route("/v1/levers", logged(answers.levers)),
        Route("/health", answers.health),
        Route("/metrics", answers.metrics),
        Route("/ready", logged(answers.ready)),
        Route("/openapi.json", logged(answers.description)),
    ]
    application = Starlette(routes=routes, exception_handlers={HTTPException: _refused})
    application.state.answers = answers
    return application
