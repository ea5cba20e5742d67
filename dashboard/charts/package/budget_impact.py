"""What does the package cost or save in each of the coming years, and in total?"""

from __future__ import annotations

import plotly.graph_objects as go

import models
from dashboard.charts.bars import MILLION, numbers, whiskers
from dashboard.charts.finish import Chart, Table, finish
from dashboard.charts.style import COSTS, MARKED, SAVES
from dashboard.wording import row_texts
from dashboard.wording.catalogue import Words
from dashboard.wording.direction import amount_of, ends_of, title_kind
from dashboard.wording.numbers import millions


def chart(result: models.Result, words: Words, tables: tuple | None = None) -> Chart | None:
    """Bars by year and a line of the running total, nominal EUR; `tables`: known budgets."""
    if not result.levels:
        return None
    budget, added, so_far, _ = tables or (
        result.budget(), result.budget_sum(), result.budget_so_far(), None,
    )  # fmt: skip
    frame = budget[(budget["payer"] == "total") & ~budget["discounted"]].set_index("year")
    line = so_far[~so_far["discounted"]].set_index("year")["mean"].div(MILLION).round(3)
    mean = frame["mean"].div(MILLION).round(3)
    years = [str(year) for year in frame.index]
    figure = go.Figure(
        [
            go.Bar(
                x=years,
                y=mean,
                marker={"color": [SAVES if value < 0 else COSTS for value in mean]},
                error_y=whiskers(frame),
            ),
            go.Scatter(x=years, y=line, mode="lines+markers", line={"color": MARKED, "width": 2.5}),
        ]
    )
    figure.update_xaxes(type="category", showgrid=False)
    figure.update_yaxes(title={"text": words("chart.million_a_year")}, tickformat=",.0f")
    ends = {
        "first": frame.index[0],
        "last": frame.index[-1],
        "at_first": millions(frame["mean"].iloc[0], words.lang, plus=True),
        "at_last": millions(frame["mean"].iloc[-1], words.lang, plus=True),
        "added": millions(line.iloc[-1] * MILLION, words.lang, plus=True),
    }
    last = frame.iloc[-1]
    ends |= ends_of(last, words.lang) | {"amount": amount_of(last, words.lang)}
    end = words("chart.budget_impact.so_far", **ends)
    figure.add_annotation(
        x=len(years) - 1, y=line.iloc[-1], text=f"<b>{end}</b>", showarrow=False,
        xanchor="right", xshift=-8, yanchor="top" if line.iloc[-1] < 0 else "bottom",
    )  # fmt: skip
    head, rows = row_texts.budget(budget, added, so_far, False, words, result.catalogue)
    return finish(
        figure,
        id="budget_impact",
        title=words(f"chart.budget_impact.title_{title_kind(last)}", **ends),
        subtitle=words("chart.budget_impact.subtitle", **ends),
        source=words("chart.source"),
        alt=words("chart.budget_impact.alt", **ends),
        table=Table(words("simulator.years.caption"), head, rows),
        data=numbers(frame, "year", str, "nominal"),
        result=result,
        words=words,
        package=True,
        height=360,
    )
