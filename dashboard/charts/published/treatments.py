"""Of 56 treatments, how many were shown to work?"""

from __future__ import annotations

from textwrap import wrap

import models
from dashboard.charts.finish import Chart, plain
from dashboard.charts.published.published import cached_by_language, published
from dashboard.charts.published.series import numbers, points
from dashboard.charts.squares import FULL, OPEN, Block, counted
from dashboard.charts.style import MARKED, TODAY
from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import within

COLUMNS, WIDE, SIZE, LETTERS = 18, 28, 19, 50


@cached_by_language
def chart(result: models.Result, words: Words) -> Chart:
    series = points("treatments", words, "review", "count", "acute", "chronic",
                   "acute_no_effect", "chronic_no_effect")  # fmt: skip
    works = _names(series, "acute", "chronic")
    fails = [n for n in _names(series, "acute_no_effect", "chronic_no_effect") if n not in works]
    total = next(int(p.value) for p in series if p.unit == "treatments" and p.series == "review")
    trials = next(int(p.value) for p in series if p.series == "review")
    unclear = total - len(works) - len(fails)
    blocks = [
        Block(_name("works", works, words), [(len(works), MARKED, FULL)]),
        Block(_name("fails", fails, words), [(len(fails), TODAY, FULL)]),
        Block(_name("unclear", unclear, words), [(unclear, TODAY, OPEN)]),
    ]
    figure, height = counted(blocks, COLUMNS, SIZE, wide=WIDE)
    values = {"works": len(works), "fails": len(fails), "unclear": unclear}
    return published(
        figure, "treatments", series, numbers(words), words,
        height=height, total=total, trials=trials, **values,
    )  # fmt: skip


def _names(listed, *series: str) -> list[str]:
    """The names without repetition: exercise occurs in two groups."""
    return list(dict.fromkeys(p.label for p in listed if p.series in series))


def _name(kind: str, which: list[str] | int, words: Words) -> str:
    listed = isinstance(which, list)
    text = words(f"chart.treatments.{kind}", n=len(which) if listed else which)
    if listed:
        text += ": " + ", ".join(map(within, which))
    first, *rest = wrap(text, LETTERS, break_on_hyphens=False)
    head, colon, tail = plain(first).partition(":")
    return "<br>".join([f"<b>{head}</b>{colon}{tail}", *map(plain, rest)])
