"""HTML comes from templates: whatever a value says, it is text.

Each template is drawn with hostile and with harmless text in every value; both must have the same
elements with the same attributes, so that no text of a reader can become markup.
"""

from __future__ import annotations

import html
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from jinja2 import UndefinedError
from jinja2.meta import find_undeclared_variables
from plotly.offline import get_plotlyjs

import models
from dashboard.address.link import LinkState
from dashboard.assumptions import card, rows
from dashboard.paths import TEMPLATES
from dashboard.templates import as_json, as_script, blocks, claim_card, environment, render
from dashboard.visitor.choices import Choices
from dashboard.wording import claims
from dashboard.wording.catalogue import words_in

EVIL = "<img src=x onerror=alert(1)>\"'><script>alert(2)</script> & {{ 7 * 7 }} --></style></title>"
NAMES = sorted(path.stem for path in TEMPLATES.glob("*.html"))
GIVEN = {"static", "font_face", "font_family", "plotly_js", "range"}  # what every template has


def shapes(text: str) -> dict[str, dict[str, object]]:
    """Template -> the values that are no plain text; each with `text` wherever a text may stand."""
    stretch = {"left": text, "width": text}
    texts, bar = [text, text], {**stretch, "colour": text, "interval": stretch, "zero": text}
    place = dict.fromkeys(("name", "level", "certainty", "zero", "mean", "side", "says"), text)
    place |= dict.fromkeys(("change", "spread", "verdict"), text)
    place |= {"bars": [{**stretch, "name": text}], "link": text, "who": text}
    place |= {"marks": [{"side": text, "height": text}]}
    row = {**dict.fromkeys(("label", "text", "spread", "side", "nil"), text), "bar": stretch}
    panel = dict.fromkeys(("name", "change", "spread", "certainty", "verdict", "premium"), text)
    panel |= {"link": text, "says": text, "rows": [{**row, "interval": stretch}]}
    table = {"head": texts, "rows": [texts, texts]}
    chart = dict.fromkeys(("id", "alt", "title", "subtitle", "source", "mark"), text)
    title = {**dict.fromkeys(("title", "year", "publisher"), text), "url": text}
    return {
        "about": {
            "words": lambda key, **_: text,
            "why": [(text, text, [title])],
            "maker": [texts],
            "accessibility": [texts],
            "links": {text: text},
        },
        "alert": {"lines": texts},
        "answer": {"rest": texts},
        "assumption_card": {"facts": [texts]},
        "assumption_line": {"lines": texts},
        "brief": {"answer": texts, "sections": [(text, text, texts)]},
        "brief_payers": {"head": texts, "rows": [(texts, bar), (texts, None)]},
        "brief_proof": {"facts": [texts]},
        "change_table": {"labels": [text] * 5, "rows": [(text, text, [text] * 5)]},
        "chart_frame": {
            "chart": {**chart, "lang": text, "source": text, "mark": text},
            "narrow": [(text, 480)],
        },
        "chart_page": {
            "font": "",
            "chart": {**chart, "lang": text, "source": text, "mark": text},
            "words": lambda key, **_: text,
            "card_size": (1200, 630),
            "files": [(text, text)],
            "languages": [(text, text)],
            "corrections": [dict.fromkeys(("date", "version", "text"), text)],
        },
        "claim": {"facts": [texts]},
        "claims": {"cards": texts},
        "doubt": {"ends": texts},
        "field": squares(text),
        "figures": {"items": [[text] * 3]},
        "first_paint": {
            "doors": [{"address": text, "label": text, "open": True}],
            "font": "",
            "simulator": dict.fromkeys(("view", "engine", "lang", "title"), text),
        },
        "interactive": {"drawing": ""},
        "kit_embed": {"chart": {**chart, "lang": text}},
        "lever_card": {"notes": texts, "parts": [texts]},
        "lever_evidence": table,
        "lines": {"lines": texts},
        "measure_sheet": measure(text),
        "more": {"lines": texts},
        "measure_table": {
            "head": texts,
            "rows": [{"link": text, "name": text, "cells": [texts]}],
            "wordy": (0,),
        },
        "multiples": {"sides": texts, "colours": {"save": text, "cost": text}, "panels": [panel]},
        "plain_table": table,
        "shell_ahead": {"modules": texts, "files": texts},
        "protocol": {"answer": texts, "sections": [(text, texts)]},
        "ranking": {
            "colours": {"save": text, "cost": text},
            "heads": texts,
            "sides": texts,
            "payers": {"title": text, "letters": texts, "key": text},
            "rows": [place, {**place, "link": ""}],
        },
        "renderer": {"script": "let a = 1 < 2"},
        "scale": {"band": stretch, "ends": texts},
        "sentences": {"sentences": texts},
        "shell_head": {"script": "shell.js"},
        "simulator": {
            "bars": [{**stretch, "name": text, "text": text, "saves": False}],
            "columns": "a<b&c",
            "script": "let a = 1 < 2",
        },
        "measure_document": {"font": ""},
        "site": {"font": "", "languages": [{"lang": text, "name": text}], "sections": texts},
        "site_chart": {"chart": chart, "files": [texts]},
        "stylesheet": {"file": "method.css"},
        "table": {**table, "sums": 1, "words_in": range(2)},
        "track": {"bar": bar, "interval": stretch},
        "warnings": {"sentences": texts},
    }


