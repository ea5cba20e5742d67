"""Which policy brings today's cost to that of the package? Contributions, averaged over orders."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

import models
from dashboard.charts.bars import MILLION, height, labels, name_rows
from dashboard.charts.finish import Chart, Table, finish
from dashboard.charts.style import COSTS, SAVES, TODAY
from dashboard.wording import interpretation
from dashboard.wording.catalogue import Words
from dashboard.wording.direction import amount_of, clear_ends
from dashboard.wording.numbers import estimate, euros, millions
from dashboard.wording.row_texts import rounded
from models.analysis.choice.shapley import Attribution


def chart(result: models.Result, words: Words, answer: Attribution | None = None) -> Chart | None:
    """Steps from 0, which is today, to the difference of the package, EUR a year.

    `answer`: `models.attribute` of this result, where it is known already; it takes about a second.
    """
    if not result.levels:
        return None
    answer = answer or models.attribute(result)
    change = result.headline["incremental_total"]
    parts = sorted(answer["parts"], key=lambda part: part["share"])
    steps = pd.DataFrame(
        [
            {"key": p["lever"], "mean": p["share"], "p2_5": p["p2_5"], "p97_5": p["p97_5"]}
            for p in parts
        ]
        + [{"key": "package", **{name: change[name] for name in ("mean", "p2_5", "p97_5")}}]
    ).set_index("key")
    starts = steps["mean"].cumsum().sub(steps["mean"])
    starts["package"] = 0.0
    mean = steps["mean"].div(MILLION).round(3)
    colours = [SAVES if value < 0 else COSTS for value in mean]
    figure = go.Figure(
        go.Bar(
            x=mean,
            base=starts.div(MILLION).round(3),
            y=list(range(len(steps))),
            orientation="h",
            marker={"color": [*colours[:-1], TODAY]},
        )
    )
    whole, spread = estimate(change["mean"], change["p2_5"], change["p97_5"], words.lang)
    today = euros(result.headline["base_case_total"]["mean"], words.lang)

    def name(key: str) -> str:
        return words("attribution.total") if key == "package" else words.of(result.levers[key])

    names = labels(steps, name, words, plus=True)
    name_rows(figure, names, words)
    figure.update_xaxes(title={"text": words("chart.waterfall.axis", today=today)})
    alone = dict(steps.drop("package").iterrows())
    kind, *furthest = clear_ends(alone)
    largest = steps.drop("package")["mean"].abs().idxmax()
    texts: dict[str, str] = {}
    for end, key in zip(("falls", "rises"), furthest, strict=True):
        if key is not None:
            texts |= {end: name(key), f"{end}_by": amount_of(alone[key], words.lang)}
    values = {
        "policy": name(largest),
        "amount": millions(steps.loc[largest, "mean"], words.lang, plus=True),
        "whole": whole,
        "spread": spread,
        "today": today,
    }
    head = [words("verdict.lever"), words("lever.at")]
    head += [words(f"attribution.{column}") for column in ("alone", "share")]
    head += [words("table.interval")]
    return finish(
        figure,
        id="waterfall",
        title=words(f"chart.waterfall.title_{kind}", **texts),
        subtitle=words("chart.waterfall.subtitle", year=result.price_year, **values)
        + rounded([row["mean"] for row in alone.values()], change["mean"], words),
        source=words("chart.source"),
        alt=words("chart.waterfall.alt", **values),
        table=Table(
            words("attribution.caption"),
            head,
            interpretation.attribution_rows(answer, result, words),
        ),
        data=[
            {
                "policy": key,
                "label": name(key),
                "unit": "EUR/year",
                "price_year": result.price_year,
                **row.to_dict(),
            }
            for key, row in steps.iterrows()
        ],
        result=result,
        words=words,
        package=True,
        height=height(names),
    )
