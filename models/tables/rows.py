"""One row of the assumptions: which values its cells may have, without the other rows."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

import numpy as np

from models.caching import cached_property
from models.errors import MAX_FINDINGS, Findings
from models.similar_names import hint
from models.tables.cell_values import MAX_NUMBER, check_text, number
from models.tables.csv_file import scan_table

COLUMNS = (
    *("parameter", "label_en", "label_nl", "base", "low", "high", "interval", "distribution"),
    *("unit", "price_year", "group", "source", "source_detail", "provenance", "quality", "note"),
)
OPTIONAL = ("reason",)  # why an edit was made
SOURCE_COLUMNS = (
    *("key", "authors", "title", "year", "publisher", "url", "licence", "accessed", "note"),
)
VOCABULARY = {
    "interval": ("95%", "none"),
    "distribution": ("beta", "gamma", "lognormal", "normal", "fixed"),
    "group": (
        *("people", "care", "prices", "work", "insurance", "payers", "health", "effects"),
        *("programme", "economy", "calibration", "convention", "context"),
    ),
    "provenance": ("article", "published", "recalled", "derived", "expert_guess"),
    "quality": ("green", "amber", "red"),
}
NUMBERS = ("base", "low", "high")
MAX_ROWS = 1000
NEWSPAPER = "Dutch newspaper"  # publisher of the article, in sources.csv

# parameters that are divisors, and numbers of whole years
ABOVE_ZERO = (
    "physio_least_use",
    "days_week",
    "work_days_week",
    "weeks_year",
    "mac_ageing_years",
    "points_scale",
)
WHOLE = ("first_year", "price_base_year", "wia_delay_years")

# the physical range of a unit; the first pattern that fits decides
UNIT_RANGES = (
    (r"(share|probability|fraction|weight|relative reduction|absolute risk)\b", 0.0, 1.0),
    (r"utility\b", -1.0, 1.0),
    (r"relative change\b", -0.9, 10.0),
    (r"per year$", 0.0, 1.0),
    (r"ratio, at least 1$", 1.0, MAX_NUMBER),
    (r"hours/week\b", 0.0, 168.0),
    (r"days/week\b", 0.0, 7.0),
    (r"weeks/year\b", 0.0, 53.0),
    (r"(working |calendar )?days/year\b", 0.0, 366.0),
    (r"year$", 1980.0, 2100.0),
    (r"years$", 0.0, 100.0),
    (r"(persons|patients|jobs)(/year)?$", 0.0, 25e6),  # the country has 18 million people
    (r"(.*\bpoints?\b|.*elasticity|.*QALY\b(?!.*EUR)|.*\(negative)", -MAX_NUMBER, MAX_NUMBER),
)
_PARAMETER = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")
_AS_PERCENTAGE = re.compile(r"95[.,]0{1,4}%")  # a spreadsheet read 95% as a number
_SOURCE_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,63}")
_LINK = re.compile(r"https?://[A-Za-z0-9.\-]+(?::[0-9]{1,5})?(?:[/?#][^\s<>\"'`{}|\\^\[\]]*)?")

Table = Path | tuple[str, bytes]  # a file, or the name and bytes of an upload


@dataclass(frozen=True)
class Assumption:
    """One row of the assumptions: a number, its range and where it comes from."""

    parameter: str
    label_en: str
    label_nl: str
    base: float
    low: float
    high: float
    interval: str
    distribution: str
    unit: str
    price_year: int | None
    group: str
    source: str
    source_detail: str
    provenance: str
    quality: str
    note: str
    reason: str = field(default="", compare=False)  # why it was edited: not part of the number

    @cached_property
    def memory(self) -> dict:
        """Cached draws of this row; see `caching.cached`."""
        return {}

    def __getstate__(self) -> dict:
        return {part.name: getattr(self, part.name) for part in fields(self)}

    @property
    def support(self) -> tuple[float, float]:
        """Lowest and highest possible value in the unit of the row, by distribution and unit."""
        if self.distribution == "beta":
            return 0.0, 1.0
        for pattern, lower, upper in UNIT_RANGES:
            if re.match(pattern, self.unit) and not self.unit.startswith("EUR"):
                return lower, upper
        signed = self.distribution == "normal" and self.group == "effects"
        return (-MAX_NUMBER if signed else 0.0), MAX_NUMBER

    def moved(self, value: float) -> Assumption:
        """The row with base value `value`, its range in proportion, kept within `support`.

        A value of 0, a share of 1 and a row whose base was 0 become fixed: no range.
        """
        if value == self.base:
            return self
        lower, upper = self.support
        if self.distribution == "fixed" or self.base == 0 or value == 0 or value == upper == 1:
            new = {"low": value, "high": value, "distribution": "fixed", "interval": "none"}
            return dataclasses.replace(self, base=value, **new)
        ends = sorted((self.low * value / self.base, self.high * value / self.base))
        low, high = max(lower, min(ends[0], value)), min(upper, max(ends[1], value))
        return dataclasses.replace(self, base=value, low=low, high=high)


def cell(value: object) -> str:
    """A value as a table holds it: shortest exact decimal form, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, (float, np.floating)):
        text = np.format_float_positional(value, trim="-")
        return text if len(text) <= 60 else repr(float(value))
    return str(value)


