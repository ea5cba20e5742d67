"""Small pieces of HTML: the answer, tables that can be read aloud, the scale of a lever.

Streamlit draws tables on a canvas and writes numbers in the browser's language; these are plain
HTML in the reader's. Everything that comes in is escaped. Colours follow the theme through
currentColor.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from dashboard.charts.style import COSTS, SAVES

STYLE = """<style>
.answer, .finding {border-left: .35rem solid var(--accent); padding: .2rem 0 .2rem 1.1rem;
  margin: .2rem 0 1rem}
.answer, .finding, .figures, .scale {--accent: color-mix(in srgb, currentColor 30%, #0b8f8f)}
.answer .lead {font-size: clamp(1.5rem, 1.1rem + 1.6vw, 2.3rem); line-height: 1.2; font-weight: 650;
  margin: 0; text-wrap: balance}
.answer .rest, .finding .rest {margin: .45rem 0 0; font-size: 1.05rem; max-width: 52rem}
.finding .lead {font-size: 1.2rem; line-height: 1.35; font-weight: 600; margin: 0; max-width: 52rem}
.stHtml p.aside {min-height: 4.9em; margin: 0}
.figures {display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 9.5rem), 1fr));
  gap: .8rem 1.4rem; margin: 0 0 1.2rem}
.stHtml dl.figures, .stHtml .figures dd {margin-left: 0; padding-left: 0}
.figures > div {border-top: 2px solid var(--accent); padding-top: .45rem}
.figures dt {font-size: .9rem}
.figures dd {margin: .1rem 0 0; font-size: 1.45rem; font-weight: 650; line-height: 1.25}
.figures dd small {display: block; font-size: .88rem; font-weight: 400; line-height: 1.4;
  margin-top: .15rem}
.sheet {overflow-x: auto; margin: .2rem 0 1rem}
.sheet table {border-collapse: collapse; width: 100%; font-size: .95rem;
  font-variant-numeric: tabular-nums}
.sheet caption {text-align: left; font-size: .9rem; padding: 0 0 .4rem}
.sheet th, .sheet td {padding: .32rem .6rem .32rem 0; text-align: right; vertical-align: top;
  border-bottom: 1px solid color-mix(in srgb, currentColor 18%, transparent)}
.sheet th:first-child, .sheet .word {text-align: left}
.sheet tbody th, .sheet td.word {font-weight: 400}
.sheet thead th {font-weight: 600; border-bottom-width: 2px; vertical-align: bottom}
.sheet tr.sum > * {font-weight: 650; border-top: 2px solid currentColor}
.sheet th small, .sheet td small {display: block; font-weight: 400}
.sheet td {white-space: pre}
.sheet tbody th {min-width: 9rem}
.sheet a {color: inherit}
.sheet.rests td.word, .sheet.rests tbody th {min-width: 5rem; overflow-wrap: break-word}
.bars .bar {width: 30%; min-width: 9rem}
.bars .track {position: relative; display: block; height: 1.1rem}
.track b, .track u, .track i {position: absolute; display: block}
.track b {top: .2rem; height: .7rem; min-width: 1px}
.track u {top: .5rem; height: 2px; background: currentColor}
.track i {top: -.3rem; bottom: -.3rem; width: 1px; background: currentColor; opacity: .5}
.sheet td.word {white-space: normal; min-width: 15rem}
.scale {margin: .6rem 0 .3rem; max-width: 34rem}
.scale .line {position: relative; height: 4px; border-radius: 2px; margin: .6rem 0;
  background: color-mix(in srgb, currentColor 22%, transparent)}
.scale i {position: absolute; display: block}
.scale .band {top: -5px; height: 14px; border-radius: 2px; opacity: .4; background: var(--accent)}
.scale .today {top: -9px; height: 22px; width: 2px; margin-left: -1px; background: currentColor}
.scale .level {top: -6px; height: 16px; width: 16px; margin-left: -8px; border-radius: 50%;
  background: var(--accent)}
