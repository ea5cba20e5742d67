"""Which assumptions make the answer uncertain?"""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

import models
from dashboard.charts.bars import height, name_rows, over_bar
from dashboard.charts.finish import Chart, Table, finish
from dashboard.charts.style import MARKED, TODAY
from dashboard.wording.catalogue import Words
from dashboard.wording.drivers import named
from dashboard.wording.numbers import percent
from models.analysis.uncertainty.sensitivity import VarianceShares

MOST, LEAST = 10, 0.005  # assumptions shown; a share that rounds to 0 has no bar
ROOM = 1.04  # beyond the longest bar
SURE = 1.96  # standard errors in a 95% interval


def chart(result: models.Result, words: Words, answer: VarianceShares | None = None) -> Chart:
    answer = answer or models.variance_shares(result)
    frame = pd.DataFrame(answer["shares"])
    frame = frame[frame["share"] >= LEAST].head(MOST)
    name = named(result, words)
    labels = [name(key) for key in frame["parameter"]]
    shares = [percent(share, words.lang) for share in frame["share"]]
    names = [over_bar(label, share) for label, share in zip(labels, shares, strict=True)]
    ends = frame["share"].add(frame["standard_error"].mul(SURE))
    figure = go.Figure(
        go.Bar(
            x=frame["share"].round(4),
            y=list(range(len(frame))),
            orientation="h",
            marker={"color": [MARKED] + [TODAY] * (len(frame) - 1)},
            error_x={"array": frame["standard_error"].mul(SURE).round(4), "thickness": 1.5},
        )
    )
    name_rows(figure, names, words)
    axis = words("chart.variance_shares.axis")
    figure.update_xaxes(title={"text": axis}, tickformat=".0%", range=[0, ROOM * max(ends)])
    of = words(f"drivers.of.{answer['outcome']}")
    values = {"name": labels[0], "share": shares[0], "of": of}
    head = [words("drivers.column.assumption"), words("drivers.column.share")]
    return finish(
        figure,
        id="variance_shares",
        title=words("chart.variance_shares.title", **values),
        subtitle=words("chart.variance_shares.subtitle", **values),
        source=words("chart.source"),
        alt=words("chart.variance_shares.alt", **values),
        table=Table(
            words("chart.variance_shares.caption", of=of),
            head,
            list(zip(labels, shares, strict=True)),
        ),
        data=[
            {**row, "label": label, "outcome": answer["outcome"], "unit": "share of variance"}
            for row, label in zip(frame.to_dict("records"), labels, strict=True)
        ],
        result=result,
        words=words,
        package=True,
        height=height(names),
    )
