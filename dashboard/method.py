"""What the page on the method says: how it is worked out, chosen, guessed, and what to download."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path

from dashboard import headlines
from dashboard.formats import number, percent
from dashboard.reference import documents, on_page
from dashboard.session import Now
from dashboard.text import Words
from models.assumptions import VOCABULARY, Assumptions

DOCS = Path(__file__).resolve().parent.parent / "docs"
WRITTEN = ("method", "decisions", "validation")  # by hand, in English


def steps(now: Now) -> list[tuple[str, str]]:
    """The calculation in the order in which it is done: title and text."""
    words = now.words
    draws = number(now.today.options.draws, words.lang)
    gap = headlines.reconciliation_text(now.today, words)
    return points("steps", words, draws=draws, gap=gap)


def points(kind: str, words: Words, **fields: str) -> list[tuple[str, str]]:
    """What, and why or how; in the order of the texts."""
    keys = [key for key in words.keys(f"method.{kind}.") if f"{key}_text" in words]
    return [(words(key), words(f"{key}_text", **fields)) for key in keys]


def counts(assumptions: Assumptions, words: Words) -> tuple[list[str], list[tuple[str, ...]]]:
    """Rows by how a number came about (down) and how sure it is (across), with the total last."""
    rows = list(assumptions.values())
    qualities = VOCABULARY["quality"]

    def line(name: str, some: list) -> tuple[str, ...]:
        found = [sum(row.quality == quality for row in some) for quality in qualities]
        return (name, *(str(n) for n in (*found, len(some))))

    head = [words("method.guesses.origin")]
    head += [words(f"method.guesses.{name}") for name in (*qualities, "rows")]
    body = [
        line(
            words(f"reference.provenance.{name}").rstrip("."),
            [row for row in rows if row.provenance == name],
        )
        for name in VOCABULARY["provenance"]
    ]
    return head, [*body, line(words("table.total"), rows)]


def guessed(assumptions: Assumptions, words: Words) -> str:
    """Which part of the rows in use is a guess or our own derivation."""
    used = [row for row in assumptions.values() if row.group != "context"]
    ours = [row for row in used if row.provenance in ("derived", "expert_guess")]
    red = [row for row in used if row.quality == "red"]
    return words(
        "method.guesses.text",
        used=len(used),
        ours=percent(len(ours) / len(used), words.lang),
        red=percent(len(red) / len(used), words.lang),
    )


def most(words: Words) -> str:
    """The table of guesses that matter most, as it stands in the data dictionary."""
    return on_page(documents(words.lang)["assumptions"].sections[0].text)


def _made(lang: str, name: str) -> bytes:
    return documents(lang)[name].markdown.encode()


@lru_cache(maxsize=4)
def readable(words: Words) -> dict[str, dict[str, str]]:
    """Document -> title of a section -> text, without what the page shows already."""
    shown = most(words)
    return {
        one.title: {
            _bare(section.title): text
            for section in one.sections
            if (text := on_page(section.text)) != shown
        }
        for one in documents(words.lang).values()
    }


def _bare(title: str) -> str:
    """A title for a list to choose from, which reads no Markdown."""
    return re.sub(r"\\(.)", r"\1", title).replace("`", "")


def downloads(words: Words) -> list[tuple[str, str, Callable[[], bytes]]]:
    """Title, file name and what gives the content of every document."""
    lang = words.lang
    made = [
        (one.title, f"{name}-{lang}.md", partial(_made, lang, name))
        for name, one in documents(lang).items()
    ]
    written = [
        (words(f"method.files.{name}"), f"{name}-en.md", (DOCS / f"{name}.md").read_bytes)
        for name in WRITTEN
    ]
    return made + written
