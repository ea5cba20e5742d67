"""Sentences and tables on assumptions that matter, their value, and the best packages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import models
from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import (
    count,
    count_range,
    estimate,
    euros,
    million_range,
    millions,
    number,
    percent,
    rounding,
)
from dashboard.wording.package import levels_in_words
from models.analysis.choice.frontier import Frontier, Package
from models.analysis.uncertainty.value_of_information import ValueOfInformation

ENDS = ("mean", "p2_5", "p97_5")
CLEAR = 2  # standard errors from 0
MILLION, TENTH = 1e6, 1e5


def named(result: models.Result, words: Words) -> Callable[[str], str]:
    """A function from parameter to the label that readers see."""
    return lambda name: words.of(result.model.assumptions[name])


def money(amount: float, spread: Mapping[str, float], words: Words) -> str:
    """An amount rounded as far as its interval allows."""
    return euros(amount, words.lang, rounding(spread["p2_5"], spread["p97_5"]))


def package(levels: Mapping[str, float]) -> str:
    """Levels as text for a program: lever=level + lever=level."""
    return " + ".join(f"{name}={level:g}" for name, level in levels.items()) or "today"


def in_words(levels: Mapping[str, float], result: models.Result, words: Words) -> str:
    """Levels as text for readers, in the order of the table of levers."""
    texts = levels_in_words(levels, result.levers, words)
    return "; ".join(texts) or words("simulator.untouched")


def steps(packages: Sequence[Package], result: models.Result, words: Words) -> Iterator[str]:
    """The first package in full, then for each next one its differences from the one before."""
    before: Mapping[str, float] = {}
    for i, row in enumerate(packages):
        now = row["levels"]
        if i == 0:
            yield in_words(now, result, words)
        else:
            levels = {
                name: now.get(name, result.levers[name].today)
                for name in {*before, *now}
                if now.get(name) != before.get(name)
            }
            yield in_words(levels, result, words)
        before = now


def heads(words: Words, *names: str) -> list[str]:
    return [words(f"drivers.column.{name}") for name in names]


def option_name(name: str, result: models.Result, words: Words) -> str:
    """The name of today, of the reader's own package, or of a published package."""
    if name == "today":
        return words("table.today")
    if name == "scenario":
        return words("drivers.own")
    named_rows = result.catalogue["scenarios"]
    return words.of(next(row for row in named_rows if row["id"] == name))


def knowing(
    answer: ValueOfInformation, result: models.Result, words: Words
) -> tuple[str, list[str]]:
    """The value of perfect information, the best option today, and what was counted."""
    best = max(answer["options"], key=lambda row: row["net_benefit"]["mean"])
    values = {
        "evpi": euros(answer["evpi"], words.lang),
        "best": option_name(best["option"], result, words),
        "share": percent(best["probability_best"], words.lang),
        "value": euros(answer["reference_value"], words.lang),
        "options": number(len(answer["options"]), words.lang),
    }
    return words("drivers.knowing.lead", **values), [
        words("drivers.knowing.what"),
        words("drivers.knowing.best", **values),
        words("drivers.knowing.counted", **values),
    ]


def option_rows(
    answer: ValueOfInformation, result: models.Result, words: Words
) -> list[tuple[str, ...]]:
    """Options: net benefit and cost with interval in EUR million, QALYs, chance to be best."""
    return [
        (
            option_name(row["option"], result, words),
            *(_with_range(row[kind], words) for kind in ("net_benefit", "cost")),
            number(row["qaly"]["mean"], words.lang),
            percent(row["probability_best"], words.lang),
        )
        for row in answer["options"]
    ]


def _with_range(spread: Mapping[str, float], words: Words) -> str:
    mean = millions(spread["mean"], words.lang)
    if spread["p2_5"] == spread["p97_5"]:
        return mean
    return f"{mean} ({million_range(spread['p2_5'], spread['p97_5'], words.lang)})"


def best_text(answer: Frontier, words: Words) -> str:
    """The package of the frontier that is most often the best at the reference value."""
    packages = answer["packages"]
    sure = [row["best_at_reference_value"] for row in packages]
    return words(
        "drivers.favourite",
        number=number(sure.index(max(sure)) + 1, words.lang),
        share=percent(max(sure), words.lang),
        value=euros(answer["reference_value"], words.lang),
        full=number(answer["screening"]["run_in_full"], words.lang),
    )


