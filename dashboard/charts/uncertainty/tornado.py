"""How far does each assumption move the answer over its own range?"""

from __future__ import annotations

import plotly.graph_objects as go

import models
from dashboard.charts.bars import MILLION, height, name_rows, over_bar
from dashboard.charts.finish import Chart, Table, finish
from dashboard.charts.style import COSTS, SAVES
from dashboard.wording.catalogue import Words
from dashboard.wording.drivers import named
from dashboard.wording.numbers import euros, million_range, millions, rounding
from dashboard.wording.units import measured
from models.analysis.uncertainty.sensitivity import Tornado

MOST = 10


def chart(result: models.Result, words: Words, answer: Tornado | None = None) -> Chart:
    answer = answer or models.tornado(result)
    bars, base = answer["bars"][:MOST], answer["base"]
    name = named(result, words)
    labels = [name(bar["parameter"]) for bar in bars]
    spans = [million_range(bar["low"], bar["high"], words.lang) for bar in bars]
    names = [over_bar(label, span) for label, span in zip(labels, spans, strict=True)]
    figure = go.Figure()
    for end in ("low", "high"):
        moved = [bar[end] - base for bar in bars]
        figure.add_bar(
            x=[round(amount / MILLION, 3) for amount in moved],
            base=round(base / MILLION, 3),
            y=list(range(len(bars))),
            orientation="h",
            marker={"color": [COSTS if amount > 0 else SAVES for amount in moved]},
        )
    figure.update_layout(barmode="overlay")
    name_rows(figure, names, words)
    figure.update_xaxes(rangemode="normal", zeroline=False)
    figure.add_vline(x=base / MILLION, line={"width": 1.5})
    ends = sorted((bars[0]["low"], bars[0]["high"]))
    of = words(f"drivers.of.{answer['outcome']}")
    values = {
        "name": labels[0],
        "low": euros(ends[0], words.lang, MILLION),
        "high": euros(ends[1], words.lang, MILLION),
        "width": euros(ends[1] - ends[0], words.lang, rounding(*ends)),
        "base": euros(base, words.lang, MILLION),
        "of": of,
        "year": result.price_year,
    }
    rows = [
        (
            label,
            *(measured(bar[f"input_{end}"], bar["unit"], words) for end in ("low", "high")),
            *(millions(bar[end], words.lang, 1) for end in ("low", "high")),
        )
        for label, bar in zip(labels, bars, strict=True)
    ]
    head = [
        words(f"drivers.column.{column}")
        for column in ("assumption", "input_low", "input_high", "at_low", "at_high")
    ]
    return finish(
        figure,
        id="tornado",
        title=words("chart.tornado.title", **values),
        subtitle=words("chart.tornado.subtitle", **values),
        source=words("chart.source"),
        alt=words("chart.tornado.alt", **values),
        table=Table(words("chart.tornado.caption", of=of), head, rows),
        data=[
            {
                **bar,
                "label": label,
                "outcome": answer["outcome"],
                "base": base,
                "outcome_unit": "EUR/year",
                "price_year": result.price_year,
            }
            for bar, label in zip(bars, labels, strict=True)
        ],
        result=result,
        words=words,
        package=True,
        height=height(names),
    )
