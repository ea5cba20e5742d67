"""The tables `data/trials.csv` and `data/certainty.csv`, read and checked."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from models.analysis.history.records import read_records
from models.engine.record import Record
from models.errors import Findings
from models.paths import DATA
from models.similar_names import hint
from models.tables.assumptions import Assumptions
from models.tables.csv_file import read_table

TRIALS, CERTAINTY = "trials.csv", "certainty.csv"
RATIOS = ("hazard_ratio", "ratio", "odds_ratio")
MEASURES = (*RATIOS, "mean_difference", "risk_difference")
WORDS = {
    "measure": MEASURES,
    "bias": ("low", "some", "high"),
    "pooled": ("0", "1"),
    "status": ("seen", "not_seen"),
}
REASONS = ("bias", "inconsistency", "indirectness", "imprecision", "publication")
BY_HAND = "by_hand"


@dataclass(frozen=True)
class Trial(Record):
    """One comparison in a trial, treated against control; its 95% interval is `low` to `high`.

    Figures are in the unit of `measure`, and None where the source gives none. `pooled`: "1" where
    the row counts in pooling, else `remark` says why not. `status`: whether the figures were `seen`
    in a source that was read.
    """

    id: str
    effect: str
    measure: str
    estimate: float | None
    low: float | None
    high: float | None
    n_treated: int | None
    n_control: int | None
    population_en: str
    population_nl: str
    country: str
    year: int
    bias: str
    bias_reason_en: str
    bias_reason_nl: str
    pooled: str
    remark_en: str
    remark_nl: str
    source: str
    status: str

    @property
    def figures(self) -> tuple[float, float, float] | None:
        """Estimate, low and high; None where one of them was not seen."""
        if self.estimate is None or self.low is None or self.high is None:
            return None
        return self.estimate, self.low, self.high

    @property
    def counts(self) -> bool:
        return self.pooled == "1" and self.figures is not None


@dataclass(frozen=True)
class Reason(Record):
    """One reason to doubt an effect: steps down, 0 to 2, and why."""

    reason: str
    steps: int
    text_en: str
    text_nl: str


def read_trials(source: Path | tuple[str, bytes] = DATA / TRIALS) -> tuple[Trial, ...]:
    """The rows of a table of trials, checked; DataError with everything that is wrong.

    Estimate, low and high are all there in order or, where no interval was seen, not both ends; a
    ratio is above 0; an id stands once; the effect is an assumption that is published.
    """
    rows = read_records(source, Trial, WORDS)
    name = source[0] if isinstance(source, tuple) else source.name
    findings, known, seen = Findings(), Assumptions.default(), set()
    for number, row in enumerate(rows, start=2):
        place = {"file": name, "row": number, "key": row.id}
        if row.id in seen:
            other = f"{row.id}, {name}"
            findings.add("id_twice", **place, column="id", found=row.id, other=other)
        seen.add(row.id)
        if row.effect not in known:
            near = hint(row.effect, known)
            findings.add(
                "name_unknown", **place, column="effect", found=row.effect, names="assumptions",
                nearest=near,
            )  # fmt: skip
        ends = [value for value in (row.low, row.estimate, row.high) if value is not None]
        whole = len(ends) == 3 and ends[0] < ends[2]
        if ends != sorted(ends) or (row.pooled == "1" and not whole):
            shown = ", ".join(
                "" if value is None else f"{value:g}" for value in (row.low, row.estimate, row.high)
            )
            findings.add("trial_interval", **place, column="estimate", found=shown)
        if row.measure in RATIOS and any(value <= 0 for value in ends):
            findings.add("positive", **place, column="estimate", found=min(ends), what=row.measure)
    findings.check()
    return rows


@cache
def certainty() -> dict[str, tuple[Reason, ...]]:
    columns = ("effect", *(reason.name for reason in fields(Reason)))
    reasons: dict[str, tuple[Reason, ...]] = {}
    for row in read_table(DATA / CERTAINTY, name=CERTAINTY, required=columns):
        reason = Reason(row["reason"], int(row["steps"]), row["text_en"], row["text_nl"])
        reasons[row["effect"]] = (*reasons.get(row["effect"], ()), reason)
    return reasons
