"""What did each trial find, and what do they give together? Dots with intervals, for one effect."""

from __future__ import annotations

from collections.abc import Sequence

import models
from dashboard.charts.bars import height
from dashboard.charts.dots import dots, labels
from dashboard.charts.finish import Chart, Table, finish
from dashboard.charts.published.series import Point
from dashboard.charts.style import CARE, MARKED, TODAY
from dashboard.wording import trials as wording
from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import number
from models.analysis.evidence.trials import EffectEvidence

NAN = float("nan")
NO_EFFECT_RATIO, NO_EFFECT = 1.0, 0.0


def chart(
    effect: EffectEvidence, left_out: Sequence[str], result: models.Result, words: Words
) -> Chart:
    """The trials with a figure, then their pooled effect, then the effect in use.

    `left_out` are trials that the reader excluded. Values are in the unit of the effect; ratios
    stand on a logarithmic axis.
    """

    def point(label: str, three: Sequence[float], seen: bool = True) -> Point:
        estimate, low, high = three
        provenance = "published" if seen else "recalled"
        return Point(
            "", label, NAN, estimate, low, high, effect.unit, "", "", effect.effect, provenance, ""
        )

    listed, colours = [], []
    for trial in effect.trials:
        if trial.estimate is not None:
            three = trial.figures or (trial.estimate, NAN, NAN)
            more = "" if trial.counts and trial.id not in left_out else words("trials.not_counted")
            label = wording.name_of(trial, words) + (f", {more}" if more else "")
            listed.append(point(label, three, trial.status == "seen"))
            colours.append(TODAY if not more else CARE)
    pooled = effect.pooled
    if pooled:
        ends = pooled.estimate, pooled.low, pooled.high
        ahead = pooled.estimate, pooled.predicted_low, pooled.predicted_high
        listed += [point(words("trials.together"), ends), point(words("trials.next"), ahead)]
        colours += [MARKED, MARKED]
    listed.append(point(words("trials.row"), (effect.base, effect.low, effect.high)))
    colours.append(CARE)

    def say(value: float) -> str:
        return number(value, words.lang, 2)

    names = labels(listed, say, words)
    figure = dots(listed, colours, names, words)
    ratio = wording.is_ratio(effect)
    figure.update_xaxes(title={"text": ""}, rangemode="normal", tickformat="", zeroline=False)
    if ratio:
        figure.update_xaxes(type="log", tickvals=[0.25, 0.5, 1, 2, 4, 8])
    figure.add_vline(x=NO_EFFECT_RATIO if ratio else NO_EFFECT, line={"width": 1, "dash": "dot"})
    counted = [trial for trial in effect.trials if trial.counts and trial.id not in left_out]
    texts = {
        "n": len(counted) if pooled else len(listed) - 1,
        "name": words.of(effect),
        "unit": words(key) if (key := f"unit.{effect.unit}") in words else effect.unit,
        "row": wording.row_of(effect, words),
        "pooled": wording.figure((pooled.estimate, pooled.low, pooled.high), words)
        if pooled
        else "",
        "estimate": wording.own_estimate(counted[0], words) if counted else "",
    }
    kind = "pooled" if pooled else "one" if counted else "none"
    return finish(
        figure,
        id="forest",
        title=words(f"chart.forest.title_{kind}", **texts),
        subtitle=words("chart.forest.subtitle", **texts),
        source=words("chart.forest.source"),
        alt=words("chart.forest.alt", **texts),
        table=Table(
            words("chart.forest.caption"),
            [words("trials.column.trial"), words("trials.column.found")],
            [(p.label, say(p.value) if not p.ranged else
              wording.figure((p.value, p.low, p.high), words)) for p in listed],
        ),
        data=[
            {"effect": effect.effect, "label": p.label, "estimate": p.value, "low": p.low,
             "high": p.high, "unit": effect.unit, "seen": p.seen}
            for p in listed
        ],
        result=result,
        words=words,
        height=height(names),
    )  # fmt: skip
