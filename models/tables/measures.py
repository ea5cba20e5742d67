"""The facts of the measure sheets: what is known about a lever as a policy, with its sources.

Read from `data/measures.csv` and `data/measure_policies.csv`. No formula reads them: the figures of
a sheet come from a run (`models.analysis.choice.sheet`). Levers of a reader's own tables have no
facts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from models.paths import DATA
from models.tables.csv_file import read_table

FACTS, POLICIES = "measures.csv", "measure_policies.csv"
FACT = ("lever", "policy", "field", "part", "text_en", "text_nl", "sources", "status", "checked")
POLICY = ("id", "lever", "level", "label_en", "label_nl")
FIELDS = (  # in the order of a sheet
    *("whom", "law", "start", "decides", "today", "earlier"),
    *("objections", "side_effects", "doubt", "change"),
)
STATUSES = ("seen", "not_seen", "own", "not_found")


@dataclass(frozen=True)
class Fact:
    """A statement about a policy, in both languages.

    status: `seen`, in a source that was read; `not_seen`, known but not looked up; `own`, a
    judgement of this project; `not_found`, searched for without result. `policy` is empty where the
    fact is about the lever as a whole; `checked` is the day of the last check.
    """

    policy: str
    field: str
    text_en: str
    text_nl: str
    sources: tuple[str, ...]
    status: str
    checked: str


@dataclass(frozen=True)
class Policy:
    """One of several policies that one lever stands for, with the level that it reaches."""

    id: str
    level: float
    label_en: str
    label_nl: str


def facts(lever: str) -> tuple[Fact, ...]:
    """The facts about a lever in the order of the sheet; empty for a lever without rows."""
    return _facts().get(lever, ())


def policies(lever: str) -> tuple[Policy, ...]:
    """The policies of a lever that stands for more than one; otherwise empty."""
    return tuple(
        Policy(row["id"], float(row["level"]), row["label_en"], row["label_nl"])
        for row in read_table(DATA / POLICIES, name=POLICIES, required=POLICY)
        if row["lever"] == lever
    )


@cache
def _facts() -> dict[str, tuple[Fact, ...]]:
    rows = read_table(DATA / FACTS, name=FACTS, required=FACT)
    rows.sort(key=lambda row: (FIELDS.index(row["field"]), row["policy"], int(row["part"])))
    by_lever: dict[str, list[Fact]] = {}
    for row in rows:
        cited = tuple(key.strip() for key in row["sources"].split("+") if key.strip())
        fact = Fact(
            row["policy"],
            row["field"],
            row["text_en"],
            row["text_nl"],
            cited,
            row["status"],
            row["checked"],
        )
        by_lever.setdefault(row["lever"], []).append(fact)
    return {lever: tuple(facts) for lever, facts in by_lever.items()}
