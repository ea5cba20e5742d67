"""The name that a reader gives a package: text from outside, which a link carries."""

from __future__ import annotations

import re

NAME = "name"  # of the current package, in the link
LONGEST = 60  # characters
_WRITTEN = {"%": "%25", ",": "%2C"}  # a comma stands between the packages of a comparison


def package_name(text: str) -> str | None:
    """The name with single spaces, or None: too long, or with signs that cannot be seen.

    Such signs turn or hide what stands beside them; they are in no name that is typed.
    """
    name = re.sub(" +", " ", text).strip(" ")
    return name if len(name) <= LONGEST and name.isprintable() else None


def within_comparison(name: str) -> str:
    """The name as it is written in the list of packages of a comparison."""
    return "".join(_WRITTEN.get(sign, sign) for sign in name)


def from_comparison(text: str) -> str | None:
    """The name that is so written; None where it is none."""
    for sign, written in reversed(_WRITTEN.items()):
        text = text.replace(written, sign)
    return package_name(text)
