"""Which package saves most, and how sure is that? Several on one scale, today at 0."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

import models
from dashboard.charts.bars import bars, height, labels, numbers
from dashboard.charts.finish import Chart, Table, finish
from dashboard.charts.style import COSTS, SAVES
from dashboard.wording import sentences
from dashboard.wording.catalogue import Words
from dashboard.wording.direction import amount_of, chance_of, direction, ranks
from dashboard.wording.numbers import estimate, million_range, millions
from models.engine.result import SOCIETY
from models.engine.run import scenarios_of
from models.tables.rules import choose


def chart(result: models.Result, words: Words) -> Chart:
    """The signed packages and that of the result, under its options and assumptions."""
    signed = scenarios_of(result.model.assumptions)
    results = {
        words.of(package): models.run_like(result, package["levels"]) for package in signed.values()
    }
    if result.levels and not any(result.levels == run.levels for run in results.values()):
        results = {words("compare.now"): result} | results
    return compared(results, words)


def compared(
    results: Mapping[str, models.Result],
    words: Words,
    perspective: str = SOCIETY,
    left_out: Mapping[str, models.Result] | None = None,
) -> Chart:
    """Differences with today of packages by label, EUR a year with 95% intervals, on one axis.

    `left_out`: packages that are not drawn; a package is called the first only if it is also ahead
    of these.
    """
    seen = {name: result.seen_by(perspective) for name, result in results.items()}
    frame = pd.DataFrame(
        [models.summary_of(result.change_draws(perspective)) for result in results.values()],
        index=list(results),
    )
    names = labels(frame, str, words, plus=True)
    least = frame["mean"].idxmin()
    everybody = {**results, **(left_out or {})}
    first = models.chance_cheapest(everybody, perspective)[least]
    kind = choose(
        "side_by_side",
        one=len(everybody) == 1,
        holds=ranks(first),
        **direction(frame.loc[least]),
    )
    values = {
        "package": least,
        "amount": amount_of(frame.loc[least], words.lang),
        "change": estimate(*frame.loc[least, ["mean", "p2_5", "p97_5"]], words.lang)[0],
        "chance": chance_of(seen[least]["probability_saving"], frame.loc[least], words.lang),
        "n": len(everybody),
        "whose": sentences.whose(perspective, words),
        "year": next(iter(results.values())).price_year,
    }
    rows = [
        (
            name,
            millions(row["mean"], words.lang, plus=True),
            million_range(row["p2_5"], row["p97_5"], words.lang),
            chance_of(seen[name]["probability_saving"], row, words.lang),
        )
        for name, row in frame.iterrows()
    ]
    return finish(
        bars(frame, names, [SAVES if m < 0 else COSTS for m in frame["mean"]], words),
        id="compare",
        title=words(f"chart.compare.title_{kind}", **values),
        subtitle=words("chart.compare.subtitle", **values),
        source=words("chart.source"),
        alt=words("chart.compare.alt", **values),
        table=Table(
            words("chart.compare.caption"),
            [
                words("compare.package"),
                *(words(f"table.{h}") for h in ("difference", "interval", "chance")),
            ],  # fmt: skip
            rows,
        ),
        data=numbers(frame, "package", str, values["year"]),
        result=next(iter(results.values())),
        words=words,
        height=height(names),
    )
