"""Names in cells: which are reserved, and whether each refers to a row that exists."""

from __future__ import annotations

import re
from collections.abc import Collection

from models.formulas.draws import KNOT_PREFIX
from models.formulas.lever_effects import CURVE
from models.formulas.payers import REST
from models.tables.catalogue import all_measures, listed, near, place
from models.tables.catalogue_columns import VOCABULARY

WARNINGS = frozenset(  # sentences with other fields than two levers
    "title factor_out_of_range beyond_evidence physiotherapists shares_above_one "
    "few_draws_count assumption_beyond_range large_change of_physiotherapy of_sick_leave "
    "of_total of_episodes "
    "of_chronic_patients of_sick_days of_physiotherapy_sessions".split()
)
# names with another meaning in a link, on a page or in a table of results
RESERVED = frozenset(
    "lang anchor valuation overlap years draws seed recalibrate presenteeism schema assumptions "
    "link perspective name levers scenario notices past refused to_default edits total rest "
    "own_assumptions holder document today scenario_id choices kept_packages compared compare "
    "all_to_today all_to_today_here close_notices even examples language section undo undo_here "
    "ways_back page package source ref claim assumption whose years_here budget drivers preview "
    "perspectives share keep_package to_published to_published_again own_assumptions_notice "
    "years_by_perspective live engine".split()
)
_STARTS = re.compile(  # of the ids of page elements for one lever, chart or package
    "(card|chart|claims|compare|drop|even|export|ledger|package|plain|printable|section|today)_"
)


def reserved(name: str) -> bool:
    """Whether the name of a lever has another meaning on a page, in a link or in results."""
    return name in RESERVED or _STARTS.match(name) is not None


# allowed names in English and Dutch, where a list of all would be too long
SETS = {
    "levers": ("an id of levers.csv", "een id uit levers.csv"),
    "cost_items": ("an id of cost_items.csv", "een id uit cost_items.csv"),
    "scenarios": ("an id of scenarios.csv", "een id uit scenarios.csv"),
    "sources": ("a key of sources.csv", "een key uit sources.csv"),
    "parameters": ("a parameter of the assumptions", "een parameter uit de aannames"),
    "drawn": ("a parameter of the assumptions", "een parameter uit de aannames"),
    "drawn or rest": ("a parameter, or rest", "een parameter, of rest"),
    "drawn or curve": ("a parameter, or absence_curve", "een parameter, of absence_curve"),
    "measures": (
        "a health measure, a cost item or a payer",
        "een gezondheidsmaat, een kostenpost of een betaler",
    ),
}


def known_names(rows, parameters, named, sources, findings) -> dict[str, Collection[str]]:
    """The names that a cell may hold. A row that could not be read counts as a row that exists."""
    unread: dict[str, set[str]] = {}
    for problem in findings:
        unread.setdefault(problem.file.removesuffix(".csv"), set()).add(problem.key)
    ids = {
        name: {row["id"] for row in rows[name]} | unread.get(name, set())
        for name in ("levers", "cost_items", "scenarios")
    }
    return VOCABULARY | {
        **ids,
        "sources": sources,
        "parameters": named,
        "drawn": named,
        "drawn or rest": {*named, REST},
        "drawn or curve": {*named, CURVE},
        "measures": all_measures(ids["cost_items"]),
    }


def check_names(name, raw, column, known, parameters, findings) -> None:
    """One cell of names: none missing, none twice, each known, each drawn where it must be."""
    where = place(name, raw, column.name)
    names = listed(raw.get(column.name, ""), column.sign)
    if not names and not column.empty:
        names = ("",)
    if len(set(names)) < len(names):
        findings.add("name_twice", **where)
    allowed = known[column.known]
    allowed_names = SETS.get(column.known) or ", ".join(part for part in allowed if part)
    for id_ in names:
        place_ = where | {"found": id_}
        if id_ not in allowed:
            findings.add(
                "name_unknown", **place_, names=allowed_names, nearest=near(id_, allowed, findings)
            )
        elif column.known.startswith("drawn") and id_ in parameters:
            if parameters[id_].group == "context":
                findings.add("name_context", **place_)
            elif column.name in ("amount", "share") and id_.startswith(KNOT_PREFIX):
                findings.add("name_knot", **place_, name=KNOT_PREFIX)
