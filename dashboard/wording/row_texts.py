"""Rows of tables: names and figures of a result as text, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

import models
from dashboard.wording.catalogue import Words
from dashboard.wording.direction import as_shown, chance_of
from dashboard.wording.numbers import (
    NIL,  # a dash for an exact zero, easier to read than 0,0
    count,
    count_range,
    estimate,
    euros,
    million_range,
    millions,
    percent,
)
from dashboard.wording.units import measured
from models.tables.catalogue import Catalogue


def labels(name: str, catalogue: Catalogue | None = None) -> dict[str, Mapping[str, str]]:
    """Rows of a table of names, such as payers, by id; of a result or as published."""
    return {row["id"]: row for row in (catalogue or Catalogue.published())[name]}


def item_name(words: Words, catalogue: Catalogue | None = None) -> Callable[[str], str]:
    return _name("cost_items", words, catalogue)


def payer_name(words: Words, catalogue: Catalogue | None = None) -> Callable[[str], str]:
    return _name("payers", words, catalogue)


def _name(table: str, words: Words, catalogue: Catalogue | None) -> Callable[[str], str]:
    rows = labels(table, catalogue)
    return lambda name: words.of(rows[name])


def interval(row: pd.Series, words: Words) -> str:
    """The 95% interval of a row of statistics in EUR million; empty when it has no width."""
    if row["p2_5"] == row["p97_5"]:
        return ""
    return million_range(row["p2_5"], row["p97_5"], words.lang)


def costs(
    frame: pd.DataFrame, total: pd.DataFrame, name: Callable[[str], str], words: Words
) -> list[tuple[str, ...]]:
    """Name, EUR million, share of the total and 95% interval; largest first, the total last."""
    whole = total.iloc[0]
    shown = frame[frame["mean"].abs() > 0].sort_values("mean", ascending=False)
    rows = [(name(key), *_cost(row, whole, words)) for key, row in shown.iterrows()]
    return [*rows, (words("table.total"), *_cost(whole, whole, words))]


def _cost(row: pd.Series, whole: pd.Series, words: Words) -> tuple[str, str, str]:
    return (
        millions(row["mean"], words.lang),
        percent(row["mean"] / whole["mean"], words.lang),
        interval(row, words),
    )


def changes(
    result: models.Result, by: str, name: Callable[[str], str], words: Words
) -> list[tuple[str, ...]]:
    """Name, today, scenario, difference with its interval; the total last."""
    difference = result.summary("incremental", by)
    matrices = (result.matrix(scenario) for scenario in ("base_case", "scenario"))
    today, scenario = (m.loc["total"] if by == "payer" else m["total"] for m in matrices)
    rows = [
        (name(key), *_change(today[key], scenario[key], difference.loc[key], words))
        for key in today.drop("total").sort_values(ascending=False).index
    ]
    total = result.headline["incremental_total"]
    changed = _change(today["total"], scenario["total"], total, words)
    return [*rows, (words("table.total"), *changed)]


def _change(today: float, scenario: float, difference, words: Words) -> tuple[str, ...]:
    """Means side by side in EUR million, and the difference with its interval."""
    return (
        millions(today, words.lang),
        millions(scenario, words.lang),
        millions(difference["mean"], words.lang, plus=True),
        interval(difference, words),
    )


def health(result: models.Result, words: Words) -> list[tuple[str, ...]]:
    """Measure, today, difference and its 95% interval, each rounded by its own interval.

    Not the package: rounded like today it would contradict the finer difference beside it.
    """
    frame = result.health().set_index(["measure", "scenario"])
    rows: list[tuple[str, ...]] = []
    for measure in dict.fromkeys(frame.index.get_level_values("measure")):
        (name, today), (_, difference) = (
            as_shown(measure, frame.loc[(measure, s)]) for s in ("base_case", "incremental")
        )
        low, high = difference["p2_5"], difference["p97_5"]
        rows.append((
            words(f"health.{name}"),
            _rounded_count(today, words),
            count(difference["mean"], low, high, words.lang, plus=True),
            count_range(low, high, words.lang) if low != high else "",
        ))  # fmt: skip
    return rows


def _rounded_count(row: Mapping, words: Words) -> str:
    return count(row["mean"], row["p2_5"], row["p97_5"], words.lang)


def perspectives(result: models.Result, words: Words) -> list[tuple[str, ...]]:
    """Perspective, difference, interval, chance that it saves, and what it does not count."""
    rows: list[tuple[str, ...]] = []
    named = labels("perspectives", result.catalogue)
    for key, row in result.perspectives().iterrows():
        mean, spread = estimate(row["mean"], row["p2_5"], row["p97_5"], words.lang)
        rows.append((
            words.of(named[key]),
            mean,
            spread,
            chance_of(row["probability_saving"], row, words.lang),
            words.of(named[key], "leaves_out"),
        ))  # fmt: skip
    return rows


def ledger(
    result: models.Result,
    scenario: str,
    words: Words,
    kind: str = "resource",
    year: int | None = None,
) -> tuple[list, list]:
    """Heads and rows of cost item by payer in EUR million, in force or in a calendar year.

    Sums are on the right and at the foot; a row and a column show the rounding difference, so that
    the table adds up both ways.
    """
    frame = result.matrix(scenario, kind, year)
    keep = [item for item in frame.index if item == "total" or frame.loc[item].any()]
    frame = shown_whole(frame.loc[keep] / 1e6, 1)
    names = {"total": words("table.total"), "rounding": words("table.rounding")}
    name_of = payer_name(words, result.catalogue)
    payers = [names.get(key) or name_of(key) for key in frame.columns]
    plus = scenario == "incremental" or kind == "transfer"
    item_of = item_name(words, result.catalogue)
    rows = [
        (
            names.get(item) or item_of(item),
            *(millions(value * 1e6, words.lang, 1, plus=plus) if value else NIL for value in row),
        )
        for item, row in zip(frame.index, frame.to_numpy(), strict=True)
    ]
    return [words("table.item"), *payers], rows


def shown_whole(frame: pd.DataFrame, decimals: int) -> pd.DataFrame:
    """A table with totals, each cell rounded separately, with rounding differences."""
    shown = frame.round(decimals)
    parts = shown.drop(index="total", columns="total")
    shown.insert(len(shown.columns) - 1, "rounding", shown["total"] - parts.sum(axis=1))
    foot = shown.loc["total"] - shown.drop(index="total").sum()
    shown.loc["total", "rounding"] = (
        shown.loc["total", "total"] - shown.loc["total", parts.columns].sum()
    )
    whole = shown.loc[["total"]]
    foot["rounding"] = whole["rounding"].iloc[0] - shown.drop(index="total")["rounding"].sum()
    shown = pd.concat([shown.drop(index="total"), foot.to_frame("rounding").T, whole])
    return shown.round(decimals) + 0.0  # no minus before zero


def budget(
    frame: pd.DataFrame,
    added: pd.DataFrame,
    so_far: pd.DataFrame,
    discounted: bool,
    words: Words,
    catalogue: Catalogue | None = None,
) -> tuple[list, list]:
    """Heads and rows of payer by year in EUR million; the total and the running total last."""
    table: dict[str, list[float]] = {}  # payer -> a mean a year
    columns = (frame[name].tolist() for name in ("payer", "year", "discounted", "mean"))
    years = []
    for payer, year, is_discounted, mean in sorted(zip(*columns, strict=True)):
        if is_discounted == discounted:
            table.setdefault(payer, []).append(mean)
            years.append(year)
    sums = added[added["discounted"] == discounted].set_index("payer")["mean"]
    line = so_far[so_far["discounted"] == discounted]["mean"]
    name = payer_name(words, catalogue)

    def row(key: str) -> tuple[str, ...]:
        cells = (*table[key], sums[key])
        return (
            words("table.total") if key == "total" else name(key),
            *(millions(value, words.lang, 1, plus=True) for value in cells),
        )

    added_up = (millions(value, words.lang, 1, plus=True) for value in line)
    rows = [row(key) for key in table if key != "total"]
    rows += [row("total"), (words("table.so_far"), *added_up, "")]
    return [words("table.payer"), *map(str, dict.fromkeys(years)), words("table.added")], rows


def view_name(discounted: bool, result: models.Result, words: Words) -> str:
    """The kind of euros in a table of years: nominal or discounted."""
    rate = percent(result.model.assumptions["mac_disc_cost"].base, words.lang, 1)
    values = {"year": result.price_year, "rate": rate}
    return words("table.discounted" if discounted else "table.nominal", **values)


def programme(frame: pd.DataFrame, result: models.Result, words: Words) -> tuple[list, list]:
    """Heads and rows of programme cost by year in EUR million, a view a row."""
    rows = []
    for discounted, part in frame.groupby("discounted"):
        cells = (millions(mean, words.lang, 1, plus=True) for mean in part["mean"])
        rows.append((view_name(bool(discounted), result, words), *cells))
    return [words("table.in_what"), *map(str, frame["year"].unique())], rows


def by_perspective(
    frames: tuple[pd.DataFrame, pd.DataFrame], result: models.Result, words: Words
) -> tuple[list, list]:
    """Heads and rows of perspective by year in nominal EUR million; the sum has its interval."""
    years, added = (frame[~frame["discounted"]].set_index("perspective") for frame in frames)
    named, rows = labels("perspectives", result.catalogue), []
    for key, total in added.iterrows():
        means = (*years.loc[[key], "mean"], total["mean"])
        cells = (millions(mean, words.lang, 1, plus=True) for mean in means)
        rows.append((words.of(named[key]), *cells, interval(total, words)))
    calendar = map(str, years["year"].unique())
    last = (words("table.added"), words("table.interval"))
    return [words("table.perspective"), *calendar, *last], rows


def step(key: str, result: models.Result, words: Words) -> str:
    """The name of a step; the name of calibration depends on the starting point."""
    weighed = key == "calibration" and result.options.anchor == "evidence"
    return words("step.weighing" if weighed else f"step.{key}")


def steps(result: models.Result, words: Words) -> list[tuple[str, ...]]:
    """The steps from the sum of items to the published total, in EUR million with intervals."""
    frame = models.steps(result)
    same = abs(frame.loc["valuation", "mean"]) < 0.5e6  # then the total equals today's figure
    hidden = ("human_capital_total",) if same else ()
    return [
        (step(key, result, words), millions(row["mean"], words.lang), interval(row, words))
        for key, row in frame.iterrows()
        if abs(row["mean"]) >= 0.5e6 and key not in hidden
    ]


def published(frame: pd.DataFrame, words: Words) -> list[tuple[str, ...]]:
    """Published totals beside ours, with what each includes."""

    def figure(value: float, unit: str) -> str:
        rounded = float(f"{value:.3g}")
        return euros(value, words.lang) if unit == "EUR/year" else measured(rounded, unit, words)

    return [
        (
            words.of(row),
            figure(row["value"], row["unit"]),
            figure(row["ours"], row["unit"]),
            words.of(row, "note"),
        )
        for row in frame.to_dict("records")
    ]


def rounded(parts: Sequence[float], whole: float, words: Words, decimals: int = 0) -> str:
    """A sentence on rounding where parts as shown in EUR million do not add up; else empty."""
    shown = sum(round(part / 1e6, decimals) for part in parts)
    adds_up = abs(round(whole / 1e6, decimals) - shown) < 10**-decimals / 2
    return "" if adds_up else " " + words("table.rounded_by_itself")
