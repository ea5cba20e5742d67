"""What one request may ask of the machine."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Limits of the service; what is beyond them is refused with a sentence."""

    body: int = 64_000  # bytes
    draws: int = 20_000  # of a run
    seconds: float = 30.0  # until an answer is given up
    sending: float = 10.0  # seconds in which a body must have arrived
    at_once: int = 2  # requests that are calculated at a time
    waiting: int = 50  # requests that may wait for their turn
