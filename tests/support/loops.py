"""Runs a coroutine in another thread: the thread of the tests has the event loop of Playwright."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor


def finished(coroutine: Coroutine):
    """What the coroutine returns or raises, in a thread of its own."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()
