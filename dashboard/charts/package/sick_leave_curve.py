"""How long are people off work, today and under the package?"""

from __future__ import annotations

import plotly.graph_objects as go

import models
from dashboard.charts.finish import Chart, Table, finish
from dashboard.charts.style import MARKED, TODAY
from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import number, percent


def chart(result: models.Result, words: Words) -> Chart:
    frame = result.sick_leave_curve()
    today = frame[frame["scenario"] == "base_case"]
    package = frame[frame["scenario"] == "scenario"]
    figure = go.Figure()
    figure.add_scatter(
        x=[*today["week"], *today["week"][::-1]],
        y=[*today["p97_5"].round(4), *today["p2_5"].round(4)[::-1]],
        fill="toself",
        mode="none",
        fillcolor="rgba(134,144,154,0.3)",
    )
    figure.add_scatter(
        x=today["week"], y=today["mean"].round(4), mode="lines", line={"color": TODAY, "width": 3}
    )
    moved = not today["mean"].reset_index(drop=True).equals(package["mean"].reset_index(drop=True))
    if moved:
        figure.add_scatter(
            x=package["week"],
            y=package["mean"].round(4),
            mode="lines",
            line={"color": MARKED, "width": 3},
        )
    # the lines are close together: labels are placed away from them, with a pointer in their colour
    for line, key, week, up, colour in (
        (today, "today", 26, 60, TODAY),
        (package, "scenario", 12, 100, MARKED),
    )[: 1 + moved]:
        point = line.iloc[(line["week"] - week).abs().argmin()]
        figure.add_annotation(
            x=point["week"],
            y=point["mean"],
            text=f"<b>{words(f'table.{key}')}</b>",
            xanchor="left",
            showarrow=True,
            ax=30,
            ay=-up,
            arrowhead=0,
            arrowwidth=2,
            arrowcolor=colour,
        )
    figure.update_xaxes(
        title={"text": words("chart.sick_leave_curve.weeks")}, tickvals=[0, 12, 26, 52, 104]
    )
    figure.update_yaxes(tickformat=".0%", range=[0, 1])
    year = today.set_index("week").loc[52]
    values = {"share": percent(year["mean"], words.lang, 1)}
    rows = [
        (
            number(row["week"], words.lang),
            *(percent(row[name], words.lang, 1) for name in ("mean", "p2_5", "p97_5")),
            percent(other["mean"], words.lang, 1),
        )
        for (_, row), (_, other) in zip(today.iterrows(), package.iterrows(), strict=True)
    ]
    head = [
        words(f"chart.sick_leave_curve.{name}")
        for name in ("week", "today", "low", "high", "package")
    ]
    return finish(
        figure,
        id="sick_leave_curve",
        title=words("chart.sick_leave_curve.title", **values),
        subtitle=words("chart.sick_leave_curve.subtitle"),
        source=words("chart.source"),
        alt=words("chart.sick_leave_curve.alt", **values),
        table=Table(words("chart.sick_leave_curve.caption"), head, rows),
        data=frame.to_dict("records"),
        result=result,
        words=words,
        height=360,
    )