def squares(text: str) -> dict[str, object]:
    """The values of the squares of the first page; places are numbers."""
    piece = {"height": text, "places": [(text, text)], "colours": [text]}
    view = {**dict.fromkeys(("id", "label", "finding", "note"), text), "rows": [[text] * 3]}
    places = dict.fromkeys(("across", "down", "side", "low", "high", "mean"), 1)
    return {**places, "views": [view, view], "empty": [(1, 2)], "pieces": [piece]}


def measure(text: str) -> dict[str, object]:
    """The values of a measure sheet: facts with a source and how each is known, years, doubts."""
    fact = {"text": text, "sources": ["key"], "known": text}
    fields = ("doubt", "change", "whom", "law")
    row = (text, [text])
    return {
        "words": lambda key, **_: text,
        "facts": [(name, text, [fact]) for name in fields],
        "references": {"key": {"url": text, "text": text, "number": 1}},
        "vitals": [[text] * 3],
        "health": [[text] * 3],
        "grade": [(text, True)],
        "years": {
            **dict.fromkeys(("caption", "zero"), text),
            "head": [text],
            "columns": [{"less": [(text, text)], "more": [(text, text)]}],
            "rows": [(text, text, [text])],
            "total": row,
            "spread": row,
        },
        "policies": [(text, text, text, [fact])],
        "premium": ([text], [row]),
        "changes": [dict.fromkeys(("label", "value", "known", "track", "said"), text)],
    }


def values(name: str, text: str) -> dict[str, object]:
    """Every value that a template and the one that it extends ask for."""
    source = (TEMPLATES / f"{name}.html").read_text(encoding="utf-8")
    asked = find_undeclared_variables(environment().parse(source)) - GIVEN | {"range"}
    parent = re.search(r'extends "(\w+)\.html"', source)
    found = values(parent[1], text) if parent else {}
    return found | dict.fromkeys(asked, text) | shapes(text).get(name, {})


class Elements(HTMLParser):
    """Elements with the names of their attributes, and all text that a reader sees or hears."""

    def __init__(self, document: str):
        super().__init__()
        self.found: list[tuple[str, ...]] = []
        self.text = ""
        self.feed(str(document).replace(get_plotlyjs(), ""))

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, *(name for name, _ in attrs)))
        self.text += " ".join(value or "" for _, value in attrs)

    def handle_endtag(self, tag):
        self.found.append((f"/{tag}",))

    def handle_data(self, data):
        self.text += data


