"""From the sum of all items to the published 4 billion: which steps, and what do others publish?"""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

import models
from dashboard.charts.bars import MILLION, height, labels, name_rows, numbers
from dashboard.charts.finish import Chart, Table, finish
from dashboard.charts.style import CARE, MARKED, TODAY, WORK
from dashboard.wording import row_texts
from dashboard.wording.catalogue import Words
from dashboard.wording.direction import title_kind
from dashboard.wording.numbers import euros, millions, percent

PARTS = ("care", "sick_leave", "disability", "bottom_up", "calibration", "human_capital_total")
SUMS = ("bottom_up", "human_capital_total")
COLOUR = {"care": CARE, "sick_leave": WORK, "disability": WORK, "calibration": MARKED}
UNEXPLAINED = "calibration"


def chart(result: models.Result, words: Words) -> Chart:
    frame = models.steps(result).loc[list(PARTS)]
    others = _published(result)

    hatched = "" if result.options.anchor == "evidence" else UNEXPLAINED
    weighed = "_weighed" if result.options.anchor == "evidence" else ""
    title = weighed or {"none": "_counted", "open": "_open"}.get(
        title_kind(frame.loc[UNEXPLAINED]), ""
    )

    def name(key: str) -> str:
        return words.of(others[key]) if key in others else row_texts.step(key, result, words)

    starts = frame["mean"].where(~frame.index.isin(SUMS), 0).cumsum().sub(frame["mean"])
    starts = starts.where(~frame.index.isin(SUMS), 0)
    figure = go.Figure(
        go.Bar(
            x=frame["mean"].div(MILLION).round(3),
            base=starts.div(MILLION).round(3),
            y=list(range(len(frame))),
            orientation="h",
            marker={
                "color": [COLOUR.get(key, TODAY) for key in frame.index],
                "pattern": {
                    "shape": ["/" if key == hatched else "" for key in frame.index],
                    "size": 6,
                    "solidity": 0.45,
                },
            },
        )
    )
    all_rows = pd.concat([frame, pd.DataFrame({key: _row(row) for key, row in others.items()}).T])
    names = labels(all_rows, name, words)
    _dots(figure, all_rows.loc[list(others)], len(frame))
    name_rows(figure, names, words)
    figure.add_vline(
        x=frame.loc["human_capital_total", "mean"] / MILLION, line={"width": 1, "dash": "dot"}
    )
    values = {
        key: euros(frame.loc[key, "mean"], words.lang)
        for key in ("bottom_up", "calibration", "human_capital_total")
    }
    total = frame.loc["human_capital_total", "mean"]
    values["share"] = percent(frame.loc[UNEXPLAINED, "mean"] / total, words.lang)
    head = [words(f"table.{column}") for column in ("step", "amount", "interval")]
    rows = row_texts.steps(result, words) + [
        (name(key), millions(row["mean"], words.lang), row_texts.interval(row, words))
        for key, row in all_rows.loc[list(others)].iterrows()
    ]
    return finish(
        figure,
        id="reconciliation",
        title=words(f"chart.reconciliation.title{title}", **values),
        subtitle=words(f"chart.reconciliation.subtitle{weighed}", year=result.price_year),
        source=words("chart.reconciliation.source"),
        alt=words(f"chart.reconciliation.alt{weighed}", **values),
        table=Table(words("overview.reconciliation_caption"), head, rows),
        data=[
            {key: None if pd.isna(value) else value for key, value in row.items()}
            for row in numbers(all_rows, "step", name, result.price_year)
        ],
        result=result,
        words=words,
        height=height(names),
    )


def _published(result: models.Result) -> dict[str, dict]:
    """Published figures for the whole, by id; those for a part are in the table of the page."""
    frame = models.published(result)
    return {row["id"]: row for row in frame[frame["compares_with"] == "total"].to_dict("records")}


def _row(published: dict) -> dict[str, float]:
    """A published figure in the columns of the others; its only spread is its range."""
    low, high = published["low"], published["high"]
    return {
        "mean": published["value"], "p2_5": low, "p10": None, "p50": None, "p90": None,
        "p97_5": high,
    }  # fmt: skip


def _dots(figure: go.Figure, frame: pd.DataFrame, first: int) -> None:
    """Published figures: dots with their range, below the model's own steps."""
    mean = frame["mean"].astype(float) / MILLION
    figure.add_scatter(
        x=mean.round(3),
        y=list(range(first, first + len(frame))),
        mode="markers",
        marker={"size": 13, "color": TODAY},
        error_x={
            "symmetric": False,
            "array": (frame["p97_5"].astype(float) / MILLION - mean).round(3),
            "arrayminus": (mean - frame["p2_5"].astype(float) / MILLION).round(3),
            "thickness": 2,
            "width": 5,
        },
    )
