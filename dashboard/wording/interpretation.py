"""What to make of an answer: warnings, signal or noise, who contributes what, when it pays."""

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
from models.analysis.choice.breakeven import Breakeven, OwnMeasure
from models.analysis.choice.shapley import Attribution
from models.analysis.signal import Verdict
from models.tables.rules import choose

MILLION = 1e6
OF_ASSUMPTIONS = (
    "shares_above_one",
    "factor_out_of_range",
)  # true of the assumptions, whatever the package


def warnings(result: models.Result, words: Words) -> list[str]:
    """Sentences of what a reader of this package should mind."""
    return _sentences(result, words, of_assumptions=False)


def about_assumptions(result: models.Result, words: Words) -> list[str]:
    """Sentences of what is odd in the assumptions themselves."""
    return _sentences(result, words, of_assumptions=True)


def _sentences(result: models.Result, words: Words, of_assumptions: bool) -> list[str]:
    return [
        words(_key(one.key, words), **_said(one.values, result, words))
        for one in models.warnings(result)
        if (one.key in OF_ASSUMPTIONS) == of_assumptions
    ]


def _key(key: str, words: Words) -> str:
    """The sentence of a warning; a pair of levers from an upload shares one."""
    return f"warning.{key}" if f"warning.{key}" in words else "warning.conflict"


def _said(values: Mapping, result: models.Result, words: Words) -> dict[str, str]:
    """Values of a warning in the reader's language: names of levers, levels, counts, shares."""
    levers, lang = result.levers, words.lang
    lever = levers.get(values.get("lever", ""))
    said = {}
    for name, value in values.items():
        if name in ("lever", "other"):
            said[name] = words.of(levers[value])
        elif name == "of":
            said[name] = words(f"warning.of_{value}")
        elif lever:
            said[name] = level_text(lever, value, lang)
        elif name in ("draws", "change"):
            said[name] = percent(value, lang)
        elif name in ("effective", "pool", "least"):
            said[name] = number(round(value), lang)
        elif name == "parameter":
            said[name] = words.of(result.model.assumptions[value])
        elif "parameter" in values:
            unit = values["unit"]
            said[name] = value if name == "unit" else measured(value, unit, words, name == "value")
        elif name in ("needed", "spare", "there"):
            said[name] = number(round(value, -1), lang)
        else:
            said[name] = number(value, lang, 1)
    return said


def verdict_text(one: Verdict, words: Words) -> str:
    """The verdict as a sentence that holds the arithmetic it rests on."""
    if one.word == "nothing":
        return words("verdict.nothing")
    amount, _ = estimate(abs(one.mean), one.p2_5, one.p97_5, words.lang)
    nil = abs(one.mean) < rounding(one.p2_5, one.p97_5) / 2
    sentence = choose("verdict_sentence", one.word, verdict=one.word, rounds_to_nil=nil)
    return words(
        f"verdict.{sentence}",
        same=chance(one.same_sign, words.lang),
        verb=words("verdict.saves" if one.probability_saving == one.same_sign else "verdict.costs"),
        amount=amount,
        movement=euros(one.movement, words.lang, MILLION),
    )


def verdict_rows(found: Mapping[str, Verdict], result, words: Words) -> list[tuple]:
    """Policy, verdict, mean, interval, chance of saving, and what it rests on; together last."""
    names = [*(name for name in found if name != "package"), "package"]
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
        for name, v in ((name, found[name]) for name in names)
    ]


def verdict_how(found: Mapping[str, Verdict], result, words: Words) -> str:
    """The three limits and where they come from."""
    a, one = result.model.assumptions, found["package"]
    return words(
        "verdict.how",
        certainty=percent(a["signal_certainty"].base, words.lang, 1),
        likely=percent(a["signal_likely"].base, words.lang),
        movement=euros(one.movement, words.lang, MILLION),
        share=percent(a["sl_year_movement"].base, words.lang),
        sick_leave=euros(one.movement / a["sl_year_movement"].base, words.lang),
    )


