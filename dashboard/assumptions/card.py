"""One assumption as HTML: its value, its doubt as a picture, and everything that is known of it.

What comes from a table is escaped. Colours follow the theme.
"""

from __future__ import annotations

from html import escape

import models
from dashboard.assumptions import rows
from dashboard.reference.assumptions import far_end
from dashboard.reference.markdown import exact
from dashboard.visitor.choices import Choices
from dashboard.visitor.session import published
from dashboard.wording import notes, row_texts
from dashboard.wording.catalogue import Words
from dashboard.wording.numbers import level_text
from dashboard.wording.units import measured
from models.analysis.uncertainty.sensitivity import feeds
from models.analysis.uncertainty.swing import swing
from models.engine.run import catalogue_of
from models.tables.assumptions import Assumption

STYLE = """<style>
.assumption {--accent: color-mix(in srgb, currentColor 30%, #0b8f8f); margin: 0}
.assumption h2 {font-size: 1.5rem; line-height: 1.25; margin: 0; padding: 0}
.assumption .value {font-size: 1.15rem; margin: .2rem 0 .6rem}
.doubt {position: relative; height: 26px; margin: .1rem 0; max-width: 30rem;
  border-bottom: 1px solid currentColor}
.doubt.large {height: 72px; margin: .4rem 0 .2rem}
.doubt i {position: absolute; display: block}
.doubt .shape {inset: 0; background: var(--accent); opacity: .45}
.doubt .range {bottom: 0; height: 4px; background: var(--accent)}
.doubt .base {bottom: 0; height: 100%; width: 2px; margin-left: -1px; background: currentColor}
.doubt .was {bottom: 0; height: 100%; width: 0; border-left: 2px dotted currentColor}
.under {display: flex; justify-content: space-between; max-width: 30rem; font-size: .85rem;
  margin: 0 0 .8rem}
[class*="st-key-wb-open-"] button p {text-decoration: underline; font-weight: 600;
  text-align: left}
[class*="st-key-wb-open-"] button {min-height: 1.9rem; padding-bottom: 0}
.stHtml dl.facts {display: grid; grid-template-columns: minmax(8rem, 13rem) 1fr;
  gap: .3rem 1.2rem; padding-left: 0; margin: .4rem 0 1rem 0; font-size: .97rem}
.facts a {color: inherit}
.stHtml dl.facts dt {font-weight: 600; margin: 0}
.stHtml dl.facts dd {margin: 0; padding: 0; overflow-wrap: anywhere; max-width: 46rem}
.line {--accent: color-mix(in srgb, currentColor 30%, #0b8f8f); display: grid; gap: .1rem 1.4rem;
  grid-template-columns: minmax(12rem, 2fr) minmax(7rem, 1fr) minmax(12rem, 1.6fr);
  align-items: start; font-size: .93rem; padding: 0 0 .6rem;
  border-bottom: 1px solid color-mix(in srgb, currentColor 18%, transparent)}
.line p {margin: 0}
.dot {display: inline-block; width: .7em; height: .7em; margin-right: .4em;
  border: 1px solid currentColor}
.dot.green {background: #2e8b57; border-radius: 50%}
.dot.amber {background: #d98e04}
.dot.red {background: #c0392b; transform: rotate(45deg)}
.wrong {border-left: 4px solid #c03b6b; padding: .1rem 0 .1rem .7rem; margin: 0 0 .8rem}
.wrong p {margin: .1rem 0; font-size: .93rem}
.edits .sheet td.word {min-width: 6rem; overflow-wrap: anywhere}
.edits .sheet td.word:last-child {min-width: 12rem}
@media (min-width: 40rem) {.edits tr > :last-child {padding-left: .8rem}}
:lang(nl) [data-testid="stFileUploaderDropzoneInstructions"] {display: none}  /* English only */
@media (max-width: 40rem) {
  .line, .stHtml dl.facts {grid-template-columns: 1fr}
  .stHtml dl.facts dd {margin-bottom: .4rem}
}
</style>"""


def line(row: Assumption, choices: Choices, moved: bool) -> str:
    """A row of the list beneath its name: value, picture, how sure, and how far it moves."""
    words = choices.words
    sure = [_sure(row, words)]
    if own := was(row):
        sure.append(escape(words("workbench.was", value=rows.value(own, words))))
    if moved:
        amounts = rows.ends(rows.movements(choices)[row.parameter].today, words)
        sure.append(escape(words("workbench.moves_short", amounts=amounts)))
    said = "".join(f"<p>{text}</p>" for text in sure)
    return (
        f'<div class="line"><p>{escape(rows.value(row, words))}</p>'
        f"{picture(row, words)}<div>{said}</div></div>"
    )


def was(row: Assumption) -> Assumption | None:
    """The published row, where this one is another."""
    known = published().get(row.parameter)
    return known if known is not None and known != row else None


def _sure(row: Assumption, words: Words) -> str:
    quality = words(f"workbench.quality.{row.quality}")
    origin = words(f"workbench.provenance.{row.provenance}")
    return f'<span class="dot {row.quality}"></span>{escape(quality)}, {escape(origin)}'


def _how_sure(row: Assumption, words: Words) -> str:
    quality = words(f"reference.quality.{row.quality}")
    origin = words(f"reference.provenance.{row.provenance}")
    return f'<span class="dot {row.quality}"></span>{escape(quality)} {escape(origin)}'


