"""Which sentence goes with a figure: the table data/rules.toml, which the browser reads as well."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from models.paths import DATA

FILE = DATA / "rules.toml"


@lru_cache(maxsize=1)
def rules() -> Mapping[str, Any]:
    """The whole table by heading."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def choose(heading: str, default: str = "", /, **facts: object) -> str:
    """What the first row says whose conditions hold for these facts, else `default`.

    KeyError when no row holds and there is no default, or when a fact is missing.
    """
    for row in rules()[heading]:
        if all(facts[name] == value for name, value in row.get("when", {}).items()):
            return row["say"]
    if not default:
        raise KeyError(f"data/rules.toml: no row of {heading} holds for {facts}")
    return default


def certainty(share: float, limits: Mapping[str, float]) -> str:
    """How sure a direction is that this share of the calculations has, 0 to 1."""
    for row in rules()["certainty"]:
        if "least" not in row or share >= limits[row["least"]]:
            return row["say"]
    raise KeyError("data/rules.toml: the last row of certainty needs no limit")
