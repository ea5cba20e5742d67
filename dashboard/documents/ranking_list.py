"""All levers ranked as a list, on the page and in the static site: order, rows, marks of payers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup

import models
from dashboard.templates.ranking import ranking
from dashboard.wording import ranking as wording
from dashboard.wording.catalogue import Words
from dashboard.wording.row_texts import payer_name
from models.analysis.choice.rank import RankedLever, Ranking
from models.engine.result import SOCIETY

MARGIN = 0.02  # of the scale, beside the widest interval
SHOWN = 0.02  # of the tallest mark of a payer: less is not drawn and not named
ORDERS: dict[str, Callable[[RankedLever], float]] = {
    "saving": lambda row: row.incremental["mean"],
    "certain": lambda row: -(row.probability_saving or 0.0),
    "health": lambda row: -row.qaly["mean"],
}


def ordered(answer: Ranking, order: str = "saving", payer: str = SOCIETY) -> list[RankedLever]:
    """The levers by one of ORDERS, or the one first that costs this payer least on average."""
    if payer == SOCIETY:
        return sorted(answer.levers, key=ORDERS[order])
    return sorted(answer.levers, key=lambda row: row.payers.get(payer, 0.0))


def ranked_list(
    answer: Ranking,
    rows: list[RankedLever],
    today: models.Result,
    words: Words,
    link: Callable[[RankedLever], str],
) -> Markup:
    """The list of these rows of a ranking, in this order; a row without a link is plain."""
    left, right = words("ranking.column.bar").split(" · ")
    heads = words("ranking.column.lever"), words("ranking.column.change")
    name = payer_name(words, today.catalogue)
    ids = [row["id"] for row in today.catalogue["payers"] if row["id"] in answer.levers[0].payers]
    letters = ("".join(word[0] for word in _short(id, name, words).split()) for id in ids)
    payers = {
        "title": words("ranking.column.payers"),
        "letters": [text.lower() for text in letters],
        "key": words("ranking.payers_key", names="; ".join(name(id) for id in ids)),
    }
    place, most = _scale(answer), max(abs(x) for row in answer.levers for x in row.payers.values())
    entries = []
    for row in rows:
        change, spread = wording.change(row, words)
        lever_name, amount = words.of(row), row.incremental
        entries.append({
            "name": lever_name,
            "level": wording.starred(row, today, words),
            "change": change,
            "spread": spread,
            "certainty": wording.certainty(row.verdict),
            "verdict": words(f"verdict.short_{row.verdict}"),
            "link": link(row),
            "says": words(
                "ranking.open_one", name=lever_name, level=wording.level(row, today, words)
            ),
            "payers": [row.payers[id] / most if most else 0.0 for id in ids],
            "who": _who(row.payers, most, name, words),
            "at": {
                "nil": place(0),
                "band": (place(answer.movement), place(-answer.movement)),
                "ends": (place(amount["p97_5"]), place(amount["p2_5"])),
                "mean": place(amount["mean"]),
            },
        })  # fmt: skip
    return ranking(words("ranking.title"), (left, right), heads, entries, payers)


def _short(payer: str, name: Callable[[str], str], words: Words) -> str:
    """The name that fits beside a bar, where there is one."""
    key = f"live.payer.{payer}"
    return words(key) if key in words else name(payer)


def _who(amounts: Mapping[str, float], most: float, name: Any, words: Words) -> str:
    """Which payers pay less and which more, by name: what the marks show, aloud."""
    seen = {id: amount for id, amount in amounts.items() if abs(amount) >= SHOWN * most}
    sides = {
        "less": [name(id) for id, amount in seen.items() if amount < 0],
        "more": [name(id) for id, amount in seen.items() if amount > 0],
    }
    texts = (
        words(f"ranking.who_{side}", names=", ".join(names))
        for side, names in sides.items()
        if names
    )
    return ". ".join(texts)


def _scale(answer: Ranking) -> Callable[[float], float]:
    """EUR a year -> place on the scale, 0 to 1; what is saved lies to the right."""
    rows = [row.incremental for row in answer.levers]
    most = max(answer.movement, *(row["p97_5"] for row in rows))
    least = min(-answer.movement, *(row["p2_5"] for row in rows))
    room = (most - least) * MARGIN
    return lambda amount: (most + room - amount) / (most - least + 2 * room)
