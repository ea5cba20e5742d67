"""Assumptions that have another value in some calendar years, such as the deductible.

"In force" every assumption has the value of its own row. The budget impact by calendar year uses
the rows of values_by_year.csv instead, in base case and scenario alike; the option `calendar` says
whether plans and law count, only law, or neither.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from models.tables.assumptions import Assumptions
from models.tables.edits import origin_of

TABLE = "values_by_year"
STATUSES = {"plan": ("law", "plan"), "law": ("law",), "none": ()}  # of the option `calendar`
NOMINAL = "nominal"


@dataclass(frozen=True)
class Dated:
    """One assumption and the rows that say from which year it has which value."""

    parameter: str
    base: float  # the value of its row, in its unit, which holds in force
    rows: tuple[Mapping[str, str], ...]  # of values_by_year.csv, in the order of their years

    def row(self, calendar: int) -> Mapping[str, str] | None:
        """The row that holds in a calendar year: the last one before or in it; None if none."""
        rows = [row for row in self.rows if float(row["year"]) <= calendar]
        return rows[-1] if rows else None

    def holds(self, calendar: int) -> bool:
        return self.row(calendar) is not None

    def in_year(self, calendar: int, drawn, prices):
        """The values of a calendar year, (draws,), at the prices of the price year.

        `drawn` are the draws in force, (draws,); they are scaled by value of the year / base
        value, so that the relative spread stays the same. A nominal amount is divided by `prices`,
        the price index of that year (1 in the price year).
        """
        row = self.row(calendar)
        if row is None:
            return drawn
        value = float(row["value"])
        values = drawn * (value / self.base) if self.base else np.full_like(drawn, value)
        return values / prices if row["prices"] == NOMINAL else values


def dated_values(assumptions: Assumptions, calendar: str) -> tuple[Dated, ...]:
    """The assumptions with a value a year under this `calendar`: `plan`, `law` or `none`.

    An assumption that was edited, and whose rows by year were not, has the edited value in every
    year: a reader who sets a value expects it to be used in the years too.
    """
    published = Assumptions.default()
    rows = [
        row for row in assumptions.catalogue[TABLE] if row["status"] in STATUSES[calendar]
    ]  # law before plan where both begin in one year
    rows.sort(key=lambda row: (float(row["year"]), row["status"]))
    dated = []
    for name in dict.fromkeys(row["parameter"] for row in rows):
        rows_of_name = tuple(row for row in rows if row["parameter"] == name)
        if _edited(assumptions, published, name):
            continue
        dated.append(Dated(name, assumptions[name].base, rows_of_name))
    return tuple(dated)


def _edited(assumptions: Assumptions, published: Assumptions, name: str) -> bool:
    """Whether the row of an assumption was changed and its rows by year were not."""
    if name not in published or assumptions[name].base == published[name].base:
        return False
    own_rows, theirs = (
        [row for row in tables.catalogue[TABLE] if row["parameter"] == name]
        for tables in (assumptions, published)
    )
    return own_rows == theirs


def schedule(model, years: int) -> list[dict]:
    """The assumptions that have values by year: what each is in force, and in each budget year.

    Rows of `parameter`, `unit`, calendar `year` (None in force), `value` in its unit, `prices`
    (`nominal`: money of that year), `status` (`edited` where a reader's edit holds in every year)
    and `source`.
    """
    listed: list[dict] = []
    assumptions, dated = model.assumptions, {entry.parameter: entry for entry in model.dated}
    first = int(assumptions["first_year"].base)
    for name in dict.fromkeys(row["parameter"] for row in assumptions.catalogue[TABLE]):
        row = assumptions[name]
        in_force = {
            "parameter": name, "unit": row.unit, "year": None, "value": row.base,
            "prices": "constant", "status": "in_force", "source": origin_of(row).source,
        }  # fmt: skip
        listed.append(in_force)
        for year in range(first, first + years):
            held = dated[name].row(year) if name in dated else None
            if held is None:
                status = (
                    "edited" if _edited(assumptions, Assumptions.default(), name) else "in_force"
                )
                listed.append({**in_force, "year": year, "status": status})
                continue
            dated_cells = {column: held[column] for column in ("prices", "status", "source")}
            listed.append({**in_force, "year": year, "value": float(held["value"]), **dated_cells})
    return listed
