"""Levers: what may be changed, checked, and how a level acts on the parameters."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from models.errors import DataError, Finding, UsageError
from models.tables import parse_number, read_table
from models.work import Curve, hazard_on_curve

DATA = Path(__file__).resolve().parent.parent / "data"
OPERATIONS = ("set", "scale", "reduce", "hazard")
OVERLAPS = ("independent", "best_only", "additive")
CURVE = "absence_curve"
LEVER_COLUMNS = (
    "id",
    "group",
    "label_en",
    "label_nl",
    "unit",
    "min",
    "max",
    "step",
    "today",
    "today_from",
    "trial_low",
    "trial_high",
    "ramp_years",
    "programme_fixed",
    "programme_unit",
    "programme_population",
    "programme_when",
    "programme_payer",
    "expected_sign",
    "expected_measure",
    "expected_direction",
    "breakeven_parameter",
    "source",
)
EFFECT_COLUMNS = ("lever", "parameter", "operation", "effect", "from_week", "note")
POPULATIONS = ("episodes", "absent", "opioid_users")


@dataclass(frozen=True)
class Effect:
    """One row of lever_effects.csv: an operation on one parameter."""

    lever: str
    parameter: str
    operation: str
    effect: str
    from_week: float | None
    note: str


@dataclass(frozen=True)
class Lever:
    """One row of levers.csv with its effects."""

    id: str
    group: str
    label_en: str
    label_nl: str
    unit: str
    min: float
    max: float
    step: float
    today: float
    today_from: tuple[str, ...]
    trial_low: float | None
    trial_high: float | None
    ramp_years: int
    programme_fixed: str
    programme_unit: tuple[str, ...]
    programme_population: str
    programme_when: str
    programme_payer: str
    expected_sign: str
    expected_measure: str
    expected_direction: str
    breakeven_parameter: str
    source: str
    effects: tuple[Effect, ...] = field(default=())

    @property
    def from_week(self) -> float | None:
        """Week of absence at which the lever starts to act, for a lever on the absence curve."""
        return next((e.from_week for e in self.effects if e.from_week is not None), None)

    def effort(self, level: float) -> float:
        """How far a level lies from today in the direction that takes a programme, 0 to 1."""
        above = level > self.today
        if (self.programme_when == "above") != above or level == self.today:
            return 0.0
        return (level - self.today) / ((self.max if above else self.min) - self.today)


def load_levers(folder: Path | str | None = None, assumptions=None) -> dict[str, Lever]:
    """Levers by id from levers.csv and lever_effects.csv; DataError names every wrong row.

    With `assumptions`, today's level of a lever that is a rate follows the assumption.
    """
    folder = Path(folder) if folder else DATA
    findings: list[Finding] = []
    rows = read_table(folder / "levers.csv", name="levers.csv", required=LEVER_COLUMNS)
    effect_rows = read_table(
        folder / "lever_effects.csv", name="lever_effects.csv", required=EFFECT_COLUMNS
    )
    effects: dict[str, list[Effect]] = {}
    ids = {row["id"] for row in rows}
    for row in effect_rows:
        problem = _effect_problem(row, ids, assumptions)
        if problem:
            findings.append(_finding("lever_effects.csv", row, *problem))
            continue
        week = float(row["from_week"]) if row["from_week"] else None
        effects.setdefault(row["lever"], []).append(
            Effect(
                row["lever"], row["parameter"], row["operation"], row["effect"], week, row["note"]
            )
        )
    levers: dict[str, Lever] = {}
    for row in rows:
        lever = _lever(row, tuple(effects.get(row["id"], ())), assumptions, findings)
        if lever and lever.id in levers:
            findings.append(
                _finding(
                    "levers.csv",
                    row,
                    "id",
                    lever.id,
                    "each lever once",
                    "remove one of the two rows",
                )
            )
        elif lever:
            levers[lever.id] = lever
    if findings:
        raise DataError(findings)
    return levers


def _finding(file, row, column, found, allowed, remedy) -> Finding:
    return Finding(
        file=file,
        row=row["__row__"],
        column=column,
        found=str(found),
        allowed=allowed,
        remedy=remedy,
        key=row.get("id") or row.get("lever") or "",
    )


def _effect_problem(row, ids, assumptions):
    known = None if assumptions is None else set(assumptions) | {CURVE}
    if row["lever"] not in ids:
        return "lever", row["lever"], "an id of levers.csv", "correct the id or add the lever"
    if row["operation"] not in OPERATIONS:
        return "operation", row["operation"], ", ".join(OPERATIONS), "choose one of these"
    if known is not None and row["parameter"] not in known:
        return (
            "parameter",
            row["parameter"],
            "a parameter of the assumptions",
            _nearest(row["parameter"], known),
        )
    if row["operation"] == "set":
        if row["effect"]:
            return "effect", row["effect"], "empty with `set`", "empty the cell"
    elif not row["effect"] or (known is not None and row["effect"] not in known):
        return (
            "effect",
            row["effect"],
            "a parameter of the assumptions",
            _nearest(row["effect"], known or ()),
        )
    curve = row["parameter"] == CURVE
    if curve != bool(row["from_week"]) or (curve and row["operation"] != "hazard"):
        return (
            "from_week",
            row["from_week"],
            "a week, with `hazard` on the absence curve only",
            "correct the row",
        )
    if curve and known is not None and f"sl_S{row['from_week']}" not in known:
        return (
            "from_week",
            row["from_week"],
            "a week at which the curve is known",
            "choose such a week",
        )
    return None


def _lever(row, effects, assumptions, findings) -> Lever | None:
    numbers = {}
    before = len(findings)
    for column in ("min", "max", "step", "today", "ramp_years", "trial_low", "trial_high"):
        text = row[column]
        if not text and column.startswith("trial"):
            numbers[column] = None
            continue
        try:
            numbers[column] = parse_number(text)
        except ValueError as error:
            findings.append(_finding("levers.csv", row, column, text, "a number", str(error)))
    today_from = _product(row["today_from"], "+")
    named = {
        "today_from": today_from,
        "programme_fixed": _product(row["programme_fixed"], "*"),
        "programme_unit": _product(row["programme_unit"], "*"),
        "breakeven_parameter": _product(row["breakeven_parameter"], "*"),
        "source": _product(row["source"], "*"),
    }
    for column, names in named.items():
        for name in names if assumptions is not None else ():
            if name not in assumptions:
                findings.append(
                    _finding(
                        "levers.csv",
                        row,
                        column,
                        name,
                        "a parameter of the assumptions",
                        _nearest(name, assumptions),
                    )
                )
    for column, allowed in (
        ("programme_when", ("above", "below")),
        ("expected_sign", ("saves", "costs", "either")),
        ("expected_direction", ("up", "down")),
        ("programme_population", ("", *POPULATIONS)),
    ):
        if row[column] not in allowed:
            findings.append(
                _finding(
                    "levers.csv",
                    row,
                    column,
                    row[column],
                    ", ".join(filter(None, allowed)),
                    "choose one of these",
                )
            )
    if not effects:
        findings.append(
            _finding(
                "levers.csv",
                row,
                "id",
                row["id"],
                "a lever with at least one row in lever_effects.csv",
                "add what it does",
            )
        )
    if len(findings) > before:
        return None
    today = numbers["today"]
    if assumptions is not None and today_from:
        today = round(sum(assumptions[name].base for name in today_from), 12)
        # an edited assumption may lie outside the slider, which then reaches to it
        numbers["min"] = min(numbers["min"], today)
        numbers["max"] = max(numbers["max"], today)
    if (
        not numbers["min"] <= today <= numbers["max"]
        or numbers["step"] <= 0
        or numbers["ramp_years"] < 1
    ):
        findings.append(
            _finding(
                "levers.csv",
                row,
                "today",
                today,
                "min <= today <= max, step > 0, ramp_years >= 1",
                "correct the row",
            )
        )
        return None
    return Lever(
        id=row["id"],
        group=row["group"],
        label_en=row["label_en"],
        label_nl=row["label_nl"],
        unit=row["unit"],
        min=numbers["min"],
        max=numbers["max"],
        step=numbers["step"],
        today=today,
        today_from=today_from,
        trial_low=numbers["trial_low"],
        trial_high=numbers["trial_high"],
        ramp_years=int(numbers["ramp_years"]),
        programme_fixed=row["programme_fixed"],
        programme_unit=named["programme_unit"],
        programme_population=row["programme_population"],
        programme_when=row["programme_when"],
        programme_payer=row["programme_payer"],
        expected_sign=row["expected_sign"],
        expected_measure=row["expected_measure"],
        expected_direction=row["expected_direction"],
        breakeven_parameter=row["breakeven_parameter"],
        source=row["source"],
        effects=effects,
    )


def _product(text: str, sign: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(sign) if part.strip())


def _nearest(name: str, known) -> str:
    near = difflib.get_close_matches(str(name), list(known), n=3)
    return f"nearest: {', '.join(near)}" if near else "see the list of names"


def check_levels(levels: dict[str, float], levers: dict[str, Lever]) -> dict[str, float]:
    """Levels within range, those at today's level left out; UsageError names all that is wrong."""
    problems = []
    for name, level in levels.items():
        if name not in levers:
            problems.append(f"unknown lever {name!r}; {_nearest(name, levers)}")
            continue
        lever = levers[name]
        if isinstance(level, bool) or not isinstance(level, (int, float)) or not np.isfinite(level):
            problems.append(f"lever {name}: {level!r} is not a number")
        elif not lever.min <= level <= lever.max:
            problems.append(
                f"lever {name}: {level:g} is out of range; "
                f"allowed {lever.min:g} to {lever.max:g} {lever.unit}"
            )
    if problems:
        raise UsageError("\n".join(problems))
    return {n: float(levels[n]) for n in sorted(levels) if float(levels[n]) != levers[n].today}


