"""The ranking on the page: each row is a link to the simulator with its lever."""

from __future__ import annotations

from html import unescape
from re import findall

import pytest

import models
from dashboard.address.link import from_query
from dashboard.documents.ranking_list import ordered, ranked_list
from dashboard.parts.ranking import _link
from dashboard.visitor.choices import Choices
from dashboard.wording.catalogue import LANGUAGES, words_in

RESULT = models.run(draws=200)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_row_opens_the_simulator_with_its_lever(lang):
    words, table = words_in(lang), models.rank(RESULT)
    state, assumptions, _ = from_query({"lang": [lang], "draws": ["200"]}, RESULT.model.assumptions)
    choices = Choices(words, state, assumptions)
    page = ranked_list(table, ordered(table), RESULT, words, lambda row: _link(row, choices))
    links = [unescape(link) for link in findall(r'href="([^"]+)"', page)]
    for ranked, link in zip(table["levers"], links, strict=True):
        query = dict(part.split("=") for part in link.partition("?")[2].split("&"))
        opened, _, notices = from_query(
            {name: [value] for name, value in query.items()}, RESULT.model.assumptions
        )
        assert not notices
        assert opened.levels == {ranked["lever"]: ranked["level"]} and opened.lang == lang
