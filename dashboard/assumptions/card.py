"""One assumption as HTML: its value, a picture of its uncertainty, and all other facts about it."""

from __future__ import annotations

from markupsafe import Markup

import models
from dashboard.assumptions import rows
from dashboard.reference.assumptions import far_end
from dashboard.reference.markdown import exact
from dashboard.templates import blocks, render
from dashboard.visitor.choices import Choices
from dashboard.visitor.session import published
from dashboard.wording import notes, origin, row_texts
from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import level_text
from dashboard.wording.units import measured
from models.analysis.uncertainty.sensitivity import feeds
from models.analysis.uncertainty.swing import swing
from models.engine.run import catalogue_of
from models.tables.assumptions import Assumption


def line(row: Assumption, choices: Choices, moved: bool) -> Markup:
    """The second line of a row of the list: value, picture, quality, and effect on the total."""
    words = choices.words
    lines: list[str] = [_quality(row, words, "workbench", ", ")]
    if own := was(row):
        lines.append(words("workbench.was", value=rows.value(own, words)))
    if moved:
        amounts = rows.ends(rows.movements(choices)[row.parameter].today, words)
        lines.append(words("workbench.moves_short", amounts=amounts))
    return render(
        "assumption_line",
        value=rows.value(row, words),
        picture=picture(row, words),
        lines=lines,
    )


def was(row: Assumption) -> Assumption | None:
    """The published row, where this one differs from it; else None."""
    known = published().get(row.parameter)
    return known if known is not None and known != row else None


def _quality(row: Assumption, words: Words, texts: str, between: str) -> Markup:
    """Quality and provenance, with a mark for the quality."""
    if origin.is_own(row):
        own = origin.origin(row, words)
        return render("quality", quality="red", text=f"{own.quality}{between}{own.source}")
    quality = words(f"{texts}.quality.{row.quality}")
    came = words(f"{texts}.provenance.{row.provenance}")
    return render("quality", quality=row.quality, text=f"{quality}{between}{came}")


def picture(row: Assumption, words: Words, large: bool = False) -> Markup:
    """The distribution as drawn, its range and its value; with the published value when edited."""
    known = was(row)
    values, likely = models.density(row)
    places = [row.base, row.low, row.high, *values, *([known.base] if known else [])]
    start, end = min(places), max(places)
    if start == end:
        start, end = start - 1, end + 1

    def at(value_at_end: float) -> float:
        return 100 * (value_at_end - start) / (end - start)

    outline = ""
    if len(values):
        top = max(likely)
        heights = [100 - 96 * part / top for part in likely]
        corners = [f"{at(v):.2f}% {h:.1f}%" for v, h in zip(values, heights, strict=True)]
        outline = ", ".join([f"{at(values[0]):.2f}% 100%", *corners, f"{at(values[-1]):.2f}% 100%"])
    ends = [measured(value_at_end, row.unit, words, named=False) for value_at_end in (start, end)]
    distribution = words(f"workbench.distribution.{row.distribution}")
    return render(
        "doubt",
        large=large,
        description=f"{rows.value(row, words)}; {distribution}",
        outline=outline,
        left=f"{at(row.low):.2f}%",
        width=f"{max(at(row.high) - at(row.low), 0.5):.2f}%",
        base=f"{at(row.base):.2f}%",
        was=f"{at(known.base):.2f}%" if known else "",
        ends=ends if large and row.low != row.high else None,
    )


def card(row: Assumption, choices: Choices) -> Markup:
    """Everything about one assumption."""
    words = choices.words
    return render(
        "assumption_card",
        label=words.of(row),
        value=rows.value(row, words),
        picture=picture(row, words, large=True),
        facts=[(words(f"workbench.{name}"), fact) for name, fact in _facts(row, choices) if fact],
    )


