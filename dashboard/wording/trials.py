"""The trials behind an effect, as sentences and numbers for the reader."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import estimate, euros, number, percent
from dashboard.wording.package import lever_at
from models.analysis.evidence.trial_rows import RATIOS, Trial
from models.analysis.evidence.trials import EffectEvidence, Moved
from models.engine.record import Quantity
from models.tables.levers import Lever

MILLION = 1e6
FEW = 2  # trials: with so few the range is unreliable


def figure(three: Sequence[float], words: Words) -> str:
    """Estimate with its interval, in two decimals."""
    parts = dict(
        zip(("estimate", "low", "high"), (number(x, words.lang, 2) for x in three), strict=True)
    )
    return words("trials.figure", **parts)


def own_estimate(trial: Trial, words: Words) -> str:
    """The result of a trial, with its interval where that was seen."""
    if trial.figures:
        return figure(trial.figures, words)
    return "–" if trial.estimate is None else number(trial.estimate, words.lang, 2)


def name_of(trial: Trial, words: Words) -> str:
    """A trial by its first author, country and year."""
    author = trial.id.split("_")[0].capitalize()
    return f"{author} {trial.year}, {words.of(trial, 'population')} ({trial.country})"


def row_of(effect: EffectEvidence, words: Words) -> str:
    return figure((effect.base, effect.low, effect.high), words)


def answer(effect: EffectEvidence, levers: dict[str, Lever], words: Words) -> tuple[str, list[str]]:
    """The pooled result of the trials, the effect in use, and what the difference would change."""
    row, pooled = row_of(effect, words), effect.pooled
    if pooled is None:
        return words(f"trials.{'one' if effect.counted else 'none'}", row=row), []
    ends = pooled.estimate, pooled.low, pooled.high
    lead = words("trials.pooled", n=pooled.trials, pooled=figure(ends, words), row=row)
    cautious = figure((pooled.estimate, pooled.cautious_low, pooled.cautious_high), words)
    ahead = figure((pooled.estimate, pooled.predicted_low, pooled.predicted_high), words)
    texts = [words("trials.range", cautious=cautious, predicted=ahead)]
    if pooled.trials == FEW:
        texts.append(words("trials.few"))
    else:
        texts.append(words("trials.spread", i2=percent(pooled.i2, words.lang)))
    if effect.moved:
        texts += moved(effect.moved, levers, words)
    return lead, texts


def moved(change: Moved, levers: dict[str, Lever], words: Words) -> list[str]:
    """What the pooled effect would change in the answer, EUR a year."""
    named = "; ".join(lever_at(levers[name], level, words) for name, level in change.levers.items())
    texts = []
    if change.levers:
        then, now = (
            _money(quantity, words)
            for quantity in (change.incremental_pooled, change.incremental_now)
        )
        texts.append(words("trials.move", levers=named, then=then, now=now))
    if abs(change.total) >= MILLION / 2:
        amount = euros(change.total, words.lang, MILLION, plus=True)
        texts.append(words("trials.total", amount=amount))
    return texts


def _money(amount: Quantity, words: Words) -> str:
    mean, spread = estimate(amount.mean, amount.p2_5, amount.p97_5, words.lang)
    return f"{mean} ({spread})"


def reason_rows(effect: EffectEvidence, words: Words) -> list[tuple[str, str, str]]:
    return [
        (words(f"trials.reason.{r.reason}"), str(-r.steps or 0), words.of(r, "text"))
        for r in effect.reasons
    ]


def trial_rows(
    effect: EffectEvidence, left_out: Sequence[str], words: Words
) -> list[tuple[str, ...]]:
    """Trial, result, risk of bias and remark; a trial that does not count is marked."""
    rows: list[tuple[str, ...]] = []
    for trial in effect.trials:
        marks = []
        if not trial.counts or trial.id in left_out:
            marks.append(words("trials.not_counted"))
        if trial.status != "seen":
            marks.append(words("trials.not_seen"))
        more = f" ({', '.join(marks)})" if marks else ""
        bias = words(f"trials.bias.{trial.bias}")
        why = f"{bias}. {words.of(trial, 'bias_reason')}"
        cells = own_estimate(trial, words) + more, why, words.of(trial, "remark")
        rows.append((name_of(trial, words), *cells))
    return rows


def is_ratio(effect: EffectEvidence) -> bool:
    """Whether the trials of an effect are ratios, which are drawn on a logarithmic axis."""
    return all(trial.measure in RATIOS for trial in effect.trials)
