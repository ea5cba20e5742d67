"""The sentences and figures at the top of a page, in the reader's language."""

from __future__ import annotations

import models
from dashboard import judgement
from dashboard.formats import (
    count,
    count_range,
    estimate,
    euros,
    level_text,
    number,
    percent,
    rounding,
)
from dashboard.state import HASH
from dashboard.text import Words


def said(quantity: dict, words: Words) -> tuple[str, str]:
    """Mean and 95% interval of a headline figure, rounded as far as the interval allows."""
    return estimate(quantity["mean"], quantity["p2_5"], quantity["p97_5"], words.lang)


def reconciliation_text(result: models.Result, words: Words) -> str:
    found = result.calibration
    factor, low, high = (number(found[k], words.lang, 1) for k in ("point", "p2_5", "p97_5"))
    return words(
        "overview.reconciliation_text",
        bottom_up=_bottom_up(result, words),
        factor=factor,
        low=low,
        high=high,
    )


def _bottom_up(result: models.Result, words: Words) -> str:
    row = models.steps(result).loc["bottom_up"]
    return estimate(row["mean"], row["p2_5"], row["p97_5"], words.lang)[0]


def overview_answer(result: models.Result, words: Words) -> tuple[str, list[str]]:
    """The total and its range, what it is made of, and where it comes from."""
    mean, spread = said(result.headline["base_case_total"], words)
    shares = _shares(result, words)
    return words("overview.lead", amount=mean), [
        words("overview.range", spread=spread, **shares),
        words("overview.sources", bottom_up=_bottom_up(result, words)),
    ]


def _shares(result: models.Result, words: Words) -> dict[str, str]:
    parts = result.summary("base_case", "category")["mean"]
    total = result.headline["base_case_total"]["mean"]
    return {name: percent(parts[name] / total, words.lang) for name in ("work", "care")}


def overview_figures(result: models.Result, words: Words) -> list[tuple[str, str, str]]:
    """Both valuations, then work and care."""
    other = result.other_valuation
    totals = {
        result.options.valuation: result.headline["base_case_total"],
        other["valuation"]: other["base_case_total"],
    }
    found = []
    for name in ("human_capital", "friction"):
        mean, spread = said(totals[name], words)
        method = words(f"overview.method.{name}")
        note = words("overview.valuation_note", spread=spread, name=method)
        found.append((words(f"overview.{name}"), mean, note))
    parts = result.summary("base_case", "category")
    for name, share in _shares(result, words).items():
        mean, _ = said(parts.loc[name], words)
        found.append((words(f"overview.{name}"), mean, words("overview.share_note", share=share)))
    return found


def simulator_answer(result: models.Result, words: Words) -> tuple[str, list[str]]:
    """What the package costs or saves with its range, and what it consists of."""
    change = result.headline["incremental_total"]
    low, high = change["p2_5"], change["p97_5"]
    if not result.levels:
        today, _ = said(result.headline["base_case_total"], words)
        return words("simulator.lead.nothing", today=today), [words("simulator.range.nothing")]
    step = rounding(low, high)
    amounts = {
        name: euros(abs(value), words.lang, step, like=max(abs(low), abs(high)))
        for name, value in (("mean", change["mean"]), ("low", low), ("high", high))
    }
    kind = "nil" if abs(change["mean"]) < step / 2 else "saves" if change["mean"] < 0 else "costs"
    if low >= 0:
        spread = words("simulator.range.costs", least=amounts["low"], most=amounts["high"])
    elif high <= 0:
        spread = words("simulator.range.saves", most=amounts["low"], least=amounts["high"])
    else:
        spread = words("simulator.range.mixed", saving=amounts["low"], cost=amounts["high"])
    lead = words(f"simulator.lead.{kind}", amount=amounts["mean"])
    return lead, [spread, judgement.verdict_text(models.verdict(result), words)]


def package(result: models.Result, words: Words) -> str:
    """The levels of the package in words, in the order of the sidebar."""
    if not result.levels:
        return words("simulator.untouched")
    chosen = [
        words(
            "simulator.lever_at",
            label=words.of(lever),
            level=level_text(lever, result.levels[name], words.lang),
        )
        for name, lever in result.levers.items()
        if name in result.levels
    ]
    return words("simulator.loaded", levers="; ".join(chosen))


def simulator_figures(result: models.Result, words: Words) -> list[tuple[str, str, str]]:
    """Today and the package side by side, the chance of saving, and what it does for health."""
    found = []
    for name in ("today", "scenario"):
        key = {"today": "base_case_total", "scenario": "scenario_total"}[name]
        mean, spread = said(result.headline[key], words)
        note = words("simulator.figure.per_year", spread=spread)
        found.append((words(f"simulator.figure.{name}"), mean, note))
    chance = percent(result.headline["probability_saving"], words.lang) if result.levels else "–"
    note = words(
        "simulator.figure.chance_note" if result.levels else "simulator.figure.chance_nothing"
    )
    found.append((words("simulator.figure.chance"), chance, note))
    measures = {"sick_days": "sick_days", "qaly": "qaly_loss"}
    frame = result.health(tuple(measures.values())).set_index(["measure", "scenario"])
    for name, measure in measures.items():
        row = frame.loc[(measure, "incremental")]
        low, high = row["p2_5"], row["p97_5"]
        spread = words("simulator.figure.unchanged")
        if low != high:
            spread = count_range(low, high, words.lang)
        figure = count(row["mean"], low, high, words.lang, plus=True)
        found.append((words(f"simulator.figure.{name}"), figure, spread))
    return found


def years_text(now, words: Words) -> str:
    """When the effect is there, and when the package has paid for itself."""
    _, _, even = now.table("budget")
    if not now.state.levels:
        return words("simulator.years.even_nothing")
    n = now.result.years_to_force
    force = words("simulator.years.force", n=n) if n else words("simulator.years.force_never")
    paid = words("simulator.years.even", year=even) if even else words("simulator.years.even_never")
    return words("simulator.years.text", force=force) + " " + paid


def footer(result: models.Result, words: Words) -> str:
    """What every figure on the page was made with."""
    return words(
        "app.footer",
        year=result.price_year,
        draws=number(result.options.draws, words.lang),
        hash=result.assumptions_hash[:HASH],
        scenario=result.scenario_id,
    )
