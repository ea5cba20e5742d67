"""What does the package cost or save in each of the coming years?"""

from __future__ import annotations

import plotly.graph_objects as go

import models
from dashboard import lines
from dashboard.charts.bars import MILLION, numbers
from dashboard.finish import Finished, Table, finish
from dashboard.formats import millions
from dashboard.style import COSTS, SAVES
from dashboard.text import Words


def chart(result: models.Result, words: Words) -> Finished | None:
    if not result.levels:
        return None
    budget, added = result.budget(), result.budget_sum()
    frame = budget[(budget["payer"] == "total") & ~budget["discounted"]].set_index("year")
    mean = frame["mean"].div(MILLION).round(3)
    figure = go.Figure(
        go.Bar(
            x=[str(year) for year in frame.index],
            y=mean,
            marker={"color": [SAVES if value < 0 else COSTS for value in mean]},
            error_y={
                "type": "data",
                "symmetric": False,
                "array": frame["p97_5"].div(MILLION).sub(mean).round(3),
                "arrayminus": mean.sub(frame["p2_5"].div(MILLION)).round(3),
                "thickness": 1.5,
                "width": 4,
            },
        )
    )
    figure.update_xaxes(type="category", showgrid=False)
    figure.update_yaxes(title={"text": words("chart.million_a_year")}, tickformat=",.0f")
    ends = {
        "first": frame.index[0],
        "last": frame.index[-1],
        "at_first": millions(frame["mean"].iloc[0], words.lang, plus=True),
        "at_last": millions(frame["mean"].iloc[-1], words.lang, plus=True),
    }
    head, rows = lines.budget(budget, added, False, words, result.catalogue)
    return finish(
        figure,
        id="budget_impact",
        title=words("chart.budget_impact.title", **ends),
        subtitle=words("chart.budget_impact.subtitle", **ends),
        source=words("chart.source"),
        alt=words("chart.budget_impact.alt", **ends),
        table=Table(words("simulator.years.caption"), head, rows),
        data=numbers(frame, "year", str, "nominal"),
        result=result,
        words=words,
        height=360,
    )
