"""Sentences on the ranking of all levers: which saves most, and how certain that is."""

from __future__ import annotations

from collections.abc import Mapping
from math import log10

import models
from dashboard.wording import sentences
from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import chance, euros, level_text, millions, rounding
from models.analysis.choice.rank import RankedLever, Ranking
from models.tables.rules import choose, rules

MILLION = 1e6
GUESS = "red"


def answer(ranking: Ranking, result: models.Result, words: Words) -> tuple[str, list[str]]:
    """Which lever alone saves most; an order is claimed only where enough draws agree."""
    rows, first = ranking["levers"], ranking["levers"][0]
    change, others = first["incremental"], len(rows) - 1
    kind = _kind(first)
    values = {"name": words.of(first), "amount": _euros(change, words)}
    lead = words(f"ranking.{kind}", **values)
    rest = []
    if kind != "nobody":
        rest.append(
            words(
                "ranking.amount",
                level=level(first, result, words),
                amount=change_in_euros(change, words),
            )
        )
        rest[-1] += " " + sentences.margin(change["p2_5"], change["p97_5"], words)
        n = sum(_overlaps(change, row["incremental"]) for row in rows[1:])
        text = words("ranking.most", share=chance(first["probability_most"], words.lang))
        if n:
            key = "ranking.overlap_all" if n == others else "ranking.overlap"
            text += " " + words(key, n=n, others=others)
        other = first["other_valuation"]
        if other["mean"] > 0:
            way = "friction" if ranking["valuation"] == "human_capital" else "human_capital"
            text += " " + words(f"ranking.turns_{way}", amount=change_in_euros(other, words))
        rest.append(text)
    return lead, [*rest, f"{_sure(rows, result, words)} {_guesses(rows, words)}"]


def lead(ranking: Ranking, words: Words) -> str:
    """The finding in one line, as the title of the chart."""
    first = ranking["levers"][0]
    amount = _euros(first["incremental"], words)
    return words(f"ranking.{_kind(first)}", name=words.of(first), amount=amount)


def how(ranking: Ranking, result: models.Result, words: Words) -> str:
    """The levels, year and prices of the ranking, and the meaning of the grey band."""
    movement = euros(ranking["movement"], words.lang, MILLION)
    return words("ranking.how", year=result.price_year, movement=movement)


def level(row: Mapping | RankedLever, result: models.Result, words: Words) -> str:
    """The level of a row, and today's level where that is not 0."""
    lever = result.levers[row["lever"]]
    at, today = (level_text(lever, x, words.lang) for x in (row["level"], lever.today))
    return words("ranking.from_to" if lever.today else "ranking.at", level=at, today=today)


def starred(row: Mapping | RankedLever, result: models.Result, words: Words) -> str:
    """The level of a row, with a star where no research supports that level."""
    at = level(row, result, words)
    return at if row["researched"] else words("ranking.unresearched", at=at)


def name(row: Mapping | RankedLever, words: Words) -> str:
    """The name of a row without its level, with a star where no research gives that."""
    return words.of(row) if row["researched"] else words("ranking.unresearched", at=words.of(row))


def change(row: Mapping | RankedLever, words: Words) -> tuple[str, str]:
    """The difference in EUR million with a word for its direction, and its interval."""
    low, high = row["incremental"]["p2_5"], row["incremental"]["p97_5"]
    step = rounding(low, high)
    ends = tuple((x > 0) - (x < 0) for x in (round(low / step), round(high / step)))
    first, last = (_millions(x, step, words) for x in (low, high))
    kind = choose("margin", low=ends[0], high=ends[1])
    direction = choose("change", **sentences.direction(row["incremental"]))
    key = {"same": "nil"}.get(direction, direction)
    amount = _millions(row["incremental"]["mean"], step, words)
    spread = words(f"ranking.range.{kind}", low=first, high=last)
    return words(f"ranking.{key}", amount=amount), spread


def certainty(verdict: str) -> str:
    """How certain the direction of a verdict is, by the table of rules: sure, likely or open."""
    row = next(row for row in rules()["verdict"] if row["say"] == verdict)
    return row.get("when", {}).get("certainty", "open")


def change_in_euros(change: Mapping, words: Words) -> str:
    """A difference such as EUR 130 million less."""
    kind = choose("change", **sentences.direction(change))
    return words(f"live.{kind}", amount=_euros(change, words))


def _kind(first: Mapping) -> str:
    change = first["incremental"]
    holds = first["probability_most"] >= rules()["ranking_holds"]["least"] and change["p97_5"] < 0
    return choose("ranking", saves=change["mean"] < 0, holds=holds)


def _overlaps(first: Mapping, second: Mapping) -> bool:
    return second["p2_5"] <= first["p97_5"] and first["p2_5"] <= second["p97_5"]


def _sure(rows: list, result: models.Result, words: Words) -> str:
    """The levers that save in enough draws, whatever the amount."""
    names = [
        f"{words.of(row)}, {level(row, result, words)}"
        f" ({change_in_euros(row['incremental'], words)})"
        for row in rows
        if row["incremental"]["mean"] < 0 and certainty(row["verdict"]) == "sure"
    ]
    return words("ranking.sure", names="; ".join(names)) if names else words("ranking.sure_none")


def _guesses(rows: list, words: Words) -> str:
    n = sum(row["evidence"] == GUESS for row in rows)
    return words("ranking.guesses", n=n, all=len(rows))


def _euros(change: Mapping, words: Words) -> str:
    low, high = change["p2_5"], change["p97_5"]
    like = max(abs(low), abs(high))
    return euros(abs(change["mean"]), words.lang, rounding(low, high), like=like)


def _millions(amount: float, step: float, words: Words) -> str:
    decimals = min(1, max(0, round(log10(MILLION / step))))
    return millions(abs(round(amount / step) * step), words.lang, decimals)
