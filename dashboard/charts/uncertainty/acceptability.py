"""Which option is the best, and how surely, at each value of a year in good health?"""

from __future__ import annotations

import models
from dashboard.charts.finish import Chart, Table, finish
from dashboard.charts.style import MARKED
from dashboard.charts.uncertainty.by_value import THOUSAND, lines, texts
from dashboard.wording.catalogue import Words
from dashboard.wording.drivers import option_name
from dashboard.wording.numbers import euros, percent
from models.analysis.choice.decision import Decision, decision_frame


def chart(result: models.Result, words: Words, answer: Decision | None = None) -> Chart:
    """Share of draws in which each option is best; circles: the option that is best on average."""
    answer = answer or models.decide(result)
    names = [option.option for option in answer.options]
    shares = [[round(at.chance_best[name], 4) for at in answer.values] for name in names]
    figure = lines(answer, shares, result, words)
    figure.add_scatter(
        x=[at.reference_value / THOUSAND for at in answer.values],
        y=[round(at.chance_preferred, 4) for at in answer.values],
        mode="markers",
        marker={"size": 10, "symbol": "circle-open", "color": MARKED, "line": {"width": 2}},
        name=words("chart.acceptability.frontier"),
        cliponaxis=False,
    )
    figure.update_yaxes(
        range=[0, 1], tickformat=".0%", title={"text": words("chart.acceptability.axis")}
    )
    values = texts(answer, result, words)
    head = [words("chart.decision.value"), words("chart.decision.preferred")]
    head += [option_name(name, result, words) for name in names]
    return finish(
        figure,
        id="acceptability",
        title=words("chart.acceptability.title", **values),
        subtitle=words("chart.acceptability.subtitle", **values),
        source=words("chart.source"),
        alt=words("chart.acceptability.alt", **values),
        table=Table(
            words("chart.acceptability.caption"),
            head,
            [
                (
                    euros(at.reference_value, words.lang),
                    option_name(at.preferred, result, words),
                    *(percent(at.chance_best[name], words.lang) for name in names),
                )
                for at in answer.values
            ],
        ),
        data=decision_frame(answer).to_dict("records"),
        result=result,
        words=words,
        height=460,
    )
