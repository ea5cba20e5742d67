"""Long work takes turns: one thread calculates at a time, and passes its turn on between two steps.

A visitor who only moves a slider then shares the processor with one calculation, however many
others have asked for another seed or a tornado. Nobody waits for the answer of another: a turn is
passed on after SLICE, and one that is held too long is taken over after PATIENCE.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock, local
from time import monotonic

from models import caching

SLICE = 0.05  # seconds of work after which a turn is passed on
PATIENCE = 0.5  # seconds that a thread waits for its turn before it goes on beside the other


class Turns:
    """A fair queue of threads for one processor."""

    def __init__(self, slice_: float = SLICE, patience: float = PATIENCE):
        self.slice, self.patience = slice_, patience
        self._lock = Lock()
        self._holder: Event | None = None
        self._queue: deque[Event] = deque()
        self._mine = local()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Calculate within a turn; within another turn of this thread nothing changes."""
        if self._inside():
            yield
            return
        self._take()
        try:
            yield
        finally:
            self._give()

    def pass_on(self) -> None:
        """Between two steps: let the others go first, when this thread has had its slice."""
        if self._inside() and self._queue and monotonic() - self._mine.since >= self.slice:
            self._give()
            self._take()

    def _inside(self) -> bool:
        return getattr(self._mine, "ticket", None) is not None

    def _take(self) -> None:
        ticket = Event()
        with self._lock:
            if self._holder is None:
                self._holder = ticket
            else:
                self._queue.append(ticket)
        if self._holder is not ticket and not ticket.wait(self.patience):
            with self._lock:  # the turn is taken over
                if ticket in self._queue:
                    self._queue.remove(ticket)
                    self._holder = ticket
        self._mine.ticket, self._mine.since = ticket, monotonic()

    def _give(self) -> None:
        ticket, self._mine.ticket = self._mine.ticket, None
        with self._lock:
            if self._holder is ticket:
                self._holder = self._queue.popleft() if self._queue else None
                if self._holder is not None:
                    self._holder.set()


TURNS = Turns()
caching.between_steps(TURNS.pass_on)
