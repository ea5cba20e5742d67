"""What one request may ask of the machine."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Limits of the service; a request beyond them is refused with a sentence."""

    body: int = 64_000  # bytes
    draws: int = 20_000  # most draws of a run
    seconds: float = 30.0  # after which a request is answered with an error
    sending: float = 10.0  # seconds in which a body must have arrived
    at_once: int = 2  # requests that are calculated at a time
    waiting: int = 50  # requests that may wait for their turn
