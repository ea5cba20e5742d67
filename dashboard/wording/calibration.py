"""Sentences and tables on calibration: published figures, moved assumptions, starting points."""

from __future__ import annotations

from collections.abc import Mapping

import models
from dashboard.wording.catalogue import Words
from dashboard.wording.direction import chance_of, direction
from dashboard.wording.numbers import (
    count,
    count_range,
    estimate,
    euros,
    million_range,
    millions,
    number,
    percent,
)
from dashboard.wording.units import measured
from models.analysis.evidence.targets import Targets, WithoutStudy
from models.engine.record import Quantity

Rows = tuple[list[str], list[tuple[str, ...]]]
THREE = ("mean", "p2_5", "p97_5")
EURO, SHARE = "EUR/year", "share of spells"
TENSION = 1.0  # standard deviations beyond which a published figure is said to lie apart


def labels(result: models.Result, words: Words) -> dict[str, str]:
    """Name of every target of this result, by id."""
    return {row["id"]: words.of(row) for row in result.catalogue["targets"]}


def amount(figure: Quantity, words: Words) -> str:
    """Mean and 95% interval of a figure in its own unit, rounded as far as the interval allows."""
    return "{} ({})".format(*_parts(figure, words))


def as_published(figure: Quantity, words: Words) -> str:
    """A published figure with its range, unrounded."""
    lang = words.lang
    if figure["unit"] == EURO:
        mean, low, high = (euros(figure[name], lang) for name in THREE)
    elif figure["unit"] == SHARE:
        mean, low, high = (percent(figure[name], lang) for name in THREE)
    else:
        mean, low, high = (number(figure[name], lang) for name in THREE)
    return f"{mean} ({low}–{high})"


def _parts(figure: Quantity, words: Words) -> tuple[str, str]:
    mean, low, high = (figure[name] for name in THREE)
    lang = words.lang
    if figure["unit"] == EURO:
        return estimate(mean, low, high, lang)
    if figure["unit"] == SHARE:
        return percent(mean, lang), f"{percent(low, lang)}–{percent(high, lang)}"
    return count(mean, low, high, lang), count_range(low, high, lang)


def times(ratio: float, words: Words) -> str:
    """A multiple, with as many decimals as it needs."""
    return measured(ratio, "factor", words, named=False)


def finding(answer: Targets, names: Mapping[str, str], words: Words) -> dict[str, object]:
    """The title of the chart."""
    used = [row for row in answer["targets"] if row["used"]]
    inside = [
        row for row in used
        if row["after"]["p2_5"] <= row["published"]["mean"] <= row["after"]["p97_5"]
    ]  # fmt: skip
    apart = max(answer["contradictions"], key=lambda row: abs(row["distance"]), default=None)
    furthest = names[apart["target"]] if apart else "–"
    return {
        "inside": len(inside), "used": len(used), "all": len(answer["targets"]),
        "furthest": furthest,
    }  # fmt: skip


def published(answer: Targets, names: Mapping[str, str], words: Words) -> Rows:
    """Head and rows of the published figures, before and after calibration."""
    head = [
        words(f"calibration.column.{name}")
        for name in ("figure", "published", "before", "after", "use")
    ]
    rows = [
        (
            f"{names[row['id']]}{_unit(row['unit'], words)}",
            as_published(row["published"], words),
            *(amount(row[stage], words) for stage in ("before", "after")),
            words("calibration.used" if row["used"] else "calibration.shown"),
        )
        for row in answer["targets"]
    ]
    return head, rows


def _unit(unit: str, words: Words) -> str:
    return "" if unit == EURO else f" ({words(f'unit.{unit}')})"


def numbers(answer: Targets, names: Mapping[str, str]) -> list[dict]:
    """Rows of the exported CSV, unrounded; `unit` is that of all figures in the row."""
    return [
        {
            "target": row["id"], "label": names[row["id"]], "unit": row["unit"],
            "year": row["year"], "source": row["source"], "used": row["used"],
            **{
                f"{stage}_{name}": row[stage][name]
                for stage in ("published", "before", "after")
                for name in THREE
            },
        }
        for row in answer["targets"]
    ]  # fmt: skip


def sentences(answer: Targets, names: Mapping[str, str], words: Words) -> list[str]:
    """Which figures calibrate, the total with and without the newspaper's study, tensions."""
    lang = words.lang
    if answer["anchor"] == "evidence":
        lines = [
            words(
                "calibration.lead", pool=number(answer["prior_draws"], lang),
                used=sum(row["used"] for row in answer["targets"]),
                effective=number(round(answer["effective_draws"], -2), lang),
            )
        ]  # fmt: skip
    else:
        anchor = words(f"options.anchor.{answer['anchor']}")
        lines = [words("calibration.lead_other", anchor=anchor)]
    free = models.newspaper_free(answer)
    if free is not None:
        lines.append(_without(free, answer, words))
        lines.append(words("calibration.not_confirmed"))
    return [*lines, *_tensions(answer, names, words)]


