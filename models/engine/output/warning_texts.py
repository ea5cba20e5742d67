"""Warnings in the words of the page, for the JSON of a run and for the terminal."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from models.engine.output.warnings import Warning, about_request, warnings
from models.engine.record import plain
from models.paths import TEXT

if TYPE_CHECKING:
    from models.engine.result import Result

SHARES = ("draws", "change")
COUNTS = ("needed", "spare", "there", "effective", "pool", "number", "least")


@cache
def _sentences() -> dict[str, str]:
    """Key -> sentence with fields: the texts of the page."""
    return tomllib.loads((TEXT / "en" / "warnings.toml").read_text(encoding="utf-8"))["warning"]


def warned(result: Result) -> list[dict[str, Any]]:
    """Every warning of a run and of what was asked: `key`, its `text`, and the `values` in it."""
    listed = (*warnings(result), *about_request(result))
    return [{"key": w.key, "text": _text(w, result), "values": plain(w.values)} for w in listed]


def _text(warning: Warning, result: Result) -> str:
    texts = _sentences()
    values = {
        name: _value(name, value, warning.values, result) for name, value in warning.values.items()
    }
    return texts.get(warning.key, texts["conflict"]).format(**values)


def _value(name: str, value: Any, values: Mapping[str, Any], result: Result) -> str:
    """A value of a sentence: names with their label, numbers with their unit where there is one."""
    if name in ("lever", "other"):
        return f"{result.levers[value].label_en} ({value})"
    if name == "parameter":
        return f"{result.model.assumptions[value].label_en} ({value})"
    if name == "of":
        return _sentences()[f"of_{value}"]
    if name in SHARES:
        return f"{value:.0%}"
    if name in COUNTS:
        return f"{value:,.0f}"
    if name == "unit":
        return str(value)
    unit = result.levers[values["lever"]].unit if "lever" in values else values.get("unit", "")
    return f"{value:,.6g} {unit}".strip()
