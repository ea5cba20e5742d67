"""The tables beside the assumptions, checked as a whole: every name must lead somewhere."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path

from models.assumptions import Assumptions
from models.errors import DataError, Finding
from models.health import MEASURES
from models.levers import DATA, LEVER_COLUMNS, load_levers, load_scenarios
from models.model import bottom_up, inputs
from models.payers import PAYERS, REST, TRANSFER_FROM
from models.plausibility import EXPECTED
from models.reconciliation import COMPARED
from models.tables import read_table

LABELS = ("label_en", "label_nl")


@dataclass(frozen=True)
class Column:
    """What the cells of a column may say: names of a set; several with `sign`; empty if `empty`."""

    file: str
    name: str
    known: str
    sign: str = ""
    empty: bool = False


RULES = (
    Column("cost_items.csv", "kind", "kinds"),
    Column("cost_items.csv", "category", "categories"),
    Column("cost_items.csv", "index", "categories"),
    Column("payers.csv", "id", "payers"),
    Column("payer_shares.csv", "cost_item", "cost_items"),
    Column("payer_shares.csv", "payer", "payers"),
    Column("payer_shares.csv", "share", "shares"),
    Column("perspectives.csv", "payers", "payers or *", "+"),
    Column("perspectives.csv", "categories", "categories or *", "+"),
    Column("perspectives.csv", "transfers", "cost_items", "+", empty=True),
    Column("published_totals.csv", "parameter", "parameters"),
    Column("published_totals.csv", "index", "parameters", empty=True),
    Column("published_totals.csv", "compares_with", "compared"),
    Column("lever_conflicts.csv", "lever", "levers"),
    Column("lever_conflicts.csv", "other", "levers"),
    Column("lever_conflicts.csv", "side", "sides"),
    Column("lever_conflicts.csv", "other_side", "sides"),
    Column("levers.csv", "programme_payer", "payers"),
    Column("levers.csv", "expected_measure", "measures"),
    Column("scenarios.csv", "source", "sources"),
)
NAMED = ("id", *LABELS)
NOTED = ("note_en", "note_nl")
COLUMNS = {
    "cost_items.csv": (*NAMED, *NOTED, "kind", "category", "index"),
    "payers.csv": (*NAMED, *NOTED),
    "payer_shares.csv": ("cost_item", "payer", "share"),
    "perspectives.csv": (
        *NAMED,
        "payers",
        "categories",
        "transfers",
        "leaves_out_en",
        "leaves_out_nl",
    ),
    "published_totals.csv": (*NAMED, *NOTED, "parameter", "index", "compares_with"),
    "lever_conflicts.csv": ("lever", "side", "other", "other_side", "key"),
    "levers.csv": LEVER_COLUMNS,
    "scenarios.csv": (*NAMED, "signed_by", "motivation_en", "motivation_nl", "source"),
}
LABELLED = ("cost_items.csv", "payers.csv", "perspectives.csv", "published_totals.csv")


def check_catalogue(assumptions: Assumptions, folder: Path = DATA) -> None:
    """Raise DataError with everything that is wrong in the tables of `folder`.

    Checked: names that lead nowhere, ids given twice, labels missing in a language, cost items
    whose payer shares have no rest (they would not sum to 1), levers and named scenarios.
    """
    findings: list[Finding] = []
    try:
        load_scenarios(folder, load_levers(folder, assumptions))
    except DataError as error:
        findings += error.findings
    if not findings:
        findings += _names(assumptions, folder)
        findings += _items(assumptions, folder)
    if findings:
        raise DataError(findings)


def _names(assumptions: Assumptions, folder: Path) -> list[Finding]:
    levers = load_levers(folder, assumptions)
    items = {row["id"] for row in _rows(folder, "cost_items.csv")}
    parameters, payers = set(assumptions), set(PAYERS)
    known = {
        "kinds": {"resource", "transfer"},
        "categories": {"care", "work"},
        "categories or *": {"care", "work", "*"},
        "payers": payers,
        "payers or *": payers | {"*"},
        "cost_items": items,
        "shares": parameters | {REST},
        "parameters": parameters,
        "compared": set(COMPARED),
        "levers": set(levers),
        "sides": set(EXPECTED),
        "measures": set(MEASURES) | items | payers,
        "sources": set(assumptions.sources) or None,
    }
    findings = []
    for rule in RULES:
        allowed = known[rule.known]
        for row in _rows(folder, rule.file):
            text = row[rule.name]
            names = text.replace(rule.sign, " ").split() if rule.sign else [text]
            if not text and rule.empty:
                continue
            for name in names or [""]:
                if allowed is not None and name not in allowed:
                    near = difflib.get_close_matches(name, allowed, n=3) or sorted(allowed)[:6]
                    findings.append(
                        _finding(rule.file, row, rule.name, name, ", ".join(near), "choose one")
                    )
    for file in LABELLED:
        seen = set()
        for row in _rows(folder, file):
            if row["id"] in seen:
                findings.append(
                    _finding(file, row, "id", row["id"], "each id once", "remove one row")
                )
            seen.add(row["id"])
            for label in LABELS:
                if not row[label]:
                    findings.append(
                        _finding(file, row, label, "", "a text in both languages", "fill it in")
                    )
    return findings


def _items(assumptions: Assumptions, folder: Path) -> list[Finding]:
    """Each cost item of the model once in cost_items.csv, and borne in full by its payers.

    Physiotherapy and programme costs follow rules of their own and need no payer shares.
    """
    made = set(bottom_up(inputs(assumptions, 1, 0, point=True)))
    items = {row["id"]: row for row in _rows(folder, "cost_items.csv")}
    findings = [
        Finding("cost_items.csv", None, "id", "", f"a row for {item}", "put the row back", key=item)
        for item in sorted((made | {"programme", *TRANSFER_FROM}) - set(items))
    ]
    rest = {item: 0 for item in made - {"physiotherapy"} if item in items}
    for row in _rows(folder, "payer_shares.csv"):
        rest[row["cost_item"]] = rest.get(row["cost_item"], 0) + (row["share"] == REST)
    remedy = "let one payer bear the rest, so that the shares sum to 1"
    return findings + [
        Finding(
            "payer_shares.csv", None, "share", f"{n} rows with {REST}", f"one {REST}", remedy,
            key=item,
        )
        for item, n in sorted(rest.items())
        if n != 1
    ]  # fmt: skip


def _rows(folder: Path, file: str) -> list[dict]:
    return read_table(folder / file, name=file, required=COLUMNS[file])


def _finding(file, row, column, found, allowed, remedy) -> Finding:
    key = row.get("id") or row.get("cost_item") or row.get("lever") or ""
    return Finding(file, row["__row__"], column, found, allowed, remedy, key=key)
