"""The columns of the tables of the catalogue, and the values that their cells may have."""

from __future__ import annotations

import re
from dataclasses import dataclass

from models.formulas.base_case import QUANTITIES
from models.formulas.care import ITEMS as CARE_ITEMS
from models.formulas.cash import CASH_PAYERS, TRANSFERS
from models.formulas.lever_effects import OPERATIONS, POPULATIONS
from models.formulas.payers import PAYERS
from models.formulas.work import ITEMS as WORK_ITEMS
from models.tables.levers import TEXTS

MAX_ROWS = 300


PROGRAMME = "programme"


FORMULA_ITEMS = (*CARE_ITEMS, *WORK_ITEMS, PROGRAMME, *TRANSFERS)


INDICES = ("care", "work", "prices")  # what an amount grows with over the years


RULES = (  # dated rules that formulas use; others may stand beside them to be shown
    *("contribution_share", "sickness_benefit", "iva_benefit", "wga_benefit", "max_daily_wage"),
    *("premium_small", "premium_large"),
)


FOLLOWS = ("episodes", "chronic", "patients", "nothing")


SIDES = {"above": 1, "below": -1, "today": 0}


COMPARED = ("total", "sick_leave", "sick_days", "care")


LANGUAGES = ("en", "nl")


ID = re.compile(r"[a-z][a-z0-9_]{0,63}")


@dataclass(frozen=True)
class Column:
    """What the cells of a column may hold.

    kind: `id`; `label`, words shown to readers; `note`; `number`; `names` of the set `known`,
    several of them joined by `sign`. `empty`: a cell may be empty. `optional`: the column may be
    left out.
    """

    name: str
    kind: str
    known: str = ""
    sign: str = ""
    empty: bool = False
    optional: bool = False


def _id(name: str = "id") -> Column:
    return Column(name, "id")


def _both(name: str, empty: bool = False, optional: bool = False) -> tuple[Column, ...]:
    """One column a language, for the same words."""
    return tuple(
        Column(f"{name}_{lang}", "label", empty=empty, optional=optional) for lang in LANGUAGES
    )


def _number(name: str, empty: bool = False) -> Column:
    return Column(name, "number", empty=empty)


def _names(name: str, known: str, sign: str = "", empty: bool = False) -> Column:
    return Column(name, "names", known, sign, empty)


