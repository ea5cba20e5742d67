"""Caches that live on the object that a result was worked out from, and are freed with it.

The published assumptions live as long as the program; those of a visitor as long as their session.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from threading import RLock

# one thread may take it twice: a key may hold assumptions, which work out their hash when compared
_LOCK = RLock()
_RULES: list[Callable[[], None]] = []


def between_steps(rule: Callable[[], None]) -> None:
    """Register a function that `step` calls, where a server lets other requests go first."""
    _RULES[:] = [rule]


def step() -> None:
    """To be called at each step of long work; calls what `between_steps` registered."""
    for rule in _RULES:
        rule()


def cached(most: int) -> Callable:
    """Remember the last `most` answers of a function in the `memory` of its first argument.

    The other arguments are the key. An answer must not refer to its owner, or neither is freed. The
    function gets a second one beside it: `function.known(...)` says whether it has the answer.
    """

    def decorate(make: Callable) -> Callable:
        def known(owner, *given, **named) -> bool:
            key = given, tuple(sorted(named.items()))
            return key in owner.memory.get(make.__qualname__, {})

        @wraps(make)
        def remembered(owner, *given, **named):
            key = given, tuple(sorted(named.items()))
            with _LOCK:
                answers = owner.memory.setdefault(make.__qualname__, {})
                if key in answers:
                    return answers[key]
            step()
            answer = make(owner, *given, **named)
            with _LOCK:
                while len(answers) >= most:
                    answers.pop(next(iter(answers)))
                return answers.setdefault(key, answer)

        remembered.known = known  # type: ignore[attr-defined]
        return remembered

    return decorate


class cached_property:
    """A property that is worked out at its first use, and stored on its owner.

    Unlike `functools.cached_property`, which in Python 3.11 lets one thread at a time work on any
    owner: a visitor whose answer takes long would hold up all others.
    """

    def __init__(self, make: Callable):
        self.make, self.__doc__ = make, make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, owner, kind: type | None = None):
        if owner is None:
            return self
        return owner.__dict__.setdefault(self.name, self.make(owner))
