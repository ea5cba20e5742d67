"""Who pays for which cost? Every euro from cost item to payer, in one picture.

Ribbons are as thick as their amount on both sides. Labels have slots of their own beside the
picture, so that they never overlap; cost items too thin for a label are summed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from textwrap import wrap

import pandas as pd
import plotly.graph_objects as go

import models
from dashboard.charts.finish import Chart, Table, finish, plain
from dashboard.charts.style import CARE, TODAY, WORK
from dashboard.wording import row_texts
from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import euros, millions, percent

SMALLEST = 0.02  # of the total: a cost item below it goes to the rest
TALL, LINE, SPACE, HEAD = 300, 18, 6, 32  # pixels: the whole sum, a line, between labels, headings
LETTERS = 18  # of a label on a telephone
NODE = 0.05  # width of a node, in widths of the picture
SIDES = (0.33, 0.67)  # the picture between its labels
COLOUR = {"care": CARE, "work": WORK}
FILL = {"care": "rgba(199,107,18,0.38)", "work": "rgba(11,122,111,0.38)"}


@dataclass
class Node:
    """An end of ribbons: start, height, and start of the next ribbon, as shares of the picture."""

    name: str
    amount: float
    top: float = 0.0
    height: float = 0.0
    filled: float = 0.0

    def take(self, height: float) -> float:
        start = self.top + self.filled
        self.filled += height
        return start


def chart(result: models.Result, words: Words) -> Chart:
    item_name = row_texts.item_name(words, result.catalogue)
    payer_name = row_texts.payer_name(words, result.catalogue)
    ledger = result.matrix("base_case").drop(index="total", columns="total").clip(lower=0)
    flows = _grouped(ledger, result)
    total = flows.to_numpy().sum()
    items, payers = _ordered(flows, result)
    flows = flows.loc[items, payers]
    left = [_label(_short(name, item_name, words), flows.loc[name].sum(), words) for name in items]
    right = [_label(_short(name, payer_name, words), flows[name].sum(), words) for name in payers]
    froms, height = _stack(flows.sum(axis=1), left, total)
    tos, other = _stack(flows.sum(), right, total)
    figure = go.Figure()
    for x, nodes, colours in (
        (0, froms, [COLOUR[_kind(node.name, result)] for node in froms]),
        (1, tos, [TODAY] * len(tos)),
    ):
        figure.add_bar(
            x=[x] * len(nodes),
            y=[round(node.height, 2) for node in nodes],
            base=[round(node.top, 2) for node in nodes],
            width=NODE,
            marker={"color": colours, "line": {"width": 0}},
        )
    amount = millions(total, words.lang)
    notes = []
    for head, nodes, texts, end in (("costs", froms, left, 0), ("payers", tos, right, 1)):
        notes.append(_note(end, HEAD / 2, f"{words(f'chart.money_flow.{head}')} <b>{amount}</b>"))
        notes += [
            _note(end, node.top + node.height / 2, text)
            for node, text in zip(nodes, texts, strict=True)
        ]
    height = max(height, other)
    figure.update_layout(
        barmode="overlay", annotations=notes, shapes=_ribbons(flows, froms, tos, result)
    )
    figure.update_xaxes(visible=False, range=[-NODE / 2, 1 + NODE / 2], domain=list(SIDES))
    figure.update_yaxes(visible=False, range=[height, 0])
    shares = flows.sum() / total
    most = shares.drop("lost_output", errors="ignore").idxmax()
    values = {
        "total": euros(total, words.lang),
        "most": _short(most, payer_name, words).lower(),
        "share": percent(shares[most], words.lang),
        "work": percent(
            sum(flows.loc[name].sum() for name in items if _kind(name, result) == "work") / total,
            words.lang,
        ),
    }
    head, rows = row_texts.ledger(result, "base_case", words)
    return finish(
        figure,
        id="money_flow",
        title=words("chart.money_flow.title", **values),
        subtitle=words("chart.money_flow.subtitle", year=result.price_year),
        source=words("chart.source"),
        alt=words("chart.money_flow.alt", **values),
        table=Table(words("chart.money_flow.caption"), head, rows),
        data=[
            {
                "cost_item": item,
                "payer": payer,
                "label": item_name(item),
                "payer_label": payer_name(payer),
                "unit": "EUR/year",
                "price_year": result.price_year,
                "mean": float(value),
            }
            for (item, payer), value in ledger.stack().items()
            if value
        ],
        result=result,
        words=words,
        height=round(height + 16),
    )


def _grouped(ledger: pd.DataFrame, result: models.Result) -> pd.DataFrame:
    """Amounts by cost item and payer; small items are summed as rest_care or rest_work."""
    ledger = ledger.loc[ledger.sum(axis=1) > 0, ledger.sum() > 0]
    small = ledger.sum(axis=1) < SMALLEST * ledger.to_numpy().sum()
    names = [f"rest_{_kind(name, result)}" if small[name] else name for name in ledger.index]
    alone = {name for name in names if names.count(name) == 1}
    names = [old if new in alone else new for old, new in zip(ledger.index, names, strict=True)]
    return ledger.groupby(names).sum()


def _ordered(flows: pd.DataFrame, result: models.Result) -> tuple[list[str], list[str]]:
    """Cost items with work first and the largest first; payers opposite their largest item."""
    sums = flows.sum(axis=1)
    items = sorted(
        flows.index,
        key=lambda name: (_kind(name, result) != "work", name.startswith("rest_"), -sums[name]),
    )
    position = pd.Series(range(len(items)), index=items)
    middle = flows.mul(position, axis=0).sum() / flows.sum()
    size = flows.sum()
    return items, sorted(flows, key=lambda payer: (round(middle[payer], 1), -size[payer]))


def _kind(name: str, result: models.Result) -> str:
    item = result.catalogue.cost_items.get(name)
    return item["category"] if item else name.removeprefix("rest_")


def _stack(amounts: pd.Series, labels: list[str], total: float) -> tuple[list[Node], float]:
    """Nodes from top to bottom, each with room for its label, and their height together."""
    nodes, top = [], float(HEAD)
    for (name, amount), label in zip(amounts.items(), labels, strict=True):
        node = Node(name, amount, height=amount / total * TALL)
        slot = max(node.height, LINE * (label.count("<br>") + 1)) + SPACE
        node.top = top + (slot - node.height) / 2
        nodes.append(node)
        top += slot
    return nodes, top


def _ribbons(
    flows: pd.DataFrame, froms: list[Node], tos: list[Node], result: models.Result
) -> list[dict]:
    """A curve for each flow, as thick at both ends as the flow is large."""
    ribbons, total = [], flows.to_numpy().sum()
    left, right = NODE / 2, 1 - NODE / 2
    for start in froms:
        for end in tos:
            thick = flows.loc[start.name, end.name] / total * TALL
            if not thick:
                continue
            a, b = start.take(thick), end.take(thick)
            c, d = a + thick, b + thick
            path = (
                f"M{left},{a:.1f}C.5,{a:.1f} .5,{b:.1f} {right},{b:.1f}"
                f"L{right},{d:.1f}C.5,{d:.1f} .5,{c:.1f} {left},{c:.1f}Z"
            )
            ribbons.append({
                "type": "path", "path": path, "layer": "below",
                "fillcolor": FILL[_kind(start.name, result)], "line": {"width": 0},
            })  # fmt: skip
    return ribbons


def _label(name: str, amount: float, words: Words) -> str:
    text = [
        plain(line) for line in wrap(name, LETTERS, break_long_words=False, break_on_hyphens=False)
    ]
    figure = f"<b>{millions(amount, words.lang)}</b>"
    short = len(text[-1]) + len(millions(amount, words.lang)) < LETTERS - 1
    return "<br>".join([*text[:-1], f"{text[-1]} {figure}"] if short else [*text, figure])


def _note(end: int, y: float, text: str) -> dict:
    """A label beside the picture: left of its left end (`end` 0) or right of its right end (1)."""
    side = ("right", "left")[end]
    return {
        "name": "node",  # a wide export writes it on one line, and larger
        "x": SIDES[end], "xref": "paper", "xshift": (-6, 6)[end], "y": round(y, 1), "text": text,
        "xanchor": side, "align": side, "yanchor": "middle", "showarrow": False, "borderpad": 0,
    }  # fmt: skip


def _short(name: str, whole: Callable[[str], str], words: Words) -> str:
    """A short name where the full one would not fit beside the picture."""
    key = f"chart.money_flow.{name}"
    return words(key) if key in words else whole(name)
