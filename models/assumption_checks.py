"""What must hold between the rows of the assumptions, and between an edit and its baseline."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from models.assumption_rows import Assumption, cell, perhaps, place
from models.errors import Findings
from models.tables import skeleton

# shares of one whole, and a curve that falls
PARTITIONS = (("ins_physio_cover", "ins_basic_physio_today"), ("pay_employer", "pay_uwv"))
FALLING = ("sl_S2", "sl_S4", "sl_S6", "sl_S12", "sl_S26", "sl_S52", "sl_S104")


def check_together(
    rows: Mapping[str, Assumption], findings: Findings, raws: Mapping[str, dict] | None = None
) -> None:
    """Shares of one whole, and the falling curve of sick leave."""

    def where(name: str, found: float) -> dict:
        known = place(raws[name], "base") if raws and name in raws else {"key": name}
        return known | {"column": "base", "found": cell(found)}

    for names in PARTITIONS:
        if all(name in rows for name in names):
            total = sum(rows[name].base for name in names)
            if total > 1:
                findings.add("partition", **where(names[0], total), names=" + ".join(names))
    curve = [rows[name].base for name in FALLING if name in rows]
    if len(curve) == len(FALLING):
        for name, above, value in zip(FALLING[1:], curve, curve[1:], strict=False):
            if not above > value > 0:
                findings.add("falling", **where(name, value), names=" > ".join(FALLING))


def check_against(
    raws: Mapping[str, dict],
    baseline: Mapping[str, Assumption],
    findings: Findings,
    *,
    complete: bool,
    used: Collection[str] = (),
) -> None:
    """Names, units, price years and groups must be those of `baseline`, which has all rows.

    Not `complete`: a table by itself, which holds whole groups of parameters. What the catalogue
    has `used` in a formula may be new, or come out of the group of rows that are only shown.
    """
    alike = {skeleton(name): name for name in baseline}
    for name, raw in raws.items():
        if name not in baseline:
            twin = alike.get(skeleton(name))
            if twin is None and name in used:
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
    read = {*raws, *(one.key for one in findings)}  # a row that was refused is not missing
    read |= {alike[one] for one in map(skeleton, raws) if one in alike}
    files = {baseline[n].group: raw["__file__"] for n, raw in raws.items() if n in baseline}
    groups = {known.group: [] for known in baseline.values()}
    for name, known in baseline.items():
        groups[known.group].append(name)
    for group, names in groups.items():
        missing = [name for name in names if name not in read]
        file = files.get(group, f"{group}.csv")
        if missing != names:
            for name in missing:
                findings.add("row_missing", file=file, key=name, found="", name=name)
        elif complete:
            findings.add("table_missing", file=file, found="0", n=len(missing))
