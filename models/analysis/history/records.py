"""Tables of published figures that no formula reads, as typed rows; checked as they are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import lru_cache
from pathlib import Path
from typing import TypeVar, get_type_hints

from models.errors import Findings
from models.paths import DATA
from models.similar_names import hint
from models.tables.cell_values import number
from models.tables.csv_file import read_table

Row = TypeVar("Row")
Words = Mapping[str, tuple[str, ...]]


def read_records(
    source: Path | tuple[str, bytes], kind: type[Row], vocabulary: Words
) -> tuple[Row, ...]:
    """The rows of a CSV as objects of a dataclass, in the order of the file.

    The fields of `kind` name the columns and say how a cell is read: `float` and `int` must be
    numbers, `float | None` and `int | None` may be empty, `str` is text as it stands.
    `vocabulary` lists the words that a column may hold. Raises `DataError` with everything that
    is wrong, a line each.
    """
    name, content = source if isinstance(source, tuple) else (source.name, source)
    columns = [field.name for field in fields(kind)]  # type: ignore[arg-type]
    hints = get_type_hints(kind)
    findings = Findings()
    records = [
        {column: _cell(raw, column, hints[column], findings) for column in columns}
        for raw in read_table(content, name=name, required=columns)
        if _words_allowed(raw, vocabulary, findings)
    ]
    findings.check()
    return tuple(kind(**record) for record in records)


def _words_allowed(raw: dict, vocabulary: Words, findings: Findings) -> bool:
    """Whether every cell with a fixed vocabulary holds one of its words."""
    wrong = [column for column, words in vocabulary.items() if raw[column] not in words]
    for column in wrong:
        words = vocabulary[column]
        findings.add(
            "vocabulary",
            **_location(raw, column),
            found=raw[column],
            names=", ".join(words),
            nearest=hint(raw[column], words),
        )
    return not wrong


def _cell(raw: dict, column: str, kind: object, findings: Findings) -> object:
    """One cell as `kind` asks; what is wrong with it is noted and gives None."""
    if kind is str:
        return raw[column]
    if kind not in (int, float) and not raw[column]:
        return None
    value = number(raw, column, findings, key=raw[next(iter(raw))])
    if value is None or kind not in (int, int | None):
        return value
    if value != int(value):
        findings.add("whole", **_location(raw, column), found=raw[column])
    return int(value)


def _location(raw: dict, column: str) -> dict:
    return {"file": raw["__file__"], "row": raw["__row__"], "column": column}


@lru_cache(maxsize=1)
def price_index() -> dict[int, float]:
    """Consumer prices by year from 1990 on, 2024 = 100 (source `worldbank_cpi`)."""
    path = DATA / "series" / "price_index.csv"
    header = path.read_text(encoding="utf-8").splitlines()[0].split(",")
    return {
        int(row["x"]): float(row["value"])
        for row in read_table(path, name=path.name, required=header)
    }


def inflation(start: int, end: int) -> float:
    """What an amount in prices of year `start` is multiplied by to be in prices of year `end`.

    By consumer prices: prices of care and wages moved otherwise. KeyError for a year before 1990
    or after 2024.
    """
    index = price_index()
    return index[end] / index[start]
