"""The assumptions: every number of the model with its range, unit, source and doubt.

Read from `data/assumptions/*.csv` and checked as a whole; nothing here is a number of the model.
What is checked: names, vocabularies, low <= base <= high, the physical range of the unit, the
support of the distribution, sources, shares that belong together, the curve of sick leave. With a
`baseline` (an upload or an edit) also that names, units and price years are those of the baseline.
"""

from __future__ import annotations

import csv
import dataclasses
import functools
import hashlib
import io
import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pandas as pd

from models.errors import DataError, Findings, UsageError
from models.tables import MAX_NUMBER, check_text, hint, nearest, number, scan_table, skeleton

FOLDER = Path(__file__).resolve().parent.parent / "data" / "assumptions"
SOURCES = "sources.csv"
COLUMNS = (
    *("parameter", "label_en", "label_nl", "base", "low", "high", "interval", "distribution"),
    *("unit", "price_year", "group", "source", "source_detail", "provenance", "quality", "note"),
)
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

# shares of one whole, and a curve that falls
PARTITIONS = (("ins_physio_cover", "ins_basic_physio_today"), ("pay_employer", "pay_uwv"))
FALLING = ("sl_S2", "sl_S4", "sl_S6", "sl_S12", "sl_S26", "sl_S52", "sl_S104")

# the physical range of a unit; the first pattern that fits decides
UNIT_RANGES = (
    (r"(share|probability|fraction|weight|relative reduction|absolute risk)\b", 0.0, 1.0),
    (r"utility\b", -1.0, 1.0),
    (r"relative change\b", -1.0, 10.0),
    (r"per year$", 0.0, 1.0),
    (r"hours/week\b", 0.0, 168.0),
    (r"days/week\b", 0.0, 7.0),
    (r"(working |calendar )?days/year\b", 0.0, 366.0),
    (r"(.*\bpoints?\b|.*elasticity|.*QALY\b(?!.*EUR)|.*\(negative)", -MAX_NUMBER, MAX_NUMBER),
)
_PARAMETER = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")
_SOURCE_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,63}")
_LINK = re.compile(r"https?://[A-Za-z0-9.\-]+(?::[0-9]{1,5})?(?:[/?#][^\s<>\"'`{}|\\^\[\]]*)?")
_MAX_TABLES = 60


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

    @property
    def support(self) -> tuple[float, float]:
        """Lowest and highest value that can exist: by distribution and unit."""
        if self.distribution == "beta":
            return 0.0, 1.0
        for pattern, lower, upper in UNIT_RANGES:
            if re.match(pattern, self.unit) and not self.unit.startswith("EUR"):
                return lower, upper
        signed = self.distribution == "normal" and self.group == "effects"
        return (-MAX_NUMBER if signed else 0.0), MAX_NUMBER


