"""What is it worth at most to know more before choosing?"""

from __future__ import annotations

import plotly.graph_objects as go

import models
from dashboard.charts.bars import MILLION, height, name_rows, over_bar
from dashboard.charts.finish import Chart, Table, finish
from dashboard.charts.style import CARE, MARKED, TODAY
from dashboard.wording.catalogue import Words
from dashboard.wording.drivers import named
from dashboard.wording.numbers import euros, millions, number
from models.analysis.uncertainty.value_of_information import ValueOfInformation

MOST, LEAST = 6, 0.05e6  # assumptions shown; EUR a year: what rounds to 0 has no dot
SURE = 1.96  # standard errors in a 95% interval


def chart(result: models.Result, words: Words, answer: ValueOfInformation | None = None) -> Chart:
    answer = answer or models.value_of_information(result)
    rows = _rows(answer, named(result, words), words)
    worths = [millions(row["worth"], words.lang, 1) for row in rows]
    names = [over_bar(row["label"], worth) for row, worth in zip(rows, worths, strict=True)]
    colour = {"everything": MARKED, "parameter": TODAY, "theme": TODAY, "study": CARE}
    figure = go.Figure(
        go.Scatter(
            x=[round(row["worth"] / MILLION, 4) for row in rows],
            y=list(range(len(rows))),
            mode="markers",
            marker={"size": 13, "color": [colour[row["kind"]] for row in rows]},
            error_x={
                "array": [round(SURE * row["standard_error"] / MILLION, 4) for row in rows],
                "thickness": 1.5,
                "color": TODAY,
            },
            cliponaxis=False,
        )
    )
    name_rows(figure, names, words)
    figure.update_yaxes(zeroline=False)
    most_worth = answer["evppi"][0]
    kind = "" if most_worth["evppi"] > SURE * most_worth["standard_error"] else "_nothing"
    values = {
        "evpi": euros(answer["evpi"], words.lang),
        "name": named(result, words)(most_worth["parameter"]),
        "worth": euros(most_worth["evppi"], words.lang),
        "value": euros(answer["reference_value"], words.lang),
        "year": result.price_year,
        "options": number(len(answer["options"]), words.lang),
    }
    head = [words(f"drivers.column.{column}") for column in ("knowing", "worth", "error")]
    return finish(
        figure,
        id="worth_of_knowing",
        title=words(f"chart.worth_of_knowing.title{kind}", **values),
        subtitle=words("chart.worth_of_knowing.subtitle", **values),
        source=words("chart.source"),
        alt=words(f"chart.worth_of_knowing.alt{kind}", **values),
        table=Table(
            words("chart.worth_of_knowing.caption"),
            head,
            [
                (row["label"], worth, millions(row["standard_error"], words.lang, 2))
                for row, worth in zip(rows, worths, strict=True)
            ],
        ),
        data=[
            {**row, "unit": "EUR/year", "price_year": result.price_year,
             "reference_value": answer["reference_value"]}
            for row in rows
        ],
        result=result,
        words=words,
        height=height(names),
    )  # fmt: skip


def _rows(answer: ValueOfInformation, name, words: Words) -> list[dict]:
    """Perfect information, themes and assumptions worth most, what the study measures, study."""

    def row(kind: str, key: str, label: str, worth: float, error: float) -> dict:
        return {"kind": kind, "key": key, "label": label, "worth": worth, "standard_error": error}

    study = answer["study"]
    return [
        row("everything", "everything", words("drivers.everything"), answer["evpi"],
            answer["evpi_standard_error"]),
        *(
            row("theme", estimate["group"], _theme(estimate["group"], words), estimate["evppi"],
                estimate["standard_error"])
            for estimate in answer["groups"][:1]
            if estimate["evppi"] > answer["evppi"][0]["evppi"]
        ),
        *(
            row("parameter", estimate["parameter"], name(estimate["parameter"]), estimate["evppi"],
                estimate["standard_error"])
            for estimate in answer["evppi"][:MOST]
            if estimate["evppi"] >= LEAST
        ),
        row("study", "study_at_most", words("drivers.study_at_most"), study["at_most"],
            study["at_most_standard_error"]),
        row("study", "study", words("drivers.study"), study["evsi"], study["standard_error"]),
    ]  # fmt: skip


def _theme(group: str, words: Words) -> str:
    return words("drivers.theme", theme=words(f"reference.group.{group}"))
