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
from dashboard.wording import about, cash, interpretation, origin, row_texts, sentences
from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import millions, signed, within
from dashboard.wording.units import measured
from models.analysis.uncertainty.swing import Swing, swings

OWN = ("expert_guess", "convention")  # not a source
MOST = 4  # assumptions named as those that matter most
TOLD = 4  # policies of which it is said what they do; of more only from where to where
DENSE = 2  # policies that fit on two pages in the usual letter
WIDTH = 100  # per cent of a bar's column
Section = tuple[str, list[Markup]]  # a heading and what stands under it


def brief(
    result: models.Result,
    words: Words,
    link: str,
    made: date,
    moved: dict[str, Swing] | None = None,
) -> str:
    """The brief as one HTML document; the same text for the same result, words, link and day.

    `moved`: `swings` of the package, where they are known already; they take about a second.
    """
    if moved is None:
        moved = swings(result.model.assumptions, result.levels, result.options)
    first = _package(result, words, moved) if result.levels else _today(result, words)
    last = [
        ("sources", [render("brief_small", block=_list(sources(result, words)))]),
        ("proof", [_proof(result, words, link)]),
    ]
    document = render(
        "brief",
        lang=words.lang,
        product=words("app.title"),
        date=made.isoformat(),
        question=_question(result, words),
        dense=len(result.levels) > DENSE,
        answer=_answer(result, words),
        sections=[(words(f"brief.{name}"), blocks) for name, blocks in (*first, *last)],
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


def _package(result: models.Result, words: Words, moved: dict[str, Swing]) -> list[Section]:
    """What a package does, beside today."""
    kind = "levels" if len(result.levels) > TOLD else "sentences"
    return [
        ("package", [_list(_levels(result, words), kind)]),
        ("payers", [_payers(result, words)]),
        ("cash", [_list(cash.answer(result, words)), _premium(result, words)]),
        ("health", [_health(result, words)]),
        ("unknown", [_list(unknown(result, words, moved))]),
        ("views", [_views(result, words)]),
    ]


def _today(result: models.Result, words: Words) -> list[Section]:
    """What back pain costs today, of what and for whom; there is nothing to hold it against."""
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
        ("unknown", [_list(unknown(result, words, {}))]),
    ]


def _list(texts: Iterable[str], kind: str = "sentences") -> Markup:
    return render("sentences", sentences=list(texts), kind=kind)


def _question(result: models.Result, words: Words) -> str:
    if not result.levels:
        return words("brief.question_today")
    names = [words.of(lever) for name, lever in result.levers.items() if name in result.levels]
    shown = ", ".join(names[:2])
    more = len(names) - 2
    return words("brief.question_more" if more > 0 else "brief.question", names=shown, more=more)


def _levels(result: models.Result, words: Words) -> list[str]:
    """Each policy of the package: from today's level to this one, and what it does."""
    found = []
    for name, lever in result.levers.items():
        if name in result.levels:
            said = sentences.level_text(lever, result.levels[name], words.lang)
            today = sentences.level_text(lever, lever.today, words.lang)
            at = words("brief.level", label=words.of(lever), level=said, today=today)
            short = len(result.levels) > TOLD
            found.append(at if short else f"{at} {words.lever(lever, 'what')}")
    return found


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


def _premium(result: models.Result, words: Words) -> Markup:
    """Premium, deductible, contributions and tax by year; in current prices, by the rule."""
    head, rows = cash.premium_years(result, words, cash.LEVER_MEASURES)
    return blocks.table(words("cash.years_caption"), head, rows)


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
    changed = [row for row in row_texts.health(result, words) if row[3].strip("−+0.,") or row[4]]
    if not changed:
        return blocks.paragraph(words("brief.health_same"))
    head = [words(f"table.{n}") for n in ("measure", "today", "scenario", "difference", "interval")]
    caption = f"{words('brief.health_caption')}. {words('table.rounded_health')}"
    return blocks.table(caption, head, changed)


def _views(result: models.Result, words: Words) -> Markup:
    names = ("perspective", "difference", "interval", "chance")
    rows = [row[:4] for row in row_texts.perspectives(result, words)]
    caption = words("brief.views_caption")
    return blocks.table(caption, [words(f"table.{name}") for name in names], rows)


def unknown(result: models.Result, words: Words, moved: dict[str, Swing]) -> list[str]:
    """What a reader should hold against the answer, the largest first."""
    other = result.other_valuation
    change = sentences.said(other["incremental_total"], words)
    total = sentences.said(other["base_case_total"], words)
    method = words(f"overview.method.{other['valuation']}")
    found = interpretation.warnings(result, words)
    if result.levels:
        found.append(
            words("brief.other_valuation", method=method, amount=change[0], spread=change[1])
        )
        found += [_swing(name, size, result, words) for name, size in _largest(moved)]
    else:
        found.append(words("brief.other_total", method=method, amount=total[0], spread=total[1]))
    found.append(sentences.reconciliation_text(result, words))
    society = row_texts.labels("perspectives", result.catalogue)["society"]
    return [*found, f"{words('table.leaves_out')}: {within(words.of(society, 'leaves_out'))}"]


def _largest(moved: dict[str, Swing]) -> list[tuple[str, tuple[float, float]]]:
    """The assumptions over whose ranges the difference moves most, and its ends."""
    ends = {name: sorted(one.package) for name, one in moved.items()}
    order = sorted(ends, key=lambda name: ends[name][0] - ends[name][1])
    return [(name, tuple(ends[name])) for name in order[:MOST]]


def _swing(name: str, ends: tuple[float, float], result: models.Result, words: Words) -> str:
    row = result.model.assumptions[name]
    low, high = (millions(end, words.lang, 1, plus=True) for end in ends)
    kind = "swing_guess" if row.provenance == "expert_guess" else "swing"
    return words(
        "brief.swing_own" if origin.is_own(row) else f"brief.{kind}",
        label=words.of(row),
        value=measured(row.base, row.unit, words),
        least=measured(row.low, row.unit, words, named=False),
        most=measured(row.high, row.unit, words),
        low=low,
        high=high,
    )


def sources(result: models.Result, words: Words) -> list[str]:
    """The sources of the policies in the package and of the published total, as references."""
    used = result.model.assumptions
    names = ["tot_article", "tot_lambeek_2007"]
    for lever in result.levels:
        chosen = result.levers[lever]
        names += [chosen.source, *(effect.effect for effect in chosen.effects)]
    rows = [used[name] for name in names if name in used]
    keys = dict.fromkeys(row.source for row in rows if not origin.is_own(row))
    return [_reference(used.sources[key]) for key in keys if key not in OWN]


def _reference(source: dict) -> str:
    parts = (source["authors"], source["title"], source["publisher"], source["year"])
    return ". ".join(part.rstrip(".") for part in parts if part) + f". {source['url']}".rstrip()


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