def scan(
    table: Table,
    columns: tuple,
    findings: Findings,
    optional: tuple = (),
    absent: str | None = "",
) -> list[dict]:
    """The rows of a table that are in order, as text; errors in the others go to `findings`.

    An optional column that the table lacks holds `absent`.
    """
    name, source = table if isinstance(table, tuple) else (table.name, table)
    rows, wrong = scan_table(
        source, name=name, required=columns, optional=optional, max_rows=MAX_ROWS, absent=absent
    )
    findings.extend(wrong)
    return rows


def place(raw: Mapping, column: str) -> dict:
    """Where a cell stands, for a finding."""
    key = raw.get("parameter", raw.get("key", ""))
    where = {"file": raw["__file__"], "row": raw["__row__"], "column": column}
    return where | {"found": raw[column], "key": key}


def perhaps(name: str, known, findings: Findings) -> tuple[str, str]:
    """`hint` for the first findings only: a search for similar names takes time."""
    return hint(name, known) if len(findings) < MAX_FINDINGS else ("", "")


def read_sources(table: Table, findings: Findings) -> dict[str, dict]:
    """Rows of sources.csv by key."""
    sources: dict[str, dict] = {}
    for raw in scan(table, SOURCE_COLUMNS, findings):
        key = raw["key"]
        if not _SOURCE_KEY.fullmatch(key):
            findings.add("id_form", **place(raw, "key"))
        if key in sources:
            findings.add("id_twice", **place(raw, "key"), other=key)
        words = [column for column in SOURCE_COLUMNS if column != "url"]
        check_text(raw, words, findings, key=key)
        check_text(raw, ("title",), findings, key=key, needed=True)
        if raw["url"] and not _LINK.fullmatch(raw["url"]):
            findings.add("link_form", **place(raw, "url"))
        sources[key] = {column: raw[column] for column in SOURCE_COLUMNS}
    return sources


