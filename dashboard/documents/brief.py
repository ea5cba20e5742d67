"""Two pages for the file: question, answer, range, who pays, what we do not know, sources.

One HTML document that asks nothing of the outside, made for A4; the reader's browser makes the PDF.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from html import escape

import models
from dashboard.address.link import HASH
from dashboard.charts.style import COSTS, SAVES, font_face
from dashboard.paths import STATIC
from dashboard.templates import blocks
from dashboard.wording import about, cash, interpretation, row_texts
from dashboard.wording import sentences as headlines
from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import millions, signed, within
from dashboard.wording.units import measured
from models.analysis.uncertainty.swing import Swing, swings

OWN = ("expert_guess", "convention")  # not a source
MOST = 4  # assumptions named as those that matter most
TOLD = 4  # policies of which it is said what they do; of more only from where to where
DENSE = 2  # policies that fit on two pages in the usual letter
WIDTH = 100  # per cent of a bar's column
STYLE = font_face() + (STATIC / "brief.css").read_text(encoding="utf-8")


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
    about = _package(result, words, moved) if result.levels else _today(result, words)
    parts = [
        f'<p class="over">{escape(words("app.title"))} · {made.isoformat()}</p>',
        f"<h1>{escape(_question(result, words))}</h1>",
        *about,
        _heading("sources", words),
        f'<div class="small">{_list(sources(result, words))}</div>',
        _heading("proof", words),
        f'<div class="small">{_proof(result, words, link)}</div>',
    ]
    dense = ' class="dense"' if len(result.levels) > DENSE else ""
    return (
        f'<!doctype html><html lang="{words.lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">"
        f"<title>{escape(_question(result, words))}</title><style>{STYLE}</style></head>"
        f"<body{dense}><main>{''.join(parts)}</main></body></html>\n"
    )


def _package(result: models.Result, words: Words, moved: dict[str, Swing]) -> list[str]:
    """What a package does, beside today."""
    return [
        blocks.answer(*headlines.simulator_answer(result, words)),
        blocks.figures(headlines.simulator_figures(result, words)),
        _heading("package", words),
        _list(_levels(result, words), "levels" if len(result.levels) > TOLD else "sentences"),
        _heading("payers", words),
        _payers(result, words),
        _heading("cash", words),
        _list(cash.answer(result, words)),
        _premium(result, words),
        _heading("health", words),
        _health(result, words),
        _heading("unknown", words),
        _list(unknown(result, words, moved)),
        _heading("views", words),
        _views(result, words),
    ]


def _today(result: models.Result, words: Words) -> list[str]:
    """What back pain costs today, of what and for whom; there is nothing to hold it against."""
    total = result.summary("base_case", "total")
    parts = [
        blocks.answer(*headlines.overview_answer(result, words)),
        blocks.figures(headlines.overview_figures(result, words)),
    ]
    for by, key, name in (
        ("cost_item", "items", row_texts.item_name(words, result.catalogue)),
        ("payer", "payers", row_texts.payer_name(words, result.catalogue)),
    ):
        heads = ("item" if key == "items" else "payer", "amount", "share", "interval")
        rows = row_texts.costs(result.summary("base_case", by), total, name, words)
        head = [words(f"table.{column}") for column in heads]
        parts += [
            _heading(key, words),
            blocks.table(words(f"overview.{key}_caption"), head, rows, sums=1),
        ]
    parts += [f"<p>{escape(words('brief.payers_note'))}</p>", _heading("unknown", words)]
    return [*parts, _list(unknown(result, words, {}))]


def _heading(name: str, words: Words) -> str:
    return f"<h2>{escape(words(f'brief.{name}'))}</h2>"


def _list(sentences: Iterable[str], kind: str = "sentences") -> str:
    points = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    return f'<ul class="{kind}">{points}</ul>'


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
            said = headlines.level_text(lever, result.levels[name], words.lang)
            today = headlines.level_text(lever, lever.today, words.lang)
            at = words("brief.level", label=words.of(lever), level=said, today=today)
            short = len(result.levels) > TOLD
            found.append(at if short else f"{at} {words.lever(lever, 'what')}")
    return found


def _payers(result: models.Result, words: Words) -> str:
    """Payers with today, package, difference, interval and a bar on one scale."""
    frame = result.summary("incremental", "payer")
    rows = row_texts.changes(result, "payer", row_texts.payer_name(words, result.catalogue), words)
    order = result.matrix("base_case").loc["total"].drop("total").sort_values(ascending=False)
    low = min(frame["p2_5"].min(), result.headline["incremental_total"]["p2_5"], 0.0)
    high = max(frame["p97_5"].max(), result.headline["incremental_total"]["p97_5"], 0.0)
    drawn = [frame.loc[key] for key in order.index] + [result.headline["incremental_total"]]
    heads = [words(f"table.{name}") for name in ("payer", "today", "scenario", "difference",
                                                 "interval")]  # fmt: skip
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    head += f"<th>{escape(words('brief.scale'))}</th>" if high > low else ""
    body = ""
    for number, (cells, row) in enumerate(zip(rows, drawn, strict=True)):
        first, *others = (escape(cell) for cell in cells)
        bar = _bar(row, low, high) if high > low else ""
        kind = ' class="sum"' if number == len(rows) - 1 else ""
        cell = "".join(f"<td>{other}</td>" for other in others)
        body += f'<tr{kind}><th scope="row">{first}</th>{cell}{bar}</tr>'
    caption = escape(words("brief.payers_caption", year=result.price_year))
    return (
        f'<div class="sheet"><table><caption>{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        f"<p>{escape(words('brief.payers_note'))}</p>"
    )


def _premium(result: models.Result, words: Words) -> str:
    """Premium, deductible, contributions and tax by year; in current prices, by the rule."""
    head, rows = cash.premium_years(result, words, cash.LEVER_MEASURES)
    return blocks.table(words("cash.years_caption"), head, rows)


def _bar(row, low: float, high: float) -> str:
    """A difference as a bar from nil, its 95% interval as a line; all in per cent of the scale."""

    def at(value: float) -> float:
        return round((value - low) / (high - low) * WIDTH, 2)

    start, end = sorted((at(0), at(row["mean"])))
    colour = SAVES if row["mean"] < 0 else COSTS
    first, last = at(row["p2_5"]), at(row["p97_5"])
    line = f'<u style="left:{first}%;width:{last - first:.2f}%"></u>' if last > first else ""
    return (
        '<td aria-hidden="true"><div class="bar">'
        f'<i style="left:{start}%;width:{end - start:.2f}%;background:{colour}"></i>'
        f'{line}<b style="left:{at(0)}%"></b></div></td>'
    )


def _health(result: models.Result, words: Words) -> str:
    changed = [row for row in row_texts.health(result, words) if row[3].strip("−+0.,") or row[4]]
    if not changed:
        return f"<p>{escape(words('brief.health_same'))}</p>"
    head = [words(f"table.{n}") for n in ("measure", "today", "scenario", "difference", "interval")]
    return blocks.table(words("brief.health_caption"), head, changed)


def _views(result: models.Result, words: Words) -> str:
    names = ("perspective", "difference", "interval", "chance")
    rows = [row[:4] for row in row_texts.perspectives(result, words)]
    caption = words("brief.views_caption")
    return blocks.table(caption, [words(f"table.{name}") for name in names], rows)


def unknown(result: models.Result, words: Words, moved: dict[str, Swing]) -> list[str]:
    """What a reader should hold against the answer, the largest first."""
    other = result.other_valuation
    change = headlines.said(other["incremental_total"], words)
    total = headlines.said(other["base_case_total"], words)
    method = words(f"overview.method.{other['valuation']}")
    found = interpretation.warnings(result, words)
    if result.levels:
        found.append(
            words("brief.other_valuation", method=method, amount=change[0], spread=change[1])
        )
        found += [_swing(name, size, result, words) for name, size in _largest(moved)]
    else:
        found.append(words("brief.other_total", method=method, amount=total[0], spread=total[1]))
    found.append(headlines.reconciliation_text(result, words))
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
    return words(
        "brief.swing_guess" if row.provenance == "expert_guess" else "brief.swing",
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
    keys = dict.fromkeys(used[name].source for name in names if name in used)
    return [_reference(used.sources[key]) for key in keys if key not in OWN]


def _reference(source: dict) -> str:
    parts = (source["authors"], source["title"], source["publisher"], source["year"])
    return ". ".join(part.rstrip(".") for part in parts if part) + f". {source['url']}".rstrip()


def _proof(result: models.Result, words: Words, link: str) -> str:
    said = {
        "made": words("app.footer", **_footer(result, words)),
        "command": result.command,
        "link": link,
        "licence": words("chart.source"),
        "who": about.identity(words),
    }
    return "".join(
        f"<p><strong>{escape(words(f'brief.{name}'))}.</strong> {escape(text)}</p>"
        for name, text in said.items()
    )


def _footer(result: models.Result, words: Words) -> dict:
    return {
        "year": result.price_year,
        "draws": signed(result.options.draws, words.lang).lstrip("+"),
        "hash": result.assumptions_hash[:HASH],
        "scenario": result.scenario_id,
    }
