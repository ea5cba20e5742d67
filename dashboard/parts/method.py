"""Contents of the page on the method: steps, choices, guesses and downloads."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from dashboard.paths import DOCS
from dashboard.reference import file, on_page, stored_documents
from dashboard.reference.markdown import cells, plain
from dashboard.templates import blocks as panels
from dashboard.visitor.choices import Choices
from dashboard.wording import origin, sentences
from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import number
from models.tables.assumptions import VOCABULARY, Assumptions
from models.tables.edits import is_own

WRITTEN = ("method", "decisions", "validation", "checklists")  # by hand, in English


def steps(choices: Choices) -> list[tuple[str, str]]:
    """The calculation in the order in which it is done: title and text."""
    words = choices.words
    draws = number(choices.today.options.draws, words.lang)
    gap = sentences.reconciliation_text(choices.today, words)
    return points("steps", words, draws=draws, gap=gap)


def points(kind: str, words: Words, **fields: str) -> list[tuple[str, str]]:
    """What, and why or how; in the order of the texts."""
    keys = [key for key in words.keys(f"method.{kind}.") if f"{key}_text" in words]
    return [(words(key), words(f"{key}_text", **fields)) for key in keys]


def counts(assumptions: Assumptions, words: Words) -> tuple[list[str], list[tuple[str, ...]]]:
    """Rows by how a number came about (down) and how sure it is (across), with the total last."""
    own = [row for row in assumptions.used if is_own(row)]
    rows = [row for row in assumptions.used if row not in own]
    qualities = VOCABULARY["quality"]

    def line(name: str, rows: list) -> tuple[str, ...]:
        numbers = [sum(row.quality == quality for row in rows) for quality in qualities]
        return (name, *(str(n) for n in (*numbers, len(rows))))

    head = [words("method.guesses.origin")]
    head += [words(f"method.guesses.{name}") for name in (*qualities, "rows")]
    body = [
        line(
            words(f"reference.provenance.{name}").rstrip("."),
            [row for row in rows if row.provenance == name],
        )
        for name in VOCABULARY["provenance"]
    ]
    if own:  # not judged, so in no column but the last
        body.append((words("workbench.provenance.reader"), *["–"] * len(qualities), str(len(own))))
    *judged, together = line(words("table.total"), rows)[1:]
    return head, [*body, (words("table.total"), *judged, str(int(together) + len(own)))]


def guessed(assumptions: Assumptions, words: Words) -> str:
    """How many of the rows in use are guesses or our own derivations, and how many red."""
    return words("method.guesses.text", **origin.counts(assumptions.used, words))


def most(words: Words) -> tuple[str, str]:
    """Title and text of the guesses that matter most, as they stand in the data dictionary."""
    section = stored_documents(words.lang)["assumptions"].sections[0]
    return section.title, on_page(section.text)


@lru_cache(maxsize=4)
def readable(words: Words) -> dict[str, dict[str, str]]:
    """Document -> title of a section -> text, without what the page shows already."""
    _, shown = most(words)
    return {
        document.title: {
            plain(section.title): text
            for section in document.sections
            if (text := on_page(section.text)) != shown
        }
        for document in stored_documents(words.lang).values()
    }


def blocks(title: str, text: str) -> list[tuple[str, str]]:
    """A section in pieces: ("html", table), which scrolls by itself, or ("markdown", text)."""
    parts: list[tuple[str, str]] = []
    for block in text.split("\n\n"):
        head, *rows = cells(block) or [[]]
        if head:
            parts.append(("html", panels.table(title, head, rows, words_in=range(len(head)))))
        elif parts and parts[-1][0] == "markdown":
            parts[-1] = ("markdown", f"{parts[-1][1]}\n\n{block}")
        else:
            parts.append(("markdown", block))
    return parts


def downloads(words: Words) -> list[tuple[str, str, Callable[[], bytes]]]:
    """Title, file name and what reads the content of every document."""
    lang = words.lang
    rows = [
        (document.title, f"{name}-{lang}.md", file(lang, name).read_bytes)
        for name, document in stored_documents(lang).items()
    ]
    written = [
        (words(f"method.files.{name}"), f"{name}-en.md", (DOCS / f"{name}.md").read_bytes)
        for name in WRITTEN
    ]
    return rows + written
