"""Texts of the picture of squares: names, amounts, and the finding of each picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence

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
    """For each picture names, amounts, finding, note and alternative text; range and scale."""
    total, spread = estimate(drawn.total, drawn.low, drawn.high, words.lang)
    item, payer, kind = (
        row_texts.item_name(words, result.catalogue),
        row_texts.payer_name(words, result.catalogue),
        lambda name: words(f"chart.field.kind.{name}"),
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
        **_how_sure(drawn, words),
    }
    content: dict = {
        "square": euros(drawn.square, words.lang),
        "range": words("chart.field.range", spread=spread),
        "scale": words("chart.field.scale", square=euros(drawn.square, words.lang)),
        "total": total,
    }
    for (view, groups), name in zip(drawn.views, (item, payer, kind), strict=True):
        names = [_name(group.name, name, words) for group in groups]
        amounts = [millions(a, words.lang) for a in shown([g.amount for g in groups])]
        listed = "; ".join(f"{n} {a}" for n, a in zip(names, amounts, strict=True))
        content[view] = {
            "names": names,
            "amounts": amounts,
            "finding": words(f"chart.field.{view}_finding", **values),
            "alt": words(f"chart.field.{view}_alt", total=total, listed=listed),
            "label": words(f"chart.field.{view}"),
            "note": words("chart.field.basis_note") if view == "basis" else "",
        }
    content["sum"] = millions(sum(shown([g.amount for g in drawn.items])), words.lang)
    return content


def _how_sure(drawn, words: Words) -> dict[str, str]:
    """Shares of the total by evidence, and how far the ends of the range lie from the total."""
    shares = dict.fromkeys(("published", "estimate", "guess"), 0.0)
    shares |= {group.name: group.amount / drawn.total for group in drawn.basis}
    ends = {"lower": drawn.low, "higher": drawn.high}
    ends = {name: abs(end / drawn.total - 1) for name, end in ends.items()}
    return {name: percent(value, words.lang) for name, value in (shares | ends).items()}


def _name(group: str, name: Callable[[str], str], words: Words) -> str:
    key = f"chart.money_flow.{group}"
    return words(key) if group.startswith("rest_") else name(group)
