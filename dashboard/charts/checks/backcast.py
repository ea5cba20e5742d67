"""What does the model give for years of which the answer was published?"""

from __future__ import annotations

import models
from dashboard.charts.bars import height
from dashboard.charts.dots import dots, labels
from dashboard.charts.finish import Chart, Table, finish
from dashboard.charts.published.series import SEEN, Point, cite
from dashboard.charts.style import MARKED, TODAY
from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import euro_range, euros, rounding
from models.analysis.history.backcast import BackcastRow

BILLION = 1e9
NONE = float("nan")
SETS = ("general", "counted")


def chart(result: models.Result, words: Words) -> Chart:
    totals = [row for row in models.backcast(result)["rows"] if row["outcome"] == "total"]
    years = sorted({row["year"] for row in totals})
    points = [point for year in years for point in _points(year, totals, words)]

    def short(amount: float) -> str:
        return euros(amount, words.lang, step=1e8).removeprefix("EUR ")

    names = labels(points, short, words)
    colours = [TODAY if point.series == "published" else MARKED for point in points]
    figure = dots(points, colours, names, words, scale=BILLION)
    axis = words("chart.backcast.axis", price_year=result.price_year)
    figure.update_xaxes(title={"text": axis}, tickformat="d", rangemode="tozero")
    counted = [row for row in totals if row["set"] == "counted"]
    values = {
        "inside": sum(row["verdict"] == "inside" for row in counted),
        "n": len(counted),
        "years": ", ".join(map(str, years)),
        "price_year": result.price_year,
    }
    head = [words(f"history.{name}") for name in ("year", *(f"{column}_head" for column in HEADS))]
    return finish(
        figure,
        id="backcast",
        title=words("chart.backcast.title", **values),
        subtitle=words("chart.backcast.subtitle", **values),
        source=cite(points, words),
        alt=words("chart.backcast.alt", **values),
        table=Table(words("history.caption_backcast"), head, _rows(years, totals, words)),
        data=[_datum(row) for row in totals],
        result=result,
        words=words,
        height=height(names),
    )


HEADS = (*SETS, "published", "verdict")


def _points(year: int, totals: list[BackcastRow], words: Words) -> list[Point]:
    """The published total of a year and our two answers, in prices of the model."""
    rows = {row["set"]: row for row in totals if row["year"] == year}
    first = rows[SETS[0]]
    published = (first["today"]["published"], NONE, NONE)
    points = [_point("published", year, published, first, words)]
    for name in SETS:
        ours = rows[name]["today"]
        figures = tuple(ours[key] for key in ("mean", "p2_5", "p97_5"))
        points.append(_point(name, year, figures, rows[name], words))
    return points


def _point(series: str, year: int, figures: tuple, row: BackcastRow, words: Words) -> Point:
    value, low, high = figures
    return Point(
        series=series,
        label=words(f"chart.backcast.{series}", year=year),
        x=year,
        value=value,
        low=low,
        high=high,
        unit=row["unit"],
        year=str(year),
        price_year=str(row["today"]["price_year"]),
        source=row["source"],
        provenance=SEEN,  # filled dots: open ones mark figures that were not seen
        note="",
    )


def _rows(years: list[int], totals: list[BackcastRow], words: Words) -> list[tuple[str, ...]]:
    """In money of the year itself: year, our two answers, the published total, the verdict."""
    rows = []
    for year in years:
        by_set = {row["set"]: row for row in totals if row["year"] == year}
        ours = [answer(by_set[name], words) for name in SETS]
        counted = by_set[SETS[-1]]
        rows.append((
            str(year), *ours, euros(counted["published"], words.lang),
            words(f"history.verdict.{counted['verdict']}"),
        ))  # fmt: skip
    return rows


def answer(row: BackcastRow, words: Words) -> str:
    """The model's mean with its interval, both rounded as far as the interval allows."""
    low, high = row["p2_5"], row["p97_5"]
    mean = euros(row["mean"], words.lang, rounding(low, high), like=high)
    return f"{mean} ({euro_range(low, high, words.lang).removeprefix('EUR ')})"


def _datum(row: BackcastRow) -> dict:
    """A row of the exported CSV: figures in money of that year, unrounded."""
    return {name: value for name, value in row.entries() if name != "today"}
