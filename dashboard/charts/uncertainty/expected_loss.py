"""What does each option lose on average, because nobody knows which is the best?"""

from __future__ import annotations

import models
from dashboard.charts.bars import MILLION
from dashboard.charts.finish import Chart, Table, finish
from dashboard.charts.uncertainty.by_value import lines, texts
from dashboard.wording.catalogue import Words
from dashboard.wording.drivers import option_name
from dashboard.wording.numbers import euros, millions
from models.analysis.choice.decision import Decision, decision_frame


def chart(result: models.Result, words: Words, answer: Decision | None = None) -> Chart:
    """Expected loss of each option, EUR million a year; the lowest is what knowing all is worth."""
    answer = answer or models.decide(result)
    names = [option.option for option in answer.options]
    losses = [
        [round(at.expected_loss[name] / MILLION, 3) for at in answer.values] for name in names
    ]
    figure = lines(answer, losses, result, words)
    figure.update_yaxes(
        rangemode="tozero", tickformat=",.0f", title={"text": words("chart.expected_loss.axis")}
    )
    values = texts(answer, result, words)
    head = [words("chart.decision.value")]
    head += [option_name(name, result, words) for name in names]
    return finish(
        figure,
        id="expected_loss",
        title=words("chart.expected_loss.title", **values),
        subtitle=words("chart.expected_loss.subtitle", **values),
        source=words("chart.source"),
        alt=words("chart.expected_loss.alt", **values),
        table=Table(
            words("chart.expected_loss.caption"),
            head,
            [
                (
                    euros(at.reference_value, words.lang),
                    *(millions(at.expected_loss[name], words.lang, 1) for name in names),
                )
                for at in answer.values
            ],
        ),
        data=decision_frame(answer).to_dict("records"),
        result=result,
        words=words,
        height=460,
    )
