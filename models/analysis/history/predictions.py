"""Predictions on record: what the model expects of coming years, frozen, and scored later.

`data/history/predictions.csv` says what is predicted and what will count as the outcome. A
released version freezes its figures in `data/predictions/VERSION.csv`, a file that is never
edited: its SHA-256 stands in `data/predictions/SHA256SUMS`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np

from models.analysis.history.records import read_records
from models.engine.result import Result
from models.engine.summary import STATISTICS, summarise
from models.errors import UsageError
from models.formulas import draws as drawing
from models.paths import DATA
from models.tables.csv_writer import records_text
from models.version import VERSION

FOLDER = DATA / "predictions"
SUMS = "SHA256SUMS"
YEARS = 3  # the year in which a version is released and the two after it
DIGITS = 5  # significant digits of a figure on record


@dataclass(frozen=True)
class Subject:
    """A row of history/predictions.csv: what is predicted, and how its outcome will be read."""

    id: str
    label_en: str
    label_nl: str
    unit: str
    grows_with: str
    moves_with: str
    rule_en: str
    rule_nl: str


@dataclass(frozen=True)
class Prediction:
    """A row of a file on record: an outcome of a calendar year with its distribution."""

    prediction: str
    id: str
    year: int
    label_en: str
    label_nl: str
    unit: str
    mean: float
    p2_5: float
    p10: float
    p50: float
    p90: float
    p97_5: float
    rule_en: str
    rule_nl: str
    frozen_on: str
    model_version: str
    assumptions_hash: str
    anchor: str
    draws: int
    seed: int


OUTCOMES: dict[str, Callable[[Result], np.ndarray]] = {
    "xrays": lambda result: result.base.health["xrays"],
    "opioid_users": lambda result: result.base.health["opioid_users"],
    "physiotherapy_patients": lambda result: result.model.p["vol_physio_lbp"],
    "sick_days": lambda result: result.base.health["sick_days"],
    "assessments": lambda result: result.model.today.absence.reach_end,
    "new_benefits": lambda r: r.model.p["sl_wia_inflow"] * r.model.p["sl_wia_lbp_share"],
}


@lru_cache(maxsize=1)
def subjects() -> tuple[Subject, ...]:
    """The rows of data/history/predictions.csv."""
    words = {"id": tuple(OUTCOMES), "grows_with": ("care", "none")}
    return read_records(DATA / "history" / "predictions.csv", Subject, words)


def predict(result: Result, frozen_on: date) -> tuple[Prediction, ...]:
    """Predictions for the year of `frozen_on` and the two after it, when nothing is changed.

    The draws of the base case grow with ageing where care does, and move as a random walk with
    the yearly movement of all sick leave (`sl_year_movement`) from the price year on. That movement
    is used for every outcome, because none was found for the others. Not counted: changes of
    policy, of registration and of definition.
    """
    rows = []
    for subject in subjects():
        today = OUTCOMES[subject.id](result)
        for year in range(frozen_on.year, frozen_on.year + YEARS):
            mean, low, p10, p50, p90, high = map(
                _rounded, summarise(today * _change(result, subject, year))[0]
            )
            rows.append(
                Prediction(
                    prediction=f"{subject.id}_{year}",
                    id=subject.id,
                    year=year,
                    label_en=subject.label_en,
                    label_nl=subject.label_nl,
                    unit=subject.unit,
                    mean=mean,
                    p2_5=low,
                    p10=p10,
                    p50=p50,
                    p90=p90,
                    p97_5=high,
                    rule_en=subject.rule_en,
                    rule_nl=subject.rule_nl,
                    frozen_on=frozen_on.isoformat(),
                    model_version=VERSION,
                    assumptions_hash=result.assumptions_hash,
                    anchor=result.options.anchor,
                    draws=result.options.draws,
                    seed=result.options.seed,
                )
            )
    return tuple(rows)


def _change(result: Result, subject: Subject, year: int) -> np.ndarray:
    """Growth and chance movement from the price year to a calendar year, (draws,)."""
    p, options = result.model.p, result.options
    passed = year - result.price_year
    ageing = (1 + p["mac_ageing_index"]) ** (passed / p["mac_ageing_years"])
    growth = ageing if subject.grows_with == "care" else np.ones_like(ageing)
    chance = np.zeros_like(ageing)
    for step in range(result.price_year + 1, year + 1):
        stream = drawing.uniform(f"prediction/{subject.id}/{step}", options.draws, options.seed)
        chance = chance + drawing.special.ndtri(stream)
    return growth * np.exp(p[subject.moves_with] * chance)


def _rounded(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")


def table_bytes(rows: tuple[Prediction, ...]) -> bytes:
    """Predictions as a table, UTF-8 and LF: the same bytes on every machine."""
    names = [field.name for field in fields(Prediction)]
    cells = (
        {k: f"{v:.15g}" if k in STATISTICS else v for k, v in asdict(row).items()} for row in rows
    )
    return records_text(names, cells).encode()


def write_predictions(result: Result, frozen_on: date, folder: Path = FOLDER) -> Path:
    """Freeze the predictions of this version; UsageError when that was done before."""
    path = folder / f"{VERSION}.csv"
    if path.exists():
        raise UsageError(
            f"{path.name} is on record and is never edited; release a new version of the model "
            "to predict again"
        )
    folder.mkdir(parents=True, exist_ok=True)
    data = table_bytes(predict(result, frozen_on))
    path.write_bytes(data)
    with (folder / SUMS).open("a", encoding="utf-8", newline="\n") as sums:
        sums.write(f"{_digest(data)}  {path.name}\n")
    return path


def _digest(data: bytes) -> str:
    """SHA-256 of a file; how lines end does not count, since a checkout may change that."""
    return hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()


def read_predictions(path: Path) -> tuple[Prediction, ...]:
    """The predictions of a file on record, or `DataError`."""
    return read_records(path, Prediction, {})


def on_record(folder: Path = FOLDER) -> list[Path]:
    """The files on record, in the order in which they were frozen."""
    sums = folder / SUMS
    if not sums.is_file():
        return []
    return [folder / line.split()[1] for line in sums.read_text(encoding="utf-8").splitlines()]


def altered(folder: Path = FOLDER) -> list[str]:
    """Names of files on record that are gone, changed, or not listed: none when all is well."""
    listed = {}
    if (folder / SUMS).is_file():
        for line in (folder / SUMS).read_text(encoding="utf-8").splitlines():
            digest, name = line.split()
            listed[name] = digest
    present = {path.name: _digest(path.read_bytes()) for path in folder.glob("*.csv")}
    return sorted(n for n in listed.keys() | present.keys() if listed.get(n) != present.get(n))
