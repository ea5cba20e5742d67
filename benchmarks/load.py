"""Many visitors at once on one server; do all get the answer that a single visitor gets?"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.browser import cpu_seconds, server
from benchmarks.contest import progress
from benchmarks.report import Report
from benchmarks.visitor import Page, Visitor

PAUSE = 5.0  # seconds between two moves of one visitor
SECONDS = 20.0  # that a crowd of visitors stays, per round
CROWDS = (50, 120)
SOAK = 60, 60.0  # visitors, seconds
VISITS, CONCURRENT = 1_000, 40
FLOOD = 2_000  # requests by one visitor
SEEDS = 10  # visitors who each have all draws made anew
LEVER, LEVELS = "public_campaign", (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
START = "return_to_work_support=0.5"
MEGABYTE = 2**20


@dataclass
class Seen:
    """What the visitors of one scenario saw, and what it cost the server.

    `waits` in seconds a move, `bytes` received a move, `wrong` answers, `seconds` of the scenario,
    `cpu` seconds of the server.
    """

    waits: list[float] = field(default_factory=list)
    bytes: list[int] = field(default_factory=list)
    wrong: int = 0
    seconds: float = 0.0
    cpu: float = 0.0
    memory: list[float] = field(default_factory=list)  # MB, from before to after

    def row(self, name: str, cpu_alone: float | None) -> dict:
        waits = sorted(self.waits)
        each = self.cpu / len(waits) * 1e3 if waits and self.cpu else None
        return {
            "scenario": name,
            "answers": len(waits),
            "wrong_or_lost": self.wrong,
            "seconds": self.seconds,
            "p50_ms": part(waits, 0.5) * 1e3,
            "p95_ms": part(waits, 0.95) * 1e3,
            "cpu_ms_each": each,
            "cpu_ratio": each / cpu_alone if each and cpu_alone else None,
            "kB_each": part(sorted(self.bytes), 0.5) / 1e3,
            "peak_MB": max(self.memory, default=None),
            "grown_MB": self.memory[-1] - self.memory[0] if self.memory else None,
        }


def part(ordered: list[float], share: float) -> float:
    """The value below which this share of the ordered values lies; zero where there are none."""
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else 0.0


def shown_text(page: Page) -> str:
    """Everything that the page says in words and figures."""
    live_texts = page.live.get("told", {}).get("texts", {})
    return "\n".join([*(block.body for block in page.of("html")), *live_texts.values()])


def memory(process: int) -> float | None:
    """MB of a process in memory now; None where the system does not tell."""
    status = Path(f"/proc/{process}/status")
    if not status.exists():
        return None
    line = next(
        line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmRSS")
    )
    return int(line.split()[1]) * 1024 / MEGABYTE


@asynccontextmanager
async def watched(process: int, seen: Seen):
    """Fill in time, processor time and memory of what happens inside."""

    async def look():
        while True:
            now = memory(process)
            seen.memory += [] if now is None else [now]
            await asyncio.sleep(0.25)

    before, start = cpu_seconds(process), time.perf_counter()
    looking = asyncio.create_task(look())
    try:
        yield
    finally:
        looking.cancel()
        seen.seconds = time.perf_counter() - start
        seen.cpu = 0.0 if before is None else cpu_seconds(process) - before


async def move(visitor: Visitor, level: float, lonely: dict[float, str], seen: Seen) -> None:
    """One move of the slider, compared with the answer (`lonely`) that a single visitor got."""
    start = time.perf_counter()
    page = await visitor.move(**{LEVER: level})
    seen.waits.append(time.perf_counter() - start)
    seen.bytes.append(page.bytes)
    seen.wrong += shown_text(page) != lonely.get(level, shown_text(page)) or bool(page.broken)


async def alone(address: str, process: int, rounds: int) -> tuple[Seen, dict[float, str]]:
    """A single visitor: the cost of a move, and level -> the text of the answer."""
    seen, lonely = Seen(), {}
    async with Visitor(address) as visitor:
        await visitor.open(START, "simulator")
        for level in (*LEVELS, *LEVELS):  # once to warm up
            lonely[level] = shown_text(await visitor.move(**{LEVER: level}))
        async with watched(process, seen):
            for _ in range(5 * rounds):
                for level in LEVELS:
                    await move(visitor, level, lonely, seen)
    return seen, lonely


async def crowd(
    address: str, process: int, visitors: int, seconds: float, lonely: dict[float, str]
) -> Seen:
    """Visitors who each move the slider every PAUSE seconds."""
    seen = Seen()

    async def visit(number: int, start_signal: asyncio.Event, ready: asyncio.Semaphore):
        chance = random.Random(number)
        async with Visitor(address) as visitor:
            async with ready:
                await visitor.open(START, "simulator")
            arrived.append(number)
            await start_signal.wait()
            end = time.perf_counter() + seconds
            await asyncio.sleep(PAUSE * number / visitors)
            while time.perf_counter() < end:
                due = time.perf_counter() + PAUSE
                await move(visitor, chance.choice(LEVELS), lonely, seen)
                await asyncio.sleep(max(0.0, due - time.perf_counter()))

    arrived: list[int] = []
    start_signal, ready = asyncio.Event(), asyncio.Semaphore(CONCURRENT)
    tasks = [asyncio.create_task(visit(number, start_signal, ready)) for number in range(visitors)]
    while len(arrived) < visitors and not any(task.done() for task in tasks):
        await asyncio.sleep(0.05)
    async with watched(process, seen):
        start_signal.set()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
    seen.wrong += sum(isinstance(outcome, BaseException) for outcome in ended)
    return seen


async def first_pages(address: str, process: int, visits: int) -> Seen:
    """Visits that open the first page, see it whole and leave."""
    seen, ready = Seen(), asyncio.Semaphore(CONCURRENT)
    async with Visitor(address) as visitor:
        lonely = shown_text(await visitor.open())

    async def visit():
        async with ready:
            start = time.perf_counter()
            async with Visitor(address) as visitor:
                page = await visitor.open()
            seen.waits.append(time.perf_counter() - start)
            seen.bytes.append(page.bytes)
            seen.wrong += shown_text(page) != lonely

    async with watched(process, seen):
        ended = await asyncio.gather(*(visit() for _ in range(visits)), return_exceptions=True)
    seen.wrong += sum(isinstance(outcome, BaseException) for outcome in ended)
    return seen


async def beside(
    address: str, process: int, lonely: dict, nuisance: Callable[[str], Iterable[Awaitable]]
) -> Seen:
    """What an ordinary visitor sees while others (`nuisance`) overload the server."""
    seen = Seen()
    async with Visitor(address) as visitor:
        await visitor.open(START, "simulator")
        async with watched(process, seen):
            others = [asyncio.create_task(act) for act in nuisance(address)]
            number = 0
            while number < 2 * len(LEVELS) or not all(task.done() for task in others):
                await move(visitor, LEVELS[number % len(LEVELS)], lonely, seen)
                await asyncio.sleep(0.2)
                number += 1
            ended = await asyncio.gather(*others, return_exceptions=True)
    seen.wrong += sum(isinstance(outcome, BaseException) for outcome in ended)
    return seen


async def rush(address: str, requests: int) -> None:
    """One visitor who asks for many new pages without reading them."""
    async with Visitor(address) as visitor:
        await visitor.open(START, "simulator")
        for _ in range(requests):
            await visitor.ask()
        await visitor.read()


async def other_seed(address: str, seed: int) -> None:
    """A visitor whose link has another seed and an edited assumption, so all is drawn again."""
    async with Visitor(address) as visitor:
        page = await visitor.open(f"seed={seed}&draws=20000&years=10&a.sl_share=0.3", "simulator")
        assert not page.broken, page.broken


def run(rounds: int = 1) -> Report:
    """Each group of scenarios has a server of its own; about four minutes."""
    report = Report(
        "load",
        "many visitors at once: is every answer the lonely one, and what does it cost",
        {"rounds": rounds, "pause_s": PAUSE, "at_once": CONCURRENT},
        notes=[
            "An answer: everything on the page in words and figures after a move of a slider, "
            "compared with what a lonely visitor saw; first page: opened, seen whole, left.",
            "Visitors speak Streamlit's protocol and share the processor with the server: read "
            "processor time and ratios first, and waiting times beside the load of the machine.",
            "cpu ratio: processor time of the server an answer, over that of the lonely visitor; "
            "in the rows of a bystander all that the others asked for is in it.",
        ],
    )
    asyncio.run(_crowds(report, rounds))
    asyncio.run(_first_pages(report))
    asyncio.run(_bystanders(report))
    return report


async def _crowds(report: Report, rounds: int) -> None:
    with server("streamlit_app.py") as (address, process):
        progress("one visitor alone")
        seen, lonely = await alone(address, process, rounds)
        report.rows.append(seen.row("one visitor alone", None))
        base = report.rows[0]["cpu_ms_each"]
        scenes = [(visitors, SECONDS * rounds) for visitors in CROWDS] + [SOAK]
        for visitors, seconds in scenes:
            name = f"{visitors} visitors, {seconds:.0f} s"
            progress(name)
            seen = await crowd(address, process, visitors, seconds, lonely)
            report.rows.append(seen.row(name, base))


async def _first_pages(report: Report) -> None:
    with server("streamlit_app.py") as (address, process):
        progress(f"{VISITS:,} first pages")
        await first_pages(address, process, CONCURRENT)
        seen = await first_pages(address, process, VISITS)
        report.rows.append(seen.row(f"{VISITS:,} first pages", report.rows[0]["cpu_ms_each"]))


async def _bystanders(report: Report) -> None:
    base = report.rows[0]["cpu_ms_each"]
    with server("streamlit_app.py") as (address, process):
        _, lonely = await alone(address, process, 1)
        nuisances = {
            f"bystander of {FLOOD:,} requests": lambda address: [rush(address, FLOOD)],
            f"bystander of {SEEDS} other seeds": lambda address: [
                other_seed(address, seed) for seed in range(100, 100 + SEEDS)
            ],
        }
        for name, nuisance in nuisances.items():
            progress(name)
            seen = await beside(address, process, lonely, nuisance)
            report.rows.append(seen.row(name, base))
