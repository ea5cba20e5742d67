"""What do other studies and countries say, per inhabitant?"""

from __future__ import annotations

import models
from dashboard.charts.bars import height
from dashboard.charts.dots import dots, labels
from dashboard.charts.finish import Chart, Table, finish
from dashboard.charts.published.series import SEEN, Point, cite
from dashboard.charts.style import MARKED, TODAY
from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import count, count_range, number
from models.analysis.history.cross_model import CrossModel, StudyFigure, StudyRow, study_figures

OURS = {"total": "ours", "total_presenteeism": "ours_presenteeism"}
NONE = float("nan")


def chart(result: models.Result, words: Words) -> Chart:
    answer = models.cross_model(result)
    rows = {row["id"]: row for row in answer["rows"]}
    totals = [figure for figure in study_figures() if figure.compares_with in OURS]
    points = [_study(figure, rows[figure.id], words) for figure in totals]
    own = {figure.compares_with: rows[figure.id] for figure in totals}
    points += [_ours(name, own[kind], answer, words) for kind, name in OURS.items() if kind in own]

    ends = own["total"]["ours"]["p2_5"], own["total"]["ours"]["p97_5"]

    def short(amount: float) -> str:
        return count(amount, *ends, words.lang)  # as far as our interval allows

    names = labels(points, short, words)
    colours = [MARKED if point.series in OURS.values() else TODAY for point in points]
    figure = dots(points, colours, names, words)
    figure.update_xaxes(
        title={"text": words("chart.cross_model.axis")}, tickformat=",.0f", rangemode="tozero"
    )
    theirs = [rows[study_figure.id]["theirs"] for study_figure in totals]
    values = {
        "below": sum(rows[study_figure.id]["verdict"] == "too_low" for study_figure in totals),
        "n": len(totals),
        "price_year": answer["price_year"],
        "least": short(min(theirs)),
        "most": short(max(theirs)),
        "ours": short(own["total"]["ours"]["mean"]),
    }
    columns = ("study", "counted_as", "theirs", "ours", "position_head", "source")
    return finish(
        figure,
        id="cross_model",
        title=words("chart.cross_model.title", **values),
        subtitle=words("chart.cross_model.subtitle", **values),
        source=cite([point for point in points if point.series not in OURS.values()], words),
        alt=words("chart.cross_model.alt", **values),
        table=Table(
            words("chart.cross_model.caption"),
            [words(f"history.{name}") for name in columns],
            [line(study_figure, rows[study_figure.id], words) for study_figure in study_figures()],
        ),
        data=[_datum(rows[study_figure.id]) for study_figure in study_figures()],
        result=result,
        words=words,
        height=height(names),
    )


def _study(figure: StudyFigure, row: StudyRow, words: Words) -> Point:
    label = words.of(figure)
    return _point("published", label, (row["theirs"], NONE, NONE), figure.source, str(figure.year))


def _ours(name: str, row: StudyRow, answer: CrossModel, words: Words) -> Point:
    figures = tuple(row["ours"][key] for key in ("mean", "p2_5", "p97_5"))
    label = words(f"chart.cross_model.{name}", price_year=answer["price_year"])
    return _point(name, label, figures, row["source"], str(answer["price_year"]))


def _point(series: str, label: str, figures: tuple, source: str, year: str) -> Point:
    value, low, high = figures
    return Point(
        series, label, NONE, value, low, high, "EUR/inhabitant/year", year, year, source,
        provenance=SEEN,  # filled dots: open ones mark figures that were not seen
        note="",
    )  # fmt: skip


def line(figure: StudyFigure, row: StudyRow, words: Words) -> tuple[str, ...]:
    """Cells of a study: what it counts, both figures (EUR a person), agreement, source."""
    ours = row["ours"]
    low, high = ours["p2_5"], ours["p97_5"]
    mean, spread = count(ours["mean"], low, high, words.lang), count_range(low, high, words.lang)
    return (
        words.of(figure),
        words.of(figure, "definition"),
        number(row["theirs"], words.lang),
        f"{mean} ({spread})",
        words(f"history.position.{row['verdict']}"),
        words(f"cite.{figure.source}"),
    )


def _datum(row: StudyRow) -> dict:
    """A row of the exported CSV: our figure and theirs, unrounded."""
    ours = row["ours"]
    return {
        **{name: value for name, value in row.entries() if name != "ours"},
        **{name: ours[name] for name in ("mean", "p2_5", "p97_5", "unit")},
    }
