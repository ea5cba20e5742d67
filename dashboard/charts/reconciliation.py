"""How does what can be counted become the published 4 billion?"""

from __future__ import annotations

import plotly.graph_objects as go

import models
from dashboard import lines
from dashboard.charts.bars import MILLION, height, labels, name_rows, numbers
from dashboard.finish import Finished, Table, finish
from dashboard.formats import euros
from dashboard.style import CARE, MARKED, TODAY, WORK
from dashboard.text import Words

PARTS = ("care", "sick_leave", "disability", "bottom_up", "calibration", "human_capital_total")
SUMS = ("bottom_up", "human_capital_total")
COLOUR = {"care": CARE, "sick_leave": WORK, "disability": WORK, "calibration": MARKED}


def chart(result: models.Result, words: Words) -> Finished:
    frame = models.steps(result).loc[list(PARTS)]

    def name(key: str) -> str:
        return words(f"step.{key}")

    starts = frame["mean"].where(~frame.index.isin(SUMS), 0).cumsum().sub(frame["mean"])
    starts = starts.where(~frame.index.isin(SUMS), 0)
    figure = go.Figure(
        go.Bar(
            x=frame["mean"].div(MILLION).round(3),
            base=starts.div(MILLION).round(3),
            y=list(range(len(frame))),
            orientation="h",
            marker={"color": [COLOUR.get(key, TODAY) for key in frame.index]},
        )
    )
    names = labels(frame, name, words)
    name_rows(figure, names, words)
    said = {
        key: euros(frame.loc[key, "mean"], words.lang)
        for key in ("bottom_up", "calibration", "human_capital_total")
    }
    head = [words(f"table.{column}") for column in ("step", "amount", "interval")]
    return finish(
        figure,
        id="reconciliation",
        title=words("chart.reconciliation.title", **said),
        subtitle=words("chart.reconciliation.subtitle", year=result.price_year),
        source=words("chart.source"),
        alt=words("chart.reconciliation.alt", **said),
        table=Table(words("overview.reconciliation_caption"), head, lines.steps(result, words)),
        data=numbers(frame, "step", name, result.price_year),
        result=result,
        words=words,
        height=height(names),
    )