@pytest.mark.parametrize("name", NAMES)
def test_no_value_becomes_markup(name):
    hostile = Elements(render(name, **values(name, EVIL)))
    assert hostile.found == Elements(render(name, **values(name, "x"))).found
    shown = {
        "document_head",  # a macro: the documents that call it are templates of their own
        "lines",
        "renderer",
        "shell_head",
        "stylesheet",
    }  # no element, or no text
    assert EVIL in hostile.text or name in shown


def test_what_a_reader_may_write_stays_text_on_the_cards():
    """Reason, note, label, source and unit of an assumption; a claim and its source."""
    published = models.load_assumptions()
    row = replace(published["price_gp"], group=rows.UNUSED)  # else its effect is calculated
    written = dict.fromkeys(("reason", "note", "label_en", "source", "source_detail", "unit"), EVIL)
    own = replace(row, **written)
    choices = Choices(words_in("en"), LinkState(lang="en"), published)
    harmless = replace(row, **dict.fromkeys(written, "x"))
    for draw in (card.card, lambda row, choices: card.line(row, choices, False)):
        hostile = Elements(draw(own, choices))
        assert hostile.found == Elements(draw(harmless, choices)).found
    assert Elements(card.card(own, choices)).text.count(EVIL) >= len(written) - 1

    result = models.run(draws=50)
    claim = replace(claims.claims("en")[0], claim=EVIL, explanation=EVIL, source_says=EVIL)
    drawn = Elements(claim_card.card(claim, result, words_in("en"), f"?claim={EVIL}"))
    assert drawn.text.count(EVIL) == 4
    assert not {"img", "script"} & {tag for tag, *_ in drawn.found}


@pytest.mark.parametrize("address", ["javascript:alert(1)", " https://a.nl", "data:text/html,x"])
def test_only_a_plain_address_becomes_a_link(address):
    result, words = models.run(draws=50), words_in("en")
    claim = claims.claims("en")[0]
    source = result.model.assumptions.sources[claim.source]
    known = source["url"]
    assert f'href="{html.escape(known)}"' in claim_card.card(claim, result, words, "?a=1")
    source["url"] = address
    try:
        assert address not in claim_card.card(claim, result, words, "?a=1")
    finally:
        source["url"] = known


def test_a_value_that_is_missing_or_misspelt_is_an_error():
    with pytest.raises(UndefinedError, match="rest"):
        render("answer", lead="a", small=False)


def test_text_that_is_joined_to_a_block_is_escaped_too():
    assert blocks.note("a") + "<b>" == '<p class="note">a</p>&lt;b&gt;'


def test_a_script_cannot_end_early():
    assert as_json('{"a": "</script><b>\u2028"}') == r'{"a": "\u003c/script>\u003cb>\u2028"}'
    assert as_script("if (a < b && c) d()") == "if (a < b && c) d()"
    for text in ("'</script>'", "<!-- <SCRIPT>"):
        with pytest.raises(ValueError, match="script tag"):
            as_script(text)


def test_the_answer_as_it_is_sent():
    """Worked by hand: two lines under the sentence, & and < written as entities."""
    sent = re.sub(r">\s+<", "><", blocks.answer("A & B", ["< 5", "c"], small=True))
    assert sent == (
        '<div class="finding" role="status"><p class="lead">A &amp; B</p>'
        '<p class="rest">&lt; 5</p><p class="rest">c</p></div>'
    )


def test_a_bar_from_zero_to_its_mean_with_its_interval():
    """On a scale from -20 to 20: -10 lies at a quarter, 0 in the middle, -15 and 5 at 1/8, 5/8."""
    track = blocks.track(-10, -15, 5, (-20, 20))
    assert '<b style="left:25.00%;width:25.00%;background:#3a74c9"></b>' in track
    assert '<u style="left:12.50%;width:50.00%"></u><i style="left:50.00%"></i>' in track
