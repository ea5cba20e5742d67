"""Small multiples of packages: for each the same payers, in the same order, on one scale."""

from __future__ import annotations

from collections.abc import Mapping

import models
from dashboard.wording import cash, ranking, row_texts, sentences
from dashboard.wording.catalogue import Words
from dashboard.wording.direction import direction
from models.engine.result import SOCIETY

PREMIUM = "premium_per_adult"


def panels(results: Mapping[str, models.Result], perspective: str, words: Words) -> list[dict]:
    """For each package its change, interval, certainty, premium, and a row for each payer.

    A row has its label, its text, the side of its bar (save, cost or none), and positions on a
    scale from 0 to 1 that all panels share: zero, bar and interval, with savings on the right.
    Payers without a difference in any package have no row.
    """
    changes = {name: run.statistics("incremental", "payer") for name, run in results.items()}
    shown = [
        payer
        for payer in next(iter(changes.values()), {})
        if any(direction(change[payer])["changed"] for change in changes.values())
    ]
    scale = _scale([change[payer] for change in changes.values() for payer in shown])
    label = _payers(next(iter(results.values())), words)
    return [
        {
            "name": name,
            **_answer(result, perspective, words),
            "premium": _premium(result, words),
            "rows": [_row(label(payer), changes[name][payer], scale, words) for payer in shown],
        }
        for name, result in results.items()
    ]


def _answer(result: models.Result, perspective: str, words: Words) -> dict[str, str]:
    """Change and interval as text, and how certain the direction is (known for society only)."""
    amount = result.seen_by(perspective)["incremental_total"]
    change, spread = ranking.change({"incremental": amount}, words)
    verdict = models.verdict(result).word if perspective == SOCIETY else ""
    return {
        "change": change,
        "spread": spread,
        "whose": sentences.whose(perspective, words),
        "certainty": ranking.certainty(verdict) if verdict else "",
        "verdict": words(f"verdict.short_{verdict}") if verdict else "",
    }


def _premium(result: models.Result, words: Words) -> str:
    """The change of the premium of one adult in force, by the legal rule, and its direction."""
    change = result.cash.premium_quantity(PREMIUM)
    size = cash.amount(abs(change["mean"]), cash.ADULT, words, plus=False)
    side = "same"
    if any(digit in size for digit in "123456789"):
        side = "down" if change["mean"] < 0 else "up"
    return words(f"compare.panel.premium_{side}", amount=size)


def _payers(result: models.Result, words: Words):
    """A function from payer to its short name, or its name where it has no short one."""
    whole = row_texts.payer_name(words, result.catalogue)

    def label(payer: str) -> str:
        key = f"live.payer.{payer}"
        return words(key) if key in words else whole(payer)

    return label


def _row(label: str, change: Mapping, scale, words: Words) -> dict:
    text, spread = ranking.change({"incremental": change}, words)
    changed = direction(change)["changed"]
    side = "none" if not changed else "save" if change["mean"] < 0 else "cost"
    nil, mean = scale(0.0), scale(change["mean"])
    return {
        "label": label,
        "text": text if changed else words("compare.panel.none"),
        "spread": spread if changed else "",
        "side": side,
        "nil": nil,
        "bar": (min(nil, mean), max(nil, mean)),
        "interval": (scale(change["p97_5"]), scale(change["p2_5"])),
    }


def _scale(rows: list[Mapping]):
    """A function from EUR a year to a position, 0 to 1, that shows 0; savings on the right."""
    most = max((row["p97_5"] for row in rows), default=0.0)
    least = min((row["p2_5"] for row in rows), default=0.0)
    high, low = max(most, 0.0), min(least, 0.0)
    width = (high - low) or 1.0
    return lambda amount: (high - amount) / width
