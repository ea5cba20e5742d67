"""Which function of the model reads which assumption, from the source itself."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import lru_cache

import models
from dashboard.reference.markdown import Document, Section, code, escape, grid
from dashboard.reference.names import formula, identifier, lever, listed
from dashboard.wording.catalogue import FOLDER, LANGUAGES, Words
from models.analysis.uncertainty.sensitivity import FORMULAS, feeds
from models.engine.run import catalogue_of
from models.paths import PACKAGE
from models.tables.assumptions import Assumptions

NAME = "formulas"
UNUSED = "context"


def document(assumptions: Assumptions, words: Words) -> Document:
    fed = feeds(assumptions)
    readers: dict[str, list[str]] = {}
    for name, readings in fed.items():
        for reader in readings["formulas"]:
            readers.setdefault(reader, []).append(name)
    sections = [
        Section(code(f"models/{FORMULAS[stem]}"), _file(stem, readers, assumptions, words))
        for stem in FORMULAS
        if any(reader.startswith(f"{stem}.") for reader in readers)
    ]
    sections.append(_through_levers(fed, assumptions, words))
    sections.append(_by_row(fed, assumptions, words))
    lead = words("reference.formulas.lead")
    return Document(NAME, words("reference.formulas.title"), lead, tuple(sections))


def _file(stem: str, readers: dict, assumptions: Assumptions, words: Words) -> str:
    """The functions of a file in the order of the source: what each returns and reads."""
    texts = _docstrings(stem)
    head = [words(f"reference.formulas.{name}") for name in ("function", "returns", "reads")]
    rows = [
        (
            code(name),
            escape(_in_language(reader, texts[name], words.lang)),
            listed(identifier(assumptions[name], words) for name in sorted(readers[reader])),
        )
        for name in texts
        if (reader := f"{stem}.{name}") in readers
    ]
    return grid(head, rows)


def sentences(assumptions: Assumptions) -> dict[str, str]:
    """File and function -> what it gives, in English, of the functions that read an assumption."""
    readers = {reader for fed in feeds(assumptions).values() for reader in fed["formulas"]}
    return {
        name: text
        for stem in FORMULAS
        for function, text in _docstrings(stem).items()
        if (name := f"{stem}.{function}") in readers
    }


def _docstrings(stem: str) -> dict[str, str]:
    """Function -> first sentence of its docstring."""
    path = PACKAGE / FORMULAS[stem]
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    functions.sort(key=lambda node: node.lineno)
    return {
        node.name: (ast.get_docstring(node) or "").partition("\n\n")[0].replace("\n", " ")
        for node in functions
    }


def _in_language(reader: str, english: str, lang: str) -> str:
    """The first sentence in the reader's language; in English where that has changed since."""
    row = translations(lang).get(reader, {})
    return row["text"] if row.get("english") == english else english


@lru_cache(maxsize=len(LANGUAGES))
def translations(lang: str) -> dict[str, Mapping[str, str]]:
    """Rows of text/`lang`/formulas.csv by file and function; empty without such a file."""
    path = FOLDER / lang / "formulas.csv"
    if not path.exists():
        return {}
    rows = models.read_table(path, name=path.name, required=("name", "english", "text"))
    return {row["name"]: row for row in rows}


def _through_levers(fed: dict, assumptions: Assumptions, words: Words) -> Section:
    """Rows that no formula names: levers and tables bring them in."""
    catalogue = catalogue_of(assumptions)
    rows = []
    for name, row in assumptions.items():
        readings = fed[name]
        if row.group == UNUSED or readings["formulas"]:
            continue
        by = listed(lever(catalogue[key], words) for key in readings["levers"])
        rows.append((identifier(row, words), by or words("reference.formulas.table")))
    head = [words("reference.formulas.row"), words("reference.formulas.by")]
    text = words("reference.formulas.through_text")
    return Section(words("reference.formulas.through"), f"{text}\n\n{grid(head, rows)}")


def _by_row(fed: dict, assumptions: Assumptions, words: Words) -> Section:
    rows = [
        (identifier(row, words), listed(map(formula, fed[name]["formulas"])))
        for name, row in assumptions.items()
        if fed[name]["formulas"]
    ]
    head = [words("reference.formulas.row"), words("reference.formulas.function")]
    return Section(words("reference.formulas.by_row"), grid(head, rows))