def read_row(raw: dict, sources: Mapping, findings: Findings) -> Assumption | None:
    """The row as an `Assumption`; None when it is wrong, and every error goes to `findings`."""
    before = len(findings)
    key = raw["parameter"]
    if _AS_PERCENTAGE.fullmatch(raw["interval"]):
        raw = raw | {"interval": "95%"}
    if not _PARAMETER.fullmatch(key):
        findings.add("id_form", **place(raw, "parameter"))
    check_text(raw, ("label_en", "label_nl", "unit"), findings, key=key, label=True, needed=True)
    check_text(raw, ("source_detail", "note", "reason"), findings, key=key)
    for column, words in VOCABULARY.items():
        if raw[column] not in words:
            near = perhaps(raw[column], words, findings)
            findings.add("vocabulary", **place(raw, column), names=", ".join(words), nearest=near)
    year = raw["price_year"]
    if year and not (re.fullmatch(r"[0-9]{4}", year) and 1980 <= int(year) <= 2100):
        findings.add("year_form", **place(raw, "price_year"))
    if "://" in raw["source"]:
        findings.add("source_link", **place(raw, "source"))
    elif not _SOURCE_KEY.fullmatch(raw["source"]):
        findings.add("id_form", **place(raw, "source"))
    elif sources and raw["source"] not in sources:
        near = perhaps(raw["source"], sources, findings)
        findings.add("source_unknown", **place(raw, "source"), nearest=near)
    because = {"red": "quality = red"}.get(raw["quality"], "")
    because = because or {"context": "group = context"}.get(raw["group"], "")
    if because and not raw["note"]:
        findings.add("note_needed", **place(raw, "note"), what=because)
    if raw["quality"] == "green":
        _quotable(raw, sources, findings)
    values = {column: number(raw, column, findings, key) for column in NUMBERS}
    if len(findings) > before:
        return None
    texts = {column: raw[column] for column in (*COLUMNS, *OPTIONAL)}
    row = Assumption(**texts | values | {"price_year": int(year) if year else None})
    where = {"file": raw["__file__"], "row": raw["__row__"], "key": key}
    check_numbers(row, findings, where, raw)
    return row if len(findings) == before else None


def _quotable(raw: dict, sources: Mapping, findings: Findings) -> None:
    """Quality green only for a number with a source that is no guess and no newspaper alone."""
    newspaper = sources.get(raw["source"], {}).get("publisher") == NEWSPAPER
    if "expert_guess" in (raw["provenance"], raw["source"]):
        findings.add("green_guess", **place(raw, "quality"))
    elif raw["provenance"] == "article" or newspaper:
        findings.add("green_newspaper", **place(raw, "quality"))


def check_numbers(
    row: Assumption, findings: Findings, where: dict, raw: Mapping[str, str] | None = None
) -> None:
    """Order, spread, physical range and support of one row; errors go to `findings`.

    `where` is file, row and parameter; `raw` is the row as text, for the errors to quote.
    """
    texts = {column: raw[column] if raw else cell(getattr(row, column)) for column in NUMBERS}
    three = " / ".join(texts[column] for column in ("low", "base", "high"))
    if not row.low <= row.base <= row.high:
        findings.add("order", **where, column="low", found=three)
        return
    drawn = row.distribution != "fixed"
    if drawn and row.low == row.high:
        findings.add("spread", **where, column="low", found=three)
    if drawn and row.interval != "95%":
        findings.add("interval_fixed", **where, column="interval", found=row.interval)
    lower, upper = row.support
    what = f"{row.distribution}, {row.unit}"
    for column in NUMBERS:
        value = getattr(row, column)
        if not lower <= value <= upper:
            limits = {"lower": cell(lower), "upper": cell(upper), "what": what}
            findings.add("range", **where, column=column, found=texts[column], **limits)
            return
    name, base = row.parameter, texts["base"]
    if name in WHOLE and row.base % 1:
        findings.add("whole", **where, column="base", found=base)
    if row.distribution == "gamma" and row.low <= 0 or name in ABOVE_ZERO and row.low <= 0:
        findings.add("positive", **where, column="low", found=texts["low"], what=what)
    if row.distribution == "beta" and not 0 < row.base < 1:
        limits = {"lower": "> 0", "upper": "< 1", "what": what}
        findings.add("range", **where, column="base", found=base, **limits)
    if row.distribution == "lognormal" and row.low * row.high <= 0:
        findings.add("one_sign", **where, column="low", found=three, what=what)
