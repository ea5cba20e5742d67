"""The ranking of all levers as a list of links with their interval on one scale.

Money saved lies to the right and is solid, money spent to the left and dashed; the word stands
beside it. On a telephone a row becomes two lines and its scale.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from dashboard.charts.style import COSTS, SAVES

STYLE = f"""<style>
.ranking {{--save: {SAVES}; --cost: {COSTS}; margin: .2rem 0 1rem}}
.stHtml .ranking ol {{list-style: none; margin: 0; padding: 0}}
.stHtml .ranking li {{margin: 0; padding: 0;
  border-bottom: 1px solid color-mix(in srgb, currentColor 18%, transparent)}}
.ranking .row {{display: grid; grid-template-columns: minmax(0, 1.15fr) minmax(0, 1.3fr) 12.5rem;
  gap: .1rem 1.2rem; align-items: center; padding: .45rem 0; color: inherit;
  text-decoration: none; min-height: 44px}}
.ranking a.row:hover b {{text-decoration: underline}}
.ranking a.row:focus-visible {{outline: 3px solid currentColor; outline-offset: 2px}}
.ranking .head {{min-height: 0; padding: 0 0 .2rem; font-size: .9rem}}
.ranking .head span {{display: flex; justify-content: space-between}}
.ranking small {{display: block; font-size: .9rem; line-height: 1.3}}
.ranking .strip {{position: relative; display: block; height: 1.6rem}}
.ranking .strip * {{position: absolute; display: block}}
.ranking .band {{top: 0; bottom: 0; background: color-mix(in srgb, currentColor 14%, transparent)}}
.ranking .nil {{top: 0; bottom: 0; width: 1.5px; background: currentColor}}
.ranking .save {{top: calc(50% - 2px); border-top: 4px solid var(--save)}}
.ranking .cost {{top: calc(50% - 2px); border-top: 4px dashed var(--cost)}}
.ranking .dot {{top: calc(50% - 7px); width: 14px; height: 14px; margin-left: -7px;
  border-radius: 50%; border: 2.5px solid var(--is)}}
.ranking .dot.sure, .mark.sure {{background: var(--is)}}
.ranking .dot.likely, .mark.likely {{
  background: linear-gradient(90deg, var(--is) 50%, Canvas 50%)}}
.ranking .dot.open, .mark.open {{background: Canvas}}
.ranking .mark {{--is: currentColor; display: inline-block; width: .75em; height: .75em;
  border: 2px solid currentColor; border-radius: 50%; margin-right: .35em}}
@media (max-width: 40rem) {{
  .ranking .row {{grid-template-columns: minmax(0, 1fr) 9.2rem; gap: .1rem .8rem}}
  .ranking .strip, .ranking .sides {{grid-area: 2 / 1 / 3 / 3}}
  .ranking .head > :not(.sides) {{display: none}}
}}
</style>"""


def ranking(
    caption: str, sides: tuple[str, str], heads: tuple[str, str], rows: Iterable[Mapping]
) -> str:
    """The list; a row has name, level, change, spread, certainty, verdict, link, says, at.

    `at` are places of the scale, 0 to 1: nil, the band (2), the ends of the interval (2), the mean.
    A row without a link is the same without one.
    """
    head = (
        f'<div class="row head" aria-hidden="true"><span>{escape(heads[0])}</span>'
        f'<span class="sides"><span>{escape(sides[0])}</span><span>{escape(sides[1])}</span></span>'
        f"<span>{escape(heads[1])}</span></div>"
    )
    lines = "".join(f"<li>{_row(row)}</li>" for row in rows)
    return (
        f'{STYLE}<div class="ranking" role="region" aria-label="{escape(caption)}">'
        f"{head}<ol>{lines}</ol></div>"
    )


def _row(row: Mapping) -> str:
    body = (
        f"<span><b>{escape(row['name'])}</b><small>{escape(row['level'])}</small></span>"
        f"{_track(**row['at'], certainty=row['certainty'])}"
        f"<span><b>{escape(row['change'])}</b><small>{escape(row['spread'])}</small>"
        f'<small><i class="mark {row["certainty"]}"></i>{escape(row["verdict"])}</small></span>'
    )
    if not row["link"]:
        return f'<div class="row">{body}</div>'
    return f'<a class="row" href="{escape(row["link"])}" title="{escape(row["says"])}">{body}</a>'


def _track(
    nil: float, band: tuple[float, float], ends: tuple[float, float], mean: float, certainty: str
) -> str:
    def part(name: str, low: float, high: float) -> str:
        low, high = max(0.0, low), min(1.0, high)
        if high <= low:
            return ""
        return f'<i class="{name}" style="left:{low:.2%};width:{high - low:.2%}"></i>'

    low, high = ends
    colour = "--save" if mean > nil else "--cost"
    return (
        f'<span class="strip" aria-hidden="true">{part("band", *band)}'
        f"{part('cost', low, min(high, nil))}{part('save', max(low, nil), high)}"
        f'<i class="nil" style="left:{nil:.2%}"></i>'
        f'<i class="dot {certainty}" style="left:{mean:.2%};--is:var({colour})"></i></span>'
    )
