"""The list of sources, and what rests on each."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from dashboard.reference.markdown import Document, Section, bullets, code, escape, outside
from dashboard.reference.names import listed, parameter
from dashboard.wording import notes
from dashboard.wording.catalogue import Words
from models.paths import DATA
from models.tables.assumptions import Assumptions

NAME = "sources"


def document(assumptions: Assumptions, words: Words) -> Document:
    cited = _cited()
    sections = []
    for kind, keys in _kinds(assumptions):
        parts = [words(f"reference.sources.{kind}_text")]
        for key in keys:
            row = assumptions.sources[key]
            parts += [f"### {escape(key)}", _source(row, cited.get(key, {}), assumptions, words)]
        sections.append(Section(words(f"reference.sources.{kind}"), "\n\n".join(parts)))
    lead = words("reference.sources.lead", sources=len(assumptions.sources))
    return Document(NAME, words("reference.sources.title"), lead, tuple(sections))


def _kinds(assumptions: Assumptions) -> Iterator[tuple[str, list[str]]]:
    """Publications with an address, those without, and what is no publication."""
    ours = {key for key, row in assumptions.sources.items() if _is_ours(row)}
    linked = {key for key, row in assumptions.sources.items() if row["url"]} - ours
    yield "linked", sorted(linked)
    yield "unlinked", sorted(set(assumptions.sources) - linked - ours)
    yield "ours", sorted(ours)


def _is_ours(row: Mapping[str, str]) -> bool:
    return row["note"].startswith("Not a publication.")


def _source(row: Mapping[str, str], cited: dict, assumptions: Assumptions, words: Words) -> str:
    def say(name: str, **fields: object) -> str:
        return words(f"reference.sources.{name}", **fields)

    by = f"{escape(row['authors'])}. " if row["authors"] else ""
    about = ", ".join(escape(row[name]) for name in ("publisher", "year") if row[name])
    head = f"{by}{outside(row['title'], row['url'])}. {about}."
    rows = [cited_by for cited_by in assumptions.values() if cited_by.source == row["key"]]
    entries = [
        (say("licence"), escape("" if row["licence"] == "unknown" else row["licence"])),
        (say("accessed"), escape(row["accessed"])),
        (say("note"), escape(notes.of_source(row, words)[0])),
        (say("rows"), listed(parameter(cited_by, words) for cited_by in rows)),
        *((say(table), listed(map(code, sorted(ids)))) for table, ids in cited.items()),
    ]
    if not rows and not cited:
        entries.append((say("rows"), say("none")))
    return f"{head}\n\n{bullets(entries)}"


def _cited() -> dict[str, dict[str, set[str]]]:
    """Source -> table -> what in it cites the source; for a series its file."""
    citations: dict[str, dict[str, set[str]]] = {}

    def note(source: str, table: str, name: str) -> None:
        citations.setdefault(source, {}).setdefault(table, set()).add(name)

    for table in ("claims", "scenarios"):
        for row in _rows(DATA / f"{table}.csv"):
            note(row["source"], table, row["id"])
    for row in _rows(DATA / "measures.csv"):
        for key in row["sources"].split(" + ") if row["sources"] else ():
            note(key, "measures", row["lever"])
    for row in _rows(DATA / "trials.csv"):
        note(row["source"], "trials", row["id"])
    for folder in ("series", "history"):
        for path in sorted((DATA / folder).glob("*.csv")):
            for row in _rows(path):
                if "source" in row:
                    note(row["source"], folder, path.stem)
    return citations


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