.scale .ends {display: flex; justify-content: space-between; font-size: .85rem}
.st-key-examples button * {white-space: normal; text-align: start}
@media (min-width: 48rem) {
  .st-key-own_assumptions_notice {margin-top: 1rem}
  .answer {min-height: 12rem}  /* a longer answer does not push the page down */
}
@media (max-width: 40rem) {  /* a row becomes a small card: nothing is cut off */
  .stack thead {position: absolute; width: 1px; height: 1px; overflow: hidden;
    clip-path: inset(50%)}
  .stack table, .stack tbody, .stack caption {display: block}
  .stack td:empty, .stack .bar:empty {display: none}
  .stack tr {display: grid; grid-template-columns: 1fr 1fr; gap: .1rem .8rem; padding: .5rem 0;
    border-bottom: 1px solid color-mix(in srgb, currentColor 18%, transparent)}
  .stack tr > th, .stack tr > td {border: 0; padding: 0; text-align: left; white-space: normal}
  .stack tbody tr > th[scope=row] {font-weight: 650}
  .stack tr > th[scope=row], .stack tr > .word, .stack tr > .bar {grid-column: 1 / -1; width: auto;
    min-width: 0}
  .stack td[data-label]::before {content: attr(data-label) ": "; font-size: .85rem; opacity: .8}
  .stack tr.sum {border-top: 2px solid currentColor}
  .stack tr.sum > * {border: 0}
}
.note {font-size: .92rem; max-width: 52rem; margin: 0 0 1rem}
.stHtml .mind {margin: 0; padding: .6rem .9rem; min-height: 3.2rem; border-radius: .35rem;
  border: 1px solid color-mix(in srgb, currentColor 25%, transparent)}
