"""Checks between the rows of the assumptions, and between an edited table and its baseline."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from models.errors import Findings
from models.formulas.draws import KNOT_PREFIX, is_knot, knots
from models.similar_names import skeleton
from models.tables.rows import Assumption, cell, perhaps, place

# shares of one whole
PARTITIONS = (("ins_physio_cover", "ins_basic_physio_today"), ("pay_employer", "pay_uwv"))


def check_together(
    rows: Mapping[str, Assumption], findings: Findings, raws: Mapping[str, dict] | None = None
) -> None:
    """Check that shares of one whole do not pass 1 and that the absence curve falls.

    Shares are in their own unit, 0 to 1; the curve is the share of spells still absent, 1 at week
    0. What is wrong goes to `findings`; `raws` are the rows as text, for file and row number.
    """

    def where(name: str, value: float) -> dict:
        known = place(raws[name], "base") if raws and name in raws else {"key": name}
        return known | {"column": "base", "found": cell(value)}

    for names in PARTITIONS:
        if all(name in rows for name in names):
            total = sum(rows[name].base for name in names)
            if total > 1:
                findings.add("partition", **where(names[0], total), names=" + ".join(names))
    named = [f"{KNOT_PREFIX}{week}" for week in knots(rows)]
    for name in rows:
        if is_knot(name) and (name not in named or name == f"{KNOT_PREFIX}0"):
            problem = {"column": "parameter", "found": name}
            findings.add("knot_name", **where(name, 0) | problem)
    curve = [name for name in named if name in rows]
    above = 1.0  # all who reported sick are absent at week 0
    for name in curve:
        value = rows[name].base
        if not above > value > 0:
            findings.add("falling", **where(name, value), names=" > ".join(curve))
        above = value


def check_against(
    raws: Mapping[str, dict],
    baseline: Mapping[str, Assumption],
    findings: Findings,
    *,
    stays: str,
    used: Collection[str] = (),
) -> None:
    """Check that names, units, price years and groups are those of `baseline`, which has all rows.

    `stays`: what may be missing, as in `Assumptions.from_tables`. A parameter that the catalogue
    has `used` in a formula may be new, and may leave the group of rows that are only shown. What
    is wrong goes to `findings`.
    """
    alike = {skeleton(name): name for name in baseline}
    for name, raw in raws.items():
        if name not in baseline:
            twin = alike.get(skeleton(name))
            if twin is None and name in used:
                if is_knot(name) and knots([name]) > knots(baseline)[-1:]:
                    last = f"{KNOT_PREFIX}{knots(baseline)[-1]}"
                    findings.add("knot_late", **place(raw, "parameter"), name=last)
                continue
            if twin:
                findings.add("id_alike", **place(raw, "parameter"), name=twin)
            else:
                near = perhaps(name, baseline, findings)
                findings.add("id_unknown", **place(raw, "parameter"), nearest=near)
            continue
        known = baseline[name]
        for column, code in (
            ("unit", "unit_changed"),
            ("price_year", "year_changed"),
            ("group", "group_changed"),
        ):
            value = cell(getattr(known, column))
            taken_up = column == "group" and value == "context" and name in used
            if raw[column] != value and not taken_up:
                findings.add(code, **place(raw, column), name=value)
    read = {*raws, *(problem.key for problem in findings)}  # a row that was refused is not missing
    read |= {alike[key] for key in map(skeleton, raws) if key in alike}
    files = {baseline[n].group: raw["__file__"] for n, raw in raws.items() if n in baseline}
    groups = {known.group: [] for known in baseline.values()}
    for name, known in baseline.items():
        groups[known.group].append(name)
    for group, names in groups.items():
        missing = [name for name in names if name not in read]
        file = files.get(group, f"{group}.csv")
        if stays == "rows":
            continue
        if missing != names:
            for name in missing:
                findings.add("row_missing", file=file, key=name, found="", name=name)
        elif stays == "nothing":
            findings.add("table_missing", file=file, found="0", n=len(missing))
