"""Payers: who bears each cost item, and the transfers between payers."""

from __future__ import annotations

import numpy as np

from models.formulas.people import ratio

PAYERS = (
    "basic_insurance",
    "household_deductible",
    "household_out_of_pocket",
    "supplementary_insurance",
    "employer",
    "public_funds",
    "lost_output",
)
REST = "rest"
DEDUCTIBLE_SHARE = "pay_ded_medical"
Split = dict[str, np.ndarray | None]  # payer -> share (draws,); None where one pays the whole


def add(arrays) -> np.ndarray:
    """Sum of arrays of one shape, in their order, as a new array."""
    arrays = iter(arrays)
    total = next(arrays).copy()
    for array in arrays:
        total += array
    return total


def shares(table: dict[str, dict[str, str]], p) -> dict[str, Split]:
    """Shares per cost item and payer that sum to 1 in every draw; arrays (draws,).

    `table` maps cost item -> payer -> parameter name or `rest` (rows of payer_shares.csv). Where
    drawn shares pass 1 together, they are scaled back to 1 and the rest is zero.
    """
    result, seen = {}, {}
    for item, row in table.items():
        key = tuple(sorted(row.items()))
        if key not in seen:
            seen[key] = _split(row, p)
        result[item] = seen[key]
    return result


def deductible_medical(p) -> np.ndarray:
    """Share of insured care, GPs apart, that falls under the deductible.

    `pay_ded_medical` holds at the deductible `pay_ded_at`. Another one moves it by the exponential
    rule of physiotherapy: a share 1 - exp(-D / c), so 1 - (1 - share)^(D / D0). Not counted: that
    more people reach a lower deductible.
    """
    left = 1 - p[DEDUCTIBLE_SHARE]
    return 1 - left ** ratio(p["ins_deductible"], p["pay_ded_at"])


def _share(p, name: str) -> np.ndarray:
    return deductible_medical(p) if name == DEDUCTIBLE_SHARE else p[name]


def _split(row: dict[str, str], p) -> Split:
    named = {payer: _share(p, name) for payer, name in row.items() if name != REST}
    if not named:
        return dict.fromkeys(row)
    total = sum(named.values())
    scale = 1 / np.maximum(total, 1)
    split = {payer: share * scale for payer, share in named.items()}
    rest = 1 - np.minimum(total, 1)  # exactly zero where the named shares fill the whole
    return split | {payer: rest for payer, name in row.items() if name == REST}


def ledger(costs: dict[str, np.ndarray], split, use, programme: dict[str, np.ndarray]) -> dict:
    """(cost item, payer) -> EUR a year; the parts sum to the whole per item and in all.

    `costs` are EUR a year by item; `split` are the shares of `shares`. Physiotherapy follows who
    pays for it in `use`; programme costs follow the lever's payer. Not counted: taxes, premiums and
    benefits, which are transfers (see `cash`).
    """
    rows = {}
    for item, amount in costs.items():
        if item == "physiotherapy":
            part = amount / np.maximum(use.total, 1e-300)
            rows[item, "supplementary_insurance"] = part * use.supplementary
            rows[item, "household_out_of_pocket"] = part * use.out_of_pocket
            rows[item, "household_deductible"] = part * use.deductible
            rows[item, "basic_insurance"] = part * use.basic
            continue
        for payer, share in split[item].items():
            rows[item, payer] = amount if share is None else amount * share
    for payer, amount in programme.items():
        rows["programme", payer] = amount
    return rows
