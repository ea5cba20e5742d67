"""Below which price does a policy pay for itself? Money saved lies above the line of zero."""

from __future__ import annotations

import plotly.graph_objects as go

import models
from dashboard.charts.bars import MILLION
from dashboard.charts.finish import Chart, Table, finish
from dashboard.charts.style import MARKED, TODAY
from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import million_range, millions, number
from dashboard.wording.units import measured
from models.analysis.choice.paying_line import PayingLine, paying_line

SHOWN = 6  # every so many prices of the line stand in the table
BAND = "rgba(122, 92, 153, 0.18)"
ENDS = ("mean", "p2_5", "p97_5")


def chart(result: models.Result, words: Words, lever: str = "") -> Chart | None:
    """The line of this lever, or of the first of the package that has a price."""
    asked = [lever] if lever else list(result.levels)
    lines = (line for name in asked if (line := paying_line(result, name)) is not None)
    line = next(lines, None)
    if line is None:
        return None
    values, unit = _values(line, result, words), line.price.unit
    head = [words("chart.paying_price.price"), words("table.difference"), words("table.interval")]
    rows = [
        (
            measured(price, unit, words),
            millions(change["mean"], words.lang, plus=True),
            million_range(change["p2_5"], change["p97_5"], words.lang),
        )
        for price, change in list(zip(line.prices, line.changes, strict=True))[::SHOWN]
    ]
    kind = "price" if line.price.value is not None else "never"
    return finish(
        _drawn(line, values, words),
        id="paying_price",
        title=words(f"chart.paying_price.{kind}_{values['n']}", **values),
        subtitle=words("chart.paying_price.subtitle", **values),
        source=words("chart.source"),
        alt=words(f"chart.paying_price.alt_{kind}", **values),
        table=Table(words("chart.paying_price.caption", **values), head, rows),
        data=[
            {
                "lever": line.price.lever,
                "parameter": line.price.parameter,
                "price": price,
                "price_unit": unit,
                **{end: change[end] for end in ENDS},
                "unit": "EUR/year",
                "price_year": result.price_year,
            }
            for price, change in zip(line.prices, line.changes, strict=True)
        ],
        result=result,
        words=words,
        package=True,
        height=380,
    )


def _values(line: PayingLine, result: models.Result, words: Words) -> dict:
    """What the texts fill in; a price at or below zero is called no price."""
    unit = line.price.unit

    def two_digits(price: float, named: bool = True) -> str:
        if price <= 0:
            return words("chart.paying_price.no_price")
        return measured(float(f"{price:.2g}"), unit, words, named=named)

    low, high = line.ends
    return {
        "n": "one" if len(result.levels) == 1 else "many",
        "lever": words.of(result.levers[line.price.lever]),
        "value": two_digits(line.price.value or 0.0),
        "low": two_digits(low, named=False),
        "high": two_digits(high),
        "base": measured(line.price.base, unit, words),
        "year": result.price_year,
    }


def _drawn(line: PayingLine, values: dict, words: Words) -> go.Figure:
    """The mean with its interval over prices, the crossing, and the price in use."""
    prices = list(line.prices)
    saved = {end: [round(-one[end] / MILLION, 3) + 0.0 for one in line.changes] for end in ENDS}
    figure = go.Figure(
        [
            go.Scatter(
                x=[*prices, *reversed(prices)],
                y=[*saved["p2_5"], *reversed(saved["p97_5"])],
                fill="toself", fillcolor=BAND, line={"width": 0}, mode="lines",
            ),
            go.Scatter(
                x=prices, y=saved["mean"], mode="lines", line={"color": MARKED, "width": 2.5},
            ),
        ]
    )  # fmt: skip
    figure.add_hline(y=0, line={"width": 1.5, "color": TODAY})
    figure.add_vline(x=line.price.base, line={"width": 1, "dash": "dot", "color": TODAY})
    figure.add_annotation(
        x=line.price.base, y=1, yref="paper", yanchor="top", xanchor="left", xshift=4,
        text=words("chart.paying_price.used", **values), showarrow=False,
    )  # fmt: skip
    if line.price.value is not None:
        figure.add_scatter(
            x=[line.price.value], y=[0], mode="markers",
            marker={"size": 13, "color": MARKED, "line": {"width": 2, "color": "#ffffff"}},
        )  # fmt: skip
        figure.add_annotation(
            x=line.price.value, y=0, text=f"<b>{values['value']}</b>", showarrow=False,
            xanchor="left", yanchor="bottom", xshift=8, yshift=6,
        )  # fmt: skip
    figure.update_xaxes(
        title={"text": words("chart.paying_price.axis")}, tickformat=",.0f", range=[0, prices[-1]]
    )
    return figure.update_yaxes(
        title={"text": words("chart.paying_price.money")}, **_ticks(saved, words)
    )


def _ticks(saved: dict, words: Words) -> dict:
    """Ticks without a minus sign: which side saves and which costs stands beside them."""
    low, high = min(0.0, *saved["p97_5"]), max(0.0, *saved["p2_5"])
    reach = max(-low, high) or 1.0
    step = 10.0 ** len(str(int(reach)))
    while reach / step < 2:
        step /= 2 if str(step)[0] in "12" else 2.5
    ticks = [step * n for n in range(-int(-low / step), int(high / step) + 1)]
    sides = {True: "chart.paying_price.saves", False: "chart.paying_price.costs"}
    decimals = 0 if step >= 1 else 1
    return {
        "tickvals": ticks,
        "ticktext": [
            words(sides[tick > 0], amount=number(abs(tick), words.lang, decimals)) if tick else "0"
            for tick in ticks
        ],
    }
