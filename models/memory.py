"""What is worked out from a thing is kept on that thing, and is gone with it.

The published assumptions live as long as the program; those of a visitor as long as their session.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from threading import Lock

_LOCK = Lock()


def kept(most: int) -> Callable:
    """Remember the last `most` answers of a function in the `memory` of its first argument.

    The other arguments are the key. An answer must not hold its owner, or neither goes.
    """

    def decorate(make: Callable) -> Callable:
        @wraps(make)
        def remembered(owner, *given, **named):
            key = given, tuple(sorted(named.items()))
            with _LOCK:
                known = owner.memory.setdefault(make.__qualname__, {})
                if key in known:
                    return known[key]
            answer = make(owner, *given, **named)
            with _LOCK:
                while len(known) >= most:
                    known.pop(next(iter(known)))
                return known.setdefault(key, answer)

        return remembered

    return decorate