def picture(row: Assumption, words: Words, large: bool = False) -> str:
    """The distribution as drawn, its range and its value; with the published value when edited."""
    known = was(row)
    values, likely = models.density(row)
    places = [row.base, row.low, row.high, *values, *([known.base] if known else [])]
    start, end = min(places), max(places)
    if start == end:
        start, end = start - 1, end + 1

    def at(place: float) -> float:
        return 100 * (place - start) / (end - start)

    marks = []
    if len(values):
        top = max(likely)
        heights = [100 - 96 * part / top for part in likely]
        outline = [f"{at(v):.2f}% {h:.1f}%" for v, h in zip(values, heights, strict=True)]
        corners = [f"{at(values[0]):.2f}% 100%", *outline, f"{at(values[-1]):.2f}% 100%"]
        marks.append(f'<i class="shape" style="clip-path:polygon({", ".join(corners)})"></i>')
    width = max(at(row.high) - at(row.low), 0.5)
    marks.append(f'<i class="range" style="left:{at(row.low):.2f}%;width:{width:.2f}%"></i>')
    marks.append(f'<i class="base" style="left:{at(row.base):.2f}%"></i>')
    if known:
        marks.append(f'<i class="was" style="left:{at(known.base):.2f}%"></i>')
    said = f"{rows.value(row, words)}; {words(f'workbench.distribution.{row.distribution}')}"
    drawn = f'<div class="doubt{" large" if large else ""}" role="img" aria-label="{escape(said)}">'
    drawn += "".join(marks) + "</div>"
    if not large or row.low == row.high:
        return drawn
    low, high = (measured(place, row.unit, words, named=False) for place in (start, end))
    return f'{drawn}<div class="under"><span>{escape(low)}</span><span>{escape(high)}</span></div>'


def card(row: Assumption, choices: Choices) -> str:
    """All that is known of one assumption."""
    words = choices.words
    facts = "".join(
        f"<dt>{escape(words(f'workbench.{name}'))}</dt><dd>{said}</dd>"
        for name, said in _facts(row, choices)
        if said
    )
    return (
        f'<div class="assumption"><h2>{escape(words.of(row))}</h2>'
        f'<p class="value">{escape(rows.value(row, words))}</p>'
        f'{picture(row, words, large=True)}<dl class="facts">{facts}</dl></div>'
    )


def _facts(row: Assumption, choices: Choices) -> list[tuple[str, str]]:
    """What to know, each as a key of the texts and HTML."""
    words = choices.words
    known = was(row)
    note, lang = notes.of_assumption(row, words)
    facts = [
        ("published", escape(rows.value(known, words)) if known else ""),
        ("reason", escape(row.reason)),
        ("file", _in_the_file(row, words)),
        ("year", escape(str(row.price_year or ""))),
        ("sure", _how_sure(row, words)),
        ("source", _source(row, choices)),
        ("detail", f'<span lang="en">{escape(row.source_detail)}</span>'),
        ("note", f'<span lang="{lang}">{escape(note)}</span>' if note else ""),
    ]
    if row.group == rows.UNUSED:
        return facts
    return [*facts, *_feeds(row, choices), ("moves", "<br>".join(map(escape, moves(row, choices))))]


def _in_the_file(row: Assumption, words: Words) -> str:
    numbers = [exact(number, words.lang) for number in (row.base, row.low, row.high)]
    text = words(
        "workbench.cells",
        base=numbers[0],
        low=numbers[1],
        high=numbers[2],
        distribution=words(f"workbench.distribution.{row.distribution}"),
    )
    name = f"<code>{escape(row.parameter)}</code>, <code>{escape(row.group)}.csv</code>"
    return f"{name}<br>{escape(text)}<br>{escape(words('workbench.unit'))} {escape(row.unit)}"


def _source(row: Assumption, choices: Choices) -> str:
    """Who, what, when, and the link; the key alone where it is not in the list of sources."""
    cited = choices.assumptions.sources.get(row.source)
    if cited is None:
        return f"<code>{escape(row.source)}</code>"
    parts = (cited[name] for name in ("authors", "title", "publisher", "year"))
    text = escape(". ".join(part.rstrip(".") for part in parts if part))
    url = cited["url"]
    if not url.startswith(("https://", "http://")):
        return text
    opened = 'target="_blank" rel="noopener noreferrer"'
    return f'{text}. <a href="{escape(url)}" {opened}>{escape(url)}</a>'


def _feeds(row: Assumption, choices: Choices) -> list[tuple[str, str]]:
    """The cost items, health, levers and formulas that move with it."""
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
    return [(kind, escape(", ".join(map(say, fed[kind])))) for kind, say in named.items()]


def moves(row: Assumption, choices: Choices) -> list[str]:
    """How far it moves today's total and the package over its range, or else its own policies."""
    words, state = choices.words, choices.state
    if row.low == row.high:
        return [words("workbench.fixed")]
    found = swing(choices.assumptions, row.parameter, state.levels, state.options)
    said = []
    if any(found.today):
        said.append(words("workbench.moves_today", amounts=rows.ends(found.today, words)))
    if any(found.package):
        said.append(words("workbench.moves_package", amounts=rows.ends(found.package, words)))
    if said:
        return said
    levers = catalogue_of(choices.assumptions)
    for name in feeds(published())[row.parameter]["levers"] if row.parameter in published() else ():
        lever, level = levers[name], far_end(levers[name])
        part = swing(choices.assumptions, row.parameter, {name: level}, state.options).package
        if any(part):
            at = level_text(lever, level, words.lang)
            amounts = rows.ends(part, words)
            text = words("workbench.moves_lever", lever=words.of(lever), level=at, amounts=amounts)
            said.append(text)
    return said or [words("workbench.moves_nothing")]
