"""Rows and sentences of the cash ledger: who pays whom, and premiums by the rule of the law."""

from __future__ import annotations

from collections.abc import Mapping

import models
from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import (
    adding_up,
    count,
    count_range,
    euros,
    million_range,
    millions,
    number,
    rounding,
    within,
)
from dashboard.wording.row_texts import NIL

ADULT = "EUR/adult/year"
WIDE = 5  # EUR: width of a range that is rounded to whole euros, a fifth of it
LEVER_MEASURES = (
    *("premium_per_adult", "average_deductible", "employers_contribution", "tax_lost"),
)


def flows(
    result: models.Result, scenario: str, words: Words, year: int | None = None
) -> tuple[list[str], list[tuple[str, ...]]]:
    """Heads and rows of flow by payer in EUR million, the balance of each payer last."""
    frame = result.cash.matrix(scenario, year)
    names = {"total": words("cash.total")}
    rows = [
        (
            names.get(flow) or words(f"cash.flows.{flow}"),
            *(millions(cell, words.lang, 1, plus=True) if abs(cell) >= 1 else NIL for cell in row),
        )
        for flow, row in zip(frame.index, frame.to_numpy(), strict=True)
        if flow == "total" or any(abs(cell) >= 1 for cell in row)
    ]
    return [words("cash.flow"), *(words(f"cash.payers.{name}") for name in frame.columns)], rows


def premiums(result: models.Result, words: Words, year: int | None = None) -> list[tuple[str, ...]]:
    """Measure with its unit, today, package, difference and its 95% interval."""
    frame = result.cash.premium
    chosen = frame["year"].isna() if year is None else frame["year"] == year
    table = frame[chosen].set_index(["measure", "scenario"])
    rows: list[tuple[str, ...]] = []
    for name in dict.fromkeys(frame["measure"]):
        today, package, change = (
            table.loc[(name, scenario)] for scenario in ("base_case", "scenario", "incremental")
        )
        unit = change["unit"]
        rows.append((
            f"{words(f'cash.measures.{name}')} ({words(f'cash.units.{unit}')})",
            amount(today["mean"], unit, words, plus=False),
            amount(package["mean"], unit, words, plus=False),
            amount(change["mean"], unit, words),
            spread(change, unit, words),
        ))  # fmt: skip
    return rows


def premium_years(
    result: models.Result, words: Words, measures: tuple[str, ...] = ()
) -> tuple[list[str], list[tuple[str, ...]]]:
    """Heads and rows of measure (all, or these) by calendar year: nominal difference with today."""
    frame = result.cash.premium
    frame = frame[frame["year"].notna() & (frame["scenario"] == "incremental")]
    years = list(dict.fromkeys(frame["year"]))
    table = frame.set_index(["measure", "year"])
    rows = []
    for name in measures or dict.fromkeys(frame["measure"]):
        unit = table.loc[(name, years[0]), "unit"]
        label = f"{words(f'cash.measures.{name}')} ({words(f'cash.units.{unit}')})"
        cells = (amount(table.loc[(name, year), "mean"], unit, words) for year in years)
        rows.append((label, *cells))
    return [words("table.measure"), *map(str, years)], rows


def by_lever(result: models.Result, words: Words) -> tuple[list[str], list[tuple[str, ...]]]:
    """Heads and rows of the chosen levers, each alone: premium and interval, other measures."""
    rows = []
    for name, cash in result.cash_alone.items():
        measures = cash.premiums_alone()
        first = measures[LEVER_MEASURES[0]]
        cells = [amount(measures[m]["mean"], measures[m]["unit"], words) for m in LEVER_MEASURES]
        cells.insert(1, spread(first, first["unit"], words))
        rows.append((words.of(result.levers[name]), *cells))
    units = {row["measure"]: row["unit"] for row in result.cash.premium_records()}
    heads = [
        f"{words(f'cash.measures.{m}')} ({words(f'cash.units.{units[m]}')})" for m in LEVER_MEASURES
    ]
    return [words("verdict.lever"), heads[0], words("table.interval"), *heads[1:]], rows


def rules(result: models.Result, words: Words) -> list[tuple[str, ...]]:
    """Rule, year, value, status and note: assumptions with a value a year, and dated rules."""
    used = result.model.assumptions
    by_year = [
        (
            getattr(used[row["parameter"]], f"label_{words.lang}"),
            row["year"],
            _value({**row, "unit": used[row["parameter"]].unit}, words),
            words(f"cash.statuses.{row['status']}"),
            words.of(row, "note"),
        )
        for row in result.catalogue["values_by_year"]
    ]
    return by_year + [
        (
            words.of(row),
            row["year"],
            f"{_value(row, words)}",
            words(f"cash.statuses.{row['status']}"),
            words.of(row, "note"),
        )
        for row in result.catalogue["dated_rules"]
    ]


