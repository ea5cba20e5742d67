"""The sentences and figures at the top of a page, in the reader's language."""

from __future__ import annotations

import models
from dashboard.address.link import HASH
from dashboard.wording import calibration, interpretation, row_texts
from dashboard.wording.catalogue import Words
from dashboard.wording.direction import amount_of, as_shown, chance_of, claim_of, direction
from dashboard.wording.numbers import (
    chance,
    count,
    count_range,
    estimate,
    euros,
    millions,
    number,
    percent,
    rounding,
    within,
)
from dashboard.wording.package import levels_in_words
from models.engine.result import SOCIETY
from models.tables.rules import choose, rules

HEALTH = ("sick_days", "qaly_loss", "pain_days", "xrays", "opioid_users")


def rounded_estimate(quantity: dict, words: Words) -> tuple[str, str]:
    """Mean and 95% interval of a headline figure, rounded as far as the interval allows."""
    return estimate(quantity["mean"], quantity["p2_5"], quantity["p97_5"], words.lang)


def reconciliation_text(result: models.Result, words: Words) -> str:
    if result.options.anchor == "evidence":
        total, spread = rounded_estimate(models.steps(result).loc["human_capital_total"], words)
        return words(
            "overview.reconciliation_evidence",
            bottom_up=_bottom_up(result, words),
            total=total,
            spread=spread,
        )
    calibration = result.calibration
    factor, low, high = (number(calibration[k], words.lang, 1) for k in ("factor", "p2_5", "p97_5"))
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
    """The total and its interval, its parts, and its source."""
    mean, spread = rounded_estimate(result.headline["base_case_total"], words)
    shares = _shares(result, words)
    each = models.per_inhabitant(result)
    amount, ends = estimate(each.mean, each.p2_5, each.p97_5, words.lang)
    shares |= {"each": amount, "each_spread": ends.removeprefix("EUR ")}
    return words("overview.lead", amount=mean), [
        words("overview.range", spread=spread, **shares),
        _sources(result, words),
    ]


def _sources(result: models.Result, words: Words) -> str:
    """The source of the total: the newspaper's figure as one of the sources, or the anchor."""
    if result.options.anchor == "evidence":
        return calibration.source_sentence(result, words)
    return words("overview.sources", bottom_up=_bottom_up(result, words))


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
    rows = []
    for name in ("human_capital", "friction"):
        mean, spread = rounded_estimate(totals[name], words)
        method = words(f"overview.method.{name}")
        note = words("overview.valuation_note", spread=spread, name=method)
        rows.append((words(f"overview.{name}"), mean, note))
    parts = result.summary("base_case", "category")
    for name, share in _shares(result, words).items():
        mean, _ = rounded_estimate(parts.loc[name], words)
        rows.append((words(f"overview.{name}"), mean, words("overview.share_note", share=share)))
    return rows


def whose(perspective: str, words: Words) -> str:
    """Whose money a perspective counts, as part of a sentence."""
    key = f"perspective.whose.{perspective}"
    return words(key) if key in words else words.of(row_texts.labels("perspectives")[perspective])


def simulator_answer(
    result: models.Result, words: Words, perspective: str = SOCIETY
) -> tuple[str, list[str]]:
    """What the package costs or saves for a perspective, its interval, and how certain that is."""
    seen, who = result.seen_by(perspective), whose(perspective, words)
    change = seen["incremental_total"]
    low, high = change["p2_5"], change["p97_5"]
    today, _ = rounded_estimate(seen["base_case_total"], words)
    amount = amount_of(change, words.lang)
    kind = choose("lead", "claim", moved=bool(result.levels))
    if kind == "claim":
        kind = claim_of(result, perspective)
    lead = words(f"simulator.lead.{kind}", amount=amount, whose=who, today=today)
    if not result.levels:
        return lead, [words("simulator.range.nothing")]
    verdict = interpretation.verdict_text(models.verdict(result), words)
    if perspective != SOCIETY:
        verdict = words("verdict.society", verdict=verdict[0].lower() + verdict[1:])
    return lead, [margin(low, high, words), verdict]


def margin(low: float, high: float, words: Words, key: str = "simulator.range") -> str:
    """The interval of a change as text; an end that rounds to 0 is not shown as an amount."""
    step, like = rounding(low, high), max(abs(low), abs(high))
    ends = tuple((x > 0) - (x < 0) for x in (round(low / step), round(high / step)))
    first, last = (euros(abs(x), words.lang, step, like=like) for x in (low, high))
    kind = choose("margin", low=ends[0], high=ends[1])
    return words(f"{key}.{kind}", low=first, high=last)


