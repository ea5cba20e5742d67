"""Sentences on where two parties differ: what they share, and the number that divides them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import models
from dashboard.wording.catalogue import Words
from dashboard.wording.drivers import option_name
from dashboard.wording.numbers import NIL, euros, millions, number
from dashboard.wording.units import measured
from models.analysis.choice.options import reference_value
from models.analysis.evidence.deliberation import Deliberation, DividingRow
from models.analysis.evidence.sides import PACKAGE, TODAY, TOGETHER

MILLION = 1e6
SEEN = 0.05e6  # EUR a year: smaller amounts are 0 in the tables
MOST = 25  # rows of a table; the others are summed in one


def label_of(words: Words, used: models.Assumptions) -> Callable[[str], str]:
    """A function from parameter, or parameters joined by +, to the label that readers see."""

    def label(row: str) -> str:
        return TOGETHER.join(words.of(used[name]) for name in row.split(TOGETHER))

    return label


def choice_name(option: str, result: models.Result, words: Words) -> str:
    """Today, the current package, or a proposed package, within a sentence."""
    if option in (TODAY, PACKAGE):
        return words(f"deliberate.{option}")
    return option_name(option, result, words)


def agreement(comparison: Deliberation, words: Words) -> str:
    """The part of the total that both sides count, EUR."""
    if not comparison.rows:
        return words("deliberate.answer.equal")
    ends = sorted((comparison.base_case.a, comparison.base_case.b))
    step = 10 * MILLION if ends[1] - ends[0] >= 10 * MILLION else MILLION
    agreed, larger = (euros(end, words.lang, step, like=ends[1]) for end in ends)
    if agreed == larger:
        return words("deliberate.answer.alike", larger=larger)
    return words("deliberate.answer.agree", agreed=agreed, larger=larger)


def answer(
    comparison: Deliberation, names: tuple[str, str], result: models.Result, words: Words
) -> tuple[str, list[str]]:
    """The main sentence, and those beneath it. `result`: the run of side a."""
    if not comparison.rows:
        return words("deliberate.answer.equal"), []
    return agreement(comparison, words), [
        *choice(comparison, names, result, words),
        *counts(comparison, names, words),
    ]


def counts(comparison: Deliberation, names: tuple[str, str], words: Words) -> list[str]:
    """How many numbers differ, what cancels out, and the effect of the package for each side."""
    same = number(comparison.agreed, words.lang)
    key = "counts_one" if len(comparison.rows) == 1 else "counts"
    texts = [words(f"deliberate.answer.{key}", differ=len(comparison.rows), same=same)]
    up = sum(row.share for row in comparison.rows if row.share > 0)
    down = -sum(row.share for row in comparison.rows if row.share < 0)
    if min(up, down) >= MILLION:
        amounts = {"up": _euros(up, words), "down": _euros(down, words)}
        texts.append(words("deliberate.answer.cancel", **amounts))
    if comparison.levers:
        first, second = (
            euros(end, words.lang, MILLION, plus=True)
            for end in (comparison.incremental.a, comparison.incremental.b)
        )
        a, b = names
        texts.append(words("deliberate.answer.package", first=first, second=second, a=a, b=b))
    return texts


def choice(
    comparison: Deliberation, names: tuple[str, str], result: models.Result, words: Words
) -> list[str]:
    """What each side would choose, which numbers decide it, and the value of settling them."""
    made, (a, b) = comparison.decision, names
    first, second = (choice_name(option, result, words) for option in (made.a, made.b))
    if not made.changes:
        return [words("deliberate.answer.same_choice", choice=first)]
    label = label_of(words, result.model.assumptions)

    def listed(rows: Sequence[str]) -> str:
        quoted = [f"“{label(row)}”" for row in rows]
        return words("deliberate.joined").join(quoted)

    sides = {"a": a, "b": b, "first": first, "second": second}
    rows = made.dividing
    if len(rows) == 1:
        texts = [words("deliberate.answer.one", names=label(rows[0]), **sides)]
    else:
        texts = [words("deliberate.answer.more", n=len(rows), names=listed(rows), **sides)]
    if set(made.dividing_b) != set(rows):
        texts.append(words("deliberate.answer.other", b=b, names=listed(made.dividing_b)))
    if not made.proven:
        texts.append(words("deliberate.answer.not_proven"))
    worth = made.research
    if worth is not None:
        if worth.settled >= SEEN:
            settled = _euros(worth.settled, words)
            texts.append(words("deliberate.answer.worth", settled=settled))
        else:
            texts.append(words("deliberate.answer.worth_nothing"))
        known = {
            "first": _euros(worth.a.evppi, words),
            "second": _euros(worth.b.evppi, words),
        }
        texts.append(words("deliberate.answer.knowing", a=a, b=b, **known))
    return texts


def _euros(amount: float, words: Words) -> str:
    return euros(amount, words.lang, MILLION / 10 if amount < 10 * MILLION else MILLION)


def table(
    comparison: Deliberation, names: tuple[str, str], used: models.Assumptions, words: Words
) -> tuple[list[str], list[tuple[str, ...]]]:
    """Head and rows of the numbers that differ, EUR million a year; the last row is the sum."""
    label, packaged = label_of(words, used), bool(comparison.levers)
    head = [words("deliberate.column.row"), *names, words("deliberate.column.total")]
    head += [words("deliberate.column.package")] if packaged else []

    def amounts(total: float, package: float) -> tuple[str, ...]:
        both = (total, package) if packaged else (total,)
        return tuple(millions(amount, words.lang, 1, plus=True) for amount in both)

    def line(row: DividingRow) -> tuple[str, ...]:
        values = (_values(value, row.unit, words) for value in (row.a, row.b))
        return label(row.parameter), *values, *amounts(row.share, row.share_incremental)

    rows = [line(row) for row in comparison.rows[:MOST]]
    if rest := comparison.rows[MOST:]:
        sums = sum(row.share for row in rest), sum(row.share_incremental for row in rest)
        name = words("chart.deliberation.rest", n=len(rest))
        rows.append((name, NIL, NIL, *amounts(*sums)))
    whole = words("deliberate.table.total")
    rows.append((whole, "", "", *amounts(comparison.total, comparison.total_incremental)))
    return head, rows


def _values(value: float | tuple[float, ...], unit: str, words: Words) -> str:
    if isinstance(value, tuple):
        units = unit.split(TOGETHER) if TOGETHER in unit else [unit] * len(value)
        pairs = zip(value, units, strict=False)
        return "; ".join(measured(part, each, words, named=False) for part, each in pairs)
    return measured(value, unit, words)


def how(
    comparison: Deliberation, names: tuple[str, str], result: models.Result, words: Words
) -> list[str]:
    """How to read the amounts, and what is the same for both sides."""
    a, b = names
    texts = [words("deliberate.how.shares", a=a, b=b, year=result.price_year)]
    if comparison.method == "sampled":
        error = max(row.standard_error for row in comparison.rows)
        draws = number(comparison.stamp.options.draws, words.lang)
        rounded = millions(2 * error, words.lang, 1)
        texts.append(words("deliberate.how.sampled", draws=draws, error=rounded))
    if any(TOGETHER in row.parameter for row in comparison.rows):
        texts.append(words("deliberate.how.bound"))
    value = euros(reference_value(result), words.lang)
    texts += [words("deliberate.how.held"), words("deliberate.how.choice", value=value)]
    if comparison.words_only:
        label = label_of(words, result.model.assumptions)
        listed = "; ".join(map(label, comparison.words_only[:MOST]))
        texts.append(words("deliberate.how.words", names=listed))
    return texts