def _value(row: Mapping[str, str], words: Words) -> str:
    value, unit = float(row["value"]), row["unit"]
    if unit.startswith("share"):
        return f"{number(value, words.lang, 4).rstrip('0').rstrip(',.')}"
    return f"EUR {number(value, words.lang, 0 if value == round(value) else 2)}"


def amount(value: float, unit: str, words: Words, plus: bool = True) -> str:
    """EUR to the cent for one adult; else EUR million with one decimal. Without the unit."""
    if unit != ADULT:
        return millions(value, words.lang, 1, plus=plus)
    text = number(value, words.lang, 2)
    positive = plus and value > 0 and any(digit in text for digit in "123456789")
    return f"+{text}" if positive else text


def spread(row: Mapping, unit: str, words: Words) -> str:
    """The 95% interval of a row of statistics; empty when it has no width."""
    low, high = row["p2_5"], row["p97_5"]
    if low == high:
        return ""
    if unit != ADULT:
        return million_range(low, high, words.lang)
    if high - low >= WIDE:
        return count_range(low, high, words.lang)
    return words("cash.spread", low=number(low, words.lang, 2), high=number(high, words.lang, 2))


def answer(result: models.Result, words: Words) -> list[str]:
    """The effect of the package on the premium and on households, as a sentence and its remarks."""
    if not result.levels:
        return [words("cash.unchanged")]
    measures = result.cash.premiums_alone()
    premium = measures["premium_per_adult"]
    low, high = premium["p2_5"], premium["p97_5"]
    wide = high - low >= WIDE
    size = abs(premium["mean"])
    text = count(size, low, high, words.lang) if wide else number(size, words.lang, 2)
    key = "same"
    if any(digit in text for digit in "123456789"):
        key = "up" if premium["mean"] > 0 else "down"
        key += "_unsure" if premium["p2_5"] < 0 < premium["p97_5"] else ""
    first = words(
        f"cash.premium_{key}", amount=f"EUR {text}", spread=spread(premium, ADULT, words) or "0"
    )
    others = {
        name: _million(measures[measure], words)
        for name, measure in (("employers", "employers_contribution"), ("tax", "tax_lost"))
    }
    deductible = f"EUR {amount(measures['average_deductible']['mean'], ADULT, words)}"
    parts = _adding_up(result.cash.households(), words)
    return [
        words("cash.answer", premium=first, deductible=deductible, **others),
        words("cash.households", **parts),
    ]


def _adding_up(rows: Mapping[str, Mapping], words: Words) -> dict[str, str]:
    """Parts and their `total` rounded to the same step, that of the total, so that they add up."""
    total = rows["total"]
    low, high = total["p2_5"], total["p97_5"]
    step, like = rounding(low, high), max(abs(low), abs(high))
    names = [name for name in rows if name != "total"]
    shown = adding_up([rows[name]["mean"] for name in names], total["mean"], step)
    amounts = {**dict(zip(names, shown, strict=True)), "total": total["mean"]}
    return {
        name: euros(mean, words.lang, step, plus=True, like=like) for name, mean in amounts.items()
    }


def _million(row: Mapping, words: Words) -> str:
    """An amount in force with its sign, rounded as far as its range allows."""
    low, high = row["p2_5"], row["p97_5"]
    step, like = rounding(low, high), max(abs(low), abs(high))
    return euros(row["mean"], words.lang, step, plus=True, like=like)


def deductible(result: models.Result, words: Words) -> str:
    """The deductible behind the figures in force, those of the budget years, and whose plan."""
    in_force, *rows = (
        row for row in result.values_by_year() if row["parameter"] == "ins_deductible"
    )
    spans: dict[tuple[str, str], list[int]] = {}
    for row in rows:
        key = _value(row, words), words(f"cash.statuses.{row['status']}")
        spans.setdefault(key, []).append(row["year"])
    years = [
        words("cash.of_year", value=value, status=status, when=_span(span))
        for (value, status), span in spans.items()
    ]
    text = words("cash.deductible", law=_value(in_force, words), years=", ".join(years))
    return f"{text} {_planned(result, words)}".strip()


def _planned(result: models.Result, words: Words) -> str:
    """Whose plan the deductibles of the budget years are; empty where none is planned."""
    sources = result.model.assumptions.sources
    used = {
        row["source"]: sources[row["source"]]["publisher"]
        for row in result.values_by_year()
        if row["parameter"] == "ins_deductible" and row["status"] == "plan"
    }
    notes = [
        words.of(row, "note").partition(". ")[0].rstrip(".")
        for row in result.catalogue["values_by_year"]
        if row["source"] in used
    ]
    if not notes:
        return ""
    return words("cash.planned", plan=within(notes[0]), sources=", ".join(used.values()))


def _span(years: list[int]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]}-{years[-1]}"
