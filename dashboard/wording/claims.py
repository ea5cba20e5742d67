"""The numbers of the article: what each states, what its source states, what the model uses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import models
from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import decimals_of, number
from dashboard.wording.units import measured
from models.paths import DATA
from models.tables.csv_writer import MARK, reader_text

VERDICTS = ("agrees", "differs_by_definition", "no_source_found")
COLUMNS = (
    "id", "question", "claim_nl", "claim_en", "article_value", "unit", "source_says_nl",
    "source_says_en", "source", "model_uses", "verdict", "explanation_nl", "explanation_en",
)  # fmt: skip


@dataclass(frozen=True)
class Claim:
    """A statement of the article; `uses` are the parameters of the model that correspond to it."""

    id: str
    question: str
    claim: str
    article_value: str
    unit: str
    source_says: str
    source: str
    uses: tuple[str, ...]
    verdict: str
    explanation: str


@lru_cache(maxsize=2)
def claims(lang: str) -> tuple[Claim, ...]:
    """All claims in the order of the article."""
    rows = models.read_table(DATA / "claims.csv", name="claims.csv", required=COLUMNS)
    return tuple(
        Claim(
            row["id"], row["question"], row[f"claim_{lang}"], row["article_value"], row["unit"],
            row[f"source_says_{lang}"], row["source"], tuple(row["model_uses"].split(" + "))
            if row["model_uses"] else (), row["verdict"], row[f"explanation_{lang}"],
        )
        for row in rows
    )  # fmt: skip


def counts(listed: Iterable[Claim]) -> dict[str, int]:
    """Number of claims with each verdict, in a fixed order."""
    by = Counter(claim.verdict for claim in listed)
    return {verdict: by[verdict] for verdict in VERDICTS}


def chosen(
    listed: Sequence[Claim], verdicts: Sequence[str], question: str | None, search: str
) -> list[Claim]:
    """Claims with one of the verdicts (none: all), of a question, with every search word."""
    wanted = search.casefold().split()
    return [
        claim
        for claim in listed
        if (not verdicts or claim.verdict in verdicts)
        and (question is None or claim.question == question)
        and all(word in _text(claim) for word in wanted)
    ]


def _text(claim: Claim) -> str:
    words = (claim.claim, claim.source_says, claim.explanation, claim.source, *claim.uses)
    return " ".join(words).casefold()


def used(claim: Claim, result: models.Result, words: Words) -> list[str]:
    """The value that the model uses now, with its unit; a reader's edits included."""
    assumptions = result.model.assumptions
    return [
        f"{words.of(assumptions[name])}: "
        f"{measured(assumptions[name].base, assumptions[name].unit, words)}"
        for name in claim.uses
        if name in assumptions
    ]


def export(listed: Iterable[Claim], result: models.Result, words: Words) -> bytes:
    """The claims as CSV in the format of the chart data, for Excel in the reader's language."""
    sources = result.model.assumptions.sources
    names = (
        "id", "question", "claim", "article_value", "unit", "source_says", "model_uses",
        "model_value", "verdict", "explanation", "source", "source_title", "url",
    )  # fmt: skip
    rows = [[words(f"claims.column.{name}") for name in names]]
    for claim in listed:
        source = sources.get(claim.source, {})
        rows.append([
            claim.id, claim.question, claim.claim, _number(claim.article_value, words), claim.unit,
            claim.source_says, " + ".join(claim.uses), "; ".join(used(claim, result, words)),
            words(f"claims.verdict.{claim.verdict}"), claim.explanation,
            words(f"cite.{claim.source}"), source.get("title", ""), source.get("url", ""),
        ])  # fmt: skip
    return (MARK[words.lang] + reader_text(rows, words.lang)).encode()


def _number(text: str, words: Words) -> str:
    """A number as a spreadsheet of the language reads it: without thousands separators."""
    if not text:
        return ""
    value = float(text)
    plain = number(value, words.lang, decimals_of(value))
    return plain.replace("." if words.lang == "nl" else ",", "")
