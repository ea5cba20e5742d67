"""Documents made from the tables: assumptions, levers, sources, formulas; in both languages.

python -m dashboard.reference            write docs/reference
python -m dashboard.reference --check    say whether the files there are current
"""

from __future__ import annotations

from functools import lru_cache

from dashboard.reference import assumptions, formulas, levers, sources
from dashboard.reference.markdown import Document, Section, on_page
from dashboard.text import LANGUAGES, words_in
from models.assumptions import Assumptions

MAKERS = (assumptions, levers, sources, formulas)


@lru_cache(maxsize=2 * len(LANGUAGES))
def documents(lang: str) -> dict[str, Document]:
    """The documents of the published tables by name, in one language."""
    published, words = Assumptions.default(), words_in(lang)
    return {one.name: one for one in (maker.document(published, words) for maker in MAKERS)}


def files() -> dict[str, bytes]:
    """Path under docs/reference -> content; the same bytes on every machine."""
    return {
        f"{lang}/{name}.md": document.markdown.encode()
        for lang in LANGUAGES
        for name, document in documents(lang).items()
    }


__all__ = ["Document", "Section", "documents", "files", "on_page"]
