"""Texts of the picture of squares: names, amounts, and the finding of each picture."""

from __future__ import annotations

from collections.abc import Sequence

import models
from dashboard.wording import row_texts
from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import estimate, euros, millions, percent, within

STEP = 1e7  # EUR: with 100 million a square, amounts are read to ten million


def shown(amounts: Sequence[float], step: float = STEP) -> list[float]:
    """Amounts rounded to `step` (EUR) so that they add up to their rounded sum.

    The amounts that lost most by rounding down are rounded up.
    """
    down = [amount // step * step for amount in amounts]
    missing = round((round(sum(amounts) / step) * step - sum(down)) / step)
    worst = sorted(range(len(down)), key=lambda i: down[i] - amounts[i])
    for i in worst[:missing]:
        down[i] += step
    return down


def texts(drawn, result: models.Result, words: Words) -> dict:
    """For both pictures names, amounts, finding, alternative text; one scale for both."""
    total, spread = estimate(drawn.total, drawn.low, drawn.high, words.lang)
    item, payer = (
        row_texts.item_name(words, result.catalogue),
        row_texts.payer_name(words, result.catalogue),
    )
    work = sum(
        group.amount
        for group in drawn.items
        if result.catalogue.cost_items.get(group.name, {}).get("category") == "work"
        or group.name == "rest_work"
    )
    most = drawn.payers[0]
    values = {
        "work": percent(work / drawn.total, words.lang),
        "most": within(payer(most.name)),
        "share": percent(most.amount / drawn.total, words.lang),
    }
    content: dict = {
        "square": euros(drawn.square, words.lang),
        "range": words("chart.field.range", spread=spread),
        "scale": words("chart.field.scale", square=euros(drawn.square, words.lang)),
        "total": total,
    }
    for view, groups, name in (("item", drawn.items, item), ("payer", drawn.payers, payer)):
        names = [_name(group.name, name, words) for group in groups]
        amounts = [millions(a, words.lang) for a in shown([g.amount for g in groups])]
        listed = "; ".join(f"{n} {a}" for n, a in zip(names, amounts, strict=True))
        content[view] = {
            "names": names,
            "amounts": amounts,
            "finding": words(f"chart.field.{view}_finding", **values),
            "alt": words(f"chart.field.{view}_alt", total=total, listed=listed),
            "label": words(f"chart.field.{view}"),
        }
    content["sum"] = millions(sum(shown([g.amount for g in drawn.items])), words.lang)
    return content


def _name(group: str, name, words: Words) -> str:
    key = f"chart.money_flow.{group}"
    return words(key) if group.startswith("rest_") else name(group)
