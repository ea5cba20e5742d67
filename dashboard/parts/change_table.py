"""The difference per payer or cost item as a table with bars, whose rounded parts add up.

Drawn as HTML: it follows a slider faster than a chart and can be read on a telephone.
"""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

import models
from dashboard.templates import blocks, render
from dashboard.wording.catalogue import Words
from dashboard.wording.direction import chance_of
from dashboard.wording.numbers import million_range, millions

HEADS = ("today", "scenario", "difference", "interval")


def change_table(
    result: models.Result, by: str, caption: str, name: Callable[[str], str], words: Words
) -> Markup:
    """Today, package, bar, difference with interval, and per payer the chance that it saves."""
    changed = result.statistics("incremental", by)
    today, scenario = (result.means(name, by) for name in ("base_case", "scenario"))
    total = result.headline["incremental_total"]
    all_changes = [*changed.values(), total]
    ends = min(0, *(c["p2_5"] for c in all_changes)), max(0, *(c["p97_5"] for c in all_changes))
    chances = result.probability_saving_by_payer if by == "payer" else {}
    order = sorted(changed, key=today.get, reverse=True)
    lang = words.lang
    rows: list[tuple[str, str, list[str]]] = []
    labels = [words(f"table.{head}") for head in HEADS]
    labels += [words("table.chance")] if by == "payer" else []

    def bar(change) -> Markup:
        return blocks.track(change["mean"], change["p2_5"], change["p97_5"], ends)

    def cells(key: str, change, share: float | None) -> list[str]:
        spread = change["p2_5"], change["p97_5"]
        return [
            millions(today[key], lang),
            millions(scenario[key], lang),
            millions(change["mean"], lang, plus=True),
            million_range(*spread, lang) if spread[0] != spread[1] else "",
            *([chance_of(share, change, lang)] if by == "payer" else []),
        ]

    for key in order:
        change = changed[key]
        rows.append((name(key), bar(change), cells(key, change, chances.get(key))))
    columns = (
        ([today[key] for key in order], today["total"]),
        ([scenario[key] for key in order], scenario["total"]),
        ([changed[key]["mean"] for key in order], total["mean"]),
    )
    rest = [rounding_rest(parts, whole, lang) for parts, whole in columns]
    rows.append((words("table.rounding"), "", [*rest, "", ""][: len(labels)]))
    share = result.headline["probability_saving"]
    rows.append((words("table.total"), bar(total), cells("total", total, share)))
    first = words("table.payer" if by == "payer" else "table.item")
    return render(
        "change_table", caption=caption, kind="bars stack", first=first, labels=labels, rows=rows
    )


def rounding_rest(parts: list[float], whole: float, lang: str, decimals: int = 0) -> str:
    """What rounding leaves between the sum of the shown parts and the shown whole."""
    shown = sum(round(part / 1e6, decimals) for part in parts)
    rest = round(round(whole / 1e6, decimals) - shown, decimals)
    return millions(rest * 1e6, lang, decimals, plus=True) if rest else "–"
