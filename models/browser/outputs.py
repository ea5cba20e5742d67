"""The figures that the engine calculates for a scenario, by name.

The same expressions with every lever at today give today's figures; the browser shows the
difference. A new kind of figure needs one function here and its name in KINDS.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial, reduce
from operator import add

from models.engine.budget import seen_from
from models.engine.cash import MEASURES as PREMIUMS
from models.engine.cash import flows, premiums
from models.formulas.health import MEASURES
from models.tables.catalogue_columns import PROGRAMME

EUR = "EUR/year"


def total(state, assumptions) -> dict:
    """Resource cost of all items and payers together."""
    return {"total": _sum(state.ledger.values())}


def by_payer(state, assumptions) -> dict:
    return _sums(state.ledger, lambda item, payer: f"payer.{payer}")


def by_item(state, assumptions) -> dict:
    return _sums(state.ledger, lambda item, payer: f"item.{item}")


def by_perspective(state, assumptions) -> dict:
    """The amount that each row of perspectives.csv counts, EUR a year: resource cost, or money."""
    catalogue, money = assumptions.catalogue, partial(flows, assumptions, state)
    return {
        f"perspective.{row['id']}": _sum(seen_from(row, catalogue, state.ledger, money))
        for row in catalogue["perspectives"]
    }


def of_premiums(state, assumptions) -> dict:
    """Premium, deductible, contributions and lost tax, as the legal rules set them."""
    measures = premiums(state.p, flows(assumptions, state))
    return {f"premium.{name}": amount for name, amount in measures.items()}


def of_health(state, assumptions) -> dict:
    return {f"health.{name}": amount for name, amount in state.health.items()}


KINDS: dict[str, Callable] = {
    "total": total,
    "payer": by_payer,
    "item": by_item,
    "perspective": by_perspective,
    "premium": of_premiums,
    "health": of_health,
}


def in_force(state, assumptions, kinds: Iterable[str] = tuple(KINDS)) -> dict:
    """Name -> amount a year in force, of the kinds (`payer`) or names (`payer.employer`) asked."""
    known: dict[str, dict] = {}
    named: dict = {}
    for asked in kinds:
        kind = asked.partition(".")[0]
        if kind not in known:
            known[kind] = KINDS[kind](state, assumptions)
        named |= known[kind] if asked == kind else {asked: known[kind][asked]}
    return named


def by_year(model, levels, levers, overlap: str, years: int, catalogue) -> dict:
    """Cost by budget year 1, 2, ...: nominal in total, by payer, and of programmes; EUR.

    `discounted` is the total at constant prices, discounted; see `Result.budget`.
    """
    named: dict = {}
    rate = 1 + model.p["mac_disc_cost"]
    for year, state in enumerate(model.years(levels, levers, overlap, years), 1):
        nominal = state.nominal(model.growth(year), catalogue.cost_items)
        whole = _sum(nominal.values())
        programme = [amount for (item, _), amount in nominal.items() if item == PROGRAMME]
        named[f"year.{year}.total"] = whole
        named[f"year.{year}.discounted"] = _sum(state.ledger.values()) / rate ** (year - 1)
        if programme:
            named[f"year.{year}.programme"] = _sum(programme)
        of_year = _sums(nominal, lambda item, payer: f"payer.{payer}")
        named |= {f"year.{year}.{name}": amount for name, amount in of_year.items()}
    return named


def about(name: str, catalogue) -> dict:
    """Unit and labels of an output, as engine.json has them."""
    kind, _, key = name.partition(".")
    units = {"health": MEASURES, "premium": PREMIUMS}.get(kind, {})
    description: dict[str, object] = {"kind": kind, "unit": units.get(key, EUR)}
    if kind == "year":
        year, _, key = key.partition(".")
        kind, _, key = key.partition(".")
        description |= {"year": int(year), "unit": "EUR", "part": kind, "nominal": True}
    tables = {
        "payer": {row["id"]: row for row in catalogue["payers"]},
        "item": catalogue.cost_items,
        "perspective": {row["id"]: row for row in catalogue["perspectives"]},
    }
    row = tables.get(kind, {}).get(key)
    labels = {f"label_{lang}": row[f"label_{lang}"] for lang in ("nl", "en")} if row else {}
    return {"id": name, **description, **({"key": key} if key else {}), **labels}


def _sum(amounts):
    return reduce(add, amounts)


def _sums(ledger: Mapping, name: Callable[[str, str], str]) -> dict:
    """Amounts added up by the name of each (cost item, payer)."""
    sums: dict = {}
    for key, amount in sorted(ledger.items(), key=lambda row: row[0]):
        label = name(*key)
        sums[label] = sums[label] + amount if label in sums else amount
    return sums