def _facts(row: Assumption, choices: Choices) -> list[tuple[str, str]]:
    """The facts to show, each as a key of the texts and a text or block."""
    words = choices.words
    known = was(row)
    note, lang = notes.of_assumption(row, words)
    facts = [
        ("published", rows.value(known, words) if known else ""),
        ("reason", row.reason),
        ("file", _in_the_file(row, words)),
        ("year", str(row.price_year or "")),
        ("sure", _quality(row, words, "reference", " ")),
        *_origin(row, choices, render("in_language", lang=lang, text=note) if note else ""),
        ("drawn", origin.drawn(row, words)),
    ]
    if row.group == rows.UNUSED:
        return facts
    return [*facts, *_feeds(row, choices), ("moves", blocks.lines(moves(row, choices)))]


def _origin(row: Assumption, choices: Choices, note: str) -> list[tuple[str, str]]:
    """Source, detail and note; of an edited number those of the old one."""
    detail = render("in_language", lang="en", text=row.source_detail)
    if not origin.is_own(row):
        return [("source", _source(row, choices)), ("detail", detail), ("note", note)]
    return [("source", origin.origin(row, choices.words).source)]


def _in_the_file(row: Assumption, words: Words) -> str:
    numbers = [exact(number, words.lang) for number in (row.base, row.low, row.high)]
    text = words(
        "workbench.cells",
        base=numbers[0],
        low=numbers[1],
        high=numbers[2],
        distribution=words(f"workbench.distribution.{row.distribution}"),
    )
    return render(
        "file_cells",
        parameter=row.parameter,
        group=row.group,
        numbers=text,
        unit=f"{words('workbench.unit')} {row.unit}",
    )


def _source(row: Assumption, choices: Choices) -> str:
    """The source as a reference with its link; only its key where it is not listed."""
    cited = choices.assumptions.sources.get(row.source)
    if cited is None:
        return render("code", text=row.source)
    parts = (cited[name] for name in ("authors", "title", "publisher", "year"))
    text = ". ".join(part.rstrip(".") for part in parts if part)
    url = cited["url"]
    if not url.startswith(("https://", "http://")):
        return text
    return render("reference", text=text, url=url)


def _feeds(row: Assumption, choices: Choices) -> list[tuple[str, str]]:
    """The cost items, health measures, levers and formulas that depend on it."""
    words, tables = choices.words, choices.assumptions.catalogue
    same = tables == published().catalogue and row.parameter in published()
    fed = feeds(published() if same else choices.assumptions)[row.parameter]
    levers = catalogue_of(choices.assumptions)
    named = {
        "cost_items": row_texts.item_name(words, tables),
        "health": lambda name: words(f"health.{name}"),
        "levers": lambda name: words.of(levers[name]),
        "formulas": lambda name: name,
    }
    return [(kind, ", ".join(map(say, fed[kind]))) for kind, say in named.items()]


def moves(row: Assumption, choices: Choices) -> list[str]:
    """How far it moves today's total and the package over its range, or else its own policies."""
    words, state = choices.words, choices.state
    if row.low == row.high:
        return [words("workbench.fixed")]
    swings = swing(choices.assumptions, row.parameter, state.levels, state.options)
    lines = []
    if any(swings.today):
        lines.append(words("workbench.moves_today", amounts=rows.ends(swings.today, words)))
    if any(swings.package):
        lines.append(words("workbench.moves_package", amounts=rows.ends(swings.package, words)))
    if lines:
        return lines
    levers = catalogue_of(choices.assumptions)
    for name in feeds(published())[row.parameter]["levers"] if row.parameter in published() else ():
        lever, level = levers[name], far_end(levers[name])
        part = swing(choices.assumptions, row.parameter, {name: level}, state.options).package
        if any(part):
            at = level_text(lever, level, words.lang)
            amounts = rows.ends(part, words)
            text = words("workbench.moves_lever", lever=words.of(lever), level=at, amounts=amounts)
            lines.append(text)
    return lines or [words("workbench.moves_nothing")]
