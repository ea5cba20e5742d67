"""A loop of its own for a coroutine: the browser's own loop runs in the thread of the tests."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor


def finished(coroutine: Coroutine):
    """What the coroutine returns or raises, in a thread of its own."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()
