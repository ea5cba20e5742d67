"""History as a test: the backcast and its misses, other studies, predictions on record."""

from __future__ import annotations

import models
from dashboard.charts.checks.backcast import SETS, answer
from dashboard.charts.checks.cross_model import line
from dashboard.reference.markdown import Document, Section, bullets, escape, grid
from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import count, count_range, euros, number, percent
from models.analysis.history.backcast import BackcastRow
from models.analysis.history.cross_model import study_figures
from models.analysis.history.inputs import HistoricalInput, historical_inputs, published_figures
from models.analysis.history.predictions import on_record, read_predictions, subjects
from models.tables.assumptions import Assumptions

NAME = "history"
DRAWS = 10_000


def document(assumptions: Assumptions, words: Words) -> Document:
    result = models.run(assumptions=assumptions, draws=DRAWS)
    sections = (
        _section("backcast", _answers(result, words), words),
        Section(words("history.misses.title"), _misses(assumptions, result, words)),
        _section("inputs", _inputs(words), words),
        _section("cross", _studies(result, words), words, year=result.price_year),
        _section("predictions", _predictions(words), words),
    )
    return Document(NAME, words("history.title"), words("history.lead"), sections)


def sentences(result: models.Result, words: Words) -> list[str]:
    """What the model, told the counts of the time, says of each published total."""
    rows = models.backcast(result)["rows"]
    lines = []
    for row in rows:
        if (row["outcome"], row["set"]) == ("total", SETS[-1]):
            ours, spread = answer(row, words).removesuffix(")").split(" (")
            published = euros(row["published"], words.lang)
            fields = {"year": row["year"], "ours": ours, "range": spread, "published": published}
            fields["ratio"] = percent(row["ratio"], words.lang)
            lines.append(words(f"history.sentence.{row['verdict']}", **fields))
    return lines


def misses(assumptions: Assumptions, price_year: int, words: Words) -> list[str]:
    """Where the model misses and why, as far as it can be said."""
    fields = {
        "stock": number(assumptions["sl_wia_stock"].base, words.lang),
        "output": number(assumptions["sl_disability_output"].base, words.lang),
        "price_year": price_year,
    }
    keys = [key for key in words.keys("history.misses.") if not key.endswith(".title")]
    return [words(key, **fields) for key in keys]


def _section(name: str, text: str, words: Words, **fields: object) -> Section:
    lead = words(f"history.sections.{name}_text", **fields)
    return Section(words(f"history.sections.{name}"), f"{lead}\n\n{text}")


def _head(words: Words, *names: str) -> list[str]:
    return [words(f"history.{name}") for name in names]


def _answers(result: models.Result, words: Words) -> str:
    """A row a published figure: year, what, our two answers, the figure, where ours lies."""
    answers: dict[tuple[int, str], dict[str, BackcastRow]] = {}
    for row in models.backcast(result)["rows"]:
        answers.setdefault((row["year"], row["outcome"]), {})[row["set"]] = row
    rows = []
    for figure in published_figures():
        by_set = answers[figure.year, figure.outcome]
        last = by_set.get(SETS[-1]) or by_set[SETS[0]]
        ours = [_figure(by_set[name], words) if name in by_set else "" for name in SETS]
        cited = words(f"cite.{figure.source}")
        verdict = words(f"history.verdict.{last['verdict']}")
        rows.append([
            str(figure.year), words.of(figure), *ours, _amount(last, "published", words),
            f"{verdict} ({cited})",
        ])  # fmt: skip
    head = _head(words, "year", "what", "general_head", "counted_head", "published_head")
    return grid([*head, words("history.verdict_head")], [map(escape, row) for row in rows])


def _figure(row: BackcastRow, words: Words) -> str:
    if row["unit"].startswith("EUR"):
        return answer(row, words)
    low, high = row["p2_5"], row["p97_5"]
    return f"{count(row['mean'], low, high, words.lang)} ({count_range(low, high, words.lang)})"


def _amount(row: BackcastRow, name: str, words: Words) -> str:
    money = row["unit"].startswith("EUR")
    return euros(row[name], words.lang) if money else number(row[name], words.lang)


def _misses(assumptions: Assumptions, result: models.Result, words: Words) -> str:
    lines = [*sentences(result, words), *misses(assumptions, result.price_year, words)]
    return "\n".join(f"- {line}" for line in lines)


def _inputs(words: Words) -> str:
    rows = [
        [
            str(row.year),
            words(f"history.set.{row.set}"),
            words(f"history.quantity.{row.quantity}"),
            _value(row, words),
            f"{words(f'reference.provenance.{row.provenance}')} {row.source_detail} "
            f"({row.source}). {words.of(row, 'note')}",
        ]
        for row in historical_inputs()
    ]
    head = _head(words, "year", "set_head", "quantity_head", "value", "origin")
    return grid(head, [map(escape, row) for row in rows])


def _value(row: HistoricalInput, words: Words) -> str:
    """The number with its range, as a reader writes it."""
    if row.quantity == "absence_rate":
        ends = [percent(x, words.lang, 1) for x in (row.base, row.low, row.high)]
    else:
        places = 0 if row.base == int(row.base) else 1
        ends = [number(x, words.lang, places) for x in (row.base, row.low, row.high)]
    return ends[0] if row.low == row.high else f"{ends[0]} ({ends[1]}–{ends[2]})"


def _studies(result: models.Result, words: Words) -> str:
    by_id = {row["id"]: row for row in models.cross_model(result)["rows"]}
    rows = [line(figure, by_id[figure.id], words) for figure in study_figures()]
    head = _head(words, "study", "counted_as", "theirs", "ours", "position_head", "source")
    return grid(head, [map(escape, row) for row in rows])


def predicted(words: Words) -> tuple[str, list[str], list[tuple[str, ...]]]:
    """What is on record: since when, and the latest predictions by year; no rows without any."""
    if not on_record():
        return words("history.none_on_record"), [], []
    frozen = read_predictions(on_record()[-1])
    text = words("history.on_record", day=frozen[0].frozen_on, version=frozen[0].model_version)
    years = sorted({row.year for row in frozen})
    lines: dict[str, list[str]] = {}
    for row in frozen:
        ends = row.p2_5, row.p97_5
        median, spread = count(row.p50, *ends, words.lang), count_range(*ends, words.lang)
        lines.setdefault(words.of(row), []).append(f"{median} ({spread})")
    head = [*_head(words, "prediction"), *map(str, years)]
    return text, head, [(label, *cells) for label, cells in lines.items()]


def _predictions(words: Words) -> str:
    """The predictions on record, and the rules by which their outcome will be read."""
    rules = bullets(
        (escape(words.of(subject)), escape(words.of(subject, "rule"))) for subject in subjects()
    )
    text, head, rows = predicted(words)
    table = grid(head, [map(escape, row) for row in rows]) if rows else ""
    return "\n\n".join(part for part in (text, table, rules) if part)
