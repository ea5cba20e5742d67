"""Packages side by side: which are compared, their names in a link, and the tables."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import models
from dashboard.address.link import LEVEL, Notice, on_grid
from dashboard.address.names import from_comparison, within_comparison
from dashboard.wording import row_texts, sentences
from dashboard.wording.catalogue import Words
from dashboard.wording.direction import as_shown, chance_of
from dashboard.wording.numbers import (
    NIL,
    chance,
    count,
    count_range,
    level_text,
    million_range,
    millions,
)
from models.tables.levers import Lever

MOST = 4  # packages side by side
NOW = "now"  # the package of the sliders
LONGEST = 2_000  # characters of the parameter
_BETWEEN = re.compile(
    r",(?![0-9])"
)  # between names, not within xray_share:0,05, which is then refused as a whole


def to_text(levels: Mapping[str, float], name: str = "") -> str:
    """Levels as a link holds them: return_to_work_support:0.5~xray_share:0.05;My name."""
    text = "~".join(f"{lever}:{level:.12g}" for lever, level in sorted(levels.items()))
    return f"{text};{within_comparison(name)}" if name else text


def name_in(text: str) -> str:
    """The name of a kept package; empty where the reader gave it none."""
    return from_comparison(text.partition(";")[2]) or ""


def levels_of(
    name: str,
    now: Mapping[str, float],
    signed: Mapping[str, dict],
    levers: Mapping[str, Lever],
) -> dict[str, float] | None:
    """Levels of a package by its name in a link; None when the name cannot be read."""
    if name == NOW:
        return dict(now)
    if name in signed:
        return dict(signed[name]["levels"])
    text, named, own_name = name.partition(";")
    if named and not from_comparison(own_name):
        return None
    levels = {}
    for part in text.split("~"):
        lever, _, text = part.partition(":")
        if lever not in levers or lever in levels:
            return None
        level = on_grid(levers[lever], float(text)) if LEVEL.fullmatch(text) else None
        if level is None:
            return None
        levels[lever] = level
    return {n: level for n, level in levels.items() if level != levers[n].today} or None


def from_link(
    values: Sequence[str], signed: Mapping[str, dict], levers: Mapping[str, Lever]
) -> tuple[tuple[str, ...], tuple[Notice, ...]]:
    """The names that a link asks to compare, and a notice for each that cannot be used."""
    if len(values) > 1:
        return (), (Notice("repeated", "compare", " & ".join(values[:4])),)
    if len(values[0]) > LONGEST:
        return (), (Notice("compare_long", "compare", values[0], (LONGEST,)),)
    names: list[str] = []
    notices: list[Notice] = []
    for name in _BETWEEN.split(values[0]):
        if levels_of(name, {}, signed, levers) is None:
            notices.append(Notice("compare_unknown", "compare", name, (NOW, *signed)))
        elif name in names:
            notices.append(Notice("repeated", "compare", name))
        elif len(names) == MOST:
            notices.append(Notice("compare_many", "compare", name, (MOST,)))
        else:
            names.append(name)
    return tuple(names), tuple(notices)


def default(now: Mapping[str, float], signed: Mapping[str, dict]) -> tuple[str, ...]:
    """What is compared by default: the current package, then the published ones."""
    return ((NOW,) if now else ()) + tuple(signed)[: MOST - bool(now)]


def label(
    name: str,
    signed: Mapping[str, dict],
    levers: Mapping[str, Lever],
    words: Words,
    own_name: str = "",
) -> str:
    """The name of a package for readers; one without a name is named by its levels.

    `own_name`: the name of the current package.
    """
    if name == NOW:
        return own_name or words("compare.now")
    if name in signed:
        return words.of(signed[name])
    if name_in(name):
        return name_in(name)
    levels = levels_of(name, {}, signed, levers) or {}
    parts = [f"{words.of(levers[n])} {level_text(levers[n], v, words.lang)}"
             for n, v in levels.items()]  # fmt: skip
    more = len(parts) - 2
    return ", ".join(parts[:2]) + (words("compare.more", n=more) if more > 0 else "")


def labels(
    names: Sequence[str],
    signed: Mapping[str, dict],
    levers: Mapping[str, Lever],
    words: Words,
    own_name: str = "",
) -> dict[str, str]:
    """Name -> label of each package; equal labels get all levels."""
    short = {name: label(name, signed, levers, words, own_name) for name in names}
    twice = {text for text in short.values() if [*short.values()].count(text) > 1}
    by_name: dict[str, str] = {}
    for name, text in short.items():
        if text in twice and name == NOW and own_name:
            text = words("compare.named", name=own_name, levels=words("compare.now"))
        elif text in twice and name not in (NOW, *signed):
            text = _whole(name, levers, words)
        while text in by_name.values():  # a typed name may equal the label of another package
            text = words("compare.named", name=text, levels=len(by_name) + 1)
        by_name[name] = text
    return by_name


def _whole(name: str, levers: Mapping[str, Lever], words: Words) -> str:
    levels = levels_of(name, {}, {}, levers) or {}
    written = ", ".join(f"{words.of(levers[n])} {level_text(levers[n], v, words.lang)}"
                        for n, v in levels.items())  # fmt: skip
    own_name = name_in(name)
    return words("compare.named", name=own_name, levels=written) if own_name else written


def left_out(shown: Sequence[str], others: Sequence[str], words: Words) -> str:
    """Which packages are not shown and why, and that the ranking counts them."""
    if not others:
        return ""
    why = "full" if len(shown) >= MOST else "not_chosen"
    return words(f"compare.left_out_{why}", names="; ".join(others), most=MOST)


def outcomes(
    results: Mapping[str, models.Result],
    perspective: str,
    words: Words,
    left_out: Mapping[str, models.Result] | None = None,
) -> tuple[list[str], list[tuple[str, ...]]]:
    """Heads and rows: money, chances, payers, health and programme; a column for each package.

    The chance of the lowest cost is among all packages, today and those that are `left_out`
    included.
    """
    lang = words.lang
    seen = [result.seen_by(perspective) for result in results.values()]
    best = models.chance_cheapest({**results, **(left_out or {})}, perspective)
    whose = sentences.whose(perspective, words)

    def money(change) -> str:
        if change["p2_5"] == change["p97_5"]:
            return millions(change["mean"], lang, plus=True)
        spread = million_range(change["p2_5"], change["p97_5"], lang)
        return f"{millions(change['mean'], lang, plus=True)}\n({spread})"

    rows = [
        (words("compare.difference", whose=whose), *(money(s["incremental_total"]) for s in seen)),
        (
            words("compare.saves"),
            *(chance_of(s["probability_saving"], s["incremental_total"], lang) for s in seen),
        ),
        (words("compare.cheapest"), *(chance(best[name], lang) for name in results)),
    ]
    by_payer = [result.statistics("incremental", "payer") for result in results.values()]
    any_result = next(iter(results.values()))
    payer = row_texts.payer_name(words, any_result.catalogue)
    for key in dict.fromkeys(key for changes in by_payer for key in changes):
        cells = [money(changes[key]) if key in changes else NIL for changes in by_payer]
        rows.append((words("compare.payer", payer=payer(key)), *cells))
    health = [result.health_changes(sentences.HEALTH) for result in results.values()]
    for measure in sentences.HEALTH:
        shown = [as_shown(measure, changes[measure]) for changes in health]
        rows.append((words(f"health.{shown[0][0]}"), *(_count(row, lang) for _, row in shown)))
    programme = [result.means("scenario").get("programme", 0.0) for result in results.values()]
    rows.append((words("compare.programme"), *(millions(v, lang, 1, plus=True) for v in programme)))
    return [words("table.per_year")], rows


def _count(row, lang: str) -> str:
    low, high = row["p2_5"], row["p97_5"]
    if low == high:
        return count(row["mean"], low, high, lang, plus=True)
    return f"{count(row['mean'], low, high, lang, plus=True)}\n({count_range(low, high, lang)})"


def settings(results: Mapping[str, models.Result], words: Words) -> list[tuple[str, ...]]:
    """Rows of what differs: each lever that a package moves, today and in every package."""
    levers = next(iter(results.values())).levers
    names = [n for n in levers if any(n in result.levels for result in results.values())]
    return [
        (
            words.of(levers[name]),
            level_text(levers[name], levers[name].today, words.lang),
            *(
                level_text(levers[name], result.levels[name], words.lang)
                if name in result.levels
                else NIL
                for result in results.values()
            ),
        )
        for name in names
    ]


def same(result: models.Result, words: Words) -> str:
    """What all packages share: options of the calculation and assumptions."""
    options = result.options
    names = [
        words(f"options.{name}.{getattr(options, name)}")
        for name in ("anchor", "valuation", "overlap")
    ]
    return words(
        "compare.same",
        options="; ".join(names),
        draws=count(options.draws, 0, 0, words.lang),
        seed=options.seed,
        hash=result.assumptions_hash[:12],
    )