class Assumptions(Mapping[str, Assumption]):
    """Parameter -> Assumption: checked, unchangeable, hashable. Sources in `.sources`."""

    def __init__(
        self, rows: Iterable[Assumption], sources: Mapping[str, Mapping[str, str]] | None = None
    ) -> None:
        self._rows = {row.parameter: row for row in sorted(rows, key=lambda row: row.parameter)}
        self.sources = MappingProxyType(dict(sources or {}))
        self.hash = _hash(self._rows.values())

    def __getitem__(self, parameter: str) -> Assumption:
        return self._rows[parameter]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Assumptions) and self.hash == other.hash

    def __hash__(self) -> int:
        return hash(self.hash)

    def __reduce__(self):
        return Assumptions, (tuple(self._rows.values()), dict(self.sources))

    def __repr__(self) -> str:
        return f"<Assumptions: {len(self)} parameters, {self.hash[:12]}>"

    @classmethod
    @functools.cache
    def default(cls) -> Assumptions:
        """The assumptions of this repository, read once; a wrong file is read again."""
        return cls.from_folder(FOLDER)

    @classmethod
    def from_folder(
        cls, path: str | Path = FOLDER, baseline: Assumptions | None = None
    ) -> Assumptions:
        """Read a folder of tables (or `data/`, which holds one), or a single table by itself.

        `sources.csv` is used when it stands in the folder or beside it. With `baseline` no
        parameter may be missing, unless a single table is read.
        """
        path = Path(path)
        if path.is_file():
            beside = (path.parent / SOURCES, path.parent.parent / SOURCES)
            return cls.from_tables([path], baseline, _first(beside), complete=False)
        findings = Findings()
        if not path.is_dir():
            findings.add("file_missing", file=path.name, found=path)
            findings.check()
        if not _tables(path) and (path / FOLDER.name).is_dir():
            path = path / FOLDER.name
        tables = _tables(path)
        if not tables:
            findings.add("folder_empty", file=path.name, found="0 .csv")
        elif len(tables) > _MAX_TABLES:
            findings.add("folder_crowded", file=path.name, found=len(tables), limit=_MAX_TABLES)
        findings.check()
        beside = (path / SOURCES, path.parent / SOURCES)
        return cls.from_tables(tables, baseline, _first(beside))

    @classmethod
    def from_tables(
        cls,
        tables: Sequence[Path | tuple[str, bytes]],
        baseline: Assumptions | None = None,
        sources: Path | tuple[str, bytes] | None = None,
        *,
        complete: bool = True,
    ) -> Assumptions:
        """Read tables, as paths or as (name, bytes) of an upload, and check them together.

        Raises one `DataError` with everything that is wrong in all of them.
        """
        findings = Findings()
        known = (
            _read_sources(sources, findings) if sources else dict(getattr(baseline, "sources", {}))
        )
        rows: dict[str, Assumption] = {}
        places: dict[str, dict] = {}
        seen: dict[str, dict] = {}
        for table in tables:
            for raw in _scan(table, COLUMNS, findings):
                parameter = raw["parameter"]
                twin = seen.setdefault(skeleton(parameter), raw)
                if twin is not raw:
                    other = f"{twin['parameter']}, {twin['__file__']}, {twin['__row__']}"
                    findings.add("id_twice", **_place(raw, "parameter"), other=other)
                    continue
                row = _assumption(raw, known, findings)
                places[parameter] = raw
                if row is not None:
                    rows[parameter] = row
        if baseline is not None:
            _compare(places, baseline, findings, complete=complete)
        _check_together(rows, findings, lambda name, column: _place(places[name], column))
        findings.check()
        return cls(rows.values(), known)

    @classmethod
    def from_frame(cls, frame: pd.DataFrame, baseline: Assumptions | None = None) -> Assumptions:
        """Check an edited frame exactly as an uploaded table."""
        text = frame.astype(object).where(frame.notna(), "")
        records = [
            {key: _text(value) for key, value in row.items()} for row in text.to_dict("records")
        ]
        data = _csv(frame.columns, records).encode()
        return cls.from_tables([("assumptions", data)], baseline)

    def with_values(self, values: Mapping[str, float]) -> Assumptions:
        """A copy with other base values; low and high keep their distance in proportion.

        The range is kept within what can exist. A value of 0, a share of 1 and a row whose base
        was 0 become fixed; a fixed row stays fixed. Raises `UsageError` for an unknown parameter
        or an impossible value.
        """
        problems, rows = [], dict(self._rows)
        for name, value in values.items():
            if name not in rows:
                near = ", ".join(nearest(str(name), rows))
                problems.append(
                    f"unknown parameter '{name}'" + (f"; nearest: {near}" if near else "")
                )
                continue
            lower, upper = rows[name].support
            possible = _is_number(value) and lower <= value <= upper
            if not possible:
                problems.append(
                    f"{name}: {value!r} is not possible; allowed: {_span(lower, upper)} "
                    f"({rows[name].unit})"
                )
                continue
            rows[name] = _moved(rows[name], float(value) + 0.0)
        findings = Findings()
        if not problems:
            changed = [rows[name] for name in values]
            for row in changed:
                _check_numbers(row, findings, {"key": row.parameter})
            _check_together(rows, findings, lambda name, column: {"key": name, "column": column})
        problems += [one.message() for one in findings]
        if problems:
            raise UsageError("\n".join(problems))
        return Assumptions(rows.values(), self.sources)

    @property
    def frame(self) -> pd.DataFrame:
        """The rows as a new frame, columns in the order of the tables."""
        frame = pd.DataFrame(map(dataclasses.asdict, self._rows.values()), columns=list(COLUMNS))
        return frame.astype({"price_year": "Int64"})

    def to_folder(self, path: str | Path) -> None:
        """Write one table a group, and the sources; reading them gives an equal hash."""
        path = Path(path)
        path.mkdir(parents=True, exist_ok=True)
        for group in VOCABULARY["group"]:
            rows = [
                {key: _text(value) for key, value in dataclasses.asdict(row).items()}
                for row in self._rows.values()
                if row.group == group
            ]
            if rows:
                (path / f"{group}.csv").write_text(
                    _csv(COLUMNS, rows), encoding="utf-8", newline=""
                )
        if self.sources:
            text = _csv(SOURCE_COLUMNS, self.sources.values())
            (path / SOURCES).write_text(text, encoding="utf-8", newline="")


