"""Facts about a difference with today, which data/rules.toml turns into what may be claimed.

No sentence claims more than its range: that something saves or costs money only where both ends of
the 95% interval lie on one side of zero. static/simulator/texts.js holds the same rules for the
browser.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

import models
from dashboard.wording.numbers import NIL, chance, euros, rounding
from models.engine.result import SOCIETY
from models.engine.summary import SMALLEST, STATISTICS, share_saving
from models.tables.rules import choose, rules

ENDS = ("mean", "p2_5", "p97_5")
MIRROR = {"p2_5": "p97_5", "p97_5": "p2_5", "p10": "p90", "p90": "p10"}


def direction(change: Mapping) -> dict[str, bool]:
    """Facts of a difference (mean, p2_5, p97_5), EUR: true or false by name.

    changed: by half a cent or more. saves: the mean is below 0. rounds_to_nil: the mean is less
    than half of the rounding step. clear: both ends lie on the same side of zero.
    """
    mean, low, high = (float(change[end]) for end in ENDS)
    return {
        "changed": max(abs(mean), abs(low), abs(high)) >= SMALLEST,
        "saves": mean < 0,
        "rounds_to_nil": abs(mean) < rounding(low, high) / 2,
        "clear": high <= -SMALLEST or low >= SMALLEST,
    }


def claim(change: Mapping, draws: np.ndarray | None = None, likely: float = 1.0) -> str:
    """What may be claimed of a difference: a value of the heading `claim` in the rules.

    `draws`: the difference in each draw, EUR; without them no claim is "likely". `likely`: the
    smallest share of draws on the side of the mean for which it is.
    """
    known = draws is not None and share_of_side(draws, change["mean"]) >= likely
    return choose("claim", likely=bool(known), **direction(change))


def claim_of(result: models.Result, perspective: str = SOCIETY) -> str:
    """What may be claimed of a package from a perspective."""
    change = result.seen_by(perspective)["incremental_total"]
    likely = result.model.assumptions["signal_likely"].base
    return claim(change, result.change_draws(perspective), likely)


def share_of_side(draws: np.ndarray, mean: float) -> float:
    """Share of draws, 0 to 1, on the side of zero on which the mean lies."""
    return share_saving(draws if mean < 0 else -draws)


def ranks(share: float) -> bool:
    """Whether the first of several may be called first, when it is so in this share of draws."""
    return share >= rules()["ranking_holds"]["least"]


def chance_of(saving: float | None, change: Mapping, lang: str) -> str:
    """The chance that a difference saves money; a dash where there is no difference."""
    return chance(saving, lang) if direction(change)["changed"] else NIL


def amount_of(change: Mapping, lang: str) -> str:
    """The size of a mean difference without its sign, rounded as far as its range allows."""
    mean, low, high = (float(change[end]) for end in ENDS)
    return euros(abs(mean), lang, rounding(low, high), like=max(abs(low), abs(high)))


def ends_of(change: Mapping, lang: str) -> dict[str, str]:
    """Both ends of a range without their sign, in one unit: for "{low} less to {high} more"."""
    low, high = float(change["p2_5"]), float(change["p97_5"])
    step, like = rounding(low, high), max(abs(low), abs(high))
    return {
        name: euros(abs(end), lang, step, like=like) for name, end in (("low", low), ("high", high))
    }


def title_kind(change: Mapping) -> str:
    """What the title of a chart may claim of one difference: none, saves, costs or open."""
    return choose("title", **direction(change))


def clear_ends(rows: Mapping[str, Mapping]) -> tuple[str, str | None, str | None]:
    """What a title may claim of several differences: its kind, and the largest fall and rise.

    Only differences whose interval lies on one side of zero count.
    """
    clear = {name: row["mean"] for name, row in rows.items() if direction(row)["clear"]}
    falls = min((name for name in clear if clear[name] < 0), key=clear.__getitem__, default=None)
    rises = max((name for name in clear if clear[name] > 0), key=clear.__getitem__, default=None)
    kind = choose("several", less=falls is not None, more=rises is not None)
    return kind, falls, rises


def as_shown(measure: str, row: Mapping) -> tuple[str, dict[str, float]]:
    """Name and figures under which a health measure is shown: a loss is shown as a gain.

    `row`: its statistics; a gain has the opposite sign, and its percentiles change places.
    """
    figures = {name: float(row[name]) for name in STATISTICS if name in row}
    if measure not in rules()["gains"]:
        return measure, figures
    turned = {MIRROR.get(name, name): 0.0 - value for name, value in figures.items()}
    return rules()["gains"][measure], turned
