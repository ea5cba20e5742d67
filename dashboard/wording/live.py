"""The texts of the simulator that change during a drag, by name.

The browser makes the same texts from the same words and rules (static/simulator/texts.js); a test
compares them character by character.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

import models
from dashboard.wording import row_texts, sentences
from dashboard.wording.catalogue import Words
from dashboard.wording.direction import amount_of, chance_of, claim_of, direction
from dashboard.wording.numbers import count, count_range
from models.browser.description import outline
from models.engine.run import run_like
from models.tables.rules import choose, rules

PARTS = ("live.", "simulator.lead.", "simulator.range.", "simulator.figure.", "verdict.", "who.")
PREMIUM = "premium_per_adult"
FIGURES = ("total", "payer", "item", "health", f"premium.{PREMIUM}")  # calculated by the browser
CIRCLES = 40
WHOSE = "perspective.whose.society"
CURRENT = "compare.now"


def change_text(change: Mapping, words: Words, heading: str = "change") -> str:
    """A difference such as EUR 40 million less or no difference, rounded as its interval allows."""
    kind = choose(heading, **direction(change))
    return words(f"live.{kind}", amount=amount_of(change, words.lang))


def live_texts(result: models.Result, words: Words) -> dict[str, str]:
    """Name -> every text of the simulator that depends on a level."""
    lead, rest = sentences.simulator_answer(result, words)
    texts = {"lead": lead, "who": sentences.who_pays(result, words)}
    texts |= dict(zip(("range", "verdict"), rest, strict=False))
    if not result.levels:
        texts |= {"range": words("live.nothing"), "verdict": words("verdict.nothing")}
    texts |= brief(result, words) if result.levels else {"brief": lead, "brief.range": ""}
    for name, row in zip(
        ("today", "scenario", "chance"), sentences.money_figures(result, words), strict=True
    ):
        texts |= {f"figure.{name}": row[1], f"figure.{name}.note": row[2]}
    change = result.cash.premium_quantity(PREMIUM)
    texts |= {"premium": premium_text(change, words), "premium.note": premium_note(change, words)}
    chances = result.probability_saving_by_payer
    for name, change in result.statistics("incremental", "payer").items():
        texts[f"payer.{name}"] = change_text(change, words)
        texts[f"payer.{name}.chance"] = chance_of(chances[name], change, words.lang)
    for name, change in result.statistics("incremental", "cost_item").items():
        texts[f"item.{name}"] = change_text(change, words)
    figures = sentences.health_figures(result, words)
    for name, (label, figure, note) in zip(sentences.HEALTH, figures, strict=True):
        texts |= {f"health.{name}.label": label, f"health.{name}": figure}
        texts[f"health.{name}.note"] = note
    for name, level in result.levels.items():
        texts[f"alone.{name}"] = alone_text(result, name, level, words)
    return texts


def brief(result: models.Result, words: Words) -> dict[str, str]:
    """The answer for a narrow screen: EUR 60 million less, not certain; and its interval."""
    change = result.headline["incremental_total"]
    return {
        "brief": change_text(change, words, "alone"),
        "brief.range": sentences.margin(change["p2_5"], change["p97_5"], words, "live.span"),
    }


def seen_text(result: models.Result, perspective: str, words: Words) -> str:
    """One line: whose ledger, the difference that the package makes there, and its range."""
    change = result.seen_by(perspective)["incremental_total"]
    row = row_texts.labels("perspectives", result.catalogue)[perspective]
    spread = sentences.margin(change["p2_5"], change["p97_5"], words, "live.span")
    return words(
        "live.seen", who=words.of(row), change=change_text(change, words, "alone"), spread=spread
    )


def premium_text(change: Mapping, words: Words) -> str:
    """A change of the premium for an adult in whole euros, such as EUR 9 higher."""
    kind = choose("change", **direction(change))
    amount = count(abs(change["mean"]), change["p2_5"], change["p97_5"], words.lang)
    return words(f"live.premium.{kind}", amount=amount)


def premium_note(change: Mapping, words: Words) -> str:
    """The interval of a premium."""
    spread = count_range(change["p2_5"], change["p97_5"], words.lang)
    return words("live.premium.note", spread=spread)


def alone_text(result: models.Result, name: str, level: float, words: Words) -> str:
    """The effect of a lever at this level while the others stay at today's."""
    change = run_like(result, {name: level}).headline["incremental_total"]
    return change_text(change, words, "alone")


def live_words(words: Words) -> dict[str, str]:
    """The texts that the browser needs, by key, with empty fields."""
    keys = [key for part in PARTS for key in words.keys(part)]
    shown = (rules()["gains"].get(name, name) for name in sentences.HEALTH)
    keys += [WHOSE, CURRENT, *(f"health.{name}" for name in shown)]
    return {key: words.raw(key) for key in keys}


def view_words(result: models.Result, words: Words) -> dict:
    """What the view shows before any figure: texts, rules and levers, the same for all levels."""
    return {
        "description": outline(result, FIGURES),
        "lang": words.lang,
        "words": live_words(words),
        "rules": rules(),
        "health": list(sentences.HEALTH),
        "about": {lever.id: words.lever(lever, "what") for lever in result.levers.values()},
    }


def live_answer(result: models.Result, words: Words) -> dict:
    """The answer at these levels as the view shows it before the engine runs: texts, bars, dots."""
    changes = {"total": result.headline["incremental_total"]}
    for kind, by in (("payer", "payer"), ("item", "cost_item")):
        changes |= {f"{kind}.{k}": row for k, row in result.statistics("incremental", by).items()}
    ends = {
        name: [float(row[part]) for part in ("mean", "p2_5", "p97_5")]
        for name, row in changes.items()
    }
    return {
        "levels": result.levels,
        "kind": lead_kind(result),
        "texts": live_texts(result, words),
        "changes": ends,
        "circles": quantile_dots(result),
    }


def lead_kind(result: models.Result) -> str:
    """The claim of the lead sentence: `none` without a package, else what may be claimed of it."""
    kind = choose("lead", "claim", moved=bool(result.levels))
    return claim_of(result) if kind == "claim" else kind


def quantile_dots(result: models.Result) -> list[float]:
    """The difference in total cost, EUR a year, of 40 equally likely draws, dearest first."""
    ordered = np.sort(result.incremental)[::-1]
    return [float(ordered[int((i + 0.5) / CIRCLES * ordered.size)]) for i in range(CIRCLES)]


def year_texts(result: models.Result, words: Words) -> dict[str, str]:
    """Name -> text of the difference in each budget year."""
    budget = result.budget()
    whole = budget[(budget["payer"] == "total") & ~budget["discounted"]]
    return {f"year.{row.year}": change_text(row._asdict(), words) for row in whole.itertuples()}
