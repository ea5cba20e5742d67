"""All measures side by side, or the sheet of one, which has an address of its own."""

from dataclasses import replace
from difflib import get_close_matches

import streamlit as st
from markupsafe import Markup

from dashboard.address.link import HASH, share_query
from dashboard.documents import measure_sheet
from dashboard.documents.output import today
from dashboard.parts.frame.notices import cut
from dashboard.templates import blocks, render
from dashboard.visitor.choices import Choices, current
from dashboard.wording import interpretation
from dashboard.wording.numbers import level_text
from models.analysis.choice.breakeven import paying_price

ASKED = "measure"  # in the address: the measure whose sheet is shown


def page() -> None:
    choices = current()
    words = choices.words
    st.html(blocks.stylesheet("measure.css"))
    lever = _asked(choices)
    if lever:
        _sheet(lever, choices)
        return
    st.title(words("measures.title"))
    st.write(words("measures.lead"))
    with st.spinner(words("app.busy")):
        ranked = choices.at_today.table("rank")["levers"]
    links = {row["lever"]: f"measures?{ASKED}={row['lever']}&{choices.link}" for row in ranked}
    st.html(measure_sheet.table(ranked, links, choices.today, words))


def _asked(choices: Choices) -> str | None:
    """The measure that the reader or the address asks for, written into the address."""
    words, levers = choices.words, choices.levers
    value, last = st.query_params.get(ASKED), st.session_state.get("measure-asked")
    if value != last:
        st.session_state["measure-chosen"] = value if value in levers else None
    if value is not None and value not in levers:
        near = get_close_matches(value[:60], levers, n=3, cutoff=0.3)
        names = ", ".join(words.of(levers[name]) for name in near)
        st.text(words("measures.unknown", found=cut(value), names=names))
    name = st.selectbox(
        words("measures.choose"),
        [None, *levers],
        format_func=lambda each: words.of(levers[each]) if each else words("measures.all"),
        key="measure-chosen",
    )
    if name and name != value:
        st.query_params[ASKED] = name
    elif not name and value in levers:
        del st.query_params[ASKED]
    st.session_state["measure-asked"] = st.query_params.get(ASKED)
    return name


def _sheet(lever: str, choices: Choices) -> None:
    """The sheet at the strongest researched level or, where the reader moved it, at theirs."""
    words, level = choices.words, choices.state.levels.get(lever)
    if level is not None:
        level_shown = level_text(choices.levers[lever], level, words.lang)
        if not st.toggle(
            words("measures.now", level=level_shown), value=True, key=f"measure-at-{lever}"
        ):
            level = None
    with st.spinner(words("app.busy")):
        sheet = choices.at_today.table("sheet", lever, level)
    alone = choices.run({lever: sheet["level"]})
    st.html(measure_sheet.body(sheet, alone, words))
    if lever in alone.levels:
        price = interpretation.paying_price_text(paying_price(alone, lever), alone, words)
        if price:
            st.html(blocks.note(price))
    with st.container(horizontal=True, key="measure-files"):
        day = today()
        name = f"{words('measures.file')}_{lever}_{words.lang}.html"
        file = measure_sheet.document(sheet, alone, words, day)
        st.download_button(words("measures.download"), file, name, "text/html", on_click="ignore")
        st.html(_open(lever, sheet["level"], choices))


def _open(lever: str, level: float, choices: Choices) -> Markup:
    """A link to the simulator with this measure at this level."""
    state = replace(choices.state, levels={lever: level})
    query = share_query(state, choices.today.assumptions_hash[:HASH])
    return render("measure_link", query=query, text=choices.words("measures.open"))


page()