def attribution_rows(found: Attribution, result, words: Words) -> list[tuple[str, ...]]:
    """Policy, level, alone, contribution with its interval; the whole last."""
    rows = [
        (
            words.of(result.levers[part["lever"]]),
            level_text(result.levers[part["lever"]], part["level"], words.lang),
            millions(part["alone"], words.lang, 1, plus=True),
            millions(part["share"], words.lang, 1, plus=True),
            million_range(part["p2_5"], part["p97_5"], words.lang),
        )
        for part in sorted(found["parts"], key=lambda part: part["share"])
    ]
    whole = millions(found["total"], words.lang, 1, plus=True)
    alone = millions(found["total"] - found["interaction"], words.lang, 1, plus=True)
    change = result.headline["incremental_total"]
    spread = million_range(change["p2_5"], change["p97_5"], words.lang)
    return [*rows, (words("attribution.total"), "", alone, whole, spread)]


def attribution_text(found: Attribution, words: Words) -> str:
    """How the contributions were worked out, and how far the policies overlap."""
    error = max((part["standard_error"] for part in found["parts"]), default=0.0)
    how = words(
        f"attribution.{found['method']}",
        runs=number(found["runs"], words.lang),
        error=euros(error, words.lang),
    )
    overlap = words("attribution.none")
    if abs(found["interaction"]) >= 5e4:
        amount = euros(abs(found["interaction"]), words.lang)
        overlap = words("attribution.interaction", amount=amount)
    return f"{how} {overlap}"


def breakeven_text(found: Breakeven, result, words: Words) -> list[str]:
    """Where the lever costs nothing, beside what trials found, in the reader's own measure."""
    fact = result.model.assumptions[found["parameter"]]
    low, high = _ends(found["plausible"], fact.unit, words)
    names = {
        "lever": words.of(result.levers[found["lever"]]),
        "parameter": words.of(fact),
        "base": measured(found["base"], fact.unit, words),
    }
    if found["value"] is None:
        fixed = fact.low == fact.high or fact.group == "context"
        kind = "fixed" if fixed else "not_found"
        return [words(f"breakeven.{kind}", low=low, high=high, **names)]
    value = measured(found["value"], fact.unit, words)
    plain = words("breakeven.found", value=value, **names)
    kind = "evidence" if found["evidence"] else "guess"
    low, high = _ends(found["evidence"] or (fact.low, fact.high), fact.unit, words)
    inside = words(f"breakeven.{kind}", low=low, high=high)
    outcome = found["outcome"]
    if not outcome or outcome["at_breakeven"] is None or _same(outcome):
        return [plain, inside]
    at, now = (_change(outcome[name], outcome, words) for name in ("at_breakeven", "at_base"))
    ends = [_amount(value, words) for value in sorted(outcome["at_range"])]
    lead = words("breakeven.outcome", at=at, **names)
    beside = words(f"breakeven.outcome_{kind}", now=now, low=ends[0], high=ends[1])
    return [lead, beside, plain, inside]


def _same(outcome: OwnMeasure) -> bool:
    """Whether the measure does not follow the assumption, so that it says nothing about it."""
    at, base = outcome["at_breakeven"], outcome["at_base"]
    return abs(at - base) <= 1e-3 * max(abs(at), abs(base), 1e-9)


def _ends(ends, unit: str, words: Words) -> tuple[str, str]:
    """Both ends of a range; the unit stands behind the last."""
    return measured(ends[0], unit, words, named=False), measured(ends[1], unit, words)


def _change(value: float, outcome: OwnMeasure, words: Words) -> str:
    """Sick days: 6.2 fewer per participant."""
    per = words(f"breakeven.per_{outcome['per']}")
    measure = words(f"health.{outcome['measure']}").lower()
    return words("breakeven.change", measure=measure, amount=_amount(value, words), per=per)


def _amount(value: float, words: Words) -> str:
    """6.2 fewer, 1.7 more."""
    size = abs(value)
    figure = number(size, words.lang, 0 if size >= 100 else 3 if size < 0.1 else 1)
    return words(f"breakeven.{'less' if value < 0 else 'more'}", n=figure)