TABLES: dict[str, tuple[Column, ...]] = {
    "cost_items": (
        *(_id(), _names("kind", "kinds"), _names("category", "categories")),
        *(_names("index", "indices"), *_both("label"), *_both("note", empty=True)),
        Column("amount", "names", "drawn", "*", empty=True, optional=True),
        Column("follows", "names", "follows", empty=True, optional=True),
    ),
    "payers": (_names("id", "payers"), *_both("label"), *_both("note", empty=True)),
    "payer_shares": (
        *(_names("cost_item", "cost_items"), _names("payer", "payers")),
        _names("share", "drawn or rest"),
    ),
    "perspectives": (
        *(_id(), *_both("label"), _names("payers", "payers or *", "+", True)),
        _names("categories", "categories or *", "+", True),
        _names("cash", "cash payers", "+", True),
        *_both("leaves_out", empty=True),
    ),
    "levers": (
        *(_id(), _names("group", "groups"), *_both("label"), Column("unit", "label")),
        *(_number("min"), _number("max"), _number("step"), _number("today")),
        *(_names("today_from", "drawn", "+", True), _number("trial_low", True)),
        *(_number("trial_high", True), _number("ramp_years")),
        _names("programme_fixed", "drawn", "", True),
        _names("programme_unit", "drawn", "*", True),
        _names("programme_population", "populations", "", True),
        *(_names("programme_when", "whens"), _names("programme_payer", "payers")),
        _names("expected_sign", "signs"),
        *(_names("expected_measure", "measures"), _names("expected_direction", "directions")),
        *(_names("breakeven_parameter", "parameters"), _names("source", "parameters")),
        Column("what_if", "names", "yes", empty=True, optional=True),
        *(column for part in TEXTS for column in _both(part, empty=True, optional=True)),
    ),
    "lever_effects": (
        *(_names("lever", "levers"), _names("parameter", "drawn or curve")),
        *(_names("operation", "operations"), _names("effect", "drawn", "", True)),
        *(_number("from_week", True), Column("note", "note", empty=True)),
        Column("reach", "names", "drawn", empty=True, optional=True),
    ),
    "lever_conflicts": (
        *(_names("lever", "levers"), _names("side", "sides"), _names("other", "levers")),
        *(_names("other_side", "sides"), _id("key")),
    ),
    "scenarios": (
        *(_id(), *_both("label"), Column("signed_by", "label"), *_both("motivation")),
        _names("source", "sources"),
    ),
    "scenario_levels": (
        *(_names("scenario", "scenarios"), _names("lever", "levers"), _number("level")),
    ),
    "dated_rules": (
        *(_id("rule"), _number("year"), _number("value"), Column("unit", "label")),
        *(_names("status", "statuses"), _names("source", "sources")),
        *(*_both("label"), *_both("note", empty=True)),
    ),
    "values_by_year": (
        *(_names("parameter", "drawn"), _number("year"), _number("value")),
        *(_names("prices", "prices"), _names("status", "statuses"), _names("source", "sources")),
        *_both("note", empty=True),
    ),
    "published_totals": (
        *(_id(), _names("parameter", "parameters"), _names("index", "parameters", "", True)),
        *(_names("compares_with", "compared"), *_both("label"), *_both("note", empty=True)),
    ),
    "targets": (
        *(_id(), *_both("label"), _names("quantity", "quantities")),
        *(_number("from_day", True), _number("day", True)),
        *(_number("mean"), _number("low"), _number("high")),
        *(Column("unit", "label"), Column("year", "label")),
        *(_names("source", "sources"), Column("source_detail", "note"), _id("study")),
        *(_names("seen", "seen"), _names("use", "use"), *_both("note", empty=True)),
    ),
    "correlations": (
        *(_names("first", "drawn"), _names("second", "drawn"), _number("rank_correlation")),
        *(_names("source", "sources"), Column("source_detail", "note"), _names("use", "use")),
        *_both("note", empty=True),
    ),
}  # fmt: skip


KEYS = {
    "payer_shares": ("cost_item", "payer"),
    "lever_effects": ("lever", "parameter"),
    "lever_conflicts": ("lever", "side", "other", "other_side"),
    "scenario_levels": ("scenario", "lever"),
    "dated_rules": ("rule", "year", "status"),
    "values_by_year": ("parameter", "year", "status"),
    "correlations": ("first", "second"),
}


VOCABULARY = {
    "kinds": ("resource", "transfer"),
    "categories": ("care", "work"),
    "categories or *": ("care", "work", "*"),
    "indices": INDICES,
    "follows": FOLLOWS,
    "payers": PAYERS,
    "payers or *": (*PAYERS, "*"),
    "cash payers": CASH_PAYERS,
    "statuses": ("law", "plan"),
    "prices": ("nominal", "constant"),
    "groups": ("care", "imaging", "medicine", "exercise", "work", "research"),
    "populations": POPULATIONS,
    "whens": ("above", "below"),
    "yes": ("yes",),
    "signs": ("saves", "costs", "either"),
    "directions": ("up", "down"),
    "operations": OPERATIONS,
    "sides": tuple(SIDES),
    "compared": COMPARED,
    "quantities": tuple(QUANTITIES),
    "seen": ("seen", "secondary", "recalled"),
    "use": ("1", "0"),
}


# cells that make a parameter count in a formula, so that a new one may be brought along
FEEDS = {
    "cost_items": ("amount",),
    "payer_shares": ("share",),
    "lever_effects": ("effect", "reach"),
    "levers": ("programme_fixed", "programme_unit"),
    "published_totals": ("parameter", "index"),
}