def load_scenarios(folder: Path | str | None = None, levers=None) -> dict[str, dict]:
    """Named scenarios: id -> row of scenarios.csv plus `levels` (lever -> level)."""
    folder = Path(folder) if folder else DATA
    columns = (
        "id",
        "label_en",
        "label_nl",
        "signed_by",
        "motivation_en",
        "motivation_nl",
        "source",
    )
    rows = read_table(folder / "scenarios.csv", name="scenarios.csv", required=columns)
    scenarios = {row["id"]: {**row, "levels": {}} for row in rows}
    findings = []
    for row in read_table(
        folder / "scenario_levels.csv",
        name="scenario_levels.csv",
        required=("scenario", "lever", "level"),
    ):
        if row["scenario"] not in scenarios:
            findings.append(
                _finding(
                    "scenario_levels.csv",
                    row,
                    "scenario",
                    row["scenario"],
                    "an id of scenarios.csv",
                    "correct the id",
                )
            )
            continue
        try:
            level = parse_number(row["level"])
            if levers is not None:
                check_levels({row["lever"]: level}, levers)
            scenarios[row["scenario"]]["levels"][row["lever"]] = level
        except ValueError as error:
            findings.append(
                _finding(
                    "scenario_levels.csv",
                    row,
                    "level",
                    row["level"],
                    "a level within the lever's range",
                    str(error),
                )
            )
    if findings:
        raise DataError(findings)
    return scenarios


