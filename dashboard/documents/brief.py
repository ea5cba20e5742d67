"""Two pages for the file: question, answer, range, who pays, what we do not know, sources.

One HTML document that asks nothing of the outside, made for A4; the reader's browser makes the PDF.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from markupsafe import Markup

import models
from dashboard.address.link import HASH
from dashboard.charts.style import COSTS, SAVES
from dashboard.templates import blocks, render
from dashboard.wording import about, cash, origin, row_texts, sentences
from dashboard.wording import brief as wording
from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import signed
from models.analysis.uncertainty.swing import Swing, swings

# policies -> letter in which they fit on two pages; of more than twelve there may be a third
DENSITIES = ((0, ""), (1, "close"), (8, "dense"), (99, "dense densest"))
WIDTH = 100  # per cent of a bar's column
Section = tuple[str, list[Markup]]  # a heading and what stands under it


def brief(
    result: models.Result,
    words: Words,
    link: str,
    day: date,
    known_swings: dict[str, Swing] | None = None,
    name: str = "",
) -> str:
    """The brief as one HTML document; the same text for the same result, words, link and day.

    `known_swings`: `swings` of the package, where they are known already; they take about a second.
    `name`: that the reader gave the package; it then stands over the policies.
    """
    if known_swings is None:
        known_swings = swings(result.model.assumptions, result.levels, result.options)
    first = _package(result, words, known_swings) if result.levels else _today(result, words)
    last = [
        ("sources", [render("brief_small", block=_list(wording.sources(result, words)))]),
        ("proof", [_proof(result, words, link)]),
    ]
    document = render(
        "brief",
        lang=words.lang,
        product=words("app.title"),
        status=words("brief.status", version=models.VERSION, date=day.isoformat()),
        title=name or wording.question(result, words),
        package=wording.question(result, words) if name else "",
        density=next(name for most, name in DENSITIES if len(result.levels) <= most),
        answer=_answer(result, words),
        sections=[(key, words(f"brief.{key}"), blocks) for key, blocks in (*first, *last)],
    )
    return f"{document}\n"


def _answer(result: models.Result, words: Words) -> list[Markup]:
    """The answer in a sentence and in figures: of the package, or of today without one."""
    if result.levels:
        sentence = sentences.simulator_answer(result, words)
        figures = sentences.simulator_figures(result, words)
    else:
        sentence = sentences.overview_answer(result, words)
        figures = sentences.overview_figures(result, words)
    return [blocks.answer(*sentence), blocks.figures(figures)]


def _package(result: models.Result, words: Words, swings: dict[str, Swing]) -> list[Section]:
    """What a package does, beside today."""
    kind = "levels" if len(result.levels) > wording.TOLD else "sentences"
    studies = wording.evidence(result, words)
    research = render("brief_small", block=_list(studies, "research"))
    return [
        ("payers", [_payers(result, words)]),
        ("years", [_years(result, words)]),
        ("cash", [_list(cash.answer(result, words)), _premium(result, words)]),
        ("package", [_list(wording.policies(result, words), kind)]),
        *([("evidence", [research])] if studies else []),
        ("health", [_health(result, words)]),
        ("unknown", [_list(wording.unknown(result, words, swings))]),
        ("views", [_views(result, words)]),
    ]


def _today(result: models.Result, words: Words) -> list[Section]:
    """Without a package: what back pain costs today, by cost item and payer."""
    total = result.summary("base_case", "total")
    tables = {}
    for by, key, name in (
        ("cost_item", "items", row_texts.item_name(words, result.catalogue)),
        ("payer", "payers", row_texts.payer_name(words, result.catalogue)),
    ):
        heads = ("item" if key == "items" else "payer", "amount", "share", "interval")
        rows = row_texts.costs(result.summary("base_case", by), total, name, words)
        head = [words(f"table.{column}") for column in heads]
        tables[key] = blocks.table(words(f"overview.{key}_caption"), head, rows, sums=1)
    return [
        ("items", [tables["items"]]),
        ("payers", [tables["payers"], blocks.paragraph(words("brief.payers_note"))]),
        ("unknown", [_list(wording.unknown(result, words, {}))]),
    ]


def _list(texts: Iterable[str], kind: str = "sentences") -> Markup:
    return render("sentences", sentences=list(texts), kind=kind)


def _payers(result: models.Result, words: Words) -> Markup:
    """Payers with today, package, difference, interval and a bar on one scale."""
    frame = result.summary("incremental", "payer")
    rows = row_texts.changes(result, "payer", row_texts.payer_name(words, result.catalogue), words)
    order = result.matrix("base_case").loc["total"].drop("total").sort_values(ascending=False)
    low = min(frame["p2_5"].min(), result.headline["incremental_total"]["p2_5"], 0.0)
    high = max(frame["p97_5"].max(), result.headline["incremental_total"]["p97_5"], 0.0)
    drawn = [frame.loc[key] for key in order.index] + [result.headline["incremental_total"]]
    heads = [words(f"table.{name}") for name in ("payer", "today", "scenario", "difference",
                                                 "interval")]  # fmt: skip
    return render(
        "brief_payers",
        caption=words("brief.payers_caption", year=result.price_year),
        head=heads,
        scale=words("brief.scale") if high > low else "",
        rows=[
            (cells, _bar(row, low, high) if high > low else None)
            for cells, row in zip(rows, drawn, strict=True)
        ],
        note=words("brief.payers_note"),
    )


def _years(result: models.Result, words: Words) -> Markup:
    """What each payer pays more or less by calendar year, in current prices."""
    head, rows = wording.years(result, words)
    caption = f"{words('brief.years_caption')}. {row_texts.view_name(False, result, words)}"
    return blocks.table(caption, head, rows, sums=1)


def _premium(result: models.Result, words: Words) -> Markup:
    """Premium, deductible, contributions and tax by year; in current prices, by the rule."""
    head, rows = cash.premium_years(result, words, cash.LEVER_MEASURES)
    moved = [row for row in rows if "".join(row[1:]).strip("0.,")] or rows[:1]
    return blocks.table(words("cash.years_caption"), head, moved)


def _bar(row, low: float, high: float) -> dict:
    """A difference as a bar from zero, its 95% interval as a line; all in per cent of the scale."""

    def place(value: float) -> float:
        return round((value - low) / (high - low) * WIDTH, 2)

    start, end = sorted((place(0), place(row["mean"])))
    first, last = place(row["p2_5"]), place(row["p97_5"])
    return {
        "left": start,
        "width": f"{end - start:.2f}",
        "colour": SAVES if row["mean"] < 0 else COSTS,
        "interval": {"left": first, "width": f"{last - first:.2f}"} if last > first else None,
        "zero": place(0),
    }


def _health(result: models.Result, words: Words) -> Markup:
    changed = [row for row in row_texts.health(result, words) if row[2].strip("−+0.,") or row[3]]
    if not changed:
        return blocks.paragraph(words("brief.health_same"))
    head = [words(f"table.{n}") for n in ("measure", "today", "difference", "interval")]
    caption = f"{words('brief.health_caption')}. {words('table.rounded_health')}"
    return blocks.table(caption, head, changed)


def _views(result: models.Result, words: Words) -> Markup:
    names = ("perspective", "difference", "interval", "chance")
    rows = [row[:4] for row in row_texts.perspectives(result, words)]
    caption = words("brief.views_caption")
    return blocks.table(caption, [words(f"table.{name}") for name in names], rows)


def _proof(result: models.Result, words: Words, link: str) -> Markup:
    facts = {
        "made": words("app.footer", **_footer(result, words)),
        "command": result.command,
        "link": f"{link} {origin.not_carried(result, words)}".strip(),
        "licence": f"{origin.source(result, words)} {about.identity(words)}",
    }
    own = origin.edits(result, words)
    facts |= {"changed": " ".join(own)} if own else {}
    return render(
        "brief_proof", facts=[(words(f"brief.{name}"), text) for name, text in facts.items()]
    )


def _footer(result: models.Result, words: Words) -> dict:
    return {
        "year": result.price_year,
        "draws": signed(result.options.draws, words.lang).lstrip("+"),
        "hash": result.assumptions_hash[:HASH],
        "scenario": result.scenario_id,
    }