def _without(free: WithoutStudy, answer: Targets, words: Words) -> str:
    evidence = next(row for row in answer["anchors"] if row["anchor"] == "evidence")
    without = _parts(free["total"], words)
    total = _parts(evidence["base_case_total"], words)
    return words(
        "calibration.without", without=without[0], without_spread=without[1],
        total=total[0], spread=total[1],
    )  # fmt: skip


def _tensions(answer: Targets, names: Mapping[str, str], words: Words) -> list[str]:
    lines = []
    for row in answer["contradictions"]:
        if abs(row["distance"]) < TENSION:
            continue
        by = ""
        if row["pulled_by"]:
            pulling = ", ".join(names[name] for name in row["pulled_by"])
            by = words("calibration.contradiction_by", names=pulling)
        distance = number(abs(row["distance"]), words.lang, 1)
        target = names[row["target"]]
        lines.append(words("calibration.contradiction", target=target, distance=distance, by=by))
    return lines or [words("calibration.no_contradiction")]


def moved(answer: Targets, assumptions: Mapping, words: Words) -> Rows:
    """Head and rows of the assumptions that calibration moved; no rows where it moved none."""
    head = [words(f"calibration.column.{name}") for name in ("assumption", "before", "after")]
    rows = [
        (
            words.of(assumptions[row["parameter"]]),
            *(_three(row[stage], row["unit"], words) for stage in ("before", "after")),
        )
        for row in answer["parameters"]
    ]
    return head, rows


def _three(figure: Quantity, unit: str, words: Words) -> str:
    mean, low, high = (measured(figure[name], unit, words, named=False) for name in THREE)
    return f"{mean} ({low}–{high})"


def anchors(answer: Targets, words: Words) -> Rows:
    """Head and rows of the four starting points, EUR million a year."""
    columns = ["anchor", "total", "care", "sick_leave", "disability"]
    package = bool(answer["levers"])
    head = [
        words(f"calibration.column.{name}")
        for name in (*columns, *(("change", "chance") if package else ()))
    ]
    rows = []
    for row in answer["anchors"]:
        total = row["base_case_total"]
        line = [
            words(f"options.anchor.{row['anchor']}"),
            _in_millions(total, words),
            *(millions(row["composition"].get(name, 0.0), words.lang) for name in columns[2:]),
        ]
        if package:
            line += [
                _in_millions(row["incremental_total"], words),
                chance_of(row["probability_saving"], row["incremental_total"], words.lang),
            ]
        rows.append(tuple(line))
    return head, rows


def _in_millions(figure: Quantity, words: Words) -> str:
    spread = million_range(figure["p2_5"], figure["p97_5"], words.lang)
    return f"{millions(figure['mean'], words.lang)} ({spread})"


def decision(answer: Targets, words: Words) -> str:
    """Whether the starting point changes the answer for the current package."""
    if answer["decision_changes"] is None:
        return words("calibration.decision_nothing")
    margin = [
        words(f"calibration.short.{row['anchor']}")
        for row in answer["anchors"]
        if not direction(row["incremental_total"])["clear"]
    ]
    margins = words("calibration.decision_margin", names=", ".join(margin)) if margin else ""
    return f"{_decided(answer, words)} {margins}".rstrip()


def _decided(answer_: Targets, words: Words) -> str:
    """The answer under each starting point, on average."""
    by: dict[str, list[str]] = {}
    for row in answer_["anchors"]:
        by.setdefault(row["answer"], []).append(words(f"calibration.short.{row['anchor']}"))
    if not answer_["decision_changes"]:
        (answer,) = by
        return words("calibration.decision_same", answer=words(f"calibration.answer_{answer}"))
    sides = {
        name: words("calibration.under", names=", ".join(by.get(name, ["–"])))
        for name in ("saves", "costs")
    }
    return words("calibration.decision_changes", **sides)


def source_sentence(result: models.Result, words: Words) -> str:
    """The source of the headline: the total with and without the study of the newspaper."""
    free = models.total_without_newspaper(result)
    if free is None:
        return words("overview.sources_evidence_only")
    without, spread = _parts(free, words)
    return words("overview.sources_evidence", without=without, spread=spread)