def leaves_out(result: models.Result, perspective: str, words: Words) -> str:
    """What the perspective does not count."""
    row = row_texts.labels("perspectives", result.catalogue)[perspective]
    return words("perspective.leaves_out", what=within(words.of(row, "leaves_out")))


def who_pays(result: models.Result, words: Words) -> str:
    """Who pays more and who pays less, also where society as a whole gains or loses."""
    named = rules()["named_payers"]
    means = {key: row["mean"] for key, row in result.statistics("incremental", "payer").items()}
    chances = result.probability_saving_by_payer
    name = row_texts.payer_name(words, result.catalogue)

    def listed(keys: list[str]) -> str:
        shown = [
            words(
                "who.payer",
                payer=within(name(key)),
                amount=millions(means[key], words.lang, plus=True),
                chance=chance(chances[key], words.lang),
            )
            for key in keys[: named["most"]]
        ]
        more = len(keys) - named["most"]
        return "; ".join(shown) + (words("who.others", n=more) if more > 0 else "")

    order = sorted(means, key=means.__getitem__)
    less = [key for key in order if means[key] <= -named["smallest"]]
    more = [key for key in reversed(order) if means[key] >= named["smallest"]]
    kind = choose(
        "who",
        moved=bool(result.levels),
        less=bool(less),
        more=bool(more),
        **direction(result.headline["incremental_total"]),
    )
    premium = ""  # households are never mentioned without what they pay in premiums
    if any(key.startswith("household") for key in (*less, *more)):
        amount = millions(means["basic_insurance"], words.lang, plus=True)
        premium = words("who.premium", amount=amount)
    return words(f"who.{kind}", less=listed(less), more=listed(more), premium=premium)


def package(result: models.Result, words: Words) -> str:
    """The levels of the package in words, in the order of the table."""
    if not result.levels:
        return words("simulator.untouched")
    chosen = levels_in_words(result.levels, result.levers, words)
    return words("simulator.loaded", levers="; ".join(chosen))


def money_figures(
    result: models.Result, words: Words, perspective: str = SOCIETY
) -> list[tuple[str, str, str]]:
    """Today and the package side by side, and the chance that it saves."""
    seen, rows = result.seen_by(perspective), []
    for name, key in (("today", "base_case_total"), ("scenario", "scenario_total")):
        mean, spread = rounded_estimate(seen[key], words)
        note = words("simulator.figure.per_year", spread=spread)
        rows.append((words(f"simulator.figure.{name}"), mean, note))
    change = seen["incremental_total"]
    share = chance_of(seen["probability_saving"], change, words.lang)
    note = words("simulator.figure.chance_nothing")
    if direction(change)["changed"]:
        note = words("simulator.figure.chance_note", whose=whose(perspective, words))
    return [*rows, (words("simulator.figure.chance"), share, note)]


def health_figures(
    result: models.Result, words: Words, measures: tuple[str, ...] = HEALTH
) -> list[tuple[str, str, str]]:
    """Differences with today in health and care, each with its 95% interval."""
    rows = []
    for measure, change in result.health_changes(measures).items():
        measure, row = as_shown(measure, change)
        low, high = row["p2_5"], row["p97_5"]
        spread = words("simulator.figure.unchanged")
        if low != high:
            spread = count_range(low, high, words.lang)
        figure = count(row["mean"], low, high, words.lang, plus=True)
        rows.append((words(f"health.{measure}"), figure, spread))
    return rows


def simulator_figures(result: models.Result, words: Words) -> list[tuple[str, str, str]]:
    """Money and the first measures of health, for a page with room for five figures."""
    return [*money_figures(result, words), *health_figures(result, words, HEALTH[:2])]


def years_text(choices, words: Words) -> str:
    """When the policies reach their full effect, and when the package has paid for itself."""
    *_, even = choices.table("budget")
    if not choices.state.levels:
        return words("simulator.years.even_nothing")
    n = choices.result.years_to_force
    force = words("simulator.years.force", n=n) if n else words("simulator.years.force_never")
    paid = words("simulator.years.even", year=even) if even else words("simulator.years.even_never")
    return words("simulator.years.text", force=force) + " " + paid


def footer(result: models.Result, words: Words) -> str:
    """Scenario, assumptions, draws and version behind every figure on the page."""
    return words(
        "app.footer",
        year=result.price_year,
        draws=number(result.options.draws, words.lang),
        hash=result.assumptions_hash[:HASH],
        scenario=result.scenario_id,
    )
