"""How do published figures compare with the model's own, before and after calibration?"""

from __future__ import annotations

import plotly.graph_objects as go

import models
from dashboard.charts.bars import height, name_rows, over_bar
from dashboard.charts.finish import Chart, Table, finish
from dashboard.charts.style import MARKED, TODAY
from dashboard.wording import calibration
from dashboard.wording.catalogue import Words

APART = 0.12  # of a row: before lies above the middle, after below it
BAND = "rgba(128, 128, 128, 0.18)"
THREE = ("mean", "p2_5", "p97_5")
FIRST, LAST = -2, 3  # powers of two on the axis


def chart(result: models.Result, words: Words) -> Chart:
    answer = models.targets(result)
    rows = sorted(answer["targets"], key=lambda row: not row["used"])
    used = [row for row in rows if row["used"]]
    figure = go.Figure()
    for position, row in enumerate(rows):
        scale = row["published"]["mean"]
        figure.add_scatter(
            x=[row["published"]["p2_5"] / scale, row["published"]["p97_5"] / scale],
            y=[position, position], mode="lines", line={"width": 14, "color": BAND},
        )  # fmt: skip
    for stage, colour, shift in (("before", TODAY, -APART), ("after", MARKED, APART)):
        ratios = [
            {
                name: row[stage][name] / row["published"]["mean"]
                for name in ("mean", "p2_5", "p97_5")
            }
            for row in rows
        ]
        figure.add_scatter(
            x=[round(ratio["mean"], 4) for ratio in ratios],
            y=[position + shift for position in range(len(rows))],
            mode="markers",
            marker={"size": 10, "color": colour},
            error_x={
                "symmetric": False,
                "array": [round(ratio["p97_5"] - ratio["mean"], 4) for ratio in ratios],
                "arrayminus": [round(ratio["mean"] - ratio["p2_5"], 4) for ratio in ratios],
                "thickness": 1.5,
                "width": 4,
            },
        )
    labels = calibration.labels(result, words)
    names = [over_bar(labels[row["id"]], calibration.amount(row["after"], words)) for row in rows]
    name_rows(figure, names, words)
    figure.add_vline(x=1, line={"width": 1, "color": TODAY})
    figure.add_hline(y=len(used) - 0.5, line={"width": 1, "dash": "dot", "color": TODAY})
    ticks = [2.0**power for power in range(FIRST, LAST)]
    figure.update_xaxes(
        type="log", title={"text": words("chart.targets.axis")}, rangemode="normal",
        tickvals=ticks, ticktext=[calibration.times(tick, words) for tick in ticks],
    )  # fmt: skip
    values = calibration.finding(answer, labels, words)
    return finish(
        figure,
        id="targets",
        title=words("chart.targets.title", **values),
        subtitle=words("chart.targets.subtitle"),
        source=words("chart.targets.source"),
        alt=words("chart.targets.alt", **values),
        table=Table(words("chart.targets.caption"), *calibration.published(answer, labels, words)),
        data=calibration.numbers(answer, labels),
        result=result,
        words=words,
        height=height(names),
    )
