"""Checks of cost items, who pays them, dated rules and perspectives."""

from __future__ import annotations

from collections.abc import Collection

from models.formulas.cash import TRANSFERS
from models.formulas.payers import PAYERS, REST
from models.tables.catalogue import all_measures, listed, place
from models.tables.catalogue_columns import FORMULA_ITEMS, PROGRAMME, RULES
from models.tables.checks.check import YEARS, Check, is_money, single_euro_price
from models.tables.checks.names import RESERVED
from models.tables.rows import cell

SOCIETY = "society"
BY_ROWS_ONLY = {"physiotherapy", PROGRAMME, *TRANSFERS}  # split by formulas of their own


def check_cost_items(check: Check) -> None:
    """Each cost item has one origin: a formula, or the product of the parameters in its row."""
    name = "cost_items"
    base_year = check.parameters.get("price_base_year")
    for raw in check.sound(name):
        item, amount, follows = raw["id"], raw.get("amount", ""), raw.get("follows", "")
        if item in FORMULA_ITEMS:
            kind = "transfer" if item in TRANSFERS else "resource"
            if amount or follows:
                check.add("item_formula", name, raw, "amount" if amount else "follows")
            if raw["kind"] != kind:
                check.add("item_kind", name, raw, "kind", name=kind)
            continue
        if item in RESERVED or item in all_measures(()):
            check.add("id_reserved", name, raw, "id")
        if raw["kind"] != "resource":
            check.add("item_kind", name, raw, "kind", name="resource")
        for column in ("amount", "follows"):
            if not raw.get(column):
                check.add("item_empty", name, raw, column)
        rows = check.of(names := listed(amount, "*"))
        if names and len(rows) == len(names):
            year = next((row.price_year for row in rows if is_money(row)), None)
            if not single_euro_price(rows):
                check.add("money_once", name, raw, "amount")
            elif base_year and year != base_year.base:
                base_text = cell(base_year.base)
                check.add("money_year", name, raw, "amount", cell(year), name=base_text)
            if any(row.support[0] < 0 for row in rows):
                check.add("amount_sign", name, raw, "amount")


def check_payer_shares(check: Check) -> None:
    """Shares have the unit share, existing items and payers, and one payer of the rest."""
    name = "payer_shares"
    rest = {raw["id"]: [] for raw in check.sound("cost_items") if raw["id"] not in BY_ROWS_ONLY}
    for raw in check.rows[name]:
        if raw["cost_item"] in BY_ROWS_ONLY:
            check.add("share_formula", name, raw, "cost_item")
        elif raw["share"] == REST:
            rest.setdefault(raw["cost_item"], []).append(raw)
        for row in check.of([raw["share"]]):
            if is_money(row) or row.support != (0.0, 1.0):
                check.add("share_kind", name, raw, "share", what=row.unit)
    for item, rows in rest.items():
        if len(rows) != 1:
            where = place(name, rows[-1] if rows else {}, "share") | {"key": item}
            check.findings.add("share_rest", **where | {"found": f"{len(rows)} x {REST}"})


def check_dated_rules(check: Check) -> None:
    """Dated rules: whole years, possible values, a row for each rule that a formula reads."""
    name, first, last = "dated_rules", *YEARS
    for raw in check.sound(name):
        year, value = float(raw["year"]), float(raw["value"])
        if year % 1:
            check.add("whole", name, raw, "year")
        elif not first <= year <= last:
            limits = {"lower": str(first), "upper": str(last), "what": "year"}
            check.add("range", name, raw, "year", **limits)
        share = raw["unit"].startswith("share")
        if value < 0 or (share and value > 1):
            limits = {"lower": "0", "upper": "1" if share else ">", "what": raw["unit"]}
            check.add("range", name, raw, "value", **limits)
    laws = {raw["rule"] for raw in check.rows[name] if raw.get("status") == "law"}
    unread = {item.key.partition(" / ")[0] for item in check.findings if item.file == f"{name}.csv"}
    for item in RULES:
        if item not in laws | unread:
            check.findings.add("row_gone", file=f"{name}.csv", key=item, found="", name=item)


def check_perspectives(check: Check) -> None:
    """A perspective sums resource cost by payer and category, or money by cash payer."""
    for raw in check.sound("perspectives"):
        resource = raw["payers"], raw["categories"]
        if any(resource) == bool(raw["cash"]) or (any(resource) and not all(resource)):
            check.add("perspective_view", "perspectives", raw, "cash")


def check_needed_rows(check: Check, views: Collection[str]) -> None:
    """Cost items, payers and perspectives that formulas and pages need, with `society`."""
    unread = {problem.key for problem in check.findings}
    for name, wanted in (
        ("cost_items", FORMULA_ITEMS),
        ("payers", PAYERS),
        ("perspectives", views),
    ):
        present = {raw["id"] for raw in check.rows[name]}
        for id in wanted:
            if id not in present | unread:
                check.findings.add("row_gone", file=f"{name}.csv", key=id, found="", name=id)
    society = [raw for raw in check.rows["perspectives"] if raw["id"] == SOCIETY]
    for raw in society or [{"id": SOCIETY}]:
        if SOCIETY in unread and not society:
            continue
        for column in ("payers", "categories"):
            if raw.get(column) != "*":
                check.add("perspective_society", "perspectives", raw, column)
