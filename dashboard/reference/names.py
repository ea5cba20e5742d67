"""How the documents name and link things: a row, a policy, a source, a formula."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.reference.markdown import code, escape, inside
from dashboard.wording.catalogue import Words
from models.analysis.uncertainty.sensitivity import FORMULAS
from models.engine.result import cost_items
from models.tables.assumptions import Assumption, Assumptions
from models.tables.levers import Lever


def listed(texts: Iterable[str]) -> str:
    return ", ".join(texts)


def heading(row: Assumption, words: Words) -> str:
    """The heading of a row in the data dictionary: its label and identifier."""
    return f"{words.of(row)} ({row.parameter})"


def parameter(row: Assumption, words: Words) -> str:
    return inside(escape(words.of(row)), "assumptions", heading(row, words))


def identifier(row: Assumption, words: Words) -> str:
    return inside(code(row.parameter), "assumptions", heading(row, words))


def lever(policy: Lever, words: Words) -> str:
    return inside(escape(words.of(policy)), "levers", words.of(policy))


def source(key: str, assumptions: Assumptions, words: Words) -> str:
    return inside(code(key), "sources", key) if key in assumptions.sources else code(key)


def formula(name: str) -> str:
    """`care.volumes` leads to the section of its file."""
    return inside(code(name), "formulas", f"models/{FORMULAS[name.partition('.')[0]]}")


def item(name: str, words: Words) -> str:
    return words.of(cost_items()[name])


def measure(name: str, words: Words) -> str:
    return words(f"health.{name}")
