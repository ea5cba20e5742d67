"""Which lever saves most by itself, and how sure is that? Money saved lies to the right."""

from __future__ import annotations

from math import floor, log10

import plotly.graph_objects as go

import models
from dashboard.charts.bars import MILLION, height, name_rows, over_bar
from dashboard.charts.finish import Chart, Table, finish
from dashboard.charts.style import COSTS, SAVES, TODAY
from dashboard.wording import ranking
from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import chance, number
from models.analysis.choice.rank import Ranking
from models.caching import cached

ENDS = ("mean", "p2_5", "p97_5")
MARKS = {"sure": "circle", "likely": "circle-open-dot", "open": "circle-open"}
TICKS = 4  # at most on each side of zero


def chart(result: models.Result, words: Words, answer: Ranking | None = None) -> Chart:
    answer = answer or _ranking(result)
    rows = answer["levers"]
    names = [f"{words.of(row)}, {ranking.starred(row, result, words)}" for row in rows]
    changes = [ranking.change(row, words) for row in rows]
    labels = [
        over_bar(name, f"{amount} ({spread})")
        for name, (amount, spread) in zip(names, changes, strict=True)
    ]
    short = [
        over_bar(ranking.name(row, words), amount)
        for row, (amount, _) in zip(rows, changes, strict=True)
    ]
    head = [words(f"ranking.column.{name}") for name in ("lever", "change", "verdict", "most")]
    first, last = changes[0], changes[-1]
    values = {
        "all": len(rows),
        "name": names[0].removesuffix(" *"),
        "amount": first[0],
        "spread": first[1],
        "last": names[-1].removesuffix(" *"),
        "last_amount": last[0],
        "year": result.price_year,
    }
    return finish(
        name_rows(_drawn(answer), labels, words)
        .update_xaxes(_axis(rows, words))
        .update_layout(meta={"short": short}),
        id="ranking",
        title=ranking.lead(answer, words),
        subtitle=words("chart.ranking.subtitle", **values),
        source=words("chart.source"),
        alt=words("chart.ranking.alt", **values),
        table=Table(
            words("chart.ranking.caption", **values),
            head,
            [
                (
                    name,
                    f"{amount} ({spread})",
                    words(f"verdict.short_{row['verdict']}"),
                    chance(row["probability_most"], words.lang),
                )
                for name, (amount, spread), row in zip(names, changes, rows, strict=True)
            ],
        ),
        data=[
            {
                "lever": row["lever"],
                "label": words.of(row),
                "level": row["level"],
                "researched": row["researched"],
                **{end: row["incremental"][end] for end in ENDS},
                "probability_saving": row["probability_saving"],
                "probability_most": row["probability_most"],
                "verdict": row["verdict"],
                "evidence": row["evidence"],
                "level_unit": row["unit"],
                "unit": "EUR/year",
                "price_year": result.price_year,
            }
            for row in rows
        ],
        result=result,
        words=words,
        height=height(labels),
    )


@cached(2)
def _ranking(result: models.Result) -> Ranking:
    return models.rank(result)


def _drawn(answer: Ranking) -> go.Figure:
    """A dot at each mean with its interval; the band is what sick leave moves in a year."""
    rows = answer["levers"]
    saved = [
        {end: round(-row["incremental"][end] / MILLION, 3) + 0.0 for end in ENDS} for row in rows
    ]
    colours = [SAVES if bar["mean"] > 0 else COSTS for bar in saved]
    figure = go.Figure()
    band = answer["movement"] / MILLION
    figure.add_vrect(
        x0=-band, x1=band, fillcolor=TODAY, opacity=0.18, line={"width": 0}, layer="below"
    )
    figure.add_scatter(
        x=[bar["mean"] for bar in saved],
        y=list(range(len(rows))),
        mode="markers",
        marker={
            "size": 12,
            "color": colours,
            "symbol": [MARKS[ranking.certainty(row["verdict"])] for row in rows],
            "line": {"width": 2.5, "color": colours},
        },
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [round(bar["p2_5"] - bar["mean"], 3) for bar in saved],
            "arrayminus": [round(bar["mean"] - bar["p97_5"], 3) for bar in saved],
            "thickness": 1.5,
            "width": 4,
        },
        cliponaxis=False,
    )
    return figure.update_yaxes(zeroline=False)


def _axis(rows: list, words: Words) -> dict:
    """Ticks without a minus sign: which side costs and which saves stands in the title."""
    reach = max(abs(row["incremental"][end]) for row in rows for end in ENDS) / MILLION
    step = 10 ** floor(log10(reach))
    step = next(step * n for n in (0.2, 0.5, 1, 2, 5) if reach / (step * n) <= TICKS)
    low = max(row["incremental"]["p97_5"] for row in rows) / MILLION
    high = -min(row["incremental"]["p2_5"] for row in rows) / MILLION
    ticks = [step * n for n in range(-int(low / step), int(high / step) + 1)]
    return {
        "title": {"text": words("chart.ranking.axis")},
        "tickvals": ticks,
        "ticktext": [number(abs(tick), words.lang) for tick in ticks],
    }
