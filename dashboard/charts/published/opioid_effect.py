"""What did an opioid do in acute back pain?"""

from __future__ import annotations

import models
from dashboard.charts.finish import Chart, plain
from dashboard.charts.published.published import cached_by_language, published
from dashboard.charts.published.series import numbers, points
from dashboard.charts.squares import FULL, OPEN, Block, counted
from dashboard.charts.style import MARKED, TODAY
from dashboard.wording.catalogue import Words

PEOPLE, COLUMNS, SIZE = 100, 25, 14


@cached_by_language
def chart(result: models.Result, words: Words) -> Chart:
    series = points("opioids", words, "risk_of_misuse", "pain_at_6_weeks")
    say = numbers(words)
    risks = [p for p in series if p.series == "risk_of_misuse"]
    pains = [p for p in series if p.series == "pain_at_6_weeks"]
    blocks = []
    for risk, pain in zip(risks, pains, strict=True):
        at_risk = round(risk.value * PEOPLE)
        how = words(f"evidence.provenance.{pain.provenance}")
        text = words("chart.opioid_effect.block", n=at_risk)
        under = words("chart.opioid_effect.pain", pain=say(pain.value), how=how)
        blocks.append(
            Block(
                f"<b>{plain(risk.label)}</b>: {plain(text)}<br>{plain(under)}",
                [(at_risk, MARKED, FULL), (PEOPLE - at_risk, TODAY, OPEN)],
            )
        )
    figure, height = counted(blocks, COLUMNS, SIZE)
    opioid, placebo = (round(risk.value * PEOPLE) for risk in risks)
    return published(
        figure, "opioid_effect", series, say, words,
        height=height, opioid=opioid, placebo=placebo,
        pain_opioid=say(pains[0].value), pain_placebo=say(pains[1].value),
    )  # fmt: skip
