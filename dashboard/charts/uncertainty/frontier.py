"""How much health does each amount of money buy, and with which package?"""

from __future__ import annotations

import plotly.graph_objects as go

import models
from dashboard.charts.bars import MILLION
from dashboard.charts.dots import interval
from dashboard.charts.finish import Chart, Table, finish, plain
from dashboard.charts.style import MARKED, SAVES, TODAY
from dashboard.wording.catalogue import Words
from dashboard.wording.direction import ends_of, title_kind
from dashboard.wording.drivers import money, package, steps
from dashboard.wording.numbers import count, count_range, euros, million_range, number, percent
from dashboard.wording.numbers import millions as shown_millions
from models.analysis.choice.frontier import Frontier

ROOM = 0.08  # above and below the points, for their names


def chart(result: models.Result, words: Words, answer: Frontier | None = None) -> Chart:
    answer = answer or models.frontier(result)
    packages = answer["packages"]
    cost, health = (
        [[row[kind][end] for row in packages] for end in ("mean", "p2_5", "p97_5")]
        for kind in ("cost", "qaly")
    )
    millions = [[round(amount / MILLION, 2) for amount in end] for end in cost]
    figure = go.Figure()
    for *ends, at in zip(*millions[1:], health[0], strict=True):
        interval(figure, ends, at, TODAY)
    names = [number(i + 1, words.lang) for i in range(len(packages))]
    if packages[1:]:
        names[0] = words("chart.frontier.cheapest")
        names[-1] = words("chart.frontier.healthiest", n=len(packages))
    figure.add_scatter(
        x=millions[0],
        y=[round(gained, 1) for gained in health[0]],
        mode="lines+markers+text",
        line={"color": SAVES, "width": 2},
        marker={"size": 11, "color": SAVES},
        text=[f"<b>{plain(name)}</b>" for name in names],
        textposition=[
            "bottom right" if 0 < i < len(packages) - 1 else "top left" if x < 0 else "top right"
            for i, x in enumerate(millions[0])
        ],
        cliponaxis=False,
    )
    here = {words("table.today"): (0.0, 0.0)} | _own(result, answer["perspective"], words)
    sides = ["bottom right", "bottom left"]  # below 0, and away from each other
    if [*here.values()][-1][0] > 0:
        sides.reverse()
    figure.add_scatter(
        x=[round(spent / MILLION, 2) for spent, _ in here.values()],
        y=[round(gained, 1) for _, gained in here.values()],
        mode="markers+text",
        marker={"size": 11, "color": MARKED},
        text=[plain(name) for name in here],
        textposition=sides,
        cliponaxis=False,
    )
    figure.update_xaxes(title={"text": words("chart.frontier.money")}, tickformat=",.0f")
    every = [*health[0], *(gained for _, gained in here.values())]
    low, high = min(0, *every), max(every)
    figure.update_yaxes(
        title={"text": words("chart.frontier.health")}, tickformat=",.0f",
        range=[low - ROOM * (high - low), high + ROOM * (high - low)],
    )  # fmt: skip
    first, last = packages[0], packages[-1]
    kind = "one" if first is last else title_kind(first["cost"])
    values = {
        "amount": money(abs(first["cost"]["mean"]), first["cost"], words),
        **ends_of(first["cost"], words.lang),
        "combinations": number(answer["combinations"], words.lang),
        "view": words.of(_view(result, answer)).lower(),
        "year": result.price_year,
        "n": number(len(packages), words.lang),
        "most": count(*(last["qaly"][end] for end in ("mean", "p2_5", "p97_5")), words.lang),
    }
    head = [
        words(f"drivers.column.{column}")
        for column in ("package", "step", "cost", "qaly", "price", "sure", "best")
    ]
    rows = [
        (
            number(i + 1, words.lang),
            step,
            f"{shown_millions(spent[0], words.lang)} ({million_range(*spent[1:], words.lang)})",
            f"{number(gained[0], words.lang)} ({count_range(*gained[1:], words.lang)})",
            euros(row["price_of_next_qaly"], words.lang, 100) if i else "",
            percent(row["sure"], words.lang),
            percent(row["best_at_reference_value"], words.lang),
        )
        for i, (row, step, spent, gained) in enumerate(
            zip(
                packages,
                steps(packages, result, words),
                zip(*cost, strict=True),
                zip(*health, strict=True),
                strict=True,
            )
        )
    ]
    return finish(
        figure,
        id="frontier",
        title=words(f"chart.frontier.title_{kind}", **values),
        subtitle=words("chart.frontier.subtitle", **values),
        source=words("chart.source"),
        alt=words("chart.frontier.alt", **values),
        table=Table(words("chart.frontier.caption"), head, rows),
        data=[
            {
                "package": i,
                "levels": package(row["levels"]),
                **{f"cost_{end}": value for end, value in row["cost"].entries()},
                **{f"qaly_{end}": value for end, value in row["qaly"].entries()},
                "sure": row["sure"],
                "best_at_reference_value": row["best_at_reference_value"],
                "perspective": answer["perspective"],
                "price_year": result.price_year,
            }
            for i, row in enumerate(packages, 1)
        ],
        result=result,
        words=words,
        height=420,
    )


def _own(result: models.Result, perspective: str, words: Words) -> dict[str, tuple[float, float]]:
    """Money and health of the reader's own package; empty without one."""
    if not result.levels:
        return {}
    spent = result.seen_by(perspective)["incremental_total"]["mean"]
    lost = result.health(("qaly_loss",)).set_index("scenario").loc["incremental", "mean"]
    return {words("drivers.own"): (spent, -lost)}


def _view(result: models.Result, answer: Frontier):
    rows = result.catalogue["perspectives"]
    return next(row for row in rows if row["id"] == answer["perspective"])
