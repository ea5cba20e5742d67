"""Independent pieces of work on several cores at once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

from models.caching import step

WORKERS = min(4, os.cpu_count() or 1)
BATCH = 4 * WORKERS  # pieces between two steps, after which a server may let other work go first


def each(make: Callable, items: Iterable) -> list:
    """`make(item)` of every item, in the order of the items.

    Threads suffice where most of the time is spent inside functions of NumPy or SciPy, which let
    other threads calculate meanwhile. What `make` raises is raised here.
    """
    items = list(items)
    if WORKERS == 1 or len(items) < 2:
        return [make(item) for item in items]
    results: list = []
    with ThreadPoolExecutor(WORKERS) as threads:
        for first in range(0, len(items), BATCH):
            step()
            results += threads.map(make, items[first : first + BATCH])
    return results
