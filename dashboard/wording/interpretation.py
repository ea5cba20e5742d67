"""Interpretation of an answer: warnings, signal or noise, contributions, break-even."""

from __future__ import annotations

from collections.abc import Mapping

import models
from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import (
    chance,
    estimate,
    euros,
    level_text,
    million_range,
    millions,
    number,
    percent,
    rounding,
)
from dashboard.wording.units import measured
from models.analysis.choice.breakeven import Breakeven, OwnMeasure, PayingPrice
from models.analysis.choice.shapley import Attribution
from models.analysis.signal import Verdict
from models.tables.rules import choose

MILLION = 1e6
OF_ASSUMPTIONS = (
    "shares_above_one",
    "factor_out_of_range",
)  # about the assumptions, with any package


def warnings(result: models.Result, words: Words) -> list[str]:
    """Warnings about this package, as sentences."""
    return _sentences(result, words, of_assumptions=False)


def about_assumptions(result: models.Result, words: Words) -> list[str]:
    """Warnings about the assumptions themselves, as sentences."""
    return _sentences(result, words, of_assumptions=True)


def _sentences(result: models.Result, words: Words, of_assumptions: bool) -> list[str]:
    return [
        words(_key(warning.key, words), **_values(warning.values, result, words))
        for warning in models.warnings(result)
        if (warning.key in OF_ASSUMPTIONS) == of_assumptions
    ]


def _key(key: str, words: Words) -> str:
    """The key of the sentence of a warning; all pairs of levers from an upload share one."""
    return f"warning.{key}" if f"warning.{key}" in words else "warning.conflict"


def _values(values: Mapping, result: models.Result, words: Words) -> dict[str, str]:
    """Values of a warning as the reader writes them: names of levers, levels, counts, shares."""
    levers, lang = result.levers, words.lang
    lever = levers.get(values.get("lever", ""))
    texts = {}
    for name, value in values.items():
        if name in ("lever", "other"):
            texts[name] = words.of(levers[value])
        elif name == "of":
            texts[name] = words(f"warning.of_{value}")
        elif lever:
            texts[name] = level_text(lever, value, lang)
        elif name in ("draws", "change"):
            texts[name] = percent(value, lang)
        elif name in ("effective", "pool", "least"):
            texts[name] = number(round(value), lang)
        elif name == "parameter":
            texts[name] = words.of(result.model.assumptions[value])
        elif "parameter" in values:
            unit = values["unit"]
            texts[name] = value if name == "unit" else measured(value, unit, words, name == "value")
        elif name in ("needed", "spare", "there"):
            texts[name] = number(round(value, -1), lang)
        else:
            texts[name] = number(value, lang, 1)
    return texts


def verdict_text(row: Verdict, words: Words) -> str:
    """The verdict as a sentence with the arithmetic behind it."""
    if row.word == "nothing":
        return words("verdict.nothing")
    amount, _ = estimate(abs(row.mean), row.p2_5, row.p97_5, words.lang)
    nil = abs(row.mean) < rounding(row.p2_5, row.p97_5) / 2
    sentence = choose("verdict_sentence", row.word, verdict=row.word, rounds_to_nil=nil)
    return words(
        f"verdict.{sentence}",
        same=chance(row.same_sign, words.lang),
        verb=words("verdict.saves" if row.probability_saving == row.same_sign else "verdict.costs"),
        amount=amount,
        movement=euros(row.movement, words.lang, MILLION),
    )


def verdict_rows(answer: Mapping[str, Verdict], result, words: Words) -> list[tuple]:
    """Policy, verdict, mean, interval, chance of saving, and reason; the whole package last."""
    names = [*(name for name in answer if name != "package"), "package"]
    return [
        (
            words("verdict.package") if name == "package" else words.of(result.levers[name]),
            words(f"verdict.short_{v.word}"),
            millions(v.mean, words.lang, 1, plus=True),
            million_range(v.p2_5, v.p97_5, words.lang),
            chance(v.probability_saving, words.lang),
            chance(v.same_sign, words.lang),
            percent(v.share_of_total, words.lang, 1),
            percent(v.share_of_range, words.lang, 1),
            percent(v.share_of_movement, words.lang),
        )
        for name, v in ((name, answer[name]) for name in names)
    ]


def verdict_how(answer: Mapping[str, Verdict], result, words: Words) -> str:
    """The three limits of the verdicts and where they come from."""
    a, package = result.model.assumptions, answer["package"]
    return words(
        "verdict.how",
        certainty=percent(a["signal_certainty"].base, words.lang, 1),
        likely=percent(a["signal_likely"].base, words.lang),
        movement=euros(package.movement, words.lang, MILLION),
        share=percent(a["sl_year_movement"].base, words.lang),
        sick_leave=euros(package.movement / a["sl_year_movement"].base, words.lang),
    )


