"""Documents made from the tables: assumptions, levers, sources, formulas; in both languages.

python -m dashboard.reference            write docs/reference and the description of data/
python -m dashboard.reference --check    say whether the files there are current
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from dashboard.paths import DOCS
from dashboard.reference import assumptions, formulas, history, levers, sources
from dashboard.reference.markdown import Document, Section, on_page, read
from dashboard.wording.catalogue import LANGUAGES, words_in
from models.tables.assumptions import Assumptions

FOLDER = DOCS / "reference"
MAKERS = (assumptions, levers, sources, formulas, history)


@lru_cache(maxsize=2 * len(LANGUAGES))
def documents(lang: str) -> dict[str, Document]:
    """The documents of the published tables by name, in one language."""
    published, words = Assumptions.default(), words_in(lang)
    return {
        document.name: document
        for document in (maker.document(published, words) for maker in MAKERS)
    }


@lru_cache(maxsize=len(LANGUAGES))
def stored_documents(lang: str) -> dict[str, Document]:
    """The same documents as they stand in their files, which a test holds current: no waiting."""
    return {
        maker.NAME: read(maker.NAME, file(lang, maker.NAME).read_text(encoding="utf-8"))
        for maker in MAKERS
    }


def file(lang: str, name: str) -> Path:
    return FOLDER / lang / f"{name}.md"


def files() -> dict[str, bytes]:
    """Path under docs/reference -> content; the same bytes on every machine."""
    return {
        f"{lang}/{name}.md": document.markdown.encode()
        for lang in LANGUAGES
        for name, document in documents(lang).items()
    }


__all__ = [
    "FOLDER",
    "Document",
    "Section",
    "documents",
    "file",
    "files",
    "on_page",
    "stored_documents",
]
