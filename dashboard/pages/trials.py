"""The trials behind the effects: what each found, their pooled effect, and what it would change."""

import streamlit as st

import models
from dashboard.charts.checks.forest import chart
from dashboard.parts.chart_block import show
from dashboard.templates import blocks
from dashboard.visitor import results_cache, session
from dashboard.visitor.choices import Choices, current
from dashboard.wording import trials as wording
from models.analysis.evidence.pooling import Pooled
from models.analysis.evidence.trial_rows import Trial, read_trials
from models.analysis.evidence.trials import EffectEvidence, with_pooled
from models.errors import DataError, shown

FIRST = "eff_rtw_default"  # shown first: the effect with the most trials


def page() -> None:
    choices = current()
    words = choices.words
    st.title(words("trials.title"))
    st.write(words("trials.text"))
    table = _table(choices)
    effects = list(dict.fromkeys(row.effect for row in table))
    first = effects.index(FIRST) if FIRST in effects else 0
    effect = st.selectbox(
        words("trials.effect"),
        effects,
        first,
        format_func=lambda name: words.of(choices.assumptions[name]),
        key="trials-effect",
    )
    rows = [row for row in table if row.effect == effect]
    countable = [row.id for row in rows if row.counts]
    counted = countable
    if countable:
        counted = st.pills(
            words("trials.counts"),
            countable,
            selection_mode="multi",
            default=countable,
            format_func=lambda id: wording.name_of(next(r for r in rows if r.id == id), words),
            key=f"trials-kept-{effect}-{len(table)}",
        )
    answer(effect, table, tuple(id for id in countable if id not in counted), choices)


def _table(choices: Choices) -> tuple[Trial, ...]:
    """The published trials, or those of a file that is in order."""
    words = choices.words
    file = st.file_uploader(words("trials.file"), key="trials-file")
    if file is None:
        return read_trials()
    try:
        rows = read_trials((shown(file.name, 80), file.getvalue()))
    except DataError as error:
        st.html(blocks.alert(error.lines(words.lang)))
        return read_trials()
    st.text(words("trials.own", name=shown(file.name, 80)))
    return rows


def answer(effect: str, table: tuple[Trial, ...], drop: tuple[str, ...], choices: Choices) -> None:
    words = choices.words
    options = vars(choices.state.options)
    rows = tuple(row for row in table if row.effect == effect)

    def make() -> EffectEvidence:
        all_effects = models.trials(
            choices.assumptions, table=rows, drop=drop, only=effect, **options
        )
        return all_effects.effects[0]

    with st.spinner(words("app.busy")):
        evidence = results_cache.made_of("trials", choices.today, make, rows, drop)
    st.html(blocks.answer(*wording.answer(evidence, choices.levers, words)))
    if any(row.estimate is not None for row in rows):
        show(chart(evidence, drop, choices.today, words), choices)
    else:
        st.write(words("trials.nothing"))
    head = [words(f"trials.column.{name}") for name in ("trial", "found", "bias", "remark")]
    rows_of = wording.trial_rows(evidence, drop, words)
    st.html(blocks.table(words("trials.caption"), head, rows_of, words_in=(1, 2, 3)))
    if evidence.certainty:
        level = words(f"trials.level.{evidence.certainty}")
        head = [words(f"trials.column.{name}") for name in ("reason", "steps", "why")]
        caption = words("trials.certainty", level=level)
        st.subheader(caption)
        st.html(blocks.table(caption, head, wording.reason_rows(evidence, words), words_in=(2,)))
        st.subheader(words("trials.kept"))
        st.write(words.of(evidence, "by_hand"))
    if evidence.pooled:
        arguments = evidence, evidence.pooled, choices
        st.button(words("trials.use"), on_click=_use, args=arguments, key="trials-use")


def _use(evidence: EffectEvidence, pooled: Pooled, choices: Choices) -> None:
    """The pooled effect in the reader's assumptions, as an edit that can be undone and priced."""
    session.install(with_pooled(choices.assumptions, evidence.effect, pooled))
    st.session_state["wb-said"] = ("used", choices.words.of(evidence))


page()
