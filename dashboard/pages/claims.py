"""Every number of the article beside its source and the model, to filter, link and download."""

from difflib import get_close_matches

import streamlit as st
from markupsafe import Markup

from dashboard.charts import CHARTS
from dashboard.parts.chart_block import show
from dashboard.parts.frame.notices import cut
from dashboard.templates import blocks, claim_card, render
from dashboard.visitor import query_params
from dashboard.visitor.choices import Choices, current
from dashboard.wording import claims


def page() -> None:
    choices = current()
    words = choices.words
    all_claims = claims.claims(words.lang)
    number = claims.counts(all_claims)
    st.title(words("claims.title"))
    lead = words("claims.lead", all=len(all_claims), **number)
    st.html(blocks.answer(lead, [words("claims.rest")]))
    show(CHARTS["verdicts"](choices.result, words), choices)
    _linked(choices, {claim.id: claim for claim in all_claims})
    verdicts = st.pills(
        words("claims.filter_verdict"),
        claims.VERDICTS,
        selection_mode="multi",
        format_func=lambda name: f"{words(f'claims.verdict.{name}')} ({number[name]})",
        key="claims_verdict",
    )
    questions = dict.fromkeys(claim.question for claim in all_claims)
    left, right = st.columns(2)
    question = left.selectbox(
        words("claims.filter_question"),
        [None, *questions],
        format_func=lambda q: words(f"claims.question.{q}") if q else words("claims.every"),
        key="claims_question",
    )
    search = right.text_input(words("claims.search"), max_chars=60, key="claims_search")
    shown = claims.chosen(all_claims, verdicts, question, search)
    st.html(blocks.status(words("claims.shown", n=len(shown), all=len(all_claims))))
    if shown:
        st.html(render("claims", cards=[_card(choices, claim) for claim in shown]))
        name = f"wat-kost-rugpijn_{words('claims.file')}_{words.lang}.csv"
        data = claims.export(shown, choices.result, words)
        st.download_button(words("claims.download"), data, name, "text/csv", on_click="ignore")
    else:
        st.write(words("claims.none"))


def _card(choices: Choices, claim: claims.Claim, opened: bool = False) -> Markup:
    link = f"{query_params.address(choices, 'claims')}&claim={claim.id}"
    return claim_card.card(claim, choices.result, choices.words, link, opened)


def _linked(choices: Choices, by_id: dict[str, claims.Claim]) -> None:
    """The claim that the link asks for, open; a link to none of them is said so."""
    words, claim = choices.words, st.query_params.get("claim")
    if claim in by_id:
        st.subheader(words("claims.linked"))
        st.html(render("claims", cards=[_card(choices, by_id[claim], opened=True)]))
    elif claim is not None:
        near = get_close_matches(claim[:60], by_id, n=3)
        more = " " + words("claims.resembles", names=", ".join(near)) if near else ""
        st.warning(words("claims.unknown_title"))
        st.text(words("claims.unknown", found=cut(claim)) + more)


page()
