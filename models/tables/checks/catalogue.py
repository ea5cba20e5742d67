"""The checks of all tables beside the assumptions, in the order of their findings.

Every name refers to a row, every lever can be moved over its whole range, every cost item is
calculated and paid in full.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from models.errors import Findings
from models.tables.catalogue_columns import TABLES
from models.tables.checks.by_year import check_values_by_year
from models.tables.checks.check import Check, Rows
from models.tables.checks.costs import (
    check_cost_items,
    check_dated_rules,
    check_needed_rows,
    check_payer_shares,
    check_perspectives,
)
from models.tables.checks.levers import check_levers, check_scenarios
from models.tables.checks.names import check_names, known_names
from models.tables.checks.targets import check_correlations, check_targets
from models.tables.rows import Assumption


def check_catalogue(
    rows: Rows,
    parameters: Mapping[str, Assumption],
    named: Collection[str],
    sources: Collection[str],
    findings: Findings,
    views: Collection[str] = (),
) -> None:
    """Check rows and tables of the catalogue against each other; errors go to `findings`.

    `parameters` are the assumptions that are in order, `named` all that have a row (a wrong row
    already has its finding), and `views` the perspectives that links may ask for.
    """
    known = known_names(rows, parameters, named, sources, findings)
    for name, columns in TABLES.items():
        for column in (c for c in columns if c.kind == "names"):
            for raw in rows[name]:
                check_names(name, raw, column, known, parameters, findings)
    check = Check(rows, parameters, findings)
    check_levers(check)
    check_cost_items(check)
    check_payer_shares(check)
    check_dated_rules(check)
    check_values_by_year(check)
    check_perspectives(check)
    check_needed_rows(check, views)
    check_scenarios(check)
    check_targets(check)
    check_correlations(check)