def searched(answer: Frontier, result: models.Result, words: Words) -> str:
    """How many packages were searched, which not, and that the best of many looks too good."""
    left = [words.of(result.levers[name]) for name in answer["what_ifs_left_out"]]
    kind = "outside" if answer["outside_research"] else "inside" if left else "all"
    return " ".join([
        words(f"drivers.searched.{kind}", names="; ".join(left)),
        words("drivers.searched.best_of", n=number(answer["combinations"], words.lang)),
    ])  # fmt: skip


def impossible(names: Sequence[str], result: models.Result, words: Words) -> str:
    """That no package meets the conditions, and which payers or policies to relax."""
    labels = {row["id"]: words.of(row) for row in result.catalogue["payers"]}
    labels |= {name: words.of(lever) for name, lever in result.levers.items()}
    listed = "; ".join(labels.get(name, name) for name in names)
    return words("drivers.conditions.impossible", names=listed)


def study_text(answer: ValueOfInformation, words: Words) -> list[str]:
    """The highest value of the refused cohort study for this choice, and what is not counted."""
    study = answer["study"]
    clear = study["evsi"] > CLEAR * study["standard_error"]
    kind = "nil" if study["at_most"] == 0 else "some" if clear else "small"
    worth = study["present_value"]
    values = {
        "patients": number(study["patients"], words.lang),
        "years": number(study["years"], words.lang),
        "use": number(study["years_of_use"], words.lang),
        "evsi": euros(study["evsi"], words.lang, TENTH),
        "at_most": euros(study["at_most"], words.lang, TENTH),
        "cost": euros(study["cost"], words.lang),
        "total": euros(worth["cost"], words.lang),
        "earned": euros(worth["evsi"], words.lang, TENTH),
        "qaly": number(study["found_treatment"]["mean"], words.lang),
        "worth": euros(study["found_treatment"]["worth"], words.lang),
        "value": euros(answer["reference_value"], words.lang),
    }
    return [words(f"drivers.study_text.{part}", **values) for part in (kind, "cost", "not_counted")]


def study_rows(
    answer: ValueOfInformation, result: models.Result, words: Words
) -> list[tuple[str, ...]]:
    """What the study measures, how much uncertainty it removes, and the value of that.

    Left out is what would be shown as nil.
    """
    name = named(result, words)
    return [
        (
            name(row["parameter"]),
            percent(row["share_of_variance_removed"], words.lang),
            millions(row["evppi"], words.lang, 1),
        )
        for row in answer["study"]["informs"]
        if row["evppi"] >= TENTH / 2
    ]


def not_worth_it(answer: ValueOfInformation, shown: int, words: Words) -> str:
    """How many of the numbers that the study sees are left out as worth next to nothing."""
    left = len(answer["study"]["informs"]) - shown
    values = {"n": number(left, words.lang), "least": euros(TENTH / 2, words.lang)}
    kind = "" if not left else "none" if not shown else "rest"
    return words(f"drivers.study_worth_{kind}", **values) if kind else ""


def in_euros(millions_of_euros: int) -> float:
    return millions_of_euros * MILLION


def best_for_budget(answer: Frontier, result: models.Result, words: Words) -> tuple[str, list[str]]:
    """The package with most health within a budget; a sentence without one where none meets it."""
    best, budget = answer["best"], euros(answer["budget"], words.lang)
    if best is None:
        return words("drivers.budget.none", budget=budget), []
    amount, spread = estimate(*(best["cost"][end] for end in ENDS), words.lang)
    ends = [best["qaly"][end] for end in ENDS]
    values = {
        "budget": budget,
        "cost": amount,
        "spread": spread,
        "qaly": count(*ends, words.lang),
        "qaly_spread": count_range(*ends[1:], words.lang),
        "chance": percent(best["probability_within_budget"], words.lang),
        "levers": in_words(best["levels"], result, words),
    }
    free = "free" if answer["budget"] == 0 else "lead"
    return words(f"drivers.budget.{free}", **values), [
        words("drivers.budget.cost", **values),
        words("drivers.budget.levers", **values),
    ]
