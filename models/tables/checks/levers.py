"""Checks of levers, their effects and the packages that set their levels."""

from __future__ import annotations

from collections.abc import Mapping

from models.formulas.draws import KNOT_PREFIX
from models.formulas.lever_effects import CURVE
from models.tables.catalogue import listed
from models.tables.checks.check import Check, is_money, single_euro_price
from models.tables.checks.names import RESERVED, WARNINGS, reserved
from models.tables.levers import TEXTS, Lever, lever_of
from models.tables.rows import cell

MAX_STEPS = 10_000
MAX_RAMP = 50


def check_levers(check: Check) -> None:
    """Levers with their effects, texts and programme costs; sound ones go to `check.made`."""
    effects: dict[str, list[Mapping]] = {}
    for raw in check.sound("lever_effects"):
        effects.setdefault(raw["lever"], []).append(raw)
    idle = {raw["lever"] for raw in check.rows["lever_effects"]}
    for raw in check.sound("levers"):
        if reserved(raw["id"]):
            check.add("id_reserved", "levers", raw, "id")
        if raw["id"] not in idle:
            check.add("lever_idle", "levers", raw, "id")
        for part in TEXTS:
            texts = [f"{part}_{lang}" for lang in ("en", "nl")]
            for column, other in (texts, texts[::-1]):
                if raw.get(other) and not raw.get(column):
                    check.add("text_both", "levers", raw, column, name=other)
        _check_programme(check, raw, effects.get(raw["id"], []))
        if _has_range(check, raw):
            lever = lever_of(raw, effects.get(raw["id"], []), check.parameters)
            check.made[lever.id] = lever
    for raw in check.sound("lever_conflicts"):
        if raw["key"] in WARNINGS:
            check.add("id_reserved", "lever_conflicts", raw, "key")
    for lever_id, rows in effects.items():
        for raw in rows:
            _check_effect(check, raw, check.made.get(lever_id))


def _has_range(check: Check, raw: Mapping) -> bool:
    """Whether the range of the slider is in order: whole steps, and countable years."""
    before = len(check.findings)
    low, high, step, today, ramp = (
        float(raw[name]) for name in ("min", "max", "step", "today", "ramp_years")
    )
    three = " / ".join((raw["min"], raw["today"], raw["max"]))
    if not low <= today <= high or low == high:
        check.add("lever_order", "levers", raw, "today", three)
    steps = (high - low) / step if step > 0 else 0
    if not 1 <= round(steps) <= MAX_STEPS or abs(steps - round(steps)) > 1e-6:
        check.add("lever_step", "levers", raw, "step", limit=MAX_STEPS)
    if ramp % 1 or not 1 <= ramp <= MAX_RAMP:
        check.add("lever_ramp", "levers", raw, "ramp_years", limit=MAX_RAMP)
    trials = raw["trial_low"], raw["trial_high"]
    both = all(trials)
    if any(trials) and not (both and float(trials[0]) <= float(trials[1])):
        check.add("lever_trial", "levers", raw, "trial_low", " / ".join(trials))
    return len(check.findings) == before


def _check_programme(check: Check, raw: Mapping, effects: list[Mapping]) -> None:
    """Programme costs are money, per participant only where participants can be counted."""
    units = listed(raw["programme_unit"], "*")
    for column, names in (
        ("programme_fixed", [raw["programme_fixed"]]),
        ("programme_unit", units),
    ):
        rows = check.of(names)
        if rows and len(rows) == len(names) and not single_euro_price(rows):
            check.add("money_once", "levers", raw, column)
    if bool(units) != bool(raw["programme_population"]):
        check.add("programme_both", "levers", raw, "programme_population")
    on_curve = any(row["parameter"] == CURVE for row in effects)
    if raw["programme_population"] == "absent" and not on_curve:
        check.add("programme_absent", "levers", raw, "programme_population")


def _check_effect(check: Check, raw: Mapping, lever: Lever | None) -> None:
    """Whether the operation has a meaning for its parameter over the whole slider."""
    name, operation, effect = "lever_effects", raw["operation"], raw["effect"]
    curve = raw["parameter"] == CURVE
    for column in ("effect", "reach"):
        if operation == "set" and raw.get(column):
            check.add("effect_empty", name, raw, column)
    for row in check.of([raw.get("reach", "")]):
        if is_money(row) or row.support != (0.0, 1.0):
            check.add("share_kind", name, raw, "reach", what=row.unit)
    if operation != "set" and not effect:
        check.add("effect_needed", name, raw, "effect")
    if curve != bool(raw["from_week"]) or (curve and operation != "hazard"):
        check.add("effect_week", name, raw, "from_week")
    elif curve and f"{KNOT_PREFIX}{raw['from_week']}" not in check.parameters:
        check.add("effect_knot", name, raw, "from_week")
    for row in check.of([effect]):
        lower, upper = row.support
        if is_money(row) or lower < 0 or (operation == "reduce" and upper > 1):
            check.add("effect_kind", name, raw, "effect", what=f"{operation}, {row.unit}")
    target = next(iter(check.of([raw["parameter"]])), None)
    if target and operation == "hazard" and target.support != (0.0, 1.0):
        check.add("effect_risk", name, raw, "parameter", what=target.unit)
    if lever is None:
        return
    reach = max(lever.max - lever.today, lever.today - lever.min)
    if operation != "set" and reach > 1 + 1e-9:
        check.add("effect_reach", name, raw, "operation", found=cell(reach))
    if target and operation == "set":
        times = 1.0 if lever.today == 0 else target.base / lever.today
        lower, upper = target.support
        for end in (lever.min * times, lever.max * times):
            if not lower - 1e-9 <= end <= upper + 1e-9:
                limits = {"lower": cell(lower), "upper": cell(upper), "what": target.unit}
                check.add("effect_set", name, raw, "parameter", found=cell(end), **limits)
                break


def check_scenarios(check: Check) -> None:
    """Levels that the sliders can have; every package has at least one level."""
    name = "scenario_levels"
    for raw in check.sound(name):
        lever = check.made.get(raw["lever"])
        if lever is None:
            continue
        level = float(raw["level"])
        if not lever.min <= level <= lever.max:
            limits = {"lower": f"{lever.min:g}", "upper": f"{lever.max:g}", "what": lever.unit}
            check.add("level_range", name, raw, "level", **limits)
        elif level != lever.today and not _whole((level - lever.min) / lever.step):
            step = f"{lever.step:g}"
            check.add("level_step", name, raw, "level", name=f"{lever.min:g}", what=step)
    with_levels = {raw["scenario"] for raw in check.rows[name]}
    for raw in check.sound("scenarios"):
        if raw["id"] in RESERVED:
            check.add("id_reserved", "scenarios", raw, "id")
        if raw["id"] not in with_levels:
            check.add("scenario_idle", "scenarios", raw, "id")


def _whole(steps: float) -> bool:
    return abs(steps - round(steps)) < 1e-6
