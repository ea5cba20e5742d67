"""Which package saves most, and how sure is that? Several on one scale, today at nil."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

import models
from dashboard.charts.bars import bars, height, labels, numbers
from dashboard.charts.finish import Finished, Table, finish
from dashboard.charts.style import COSTS, SAVES
from dashboard.wording import sentences
from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import chance, estimate, million_range, millions
from models.engine.result import SOCIETY
from models.engine.run import scenarios_of


def chart(result: models.Result, words: Words) -> Finished:
    """The signed packages, under the options and assumptions of this result."""
    signed = scenarios_of(result.model.assumptions)
    results = {
        words.of(package): models.run_like(result, package["levels"]) for package in signed.values()
    }
    return compared(results, words)


def compared(
    results: Mapping[str, models.Result], words: Words, perspective: str = SOCIETY
) -> Finished:
    """Differences with today of packages by their label, with 95% intervals on one axis."""
    seen = {name: result.seen_by(perspective) for name, result in results.items()}
    frame = pd.DataFrame(
        [models.summary_of(result.change_draws(perspective)) for result in results.values()],
        index=list(results),
    )
    names = labels(frame, str, words, plus=True)
    least = frame["mean"].idxmin()
    said = {
        "package": least,
        "amount": estimate(
            abs(frame.loc[least, "mean"]), *frame.loc[least, ["p2_5", "p97_5"]], words.lang
        )[0],
        "chance": chance(seen[least]["probability_saving"], words.lang),
        "whose": sentences.whose(perspective, words),
        "year": next(iter(results.values())).price_year,
    }
    kind = "saves" if frame.loc[least, "mean"] < 0 else "costs"
    rows = [
        (
            name,
            millions(row["mean"], words.lang, plus=True),
            million_range(row["p2_5"], row["p97_5"], words.lang),
            chance(seen[name]["probability_saving"], words.lang),
        )
        for name, row in frame.iterrows()
    ]
    return finish(
        bars(frame, names, [SAVES if m < 0 else COSTS for m in frame["mean"]], words),
        id="compare",
        title=words(f"chart.compare.title_{kind}", **said),
        subtitle=words("chart.compare.subtitle", **said),
        source=words("chart.source"),
        alt=words("chart.compare.alt", **said),
        table=Table(
            words("chart.compare.caption"),
            [
                words("compare.package"),
                *(words(f"table.{h}") for h in ("difference", "interval", "chance")),
            ],  # fmt: skip
            rows,
        ),
        data=numbers(frame, "package", str, said["year"]),
        result=next(iter(results.values())),
        words=words,
        height=height(names),
    )
