"""The sentences of the brief: heading, policies, years, doubts and sources."""

from __future__ import annotations

from collections.abc import Mapping
from math import floor, log10

import models
from dashboard.wording import interpretation, origin, ranking, row_texts, sentences
from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import level_text, millions, within
from dashboard.wording.package import levels_in_words
from dashboard.wording.units import measured
from models.analysis.uncertainty.swing import Swing

OWN = ("expert_guess", "convention")  # keys that are no publication
MOST = 4  # assumptions named as most important
TOLD = 4  # policies with a sentence on what they do; with more only their levels
MILLION = 1e6


def question(result: models.Result, words: Words) -> str:
    """The heading of a brief without its own name: the policies, or today's cost."""
    if not result.levels:
        return words("brief.question_today")
    names = levels_in_words(result.levels, result.levers, words)
    shown = "; ".join(names[:3])
    more = len(names) - 3
    return words("brief.question_more" if more > 0 else "brief.question", names=shown, more=more)


def policies(result: models.Result, words: Words) -> list[str]:
    """For each policy a sentence: today's level, this level, what it does, its saving alone."""
    alone = models.verdicts(result)
    texts = []
    for name, lever in result.levers.items():
        if name not in result.levels:
            continue
        level = level_text(lever, result.levels[name], words.lang)
        today = level_text(lever, lever.today, words.lang)
        texts.append(words("brief.level", label=words.of(lever), level=level, today=today))
        if len(result.levels) <= TOLD:
            texts[-1] += f" {words.lever(lever, 'what')}"
        if len(result.levels) > 1:
            amount, spread = ranking.change({"incremental": vars(alone[name])}, words)
            texts[-1] += " " + words("brief.alone", amount=amount, spread=spread)
    return texts


def evidence(result: models.Result, words: Words) -> list[str]:
    """For each policy of a small package the research behind it, and how its number is known."""
    if len(result.levels) > TOLD:
        return []
    chosen = [lever for name, lever in result.levers.items() if name in result.levels]
    return [
        words("brief.research", label=words.of(lever), text=words.lever(lever, "evidence"))
        for lever in chosen
        if words.lever(lever, "evidence")
    ]


def years(result: models.Result, words: Words) -> tuple[list[str], list[tuple[str, ...]]]:
    """Heads and rows of payer by calendar year, nominal EUR million; payers with a difference."""
    tables = (
        frame[~frame["discounted"]].set_index("payer")["mean"]
        for frame in (result.budget(), result.budget_sum())
    )
    by_year, added = tables
    whole = list(by_year.loc["total"]) + [added["total"]]
    payers = [name for name in added.index if name != "total"]
    cells = {name: [*by_year.loc[name], added[name]] for name in payers}
    moved = [name for name in payers if max(map(abs, cells[name])) >= MILLION / 20]
    decimals = _decimals([amount for name in moved for amount in cells[name]])

    def row(label: str, amounts) -> tuple[str, ...]:
        return label, *(millions(amount, words.lang, decimals, plus=True) for amount in amounts)

    label = row_texts.payer_name(words, result.catalogue)
    rows = [row(label(name), cells[name]) for name in moved]
    heads = result.budget()["year"].unique()
    return [words("table.payer"), *map(str, heads), words("table.added")], [
        *rows,
        row(words("table.total"), whole),
    ]


def _decimals(amounts: list[float]) -> int:
    """Decimals of EUR million that show two digits of the largest of these amounts, at most two."""
    most = max(map(abs, amounts), default=0.0) / MILLION
    return 0 if most >= 10 or not most else min(2, 1 - floor(log10(most)))


def unknown(result: models.Result, words: Words, moved: dict[str, Swing]) -> list[str]:
    """The main reasons to doubt the answer, the largest first.

    `moved`: for each assumption how far the answer moves over its range, EUR a year.
    """
    other = result.other_valuation
    change = sentences.rounded_estimate(other["incremental_total"], words)
    total = sentences.rounded_estimate(other["base_case_total"], words)
    method = words(f"overview.method.{other['valuation']}")
    texts = interpretation.warnings(result, words)
    if result.levels:
        texts.append(
            words("brief.other_valuation", method=method, amount=change[0], spread=change[1])
        )
        texts += [_swing(name, size, result, words) for name, size in _largest(moved)]
    else:
        texts.append(words("brief.other_total", method=method, amount=total[0], spread=total[1]))
    texts.append(sentences.reconciliation_text(result, words))
    society = row_texts.labels("perspectives", result.catalogue)["society"]
    return [*texts, f"{words('table.leaves_out')}: {within(words.of(society, 'leaves_out'))}"]


def _largest(moved: dict[str, Swing]) -> list[tuple[str, tuple[float, float]]]:
    """The `MOST` assumptions that move the difference furthest over their range, with both ends."""
    ends = {name: (min(swing.package), max(swing.package)) for name, swing in moved.items()}
    order = sorted(ends, key=lambda name: ends[name][0] - ends[name][1])
    return [(name, ends[name]) for name in order[:MOST]]


def _swing(name: str, ends: tuple[float, float], result: models.Result, words: Words) -> str:
    row = result.model.assumptions[name]
    low, high = (millions(end, words.lang, 1, plus=True) for end in ends)
    kind = "swing_guess" if row.provenance == "expert_guess" else "swing"
    return words(
        "brief.swing_own" if origin.is_own(row) else f"brief.{kind}",
        label=words.of(row),
        value=measured(row.base, row.unit, words),
        least=measured(row.low, row.unit, words, named=False),
        most=measured(row.high, row.unit, words),
        low=low,
        high=high,
    )


def sources(result: models.Result, words: Words) -> list[str]:
    """The sources of the policies in the package and of the published total, as references."""
    used = result.model.assumptions
    names = ["tot_article", "tot_lambeek_2007"]
    for lever in result.levels:
        chosen = result.levers[lever]
        names += [chosen.source, *(effect.effect for effect in chosen.effects)]
    rows = [used[name] for name in names if name in used]
    keys = dict.fromkeys(row.source for row in rows if not origin.is_own(row))
    return [_reference(used.sources[key]) for key in keys if key not in OWN]


def _reference(source: Mapping[str, str]) -> str:
    parts = (source["authors"], source["title"], source["publisher"], source["year"])
    return ". ".join(part.rstrip(".") for part in parts if part) + f". {source['url']}".rstrip()