def attribution_rows(answer: Attribution, result, words: Words) -> list[tuple[str, ...]]:
    """Policy, level, saving alone, contribution with its interval; the whole package last."""
    rows = [
        (
            words.of(result.levers[part["lever"]]),
            level_text(result.levers[part["lever"]], part["level"], words.lang),
            millions(part["alone"], words.lang, 1, plus=True),
            millions(part["share"], words.lang, 1, plus=True),
            million_range(part["p2_5"], part["p97_5"], words.lang),
        )
        for part in sorted(answer["parts"], key=lambda part: part["share"])
    ]
    whole = millions(answer["total"], words.lang, 1, plus=True)
    alone = millions(answer["total"] - answer["interaction"], words.lang, 1, plus=True)
    change = result.headline["incremental_total"]
    spread = million_range(change["p2_5"], change["p97_5"], words.lang)
    return [*rows, (words("attribution.total"), "", alone, whole, spread)]


def attribution_text(answer: Attribution, words: Words) -> tuple[str, str]:
    """How far the policies overlap, and how the contributions were calculated."""
    error = max((part["standard_error"] for part in answer["parts"]), default=0.0)
    how = words(
        f"attribution.{answer['method']}",
        runs=number(answer["runs"], words.lang),
        error=euros(error, words.lang),
    )
    overlap = words("attribution.none")
    if abs(answer["interaction"]) >= 5e4:
        amount = euros(abs(answer["interaction"]), words.lang)
        overlap = words("attribution.interaction", amount=amount)
    return overlap, how


def breakeven_text(answer: Breakeven, result, words: Words) -> list[str]:
    """Where the lever costs nothing, beside what trials found, in the unit of its own measure."""
    fact = result.model.assumptions[answer["parameter"]]
    low, high = _ends(answer["plausible"], fact.unit, words)
    names = {
        "lever": words.of(result.levers[answer["lever"]]),
        "parameter": words.of(fact),
        "base": measured(answer["base"], fact.unit, words),
    }
    if answer["value"] is None:
        fixed = fact.low == fact.high or fact.group == "context"
        kind = "fixed" if fixed else "not_found"
        return [words(f"breakeven.{kind}", low=low, high=high, **names)]
    value = measured(answer["value"], fact.unit, words)
    plain = words("breakeven.found", value=value, **names)
    kind = "evidence" if answer["evidence"] else "guess"
    low, high = _ends(answer["evidence"] or (fact.low, fact.high), fact.unit, words)
    inside = words(f"breakeven.{kind}", low=low, high=high)
    outcome = answer["outcome"]
    if not outcome or outcome["at_breakeven"] is None or _same(outcome):
        return [plain, inside]
    at, now = (_change(outcome[name], outcome, words) for name in ("at_breakeven", "at_base"))
    ends = [_amount(value, words) for value in sorted(outcome["at_range"])]
    lead = words("breakeven.outcome", at=at, **names)
    beside = words(f"breakeven.outcome_{kind}", now=now, low=ends[0], high=ends[1])
    return [lead, beside, plain, inside]


def paying_price_text(price: PayingPrice | None, result, words: Words) -> str:
    """The price below which a policy pays for itself, in two digits; empty where it has none."""
    if price is None:
        return ""
    names = {
        "lever": words.of(result.levers[price.lever]),
        "base": measured(price.base, price.unit, words),
    }
    if price.value is None:
        return words("breakeven.price_never", **names)
    value = measured(float(f"{price.value:.2g}"), price.unit, words)
    return words("breakeven.price", value=value, **names)


def _same(outcome: OwnMeasure) -> bool:
    """Whether the measure does not depend on the assumption, so that it explains nothing."""
    at, base = outcome["at_breakeven"], outcome["at_base"]
    return abs(at - base) <= 1e-3 * max(abs(at), abs(base), 1e-9)


def _ends(ends, unit: str, words: Words) -> tuple[str, str]:
    """Both ends of a range, with the unit after the last."""
    return measured(ends[0], unit, words, named=False), measured(ends[1], unit, words)


def _change(value: float, outcome: OwnMeasure, words: Words) -> str:
    """A change of a measure, such as "sick days: 6.2 fewer per participant"."""
    per = words(f"breakeven.per_{outcome['per']}")
    measure = words(f"health.{outcome['measure']}").lower()
    return words("breakeven.change", measure=measure, amount=_amount(value, words), per=per)


def _amount(value: float, words: Words) -> str:
    """An amount with its direction, such as 6.2 fewer or 1.7 more."""
    size = abs(value)
    figure = number(size, words.lang, 0 if size >= 100 else 3 if size < 0.1 else 1)
    return words(f"breakeven.{'less' if value < 0 else 'more'}", n=figure)
