"""A lever's card: its scale with today and what was tried, and what is known about it."""

from __future__ import annotations

from functools import partial

import streamlit as st
from markupsafe import Markup

from dashboard.templates import blocks, render
from dashboard.visitor import undo
from dashboard.visitor.choices import Choices
from dashboard.wording import origin
from dashboard.wording.levers import PARTS, part_text, tried_text
from dashboard.wording.numbers import level_text
from dashboard.wording.units import measured
from models.tables.assumptions import Assumptions
from models.tables.levers import Lever

OWN = ("expert_guess", "convention")  # not a publication


def card(lever: Lever, choices: Choices) -> None:
    """Folded unless the lever has been moved; filled when it is open."""
    words, level = choices.words, choices.state.levels.get(lever.id, lever.today)
    name, moved = words.of(lever), level != lever.today
    with st.expander(name, expanded=moved, key=f"card_{lever.id}", on_change="rerun") as box:
        if not box.open:
            return
        at, today = (level_text(lever, value, words.lang) for value in (level, lever.today))
        low, high = (level_text(lever, value, words.lang) for value in (lever.min, lever.max))
        tried = tried_text(lever, words)
        scale_text = words("lever.scale", low=low, high=high, level=at, today=today, tried=tried)
        marks, band = _place(lever, level), _band(lever)
        legend = words("lever.legend" if band else "lever.legend_bare", tried=tried)
        alone = partial(choices.run, {lever.id: lever.max})
        texts = [
            (words(f"lever.part_{part}"), part_text(lever, part, words, alone)) for part in PARTS
        ]
        st.html(
            render(
                "lever_card",
                level_now=words("lever.level_now", level=at, today=today),
                scale=blocks.scale(
                    scale_text, (low, high), marks, _place(lever, lever.today), band
                ),
                notes=[legend, *([words("lever.beyond")] if _beyond(lever, level) else [])],
                parts=[(name, text) for name, text in texts if text],
                evidence=_rests_on(lever, choices),
                sheet=words("measures.one"),
                address=f"measures?measure={lever.id}&{choices.link}",
            )
        )
        st.button(
            words("lever.back_to_today", today=today),
            key=f"today_{lever.id}",
            on_click=undo.back_to_today,
            args=(lever.id,),
            disabled=not moved,
        )


def rests_on(lever: Lever, assumptions: Assumptions) -> list[str]:
    """Assumptions that belong to a lever: its effects, today's level, its programme, its source."""
    effects = (name for effect in lever.effects for name in (effect.effect, effect.parameter))
    named = (lever.source, *effects, *lever.today_from, lever.programme_fixed)
    named += (*lever.programme_unit, lever.breakeven_parameter)
    return [name for name in dict.fromkeys(named) if name in assumptions]


def _rests_on(lever: Lever, choices: Choices) -> Markup:
    """Value, range, how it came about, how sure it is and the source, an assumption a row."""
    words, rows = choices.words, []
    for name in rests_on(lever, choices.assumptions):
        row = choices.assumptions[name]
        value = measured(row.base, row.unit, words)
        if row.low != row.high:
            ends = (measured(end, row.unit, words, named=False) for end in (row.low, row.high))
            value += words("lever.rests.range", low=next(ends), high=next(ends))
        rows.append(
            (
                words.of(row),
                value,
                *_came(row, choices),
            )
        )
    heads = ("what", "value", "came", "quality", "source")
    return render(
        "lever_evidence",
        caption=words("lever.rests.caption", lever=words.of(lever)),
        kind="rests stack",
        head=[words(f"lever.rests.{head}") for head in heads],
        rows=rows,
    )


def _came(row, choices: Choices) -> tuple[str, str, str | Markup]:
    """How it came about, how sure it is, and its source; the reader where the reader changed it."""
    words = choices.words
    if origin.is_own(row):
        own = origin.origin(row, words)
        return own.source, own.quality, own.detail
    return (
        words(f"evidence.provenance.{row.provenance}"),
        words(f"method.guesses.{row.quality}").lower(),
        _source(row.source, choices),
    )


def _source(key: str, choices: Choices) -> str | Markup:
    """Title and year of a source, with its address where it has a plain one."""
    if key in OWN:
        return choices.words("lever.rests.own")
    row = choices.assumptions.sources.get(key)
    if row is None:
        return key
    text = ", ".join(part for part in (row["title"], row["year"]) if part)
    if not row["url"].startswith(("https://", "http://")):
        return text
    return render("link", url=row["url"], text=text, new_window=True)


def _beyond(lever: Lever, level: float) -> bool:
    """Whether a moved level lies outside what was tried; between today and that is inside."""
    if lever.trial_low is None or lever.trial_high is None or level == lever.today:
        return False
    low, high = min(lever.trial_low, lever.today), max(lever.trial_high, lever.today)
    return not low <= level <= high


def _place(lever: Lever, value: float) -> float:
    """Where a level lies on the slider, 0 to 1."""
    return (value - lever.min) / (lever.max - lever.min)


def _band(lever: Lever) -> tuple[float, float] | None:
    if lever.trial_low is None or lever.trial_high is None:
        return None
    return _place(lever, lever.trial_low), _place(lever, lever.trial_high)