def _tables(folder: Path) -> list[Path]:
    """The tables of a folder; a spreadsheet among them is listed too, so that it is refused."""
    kinds = (".csv", ".tsv", ".txt", ".xls", ".xlsx", ".xlsm", ".ods")
    return sorted(
        one
        for one in folder.iterdir()
        if one.suffix.lower() in kinds and one.name.lower() != SOURCES and one.name[0] not in ".~"
    )


def _first(paths: Iterable[Path]) -> Path | None:
    return next((one for one in paths if one.is_file()), None)


def _scan(table: Path | tuple[str, bytes], columns: Sequence[str], findings: Findings) -> list:
    name, source = table if isinstance(table, tuple) else (table.name, table)
    rows, wrong = scan_table(source, name=name, required=columns)
    findings.extend(wrong)
    return rows


def _place(raw: Mapping, column: str) -> dict:
    place = {"file": raw["__file__"], "row": raw["__row__"], "column": column}
    key = raw.get("parameter", raw.get("key", ""))
    return place | {"found": raw[column], "key": key}


def _read_sources(table: Path | tuple[str, bytes], findings: Findings) -> dict[str, dict]:
    sources: dict[str, dict] = {}
    for raw in _scan(table, SOURCE_COLUMNS, findings):
        key = raw["key"]
        if not _SOURCE_KEY.fullmatch(key):
            findings.add("id_form", **_place(raw, "key"))
        if key in sources:
            findings.add("id_twice", **_place(raw, "key"), other=key)
        check_text(raw, SOURCE_COLUMNS, findings, key=key)
        check_text(raw, ("title",), findings, key=key, needed=True)
        if raw["url"] and not _LINK.fullmatch(raw["url"]):
            findings.add("link_form", **_place(raw, "url"))
        sources[key] = {column: raw[column] for column in SOURCE_COLUMNS}
    return sources


def _assumption(raw: dict, sources: Mapping, findings: Findings) -> Assumption | None:
    """The row as an `Assumption`, or None when it is wrong; what is wrong goes to `findings`."""
    before = len(findings)
    key = raw["parameter"]
    if not _PARAMETER.fullmatch(key):
        findings.add("id_form", **_place(raw, "parameter"))
    check_text(raw, ("label_en", "label_nl", "unit"), findings, key=key, label=True, needed=True)
    check_text(raw, ("source_detail", "note"), findings, key=key)
    for column, words in VOCABULARY.items():
        if raw[column] not in words:
            near = hint(raw[column], words)
            place = _place(raw, column)
            findings.add("vocabulary", **place, names=", ".join(words), nearest=near)
    year = raw["price_year"]
    if year and not (re.fullmatch(r"[0-9]{4}", year) and 1980 <= int(year) <= 2100):
        findings.add("year_form", **_place(raw, "price_year"))
    if "://" in raw["source"]:
        findings.add("source_link", **_place(raw, "source"))
    elif not _SOURCE_KEY.fullmatch(raw["source"]):
        findings.add("id_form", **_place(raw, "source"))
    elif sources and raw["source"] not in sources:
        findings.add(
            "source_unknown", **_place(raw, "source"), nearest=hint(raw["source"], sources)
        )
    reason = {"red": "quality = red"}.get(raw["quality"], "")
    reason = reason or {"context": "group = context"}.get(raw["group"], "")
    if reason and not raw["note"]:
        findings.add("note_needed", **_place(raw, "note"), what=reason)
    values = {column: number(raw, column, findings, key) for column in NUMBERS}
    if len(findings) > before:
        return None
    row = Assumption(
        **{column: raw[column] for column in COLUMNS}
        | values
        | {"price_year": int(year) if year else None}
    )
    _check_numbers(row, findings, {"file": raw["__file__"], "row": raw["__row__"], "key": key})
    return row if len(findings) == before else None


