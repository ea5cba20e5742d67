"""How many numbers of the article agree with their source?"""

from __future__ import annotations

import models
from dashboard.charts.finish import Chart, Table, finish, plain
from dashboard.charts.published.published import cached_by_language
from dashboard.charts.squares import FULL, OPEN, Block, counted
from dashboard.charts.style import MARKED, TODAY, WORK
from dashboard.wording.catalogue import Words
from dashboard.wording.claims import claims, counts

COLUMNS, SIZE = 18, 19
DOTS = {
    "agrees": (WORK, FULL),
    "differs_by_definition": (MARKED, FULL),
    "no_source_found": (TODAY, OPEN),
}


@cached_by_language
def chart(result: models.Result, words: Words) -> Chart:
    judged = claims(words.lang)
    number = counts(judged)
    blocks = []
    for verdict, n in number.items():
        if n:
            name = f"<b>{n}</b> {plain(words(f'chart.verdicts.{verdict}'))}"
            blocks.append(Block(name, [(n, *DOTS[verdict])]))
    figure, height = counted(blocks, COLUMNS, SIZE)
    values = {"all": len(judged), **number}
    rows = [(c.claim, words(f"claims.verdict.{c.verdict}")) for c in judged]
    head = [words(f"claims.column.{name}") for name in ("claim", "verdict")]
    return finish(
        figure,
        id="verdicts",
        title=words("chart.verdicts.title", **values),
        subtitle=words("chart.verdicts.subtitle"),
        source=words("chart.verdicts.source"),
        alt=words("chart.verdicts.alt", **values),
        table=Table(words("chart.verdicts.caption"), head, rows),
        data=[{"id": c.id, "claim": c.claim, "verdict": c.verdict} for c in judged],
        result=None,
        words=words,
        height=height,
    )
