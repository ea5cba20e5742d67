"""Published figures for the charts of the evidence page, each with its source."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from functools import lru_cache

import models
from dashboard.charts.finish import Table
from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import decimals_of, number, percent
from models.paths import DATA

COLUMNS = (
    "series", "label_en", "label_nl", "x", "x_unit", "value", "low", "high", "unit", "year",
    "price_year", "source", "provenance", "note_en", "note_nl",
)  # fmt: skip
UNIT = re.compile(r"[%a-z ]*$")  # at the end of a figure
SMALL = 0.2  # shares below it are written with a decimal where they have one
MOST = 3  # sources that are printed with their doi
SEEN = "published"  # seen in a source; everything else is marked wherever it is drawn


@dataclass(frozen=True)
class Point:
    """One figure; `x`, `value`, `low` and `high` are nan where there is none."""

    series: str
    label: str
    x: float
    value: float
    low: float
    high: float
    unit: str
    year: str
    price_year: str
    source: str
    provenance: str
    note: str

    @property
    def seen(self) -> bool:
        return self.provenance == SEEN

    @property
    def ranged(self) -> bool:
        return not math.isnan(self.low)


def points(name: str, words: Words, *series: str) -> list[Point]:
    """The rows of data/series/`name`.csv in the reader's language, in the order of the file.

    `series` selects lines or groups and sets their order; without it all rows are returned.
    """
    listed = _points(name, words.lang)
    return [p for s in series for p in listed if p.series == s] if series else list(listed)


@lru_cache(maxsize=64)
def _points(name: str, lang: str) -> tuple[Point, ...]:
    path = DATA / "series" / f"{name}.csv"
    rows = models.read_table(path, name=path.name, required=COLUMNS)
    words = {"label": f"label_{lang}", "note": f"note_{lang}"}
    return tuple(
        Point(**{
            field: float(row[field] or "nan")
            if field in ("x", "value", "low", "high")
            else row[words.get(field, field)]
            for field in Point.__dataclass_fields__
        })
        for row in rows
    )  # fmt: skip


def cite(listed: Iterable[Point], words: Words) -> str:
    """'Sources: Pocovi et al. 2024, doi:10.1016/...; the article 2025.', as newspapers do.

    Of more than `MOST` sources only the names; their addresses are in the CSV.
    """
    keys = list(dict.fromkeys(point.source for point in listed))
    names = (words(f"cite.{key}") + (_doi(key) if len(keys) <= MOST else "") for key in keys)
    return words("evidence.source", names="; ".join(dict.fromkeys(names)))


def _doi(key: str) -> str:
    url = models.load_assumptions().sources.get(key, {}).get("url", "")
    _, known, doi = url.partition("doi.org/")
    return f", doi:{doi}" if known else ""


def shares(words: Words) -> Callable[[float], str]:
    """A function that writes shares as percentages: 11%, 0,9%; from 20% on without decimals."""
    return lambda share: percent(
        share, words.lang, min(1, decimals_of(share * 100)) if share < SMALL else 0
    )


def numbers(words: Words) -> Callable[[float], str]:
    """A function that writes numbers with at most two decimals: 549.000, 7,9, 0,55."""
    return lambda value: number(value, words.lang, min(2, decimals_of(value)))


def table(
    caption: str,
    listed: Iterable[Point],
    say: Callable[[float], str],
    words: Words,
    at: str = "",
) -> Table:
    """Every figure with its range, year, source and provenance.

    `at` is the name of the x-axis of a line, such as an age, which gets a column.
    """
    names = ("what", "value", "range", "year", "source", "provenance")
    rows = [
        (
            point.label,
            *((f"{point.x:.0f}",) if at else ()),
            "–" if math.isnan(point.value) else say(point.value),
            spread(point, say),
            point.year,
            words(f"cite.{point.source}"),
            words(f"evidence.provenance.{point.provenance}"),
        )
        for point in listed
    ]
    head = [words(f"evidence.column.{name}") for name in names]
    return Table(caption, [head[0], at, *head[1:]] if at else head, rows)


def spread(point: Point, say: Callable[[float], str]) -> str:
    """A range such as 10–15% or EUR 2,0–3,2 miljard, with its unit once; empty without a range."""
    if not point.ranged:
        return ""
    low, high = say(point.low), say(point.high)
    unit = UNIT.search(high)[0]
    return f"{low.removesuffix(unit)}–{high.removeprefix('EUR ')}"


def data(listed: Iterable[Point], words: Words) -> list[dict]:
    """Rows of the exported CSV: the figures of the file, with the source as text and its link."""
    sources = models.load_assumptions().sources
    rows = []
    for point in listed:
        row = {
            name: None if isinstance(value, float) and math.isnan(value) else value
            for name, value in asdict(point).items()
        }
        key = row.pop("source")
        cited = {"source_key": key, "cited": words(f"cite.{key}"), "url": sources[key]["url"]}
        rows.append(row | cited)
    return rows