.mind.some {border: 2px solid color-mix(in srgb, currentColor 40%, #c76b12)}
.mind p, .mind ul {margin: 0} .mind ul {padding-left: 1.2rem}
.figures dd small {min-height: 1.4em}
.figures.small dd {font-size: 1.15rem} .figures.small dd small {min-height: 1.4em}
.st-key-package {min-height: 2.7rem; align-content: flex-start}
.finding h2 {font-size: 1.25rem; margin: .6rem 0 .2rem; padding: 0; line-height: 1.3}
.finding p {font-size: .95rem; margin: 0 0 .4rem; max-width: 52rem}
.origin {font-size: .85rem; margin: 0 0 .3rem}
details summary {cursor: pointer; padding: .3rem 0}
</style>"""
CLAIMS = """<style>
.claim {border-left: .3rem solid var(--mark); padding: .15rem 0 .15rem .9rem; margin: 0 0 .5rem}
.claim.agrees {--mark: #0b7a6f} .claim.differs_by_definition {--mark: #7a5c99}
.claim.no_source_found {--mark: #86909a}
.claim summary {line-height: 1.45} .claim a {color: inherit}
.claim[open] {background: color-mix(in srgb, currentColor 5%, transparent)}
.stHtml .claim dl {margin: .3rem 0 .4rem; padding: 0; max-width: 52rem}
.stHtml .claim dt {font-weight: 650; font-size: .9rem; margin: .4rem 0 0; padding: 0}
.stHtml .claim dd {margin: 0; padding: 0; overflow-wrap: anywhere}
</style>"""


def style(words) -> str:
    """STYLE, and on a telephone a name for the button behind which the options are."""
    name = words("options.title").replace('"', "")
    button = '[data-testid="stExpandSidebarButton"]'
    return STYLE.replace(
        "</style>",
        f"""
@media (max-width: 48rem) {{
  {button} {{width: auto; padding: .2rem .7rem; border: 2px solid currentColor; gap: .4rem}}
  {button}::after {{content: "{name}"; font-weight: 650; font-size: 1rem}}
}}</style>""",
    )


def answer(lead: str, rest: Iterable[str] = (), small: bool = False) -> str:
    """The sentence that a reader came for; screen readers say it again when it changes."""
    lines = "".join(f'<p class="rest">{escape(line)}</p>' for line in rest)
    name = "finding" if small else "answer"
    return f'<div class="{name}" role="status"><p class="lead">{escape(lead)}</p>{lines}</div>'


def status(text: str) -> str:
    """A line that screen readers say again when it changes."""
    return f'<p role="status">{escape(text)}</p>'


def aside(text: str) -> str:
    """A line with room for three, so that a longer text does not push the page down."""
    return f'<p class="aside">{escape(text)}</p>'


def deck(lines: Iterable[str]) -> str:
    """The lines under a title that is itself the answer."""
    return f'<p class="deck">{escape(" ".join(lines))}</p>'


def more(title: str, lines: Iterable[str]) -> str:
    """What can be read on, folded away."""
    text = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f"<details><summary>{escape(title)}</summary>{text}</details>"


def note(text: str) -> str:
    return f'<p class="note">{escape(text)}</p>'


def mind(title: str, sentences: Sequence[str]) -> str:
    """Warnings in a frame that is there without any too, so that nothing jumps."""
    points = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    points = f"<ul>{points}</ul>" if points else ""
    kind = "mind some" if points else "mind"
    return f'<div class="{kind}" role="status"><p><b>{escape(title)}</b></p>{points}</div>'


def figures(items: Iterable[tuple[str, str, str]], small: bool = False) -> str:
    """Figures side by side: what it is, the figure, what to know about it."""
    cells = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(figure)}<small>{escape(note)}</small></dd></div>"
        for name, figure, note in items
    )
    return f'<dl class="figures{" small" if small else ""}">{cells}</dl>'


def table(
    caption: str,
    head: Sequence[str],
    body: Iterable[Sequence[str]],
    sums: int = 0,
    words_in: Sequence[int] = (),
    wide: bool = False,
) -> str:
    """A table whose first column names the row; the last `sums` rows are totals.

    Columns in `words_in` hold words, which are set to the left and may wrap. On a telephone a
    row becomes a card, unless the table is `wide`: then it scrolls sideways.
    """
    body = list(body)
    columns = "".join(
        f'<th scope="col"{_word(number in words_in)}>{escape(name)}</th>'
        for number, name in enumerate(head)
    )
    rows = "".join(
        _row(cells, number >= len(body) - sums, words_in, head) for number, cells in enumerate(body)
    )
    return sheet(caption, f"<tr>{columns}</tr>", rows, "" if wide else "stack")


def sheet(caption: str, head: str, rows: str, kind: str = "") -> str:
    """A table of ready rows, which can be reached and scrolled by the keyboard."""
    return (
        f'<div class="sheet {kind}" role="region" tabindex="0" aria-label="{escape(caption)}">'
        f"<table><caption>{escape(caption)}</caption><thead>{head}</thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )


def _row(cells: Sequence[str], is_sum: bool, words_in: Sequence[int], head: Sequence[str]) -> str:
    name, *rest = cells
    first = f'<th scope="row">{escape(name)}</th>'
    others = "".join(
        f'<td{_word(number in words_in)} data-label="{escape(head[number])}">{escape(cell)}</td>'
        for number, cell in enumerate(rest, 1)
    )
    return f"<tr{' class=sum' if is_sum else ''}>{first}{others}</tr>"


def track(mean: float, low: float, high: float, ends: tuple[float, float]) -> str:
    """A bar from nil to the mean with its interval, on a scale that `ends` spans."""
    width = (ends[1] - ends[0]) or 1.0

    def at(value: float) -> float:
        return (value - ends[0]) / width

    def part(tag: str, first: float, last: float, colour: str = "") -> str:
        low, high = sorted((at(first), at(last)))
        return f'<{tag} style="left:{low:.2%};width:{high - low:.2%}{colour}"></{tag}>'

    colour = f";background:{SAVES if mean < 0 else COSTS}"
    nil = f'<i style="left:{at(0):.2%}"></i>'
    return f'<span class="track">{part("b", 0, mean, colour)}{part("u", low, high)}{nil}</span>'


def _word(holds_words: bool) -> str:
    return ' class="word"' if holds_words else ""


def scale(
    description: str,
    ends: tuple[str, str],
    at: float,
    today: float,
    tried: tuple[float, float] | None = None,
) -> str:
    """The slider's own scale, 0 to 1: the level, a mark for today, the band that trials tried."""
    band = ""
    if tried:
        low, high = tried
        band = f'<i class="band" style="left:{low:.2%};width:{max(high - low, 0.006):.2%}"></i>'
    return (
        f'<div class="scale" role="img" aria-label="{escape(description)}">'
        f'<div class="line">{band}<i class="today" style="left:{today:.2%}"></i>'
        f'<i class="level" style="left:{at:.2%}"></i></div>'
        f'<div class="ends"><span>{escape(ends[0])}</span><span>{escape(ends[1])}</span></div>'
        "</div>"
    )
