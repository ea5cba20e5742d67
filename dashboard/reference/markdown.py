"""Documents in Markdown: what comes from a table is text and never becomes markup.

Links between documents are for files; `on_page` leaves their text alone, because a page shows one
section at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dashboard.wording.numbers import number

_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|$~@]|:(?=[A-Za-z/])|(?<=www)\.")
_OF_AN_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"'`|\\$]+")
_FILE_LINK = re.compile(r"\[((?:\\.|[^\]\\])*)\]\([a-z]+\.md#[^)\s]*\)")
_ENTITIES = {"<": "&lt;", ">": "&gt;"}


@dataclass(frozen=True)
class Section:
    title: str
    text: str


@dataclass(frozen=True)
class Document:
    """A generated page: what it is, and its sections in order."""

    name: str
    title: str
    lead: str
    sections: tuple[Section, ...]

    @property
    def markdown(self) -> str:
        """The whole file; it ends in one line feed."""
        parts = [f"# {self.title}", self.lead]
        for section in self.sections:
            parts += [f"## {section.title}", section.text]
        return "\n\n".join(part.strip() for part in parts) + "\n"


def read(name: str, markdown: str) -> Document:
    """The document of a file: what `markdown` wrote."""
    head, *parts = markdown.strip().split("\n\n## ")
    title, _, lead = head.removeprefix("# ").partition("\n\n")
    cut = [part.partition("\n\n") for part in parts]
    return Document(name, title, lead, tuple(Section(heading, text) for heading, _, text in cut))


def escape(text: object) -> str:
    """Text on one line in which Markdown, HTML, LaTeX and directives are read as written."""
    line = " ".join(str(text).split())
    return _MARKUP.sub(lambda match: _ENTITIES.get(match[0], f"\\{match[0]}"), line)


def code(text: object) -> str:
    """An identifier or a cell as it stands in a file; what could end the code is left out."""
    return f"`{re.sub(r'[`|]', '', ' '.join(str(text).split()))}`"


def outside(text: str, address: str) -> str:
    """A link to a plain http(s) address; the text alone where there is none."""
    return f"[{escape(text)}]({address})" if _OF_AN_ADDRESS.fullmatch(address) else escape(text)


def inside(written: str, file: str, heading: str) -> str:
    """A link to a heading of a document beside this one; its text is Markdown already."""
    return f"[{written}]({file}.md#{slug(heading)})"


def slug(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def on_page(text: str) -> str:
    """The same text without links to other files."""
    return _FILE_LINK.sub(r"\1", text)


def plain(text: str) -> str:
    """The words of one line of ours, without its Markdown."""
    words = re.sub(r"(?<!\\)`", "", on_page(text))
    for mark, entity in _ENTITIES.items():
        words = words.replace(entity, mark)
    return re.sub(r"\\(.)", r"\1", words)


def cells(text: str) -> list[list[str]]:
    """Head and rows of a block that is a table, in plain words; nothing for any other block."""
    lines = text.splitlines()
    if len(lines) < 2 or not all(line.startswith("| ") for line in lines):
        return []
    rows = [line.removeprefix("| ").removesuffix(" |").split(" | ") for line in lines]
    return [[plain(cell) for cell in row] for row in (rows[0], *rows[2:])]


def bullets(items: Iterable[tuple[str, str]]) -> str:
    """`- **Name.** text`, without the items that have nothing to say."""
    return "\n".join(f"- **{name}.** {text}" for name, text in items if text)


def grid(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; the cells are Markdown already."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def exact(value: float, lang: str) -> str:
    """A number with all its decimals, in the marks of the language: 1.000.000 or 0,0183."""
    places = -Decimal(repr(float(value))).normalize().as_tuple().exponent
    return number(value, lang, max(0, places))
