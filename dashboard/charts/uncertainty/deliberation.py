"""Which number divides two parties? Its part in their difference, the largest first."""

from __future__ import annotations

import plotly.graph_objects as go

import models
from dashboard.charts.bars import MILLION, height, name_rows, over_bar
from dashboard.charts.finish import Chart, Table, finish
from dashboard.charts.style import COSTS, SAVES
from dashboard.wording.catalogue import Words
from dashboard.wording.deliberation import label_of, table
from dashboard.wording.numbers import euros, millions
from models.analysis.evidence.deliberation import Deliberation, DividingRow

MOST = 10  # bars; the other numbers are one bar
SMALLEST = 0.05e6  # EUR a year: what is 0 in the table has no bar


def chart(
    comparison: Deliberation, names: tuple[str, str], result: models.Result, words: Words
) -> Chart | None:
    """Parts in the difference of the package, or the total, EUR a year; None if all are 0.

    `names` are the names of the sides; `result` is the run of side a.
    """
    label = label_of(words, result.model.assumptions)

    def part(row: DividingRow) -> float:
        return row.share_incremental if comparison.levers else row.share

    rows = sorted(comparison.rows, key=lambda row: -abs(part(row)))
    large = [row for row in rows[:MOST] if abs(part(row)) >= SMALLEST]
    if not large:
        return None
    parts = [(label(row.parameter), part(row)) for row in large]
    others = rows[len(large) :]
    rest = sum(map(part, others))
    if others and abs(rest) >= SMALLEST:
        parts.append((words("chart.deliberation.rest", n=len(others)), rest))
    bar_texts = [
        over_bar(name, millions(amount, words.lang, 1, plus=True)) for name, amount in parts
    ]
    figure = go.Figure(
        go.Bar(
            x=[round(amount / MILLION, 3) for _, amount in parts],
            y=list(range(len(parts))),
            orientation="h",
            marker={"color": [SAVES if amount < 0 else COSTS for _, amount in parts]},
        )
    )
    whole = comparison.total_incremental if comparison.levers else comparison.total
    step = MILLION if abs(parts[0][1]) >= 10 * MILLION else MILLION / 10
    texts = {
        "name": parts[0][0],
        "amount": euros(parts[0][1], words.lang, step, plus=True),
        "total": euros(whole, words.lang, step, plus=True),
        "a": names[0],
        "b": names[1],
        "year": result.price_year,
    }
    head, lines = table(comparison, names, result.model.assumptions, words)
    return finish(
        name_rows(figure, bar_texts, words),
        id="deliberation",
        title=words("chart.deliberation.title", **texts),
        subtitle=words("chart.deliberation.subtitle", **texts),
        source=words("chart.source"),
        alt=words("chart.deliberation.alt", **texts),
        table=Table(words("deliberate.table.caption"), head, lines),
        data=[
            {
                "parameter": row.parameter,
                "label": label(row.parameter),
                "share": row.share,
                "share_incremental": row.share_incremental,
                "unit": comparison.unit,
                "price_year": result.price_year,
            }
            for row in rows
        ],
        result=result,
        words=words,
        height=height(bar_texts),
    )
