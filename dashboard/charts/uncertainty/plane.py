"""Does an option give more health, and does it cost or save money, in how many of the draws?"""

from __future__ import annotations

import plotly.graph_objects as go

import models
from dashboard.charts.bars import MILLION
from dashboard.charts.finish import Chart, Table, finish
from dashboard.charts.uncertainty.by_value import in_force, keyed, look, named, texts
from dashboard.wording.catalogue import Words
from dashboard.wording.drivers import option_name
from dashboard.wording.numbers import count_range, million_range, millions, number, percent
from models.analysis.choice.decision import QUADRANTS, Decision, draws

SHOWN = 25  # draws an option: with six options as much as a file below 100 kB holds


def chart(result: models.Result, words: Words, answer: Decision | None = None) -> Chart:
    """The cost-effectiveness plane: extra QALYs across, extra EUR million up; a dot a draw."""
    answer = answer or models.decide(result)
    names, spent, gained = draws(result, answer.perspective)
    figure = go.Figure()
    for place, name in enumerate(names[1:], 1):
        colour, _ = look(place)
        figure.add_scatter(
            x=[round(float(x), 1) for x in gained[place, :SHOWN]],
            y=[round(float(y) / MILLION, 2) for y in spent[place, :SHOWN]],
            mode="markers",
            marker={"size": 6, "opacity": 0.6, "color": colour},
            name=named(name, result, words),
        )
    figure.update_xaxes(title={"text": words("chart.plane.health")}, tickformat=",.0f")
    figure.update_yaxes(title={"text": words("chart.plane.money")}, tickformat=",.0f")
    preferred = next(row for row in answer.options if row.option == in_force(answer).preferred)
    values = texts(answer, result, words)
    shares = preferred.quadrants
    values |= {
        "saves": percent(shares["better_saves"] + shares["not_better_saves"], words.lang),
        "healthier": percent(shares["better_saves"] + shares["better_saves_not"], words.lang),
        "shown": number(min(SHOWN, result.options.draws), words.lang),
    }
    today = preferred.option == names[0]
    head = [words(f"drivers.column.{name}") for name in ("option", "cost", "qaly")]
    head += [words(f"chart.plane.{name}") for name in QUADRANTS]
    rows = []
    for row in answer.options[1:]:
        cost = million_range(row.cost.p2_5, row.cost.p97_5, words.lang)
        health = count_range(row.qaly.p2_5, row.qaly.p97_5, words.lang)
        rows.append(
            (
                option_name(row.option, result, words),
                f"{millions(row.cost.mean, words.lang)} ({cost})",
                f"{number(row.qaly.mean, words.lang)} ({health})",
                *(percent(row.quadrants[name], words.lang) for name in QUADRANTS),
            )
        )
    return finish(
        keyed(figure),
        id="plane",
        title=words("chart.plane.title_today" if today else "chart.plane.title", **values),
        subtitle=words("chart.plane.subtitle", **values),
        source=words("chart.source"),
        alt=words("chart.plane.alt", **values),
        table=Table(words("chart.plane.caption"), head, rows),
        data=[
            {
                "option": row.option,
                "perspective": answer.perspective,
                "cost": row.cost.mean,
                "cost_unit": row.cost.unit,
                "qaly": row.qaly.mean,
                **row.quadrants,
                "price_year": result.price_year,
            }
            for row in answer.options[1:]
        ],
        result=result,
        words=words,
        height=480,
    )