def combine(factors: list[np.ndarray], overlap: str) -> np.ndarray:
    """Several effects on one parameter as one factor; the order never matters.

    independent: what remains multiplies. best_only: the largest move from 1, per draw.
    additive: moves add up, not below 0.
    """
    if len(factors) == 1:
        return factors[0]
    stack = np.sort(np.stack(np.broadcast_arrays(*factors)), axis=0)  # order-free to the bit
    if overlap == "independent":
        return np.prod(stack, axis=0)
    if overlap == "additive":
        return np.maximum(1 + np.sum(stack - 1, axis=0), 0)
    move = np.abs(np.log(np.maximum(stack, 1e-12)))
    return np.take_along_axis(stack, np.argmax(move, axis=0)[None], axis=0)[0]


def apply(
    p: dict, c: Curve, levels: dict[str, float], levers: dict[str, Lever], overlap: str
) -> tuple[dict, Curve]:
    """Parameters and absence curve under these levels; untouched ones are the same arrays."""
    factors: dict[str, list[np.ndarray]] = {}
    values: dict[str, float] = {}
    curves: list[list[np.ndarray]] = []
    for name, level in sorted(levels.items()):
        lever = levers[name]
        if level == lever.today:
            continue
        for effect in lever.effects:
            if effect.parameter == CURVE:
                curves.append(
                    hazard_on_curve(c, effect.from_week, level - lever.today, p[effect.effect])
                )
            elif effect.operation == "set" and lever.today == 0:
                values[effect.parameter] = 1 - (1 - values.get(effect.parameter, 0.0)) * (1 - level)
            else:
                factors.setdefault(effect.parameter, []).append(_factor(p, effect, lever, level))
    changed = dict(p)
    for name, value in values.items():
        changed[name] = np.full_like(p[name], value)
    for name, several in factors.items():
        changed[name] = p[name] * combine(several, overlap)
    if curves:
        shares = tuple(
            s * combine([relative[i] for relative in curves], overlap)
            for i, s in enumerate(c.shares)
        )
        c = Curve(c.weeks, shares)
    return changed, c


def _factor(p: dict, effect: Effect, lever: Lever, level: float) -> np.ndarray:
    reach = level - lever.today
    if effect.operation == "set":
        return np.array(level / lever.today)
    strength = p[effect.effect]
    if effect.operation == "scale":
        return 1 + reach * (strength - 1)
    if effect.operation == "reduce":
        return np.maximum(1 - reach * strength, 0)
    risk = p[effect.parameter]
    treated = -np.expm1(strength * np.log1p(-np.minimum(risk, 1 - 1e-12)))
    return 1 - reach + reach * np.divide(treated, risk, out=np.ones_like(risk), where=risk > 0)


def ramped(levels: dict[str, float], levers: dict[str, Lever], year: int) -> dict[str, float]:
    """Levels reached in year 1, 2, ...: linear from today to the full level over the ramp."""
    return {
        name: levers[name].today
        + min(year / levers[name].ramp_years, 1.0) * (level - levers[name].today)
        for name, level in levels.items()
    }


def programme_costs(
    p: dict, levels: dict[str, float], levers: dict[str, Lever], participants, payers
) -> dict[str, np.ndarray]:
    """Programme cost by payer, EUR a year: fixed x effort + unit cost x participants.

    `participants(lever)` gives the people for one unit of the lever's level, persons a year.
    """
    costs = dict.fromkeys(payers, np.zeros_like(next(iter(p.values()))))
    for name, level in sorted(levels.items()):
        lever = levers[name]
        effort = lever.effort(level)
        if effort == 0:
            continue
        cost = costs[lever.programme_payer]
        if lever.programme_fixed:
            cost = cost + p[lever.programme_fixed] * effort
        if lever.programme_unit:
            unit = np.prod([p[parameter] for parameter in lever.programme_unit], axis=0)
            cost = cost + unit * participants(lever) * abs(level - lever.today)
        costs[lever.programme_payer] = cost
    return costs
