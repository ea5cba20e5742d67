"""Where do the numbers of the debate come from, and where does the trail end?

Each number is a tree: a row for each who mentions it, and a line to whom it cites. No
amount is written here or in data/lineage.csv: a row names the record that holds its number.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import isnan, nan

import plotly.graph_objects as go

import models
from dashboard.charts.finish import Chart, Table, finish, plain
from dashboard.charts.published.series import points, shares
from dashboard.charts.style import MARKED, TODAY
from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import estimate, euros, number
from models.paths import DATA

TREES = ("total", "patients", "xray")
ARTICLE = "_article"  # ends the id of the step that a tree is about
COLUMNS = (
    *("id", "tree", "label_en", "label_nl", "record", "source", "rests_on", "link"),
    *("note_en", "note_nl"),
)
LINES = {"seen": "solid", "likely": "5px,4px", "derived": "2px,3px"}
ROW, HEAD, EDGE = 23, 31, 16  # pixels: a row, a heading with the space above it, around all
DOTS, LANE, TEXT, WHY = 0.075, 0.024, 0.1, 0.44  # from the left; a reason has room in print only


@dataclass(frozen=True)
class Step:
    """One mention of a number; `value` is nan where none was seen, `text` says it for people."""

    id: str
    tree: str
    label: str
    value: float
    text: str
    source: str
    rests_on: str
    link: str
    note: str


def steps(result: models.Result, words: Words) -> list[Step]:
    """The rows of data/lineage.csv, with the numbers of the records that they name."""
    rows = models.read_table(DATA / "lineage.csv", name="lineage.csv", required=COLUMNS)
    say: dict[str, Callable[[float], str]] = {
        "total": lambda amount: euros(amount, words.lang),
        "patients": lambda people: number(people, words.lang),
        "xray": shares(words),
    }
    listed = []
    for row in rows:
        value = _value(row["record"], result, words)
        text = words("chart.lineage.unseen") if isnan(value) else say[row["tree"]](value)
        label = row[f"label_{words.lang}"]
        if row["record"] == "result":
            total = result.headline["base_case_total"]
            text, ends = estimate(value, total["p2_5"], total["p97_5"], words.lang)
            label = f"{label} ({ends.removeprefix('EUR ')})"
        listed.append(
            Step(
                **{name: row[name] for name in ("id", "tree", "source", "rests_on", "link")},
                label=label,
                value=value,
                text=text,
                note=row[f"note_{words.lang}"],
            )
        )
    return listed


def _value(record: str, result: models.Result, words: Words) -> float:
    """The number in a record: `assumptions/PARAMETER`, `SERIES/LINE/YEAR[/SOURCE]` or `result`."""
    if not record:
        return nan
    if record == "result":
        return result.headline["base_case_total"]["mean"]
    table, name, *at = record.split("/")
    if table == "assumptions":
        return models.load_assumptions()[name].base
    year, *source = at
    (value,) = (
        point.value
        for point in points(table, words, name)
        if year in (point.year, f"{point.x:.0f}")
        and point.source in (source or [point.source])
        and point.provenance != "article"
    )
    return value


def chart(result: models.Result, words: Words) -> Chart:
    listed = steps(result, words)
    figure, height = _drawn(listed, words)
    by_id = {step.id: step for step in listed}
    texts = {tree: by_id[tree + ARTICLE].text for tree in TREES}
    texts |= {"last": by_id["total_2007"].text, "count": by_id["total_count"].text}
    head = [words(f"chart.lineage.{name}") for name in ("who", "figure", "rests", "how", "note")]
    rows = [
        (
            step.label,
            step.text,
            by_id[step.rests_on].label if step.rests_on else "–",
            words(f"chart.lineage.link_{step.link or 'first'}"),
            step.note,
        )
        for step in listed
    ]
    return finish(
        figure,
        id="lineage",
        title=words("chart.lineage.title", **texts),
        subtitle=words("chart.lineage.subtitle"),
        source=words("chart.lineage.source"),
        alt=words("chart.lineage.alt", **texts),
        table=Table(words("chart.lineage.caption"), head, rows),
        data=[
            {
                "id": step.id,
                "number": step.tree,
                "label": step.label,
                "value": None if isnan(step.value) else step.value,
                "source": step.source,
                "rests_on": step.rests_on,
                "link": step.link,
                "note": step.note,
                "unit": words(f"chart.lineage.unit_{step.tree}"),
            }
            for step in listed
        ],
        result=result,
        words=words,
        height=height,
    )


def _drawn(listed: list[Step], words: Words) -> tuple[go.Figure, int]:
    """Rows under a heading for each tree; a line leads up to what a mention rests on."""
    figure, texts, reasons, at, top = go.Figure(), [], [], {}, 0.0
    by_id = {step.id: step for step in listed}
    for tree in TREES:
        of_tree = [step for step in listed if step.tree == tree]
        article = next(step for step in of_tree if step.id.endswith(ARTICLE))
        top += HEAD
        heading = words(f"chart.lineage.tree_{tree}", value=article.text)
        texts.append(_text(0, top - ROW / 2, f"<b>{plain(heading)}</b>"))
        for step in of_tree:
            top += ROW
            at[step.id] = top - ROW / 2
            shown = f"<b>{plain(step.text)}</b>  {plain(step.label)}"
            texts.append(_text(TEXT, at[step.id], shown))
            reasons.append(_text(WHY, at[step.id], plain(_reason(step, by_id, words))))
    drawn = [step for step in listed if step.link in LINES and step.rests_on]
    lane = 0
    for step in sorted(drawn, key=lambda step: at[step.id] - at[step.rests_on]):
        first, last = at[step.rests_on], at[step.id]
        lane += last - first > 1.5 * ROW  # a line past other rows runs beside them
        left = DOTS - LANE * lane
        figure.add_scatter(
            x=[DOTS, left, left, DOTS],
            y=[first, first, last, last],
            mode="lines",
            line={"color": MARKED, "width": 2, "dash": LINES[step.link]},
        )
    for symbol, colour in (("circle", TODAY), ("circle-open", MARKED), ("x", MARKED)):
        chosen = [step for step in listed if _symbol(step) == symbol]
        line = {"width": 2.5, "color": colour}
        figure.add_scatter(
            x=[DOTS] * len(chosen),
            y=[at[step.id] for step in chosen],
            mode="markers",
            marker={"symbol": symbol, "size": 12, "color": colour, "line": line},
        )
    bare = {"showgrid": False, "zeroline": False, "tickvals": [], "fixedrange": True}
    figure.update_xaxes(range=[0, 1], **bare).update_yaxes(range=[top + 6, 0], **bare)
    figure.update_layout(
        annotations=texts,
        margin={"l": 4, "r": 4, "t": 4, "b": 4},
        meta={"wide": {"annotations": reasons, "keep": {"annotations": len(texts)}}},
    )
    return figure, round(top + EDGE)


def _reason(step: Step, by_id: dict[str, Step], words: Words) -> str:
    """Whom a step cites, and how that is known."""
    known = words(f"chart.lineage.link_{step.link or 'first'}")
    if not step.rests_on:
        return known if step.link else ""
    kind = step.link if step.link in ("derived", "not_found") else "cited"
    return words(f"chart.lineage.reason_{kind}", on=by_id[step.rests_on].label, known=known)


def _symbol(step: Step) -> str:
    """Closed where a number was seen, open where not or where it is ours, a cross at an end."""
    if step.link == "not_found":
        return "x"
    return "circle-open" if isnan(step.value) or step.link == "derived" else "circle"


def _text(x: float, y: float, text: str) -> dict:
    return {
        "x": x, "y": y, "text": text, "xanchor": "left", "yanchor": "middle",
        "bgcolor": "rgba(0,0,0,0)",
    }  # fmt: skip