def _check_numbers(row: Assumption, findings: Findings, place: dict) -> None:
    """Order, spread, physical range and support of the distribution of one row."""
    three = " / ".join(map(_text, (row.low, row.base, row.high)))
    if not row.low <= row.base <= row.high:
        findings.add("order", **place, column="low", found=three)
        return
    drawn = row.distribution != "fixed"
    if drawn and row.low == row.high:
        findings.add("spread", **place, column="low", found=three)
    if drawn and row.interval != "95%":
        findings.add("interval_fixed", **place, column="interval", found=row.interval)
    lower, upper = row.support
    what = f"{row.distribution}, {row.unit}"
    for column in NUMBERS:
        value = getattr(row, column)
        if not lower <= value <= upper:
            found = _text(value)
            limits = {"lower": _text(lower), "upper": _text(upper), "what": what}
            findings.add("range", **place, column=column, found=found, **limits)
            return
    if row.distribution == "gamma" and row.low <= 0:
        findings.add("positive", **place, column="low", found=_text(row.low), what=what)
    if row.distribution == "beta" and not 0 < row.base < 1:
        limits = {"lower": "> 0", "upper": "< 1", "what": what}
        findings.add("range", **place, column="base", found=_text(row.base), **limits)
    if row.distribution == "lognormal" and row.low * row.high <= 0:
        findings.add("one_sign", **place, column="low", found=three, what=what)


def _check_together(rows: Mapping[str, Assumption], findings: Findings, place) -> None:
    """Shares of one whole, and the falling curve of sick leave."""
    for names in PARTITIONS:
        if all(name in rows for name in names):
            total = sum(rows[name].base for name in names)
            if total > 1:
                where = place(names[0], "base") | {"found": _text(total)}
                findings.add("partition", **where, names=" + ".join(names))
    curve = [rows[name].base for name in FALLING if name in rows]
    if len(curve) == len(FALLING):
        for name, above, value in zip(FALLING[1:], curve, curve[1:], strict=False):
            if not above > value > 0:
                where = place(name, "base") | {"found": _text(value)}
                findings.add("falling", **where, names=" > ".join(FALLING))


def _compare(
    places: Mapping[str, dict], baseline: Assumptions, findings: Findings, *, complete: bool
) -> None:
    """Names, units and price years must be those of the baseline."""
    alike = {skeleton(name): name for name in baseline}
    for name, raw in places.items():
        if name not in baseline:
            twin = alike.get(skeleton(name))
            if twin:
                findings.add("id_alike", **_place(raw, "parameter"), name=twin)
            else:
                near = hint(name, baseline)
                findings.add("id_unknown", **_place(raw, "parameter"), nearest=near)
            continue
        if raw["unit"] != baseline[name].unit:
            findings.add("unit_changed", **_place(raw, "unit"), name=baseline[name].unit)
        year = _text(baseline[name].price_year)
        if raw["price_year"] != year:
            findings.add("year_changed", **_place(raw, "price_year"), name=year)
    if complete:
        for name in baseline:
            if name not in places:
                findings.add("row_missing", key=name, found="", name=name)


def _moved(row: Assumption, value: float) -> Assumption:
    """The row at another base value, its range in proportion."""
    if value == row.base:
        return row
    lower, upper = row.support
    sharp = row.distribution == "fixed" or row.base == 0 or value == 0 or value == upper == 1
    if sharp:
        new = {"low": value, "high": value, "distribution": "fixed", "interval": "none"}
        return dataclasses.replace(row, base=value, **new)
    ends = sorted((row.low * value / row.base, row.high * value / row.base))
    low, high = max(lower, min(ends[0], value)), min(upper, max(ends[1], value))
    return dataclasses.replace(row, base=value, low=low, high=high)


def _is_number(value: object) -> bool:
    real = isinstance(value, (int, float, np.integer, np.floating)) and not isinstance(value, bool)
    return real and abs(value) <= MAX_NUMBER and math.isfinite(value)


def _span(lower: float, upper: float) -> str:
    if upper >= MAX_NUMBER:
        return "any number" if lower < 0 else "0 or more"
    return f"{_text(lower)} to {_text(upper)}"


def _text(value: object) -> str:
    """A cell: shortest exact decimal form of a number, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, (float, np.floating)):
        text = np.format_float_positional(value, trim="-")
        return text if len(text) <= 60 else repr(float(value))
    return str(value)


def _csv(columns: Iterable[str], records: Iterable[Mapping]) -> str:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(columns), lineterminator="\n")
    writer.writeheader()
    writer.writerows(records)
    return stream.getvalue()


def _hash(rows: Iterable[Assumption]) -> str:
    content = [[_canonical(value) for value in dataclasses.astuple(row)] for row in rows]
    return hashlib.sha256(json.dumps(content, ensure_ascii=True).encode()).hexdigest()


def _canonical(value: object) -> str:
    return repr(value) if isinstance(value, float) else _text(value)


__all__ = ["Assumption", "Assumptions", "COLUMNS", "DataError", "FOLDER", "SOURCES", "VOCABULARY"]
