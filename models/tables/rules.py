"""Rules that choose a sentence for a figure: data/rules.toml, which the browser reads too."""

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
    """The value of the first row under a heading whose conditions hold for these facts.

    Without such a row `default`; KeyError when there is no default, or when a fact is missing.
    """
    for row in rules()[heading]:
        if all(facts[name] == value for name, value in row.get("when", {}).items()):
            return row["say"]
    if not default:
        raise KeyError(f"data/rules.toml: no row of {heading} holds for {facts}")
    return default


def certainty(share: float, limits: Mapping[str, float]) -> str:
    """How certain a direction is, by the share of draws (0 to 1) that have it."""
    for row in rules()["certainty"]:
        if "least" not in row or share >= limits[row["least"]]:
            return row["say"]
    raise KeyError("data/rules.toml: the last row of certainty needs no limit")
